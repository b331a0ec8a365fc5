/** @file A member of the crew at work in its own thread. */
import type { Clock } from '../../clock.ts';
import type { CrewCommand, CrewEvent } from './pool-protocol.ts';
import type { PartTrained } from './shard.ts';
import { Shard } from './shard-trainer.ts';

/** A thread works this long before it asks whether to go on. */
const SLICE_MS = 25;

interface Desk {
  shard: Shard;
  round: number;
  training: Generator<number, PartTrained> | null;
}

/** Answers commands; `post` hands the arrays of an event over. */
export function openDesk(
  clock: Pick<Clock, 'now'>,
  post: (event: CrewEvent, transfer: ArrayBuffer[]) => void,
): (command: CrewCommand) => void {
  const desks = new Map<number, Desk>();

  function handle(command: CrewCommand): void {
    const { shard: name } = command;
    const desk = desks.get(name);
    switch (command.type) {
      case 'take':
        desks.set(name, { shard: new Shard(command.module, command.part), round: 0, training: null });
        return;
      case 'advance':
        if (!desk) return;
        if (command.from) desk.shard.restore(command.from);
        desk.round = command.round;
        desk.training = desk.shard.train(command.epochs, command.settings);
        return work(name, desk);
      case 'continue':
        // Of a round that was given up nothing is continued.
        return desk?.round === command.round ? work(name, desk) : undefined;
      case 'drop':
        desks.delete(name);
        return;
      default:
        command satisfies never;
    }
  }

  function work(shard: number, { round, training }: Desk): void {
    if (!training) return;
    const end = clock.now() + SLICE_MS;
    for (;;) {
      const next = training.next();
      if (next.done) {
        const { outputs, weights, slots } = next.value;
        const transfer = [outputs, weights, ...slots].map((array) => array.buffer as ArrayBuffer);
        return post({ type: 'trained', shard, round, trained: next.value }, transfer);
      }
      if (clock.now() > end) return post({ type: 'sliced', shard, round, done: next.value }, []);
    }
  }

  return (command) => {
    try {
      handle(command);
    } catch (error) {
      post(
        { type: 'failed', shard: command.shard, message: error instanceof Error ? error.message : String(error) },
        [],
      );
    }
  };
}
