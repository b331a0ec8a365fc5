/** @file The page's end of the thread line: one worker, typed commands out, events in, replies matched to requests. */
import type { Command, Event } from '../engine/protocol.ts';

type Requested = Extract<Command, { request: number }>;
type Unaddressed<C> = C extends unknown ? Omit<C, 'run' | 'request'> : never;
type Reply = Extract<Event, { request: number }>;
type Answer<T extends Requested['type']> = Extract<
  Reply,
  { type: { snapshot: 'snapshotTaken'; pick: 'picked'; map: 'mapped' }[T] }
>;

export class EngineClient {
  #worker: Worker;
  #run = 0;
  #request = 0;
  #waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();

  constructor(private readonly heard: (event: Exclude<Event, Reply>) => void) {
    this.#worker = this.#start();
  }

  /** Begins a new run: what the old one still says is dropped, what it was asked is rejected. */
  prepare(command: Omit<Extract<Command, { type: 'prepare' }>, 'type' | 'run'>, transfer: Transferable[] = []): void {
    this.#run += 1;
    this.#rejectAll(new Error('The run was replaced before the engine could answer.'));
    this.#worker.postMessage({ type: 'prepare', run: this.#run, ...command } satisfies Command, transfer);
  }

  train(until: number): void {
    this.#post({ type: 'train', run: this.#run, until });
  }

  pause(): void {
    this.#post({ type: 'pause', run: this.#run });
  }

  shown(): void {
    this.#post({ type: 'shown', run: this.#run });
  }

  /** Lets the run be: the engine rests, and what it still says of this run is dropped. */
  abandon(): void {
    this.pause();
    this.#run += 1;
    this.#rejectAll(new Error('The run was given up.'));
  }

  /** Gives up on the worker as it is, e.g. after its device was lost, and starts another. */
  restart(): void {
    this.#worker.terminate();
    this.#rejectAll(new Error('The engine was restarted.'));
    this.#worker = this.#start();
  }

  ask<T extends Requested['type']>(
    type: T,
    rest: Unaddressed<Extract<Requested, { type: T }>> extends infer C ? Omit<C, 'type'> : never,
  ): Promise<Answer<T>> {
    const request = ++this.#request;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, {
        resolve: (reply) => resolve(reply as Answer<T>),
        reject,
      });
      this.#post({ type, run: this.#run, request, ...rest } as Command);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('../workers/engine-entry.ts', import.meta.url), {
      type: 'module',
      name: 'engine',
    });
    worker.onmessage = ({ data }: MessageEvent<Event>) => this.#route(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const message = `The engine stopped: ${event.message || 'its code could not be loaded'}. Reload the page.`;
      this.#rejectAll(new Error(message));
      this.heard({ type: 'failed', run: this.#run, message });
    };
    return worker;
  }

  #post(command: Command): void {
    this.#worker.postMessage(command);
  }

  #route(event: Event): void {
    if (event.run !== this.#run) return;
    if (!('request' in event)) return this.heard(event);
    const waiting = this.#waiting.get(event.request);
    this.#waiting.delete(event.request);
    if (event.type === 'refused') waiting?.reject(new Error(event.message));
    else waiting?.resolve(event);
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
