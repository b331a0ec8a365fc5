/** @file Computes the policy landscape in short slices between frames, and keeps the last whole one in the meantime. */
import type { StoppingSettings } from '../engine/experiment.ts';
import type { Tape } from '../engine/tape.ts';
import { Landscape, MIN_DELTAS, PATIENCES } from '../stopping/landscape.ts';
import { pageClock, type Clock } from './clock.ts';

/** What the landscape depends on beside the tape: it holds every patience and min delta anyway. */
export type LandscapeSettings = Omit<StoppingSettings, 'patience' | 'minDelta'>;

/** A slice ends with the first row that goes beyond this. */
const SLICE_MS = 5;
/** Room for a frame between two slices. */
const PAUSE_MS = 8;
/** While a tape grows, its landscape is begun anew at most this often. */
const GROWING_MS = 400;

interface Wish {
  tape: Tape;
  settings: LandscapeSettings;
  /** Equal for equal settings. */
  key: string;
  training: boolean;
}

interface Work extends Wish {
  /** Epochs of the tape when it was begun. */
  length: number;
  landscape: Landscape;
}

export class LandscapeScheduler {
  #wish: Wish | null = null;
  #work: Work | null = null;
  /** The tape whose landscape is on screen. */
  #shown: Tape | null = null;
  #begun = -Infinity;
  #turn = 0;

  constructor(
    private readonly publish: (landscape: Landscape | null) => void,
    private readonly clock: Clock = pageClock,
  ) {}

  /** Says what should be on screen; the same tape, no longer than before, under the same settings costs nothing. */
  want(tape: Tape | null, settings: LandscapeSettings, training: boolean): void {
    this.#wish = tape && tape.length > 0 ? { tape, settings, key: JSON.stringify(settings), training } : null;
    this.#continue(0);
  }

  /** The last call counts: a new wish does not wait for the pause of an old one. */
  #continue(ms: number): void {
    const turn = ++this.#turn;
    this.clock.later(() => turn === this.#turn && this.#slice(), ms);
  }

  #slice(): void {
    const wish = this.#wish;
    if (this.#shown && this.#shown !== wish?.tape) this.#show(null);
    if (!wish) {
      this.#work = null;
      return;
    }
    const now = this.clock.now();
    const same = this.#work?.tape === wish.tape && this.#work.key === wish.key;
    if (!this.#work || !same) this.#work = this.#begin(wish, now);
    else if (this.#work.landscape.done) {
      if (this.#work.length === wish.tape.length) return;
      const early = wish.training ? this.#begun + GROWING_MS - now : 0;
      if (early > 0) return this.#continue(early);
      this.#work = this.#begin(wish, now);
    }
    const { landscape } = this.#work;
    while (!landscape.done && this.clock.now() - now < SLICE_MS) landscape.next();
    if (landscape.done) this.#show(landscape);
    this.#continue(PAUSE_MS);
  }

  #show(landscape: Landscape | null): void {
    this.#shown = landscape?.tape ?? null;
    this.publish(landscape);
  }

  #begin(wish: Wish, now: number): Work {
    this.#begun = now;
    const settings = { ...wish.settings, patience: PATIENCES[0]!, minDelta: MIN_DELTAS[0]! };
    return { ...wish, length: wish.tape.length, landscape: new Landscape(wish.tape, settings) };
  }
}
