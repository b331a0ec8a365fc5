/**
 * @file Computes a policy landscape in short slices between frames; the last complete one stays on screen meanwhile.
 */
import type { LandscapeQuantity } from '../evaluation/landscape-values.ts';
import type { Landscape } from '../stopping/landscape.ts';
import { pageTimer, type Timer } from './timer.ts';

/** What landscapes are made from, e.g. a tape: the same object is the same thing, as long as its length stays. */
export interface Source {
  readonly length: number;
}

/** What is to be computed. */
export interface LandscapePlan {
  /** Equal for what gives equal landscapes of the same source. */
  key: string;
  /** That of the source as it is now. */
  landscape(): Landscape;
  /** Equal for what gives equal colours of the same landscape. */
  quantityKey: string;
  quantity(landscape: Landscape): LandscapeQuantity;
}

/** A landscape and what colours it, both whole. */
export interface ColouredLandscape {
  landscape: Landscape;
  quantity: LandscapeQuantity;
}

/** A slice ends with the first row that goes beyond this. */
const SLICE_MS = 5;
/** Room for a frame between two slices. */
const PAUSE_MS = 8;
/** While its source grows, a landscape is begun anew at most this often. */
const GROWING_MS = 400;

interface Wish {
  source: Source;
  plan: LandscapePlan;
  growing: boolean;
}

interface Work extends Wish {
  /** Of its source when it was begun. */
  length: number;
  landscape: Landscape;
  /** Null until the landscape is whole. */
  quantity: LandscapeQuantity | null;
}

export class LandscapeScheduler {
  #wish: Wish | null = null;
  #work: Work | null = null;
  /** What the landscape on screen was made from. */
  #shown: Source | null = null;
  #begun = -Infinity;
  #turn = 0;

  constructor(
    private readonly publish: (coloured: ColouredLandscape | null) => void,
    private readonly timer: Timer = pageTimer,
  ) {}

  /** Says what should be on screen; the same source, no longer than before, under the same plan costs nothing. */
  want(source: Source | null, plan: LandscapePlan | null, growing: boolean): void {
    this.#wish = source && plan && source.length > 0 ? { source, plan, growing } : null;
    this.#continue(0);
  }

  /** The last call counts: a new wish does not wait for the pause of an old one. */
  #continue(ms: number): void {
    const turn = ++this.#turn;
    this.timer.later(() => turn === this.#turn && this.#slice(), ms);
  }

  #slice(): void {
    const wish = this.#wish;
    if (this.#shown && this.#shown !== wish?.source) this.#show(null, null);
    if (!wish) {
      this.#work = null;
      return;
    }
    const now = this.timer.now();
    const { source, plan } = wish;
    if (this.#work?.source !== source || this.#work.plan.key !== plan.key) {
      this.#work = this.#begin(wish, now);
    } else if (this.#work.quantity && this.#work.plan.quantityKey !== plan.quantityKey) {
      // Other colours for the same landscape.
      this.#work = { ...this.#work, plan, quantity: null };
    } else {
      this.#work = { ...this.#work, plan };
    }
    if (this.#work.quantity?.done) {
      if (this.#work.length === source.length) return;
      const early = wish.growing ? this.#begun + GROWING_MS - now : 0;
      if (early > 0) return this.#continue(early);
      this.#work = this.#begin(wish, now);
    }
    const { landscape } = this.#work;
    const left = () => this.timer.now() - now < SLICE_MS;
    while (!landscape.done && left()) landscape.next();
    if (landscape.done) {
      const quantity = (this.#work.quantity ??= plan.quantity(landscape));
      while (!quantity.done && left()) quantity.next();
      if (quantity.done) this.#show(source, { landscape, quantity });
    }
    this.#continue(PAUSE_MS);
  }

  #show(source: Source | null, coloured: ColouredLandscape | null): void {
    this.#shown = source;
    this.publish(coloured);
  }

  #begin(wish: Wish, now: number): Work {
    this.#begun = now;
    return { ...wish, length: wish.source.length, landscape: wish.plan.landscape(), quantity: null };
  }
}
