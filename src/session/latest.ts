/** @file Sends one request at a time and keeps only the newest of those that wait. */
import type { Timer } from './timer.ts';

export class Latest<Wish> {
  #waiting: { wish: Wish; gapMs: number } | null = null;
  #busy = false;
  #turn = 0;
  #answered = -Infinity;

  /** @param ask must not reject: what went wrong is its own to report. */
  constructor(
    private readonly ask: (wish: Wish) => Promise<void>,
    private readonly clock: Timer,
  ) {}

  /** Asks as soon as `gapMs` have passed since the last answer, so that slow answers leave the asked room to work. */
  want(wish: Wish, gapMs: number): void {
    this.#waiting = { wish, gapMs };
    this.#wake();
  }

  /** Forgets what waits; what was already asked is still answered. */
  cancel(): void {
    this.#waiting = null;
  }

  #wake(): void {
    if (this.#busy || !this.#waiting) return;
    const turn = ++this.#turn;
    const rest = this.#answered + this.#waiting.gapMs - this.clock.now();
    this.clock.later(() => turn === this.#turn && void this.#send(), Math.max(0, rest));
  }

  async #send(): Promise<void> {
    if (this.#busy || !this.#waiting) return;
    const { wish } = this.#waiting;
    this.#waiting = null;
    this.#busy = true;
    await this.ask(wish);
    this.#answered = this.clock.now();
    this.#busy = false;
    this.#wake();
  }
}
