/**
 * @file `EarlyStoppingHook` of MMEngine 0.10, proven by conformance/ask_mmengine.py.
 *
 * It asks whether a value fails its best with min delta, so an improvement of exactly min delta counts, with min delta 0 a
 * plateau never stops, and NaN, where it is let in, becomes the best and is followed by any value.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS, FINITE } from './limits.ts';

const PARAMETERS = {
  mode: {
    kind: 'choice',
    options: ['auto', 'greater', 'less'],
    default: 'auto',
    role: 'direction',
    words: { min: 'less', max: 'greater' },
    help: 'Whether more or less is better. MMEngine calls it rule; auto is its None: a loss shrinks, acc, auc, mAP and the like grow, any other name is refused.',
  },
  min_delta: {
    kind: 'number',
    ...FINITE,
    default: 0.1,
    role: 'margin',
    help: 'The metric has to beat its best by at least this, 0.1 by default, which for an accuracy from 0 to 1 is much.',
  },
  strict: {
    kind: 'flag',
    default: false,
    help: 'Whether an evaluation without the metric aborts the run; if not, it is passed over.',
  },
  check_finite: { kind: 'flag', default: true, help: 'Whether a NaN or infinite value stops the run at once.' },
  patience: {
    kind: 'number',
    ...EPOCHS,
    default: 5,
    role: 'counter',
    help: 'Evaluations in a row without an improvement after which training stops; 0 is as 1.',
  },
  stopping_threshold: {
    kind: 'optional',
    ...FINITE,
    default: null,
    help: 'The run stops once a value is beyond this.',
  },
} as const;

/** Written as it is asked: whether a value fails the best with its margin, which NaN never does. */
const fails = (value: number, best: number, sign: 1 | -1, min_delta: number) =>
  sign === 1 ? best - min_delta < value : best + min_delta > value;

class MmengineWatch extends Patience {
  constructor(
    private readonly settings: SettingsOf<typeof PARAMETERS>,
    direction: Direction = 'min',
  ) {
    const greater = settings.mode === 'auto' ? direction === 'max' : settings.mode === 'greater';
    super(greater ? -1 : 1, settings.patience);
    this.bestValue = this.sign * Infinity;
  }

  protected take(value: number | null): boolean {
    const { strict, check_finite, stopping_threshold, min_delta } = this.settings;
    if (value === null)
      return strict && this.abort('RuntimeError: Early stopping conditioned on metric is not available');
    if (check_finite && !Number.isFinite(value)) return this.stop(`the value is ${value}, not finite`);
    if (stopping_threshold !== null && this.sign * value < this.sign * stopping_threshold) {
      this.best = this.epochs;
      this.bestValue = value;
      return this.stop(`stopping threshold ${stopping_threshold} reached`);
    }
    if (fails(value, this.bestValue, this.sign, min_delta)) return this.waited();
    this.improved(value);
    return false;
  }

  override get reference(): number | null {
    return this.best === -1 ? null : this.bestValue - this.sign * this.settings.min_delta;
  }
}

export const MMENGINE: Rule<typeof PARAMETERS> = {
  label: 'MMEngine',
  version: 'mmengine 0.10.7',
  help: 'An improvement of exactly min delta counts, so that with min delta 0 a plateau never stops; its default of 0.1 stops a metric that grows more slowly. It restores no weights.',
  parameters: PARAMETERS,
  restores: () => false,
  start: (settings, direction) => new MmengineWatch(settings, direction),
  isBetter: (value, best, sign, { min_delta }) => !fails(value, best, sign, min_delta),
};
