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
  /** The `advance` that has no answer yet. */
  request: number | null;
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
        slots.set(id, {
          trainer: new ShardTrainer(command.module, command.shard),
          round: 0,
          request: null,
          training: null,
        });
        return;
      case 'advance':
        if (!slot) throw new Error(`shard ${id} is not here`);
        giveUp(id, slot);
        slot.request = command.request;
        if (command.from) slot.trainer.restore(command.from);
        slot.round = command.round;
        slot.training = slot.trainer.train(command.epochs, command.settings);
        return work(id, slot);
      case 'continue':
        // Of a round that was given up nothing is continued.
        return slot?.round === command.round ? work(id, slot) : undefined;
      case 'drop':
        if (slot) giveUp(id, slot);
        slots.delete(id);
        return;
      default:
        command satisfies never;
    }
  }

  function work(id: number, slot: Slot): void {
    const { round, request, training } = slot;
    if (!training || request === null) return;
    const end = clock.now() + SLICE_MS;
    for (;;) {
      const next = training.next();
      if (next.done) {
        const { outputs, weights, slots } = next.value;
        const transfer = [outputs, weights, ...slots].map((array) => array.buffer as ArrayBuffer);
        slot.request = null;
        return post({ type: 'trained', request, id, trained: next.value }, transfer);
      }
      if (clock.now() > end) return post({ type: 'sliced', id, round, done: next.value }, []);
    }
  }

  function giveUp(id: number, slot: Slot): void {
    const { request } = slot;
    slot.request = null;
    if (request !== null) post({ type: 'refused', request, id, message: 'This round was given up.' }, []);
  }

  return (command) => {
    const { id } = command;
    try {
      handle(command);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const request = command.type === 'advance' ? command.request : slots.get(id)?.request;
      const slot = slots.get(id);
      if (slot) slot.request = null;
      post(
        typeof request === 'number' ? { type: 'refused', request, id, message } : { type: 'failed', id, message },
        [],
      );
    }
  };
}
