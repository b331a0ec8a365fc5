/** @file Computes a policy landscape and its colours in short slices between frames; the last whole one stays meanwhile. */
import type { Shade } from '../decomposition/landscape-shade.ts';
import type { Tape } from '../engine/tape.ts';
import type { Landscape } from '../stopping/landscape.ts';
import { pageClock, type Clock } from './clock.ts';

/** What is to be computed on a tape. */
export interface Plan {
  /** Equal for what gives equal landscapes of the same tape. */
  key: string;
  landscape(tape: Tape): Landscape;
  /** Equal for what gives equal colours of the same landscape. */
  shadeKey: string;
  shade(landscape: Landscape): Shade;
}

/** A landscape and what colours it, both whole. */
export interface Shaded {
  landscape: Landscape;
  shade: Shade;
}

/** A slice ends with the first row that goes beyond this. */
const SLICE_MS = 5;
/** Room for a frame between two slices. */
const PAUSE_MS = 8;
/** While a tape grows, its landscape is begun anew at most this often. */
const GROWING_MS = 400;

interface Wish {
  tape: Tape;
  plan: Plan;
  training: boolean;
}

interface Work extends Wish {
  landscape: Landscape;
  /** Null until the landscape is whole. */
  shade: Shade | null;
}

export class LandscapeScheduler {
  #wish: Wish | null = null;
  #work: Work | null = null;
  #shown: Shaded | null = null;
  #begun = -Infinity;
  #turn = 0;

  constructor(
    private readonly publish: (shaded: Shaded | null) => void,
    private readonly clock: Clock = pageClock,
  ) {}

  /** Says what should be on screen; the same tape, no longer than before, under the same plan costs nothing. */
  want(tape: Tape | null, plan: Plan | null, training: boolean): void {
    this.#wish = tape && plan && tape.length > 0 ? { tape, plan, training } : null;
    this.#continue(0);
  }

  /** The last call counts: a new wish does not wait for the pause of an old one. */
  #continue(ms: number): void {
    const turn = ++this.#turn;
    this.clock.later(() => turn === this.#turn && this.#slice(), ms);
  }

  #slice(): void {
    const wish = this.#wish;
    if (this.#shown && this.#shown.landscape.tape !== wish?.tape) this.#show(null);
    if (!wish) {
      this.#work = null;
      return;
    }
    const now = this.clock.now();
    const { tape, plan } = wish;
    if (this.#work?.tape !== tape || this.#work.plan.key !== plan.key) {
      this.#work = this.#begin(wish, now);
    } else if (this.#work.shade && this.#work.plan.shadeKey !== plan.shadeKey) {
      // Other colours for the same landscape.
      this.#work = { ...wish, landscape: this.#work.landscape, shade: null };
    } else {
      this.#work = { ...this.#work, plan };
    }
    if (this.#work.shade?.done) {
      if (this.#work.landscape.length === tape.length) return;
      const early = wish.training ? this.#begun + GROWING_MS - now : 0;
      if (early > 0) return this.#continue(early);
      this.#work = this.#begin(wish, now);
    }
    const { landscape } = this.#work;
    const left = () => this.clock.now() - now < SLICE_MS;
    while (!landscape.done && left()) landscape.next();
    if (landscape.done) {
      const shade = (this.#work.shade ??= plan.shade(landscape));
      while (!shade.done && left()) shade.next();
      if (shade.done) this.#show({ landscape, shade });
    }
    this.#continue(PAUSE_MS);
  }

  #show(shaded: Shaded | null): void {
    this.#shown = shaded;
    this.publish(shaded);
  }

  #begin(wish: Wish, now: number): Work {
    this.#begun = now;
    return { ...wish, landscape: wish.plan.landscape(wish.tape), shade: null };
  }
}
