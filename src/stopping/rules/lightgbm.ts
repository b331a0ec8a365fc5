/**
 * @file `lightgbm.early_stopping` of LightGBM 4.7 with one metric on one validation set, proven by
 * conformance/ask_lightgbm.py.
 *
 * The first value is the best whatever it is. There is no counter: it compares the number of the round with that of the
 * best, so a round that does not report the metric counts, but does not stop. Rounds count from 0 here and in its callback;
 * `best_iteration` of the model is one more.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS, MODE } from './limits.ts';
import { signOf } from './research/observer.ts';

const PARAMETERS = {
  stopping_rounds: {
    kind: 'number',
    ...EPOCHS,
    default: 10,
    role: 'counter',
    short: 'rounds',
    help: 'Rounds without an improvement after which training stops; LightGBM has no default, and 0 turns the rule off.',
  },
  min_delta: {
    kind: 'number',
    min: 0,
    max: Number.MAX_VALUE,
    default: 0,
    role: 'margin',
    help: 'The metric has to beat its best by more than this.',
    refusal: 'Early stopping min_delta must be non-negative.',
  },
  mode: { ...MODE, help: `${MODE.help} LightGBM has no mode: each metric says whether higher is better.` },
} as const;

const isBetter = (value: number, best: number, sign: 1 | -1, min_delta: number) =>
  sign * value < sign * best - min_delta;

class LightgbmWatch extends Patience {
  constructor(
    private readonly settings: SettingsOf<typeof PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction), settings.stopping_rounds);
  }

  protected take(value: number | null): boolean {
    const { sign, bestValue, epochs, settings } = this;
    if (value === null && epochs === 0) {
      return this.abort('ValueError: For early stopping, at least one dataset and eval metric is required');
    }
    if (settings.stopping_rounds === 0) return false;
    if (value !== null && (epochs === 0 || isBetter(value, bestValue, sign, settings.min_delta))) this.improved(value);
    this.wait = epochs - this.best;
    return value !== null && this.wait >= settings.stopping_rounds;
  }

  protected override reason(): string {
    const off = this.settings.stopping_rounds === 0 && !this.fired;
    return off ? 'with stopping_rounds 0 the rule is off' : super.reason();
  }

  override get reference(): number | null {
    return this.best === -1 ? null : this.bestValue - this.sign * this.settings.min_delta;
  }
}

export const LIGHTGBM: Rule<typeof PARAMETERS> = {
  label: 'LightGBM',
  version: 'lightgbm 4.7.0',
  help: 'The first value is the best, a NaN too: nothing ever beats that. It predicts with the model of its best round, also when nothing stopped it. A first round without the metric aborts the run.',
  parameters: PARAMETERS,
  restores: ({ stopping_rounds }) => stopping_rounds > 0,
  start: (settings, direction) => new LightgbmWatch(settings, direction),
  isBetter: (value, best, sign, { min_delta }) => isBetter(value, best, sign, min_delta),
};
