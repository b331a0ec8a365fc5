/**
 * @file `xgboost.callback.EarlyStopping` of XGBoost 3.2, proven by conformance/ask_xgboost.py.
 *
 * The first value is the best whatever it is, and the patience is looked at in every round. A round that does not report
 * the metric is judged by the last value again, which is no improvement.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS } from './limits.ts';

const PARAMETERS = {
  rounds: {
    kind: 'number',
    ...EPOCHS,
    default: 10,
    role: 'counter',
    help: 'Rounds in a row without an improvement after which training stops; XGBoost has no default, and 0 stops after the first.',
  },
  maximize: {
    kind: 'choice',
    options: ['auto', 'true', 'false'],
    default: 'auto',
    role: 'direction',
    words: { min: 'false', max: 'true' },
    auto: 'min',
    help: 'Whether the metric is to grow; auto is its None, which lets only what begins with auc, pre, map or ndcg grow, but not mape: an accuracy shrinks to it, a prediction_error grows.',
  },
  save_best: {
    kind: 'flag',
    default: false,
    role: 'restores',
    help: 'Whether the run ends with the model of its best round, also when nothing stopped it; the estimators predict with that one in any case.',
  },
  min_delta: {
    kind: 'number',
    min: 0,
    max: Number.MAX_VALUE,
    default: 0,
    role: 'margin',
    help: 'The metric has to beat its best by more than this.',
    refusal: 'min_delta must be greater or equal to 0.',
  },
  custom_metric: {
    kind: 'flag',
    default: false,
    help: 'Of train: whether the metric is a function of yours. XGBoost rounds those to six decimals before it compares.',
  },
} as const;

/** What the names of metrics that grow begin with, whatever comes after. */
const GROWING = ['auc', 'aucpr', 'pre', 'pre@', 'map', 'ndcg', 'auc@', 'aucpr@', 'map@', 'ndcg@'];

/** How XGBoost takes a metric of this name to improve where maximize is left open: it looks at how the name begins. */
export const directionToXgboost = (metric: string): Direction =>
  metric !== 'mape' && GROWING.some((name) => metric.startsWith(name)) ? 'max' : 'min';

const isBetter = (value: number, best: number, sign: 1 | -1, min_delta: number) =>
  sign === 1 ? best - min_delta > value : value - min_delta > best;

class XgboostWatch extends Patience {
  constructor(private readonly settings: SettingsOf<typeof PARAMETERS>) {
    super(settings.maximize === 'true' ? -1 : 1, settings.rounds);
  }

  protected take(reported: number | null): boolean {
    if (reported === null) {
      return this.best === -1
        ? this.abort('ValueError: Must have at least 1 validation dataset for early stopping.')
        : this.waited();
    }
    const value = asCompared(reported, this.settings.custom_metric);
    const { bestValue, settings, sign } = this;
    if (this.best !== -1 && !isBetter(value, bestValue, sign, settings.min_delta)) return this.waited();
    this.improved(value);
    return settings.rounds === 0;
  }

  override get reference(): number | null {
    return this.best === -1 ? null : this.bestValue - this.sign * this.settings.min_delta;
  }
}

const asCompared = (value: number, custom_metric: boolean) => (custom_metric ? printed(value) : value);

/** What is read back of a number printed with `%f` of C: of two that are as near it takes the even one, unlike toFixed. */
function printed(value: number): number {
  const text = value.toFixed(6);
  // Half a millionth more than six decimals is an odd number of 128ths, which seven decimals hold.
  const tie = Math.abs(value * 128) % 2 === 1;
  return Number(tie && /[13579]$/.test(text) ? value.toFixed(7).slice(0, -1) : text);
}

export const XGBOOST: Rule<typeof PARAMETERS> = {
  label: 'XGBoost',
  version: 'xgboost 3.2.0',
  help: 'The first value is the best, a NaN too: nothing ever beats that. Your own metrics are compared with six decimals. A first round without the metric aborts the run.',
  parameters: PARAMETERS,
  restores: ({ save_best }) => save_best,
  start: (settings) => new XgboostWatch(settings),
  isBetter: (value, best, sign, { min_delta, custom_metric }) =>
    isBetter(asCompared(value, custom_metric), asCompared(best, custom_metric), sign, min_delta),
};
