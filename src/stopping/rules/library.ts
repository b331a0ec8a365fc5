/** @file What the rules of libraries have in common: how a watch counts, and how it says what it did. */
import type { Parameter } from '../rule.ts';
import { MIN_MAX } from './limits.ts';
import { Observer, plural } from './research/observer.ts';

export const MODE_MIN_MAX = {
  kind: 'choice',
  options: ['min', 'max'],
  default: 'min',
  role: 'direction',
  words: MIN_MAX,
  help: 'Whether the metric is to shrink (min) or to grow (max); the library does not guess it from the name.',
} as const satisfies Parameter;

/** The watch of a rule that counts epochs without an improvement up to its patience. */
export abstract class Patience extends Observer {
  /** What ended the run other than patience, in words. */
  #verdict: string | null = null;

  constructor(
    sign: 1 | -1,
    private readonly patience: number,
  ) {
    super(sign);
  }

  /** Stops for another reason than patience. */
  protected stop(verdict: string): true {
    this.#verdict = verdict;
    return true;
  }

  /** The library raises an error, which ends the run. */
  protected abort(error: string): true {
    return this.stop(`the run is aborted by ${error}`);
  }

  protected improved(value: number): void {
    this.best = this.epochs;
    this.bestValue = value;
    this.wait = 0;
  }

  /** One more epoch without an improvement: whether that was the last. */
  protected waited(): boolean {
    this.wait++;
    return this.wait >= this.patience;
  }

  protected reason(): string {
    const state = `${this.bestSoFar()}, ${plural(this.wait)} without an improvement (patience ${this.patience})`;
    return this.#verdict === null ? state : `${this.#verdict}; ${state}`;
  }
}
