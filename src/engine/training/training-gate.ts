/** @file The gate of a thread that also listens: lets messages in, holds training while paused, ends it when given up. */
import type { Clock } from '../clock.ts';
import type { Gate } from '../trainers/trainer.ts';

/** The run was given up on purpose; nothing to report. */
export class Abandoned extends Error {}

/** Training may hold the thread for this long before it listens. */
const BREATH_MS = 10;

export class Valve {
  #state: 'open' | 'shut' | 'abandoned' = 'open';
  #wake: () => void = () => {};
  #breathed: number;
  #restedMs = 0;

  /** `breathe` lets one round of messages in. */
  constructor(
    private readonly clock: Clock,
    private readonly breathe: () => Promise<void>,
  ) {
    this.#breathed = clock.now();
  }

  /** The clock without the time at rest. */
  readonly working: Clock = { now: () => this.clock.now() - this.#restedMs, after: (ms) => this.clock.after(ms) };

  readonly gate: Gate = async () => {
    if (this.clock.now() - this.#breathed > BREATH_MS) {
      await this.breathe();
      this.#breathed = this.clock.now();
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
