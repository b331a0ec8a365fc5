/** @file Runs in a worker of the pool: trains the shards that it is given, in slices, and answers the commands. */
import type { Clock } from '../../clock.ts';
import type { PoolCommand, PoolEvent } from './pool-protocol.ts';
import type { TrainedShard } from './shard.ts';
import { ShardTrainer } from './shard-trainer.ts';

/** A thread works this long before it asks whether to go on. */
const SLICE_MS = 25;

/** A shard that this worker was given. */
interface Slot {
  trainer: ShardTrainer;
  round: number;
  training: Generator<number, TrainedShard> | null;
}

/** What handles the commands to a worker; `post` sends its events and transfers their arrays. */
export function shardHandler(
  clock: Pick<Clock, 'now'>,
  post: (event: PoolEvent, transfer: ArrayBuffer[]) => void,
): (command: PoolCommand) => void {
  const slots = new Map<number, Slot>();

  function handle(command: PoolCommand): void {
    const { id } = command;
    const slot = slots.get(id);
    switch (command.type) {
      case 'take':
        slots.set(id, { trainer: new ShardTrainer(command.module, command.shard), round: 0, training: null });
        return;
      case 'advance':
        if (!slot) return;
        if (command.from) slot.trainer.restore(command.from);
        slot.round = command.round;
        slot.training = slot.trainer.train(command.epochs, command.settings);
        return work(id, slot);
      case 'continue':
        // Of a round that was given up nothing is continued.
        return slot?.round === command.round ? work(id, slot) : undefined;
      case 'drop':
        slots.delete(id);
        return;
      default:
        command satisfies never;
    }
  }

  function work(id: number, { round, training }: Slot): void {
    if (!training) return;
    const end = clock.now() + SLICE_MS;
    for (;;) {
      const next = training.next();
      if (next.done) {
        const { outputs, weights, slots } = next.value;
        const transfer = [outputs, weights, ...slots].map((array) => array.buffer as ArrayBuffer);
        return post({ type: 'trained', id, round, trained: next.value }, transfer);
      }
      if (clock.now() > end) return post({ type: 'sliced', id, round, done: next.value }, []);
    }
  }

  return (command) => {
    try {
      handle(command);
    } catch (error) {
      post({ type: 'failed', id: command.id, message: error instanceof Error ? error.message : String(error) }, []);
    }
  };
}
