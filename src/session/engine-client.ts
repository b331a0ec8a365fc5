/** @file The page's end of the line to the engine: commands of the run on screen out, its events in. */
import type { Clock } from '../engine/clock.ts';
import type { Command, Event } from '../engine/protocol.ts';
import { WorkerClient, type News, type WorkerLike, type WorkerLoss } from '../engine/worker-client.ts';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;
interface Answers {
  snapshot: 'snapshotTaken';
  pick: 'picked';
  map: 'mapped';
}
export type EngineNews = News<Event>;

export interface EngineClientOptions {
  open(): WorkerLike;
  clock: Clock;
  /** Of the run prepared last only. */
  heard(event: EngineNews): void;
  lost(loss: WorkerLoss): void;
}

export class EngineClient {
  readonly #client: WorkerClient<Command, Event, Answers>;
  /** Counts what was prepared: an event of an older run is dropped. */
  #run = 0;

  constructor({ open, clock, heard, lost }: EngineClientOptions) {
    this.#client = new WorkerClient({
      name: 'The engine',
      open,
      clock,
      lost,
      heard: (event) => event.run === this.#run && heard(event),
    });
  }

  /** Begins a new run: what the old one still says is dropped, what it was asked is rejected. */
  prepare(command: Omit<Of<'prepare'>, 'type' | 'run'>): void {
    this.#run += 1;
    this.#client.cancel('The run was replaced before the engine could answer.');
    this.#client.post({ type: 'prepare', run: this.#run, ...command });
  }

  train(until: number): void {
    this.#client.post({ type: 'train', run: this.#run, until });
  }

  pause(): void {
    this.#client.post({ type: 'pause', run: this.#run });
  }

  shown(): void {
    this.#client.post({ type: 'shown', run: this.#run });
  }

  /** Lets the run be: the engine rests, and what it still says of this run is dropped. */
  abandon(): void {
    this.pause();
    this.#run += 1;
    this.#client.cancel('The run was given up before the engine could answer.');
  }

  /** Ends the worker; the next run is prepared by another one. */
  stop(): void {
    this.#client.stop('The engine was stopped before it could answer.');
  }

  ask<T extends keyof Answers>(
    type: T,
    rest: Omit<Of<T>, 'type' | 'run' | 'request'>,
  ): Promise<Extract<Event, { type: Answers[T] }>> {
    const command = { type, run: this.#run, ...rest };
    // That a type and the rest of its command make that command cannot be told to TypeScript.
    return this.#client.request<T>(command as never);
  }
}
