/** @file The gate that training passes in a worker: lets messages in, holds while paused, ends a run that was given up. */
import type { Clock } from '../clock.ts';
import type { Gate } from '../trainers/trainer.ts';

/** The run was given up on purpose; nothing to report. */
export class Abandoned extends Error {}

/** Training may hold the thread for this long before messages are read, ms. */
const YIELD_MS = 10;

export class TrainingGate {
  #state: 'open' | 'shut' | 'abandoned' = 'open';
  #wake: () => void = () => {};
  #yieldedAt: number;
  #restedMs = 0;

  /** `yieldToMessages` lets one round of messages in. */
  constructor(
    private readonly clock: Clock,
    private readonly yieldToMessages: () => Promise<void>,
  ) {
    this.#yieldedAt = clock.now();
  }

  /** The clock without the time at rest. */
  readonly working: Clock = { now: () => this.clock.now() - this.#restedMs, after: (ms) => this.clock.after(ms) };

  readonly pass: Gate = async () => {
    if (this.clock.now() - this.#yieldedAt > YIELD_MS) {
      await this.yieldToMessages();
      this.#yieldedAt = this.clock.now();
    }
    while (this.#state === 'shut') {
      const since = this.clock.now();
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#restedMs += this.clock.now() - since;
    }
    if (this.#state === 'abandoned') throw new Abandoned();
  };

  pause(): void {
    if (this.#state === 'open') this.#state = 'shut';
  }

  resume(): void {
    if (this.#state !== 'shut') return;
    this.#state = 'open';
    this.#wake();
  }

  abandon(): void {
    this.#state = 'abandoned';
    this.#wake();
  }
}
