/**
 * @file Helpers that the rules from the literature share: the sign of a direction, the best epoch so far, and reasons in words.
 */
import type { Direction, EpochValues, Watch } from '../../rule.ts';

/** What a patience may be: epochs, one at least. */
export const PATIENCE_LIMITS = { min: 1, max: 1e6, integer: true } as const;

/** 1 where less is better, −1 where more is. */
export function signOf(mode: 'auto' | Direction, direction: Direction = 'min'): 1 | -1 {
  return (mode === 'auto' ? direction : mode) === 'max' ? -1 : 1;
}

/** NaN where it was not reported. */
export const trainLossOf = (also: EpochValues): number => also['training-loss'] ?? NaN;

export const plural = (n: number, what = 'epoch') => (n === 1 ? `1 ${what}` : `${n} ${what}s`);
export const fourDigits = (value: number) => String(Number(value.toPrecision(4)));

/**
 * Keeps the best value seen. Values are compared strictly and in float64; NaN is never the best, and an epoch whose value was
 * not reported passes without being looked at.
 */
export abstract class Observer implements Watch {
  /** Epochs passed. */
  epochs = 0;
  best = -1;
  bestValue = NaN;
  wait = 0;
  fired = false;

  constructor(protected readonly sign: 1 | -1) {}

  observe(value: number | null, also: EpochValues): boolean {
    this.fired = this.take(value, also);
    this.epochs++;
    return this.fired;
  }

  get reference(): number | null {
    return this.best === -1 ? null : this.bestValue;
  }

  why(): string {
    return `${this.fired ? 'Stopped' : 'Not stopped'} after ${plural(this.epochs)}: ${this.reason()}.`;
  }

  /** Looks at the epoch of index `epochs`; true if training stops after it. */
  protected abstract take(value: number | null, also: EpochValues): boolean;

  /** The end of the sentence. */
  protected abstract reason(): string;

  /** Notes a value if it is the best so far (by more than `minDelta`); tells whether it is. */
  protected improves(value: number | null, minDelta = 0): boolean {
    if (value === null || Number.isNaN(value)) return false;
    if (this.best !== -1 && !(this.sign * value + minDelta < this.sign * this.bestValue)) return false;
    this.best = this.epochs;
    this.bestValue = value;
    return true;
  }

  protected bestSoFar(): string {
    return this.best === -1 ? 'no value yet' : `best ${fourDigits(this.bestValue)} at epoch ${this.best + 1}`;
  }
}
