/** @file A worker that a test plays by hand, and a clock that passes by hand. */
import type { Clock } from './clock.ts';
import type { WorkerLike } from './worker-client.ts';

export class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  onerror: WorkerLike['onerror'] = null;
  terminated = false;
  readonly posted: any[] = [];

  /** Called with every message that the worker is sent. */
  take: (message: any) => void = () => {};

  postMessage(message: unknown): void {
    // As between threads: what arrives is a copy, and what cannot be copied throws.
    const copy: unknown = structuredClone(message);
    this.posted.push(copy);
    this.take(copy);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: unknown): void {
    if (!this.terminated) this.onmessage?.({ data } as MessageEvent);
  }

  start(): void {
    this.say({ type: 'started' });
  }

  crash(message = ''): void {
    if (!this.terminated) this.onerror?.({ message, preventDefault() {} } as ErrorEvent);
  }
}

export class HandClock implements Clock {
  #now = 0;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number): Promise<void> {
    return new Promise((run) => this.#timers.push({ at: this.#now + ms, run }));
  }

  /** Lets time pass, timer by timer, and whatever follows from each. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Everything that waits for nothing but promises has happened. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 25; i++) await Promise.resolve();
}
