/**
 * @file The overfitting detector of CatBoost 1.2, proven by conformance/ask_catboost.py.
 *
 * `Iter` stops od_wait iterations after the best. `IncToDec` asks from then on how much could still be expected: the largest
 * rise from any earlier value to a later one, forgotten by 1 % an iteration, beside the fall from the best to the last
 * value; x of both gives exp(−0.5 / x), and below od_pval it stops. Values are taken as a metric that grows.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS, MODE } from './limits.ts';
import { fourDigits, signOf } from './research/observer.ts';

const PARAMETERS = {
  od_type: {
    kind: 'choice',
    options: ['IncToDec', 'Iter'],
    default: 'IncToDec',
    help: 'Whether it weighs what could still be expected (IncToDec) or counts iterations (Iter), as early_stopping_rounds does.',
  },
  od_pval: {
    kind: 'number',
    min: 0,
    max: Number.MAX_VALUE,
    default: 0,
    help: 'Of IncToDec: it stops below this, 1e-10 to 1e-2 by its documentation; 0 turns it off.',
    refusal: 'Auto-stop PValue in OD-detector should be >= 0',
  },
  od_wait: {
    kind: 'number',
    ...EPOCHS,
    min: 1,
    default: 20,
    role: 'counter',
    short: 'od wait',
    help: 'Iterations since the best before it may stop.',
    refusal: 'Wait iterations in OD-detector should be > 0',
  },
  use_best_model: {
    kind: 'flag',
    default: true,
    role: 'restores',
    help: 'Whether the model ends with its best iteration, also when nothing stopped it.',
  },
  mode: { ...MODE, help: `${MODE.help} CatBoost has no mode: each of its metrics says what is better.` },
} as const;

const FORGET = 0.99;
const MEMORY = 2000;
const EPSILON = 1e-10;

/** As C++ has it: the first where they do not compare. */
const larger = (a: number, b: number) => (a < b ? b : a);

class CatboostWatch extends Patience {
  readonly #values: number[] = [];
  #expected = 0;
  #pValue = 1;
  /** What the p value has to be below; an `Iter` stops as soon as there is one. */
  readonly #threshold: number;

  constructor(
    private readonly settings: SettingsOf<typeof PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction), settings.od_wait);
    this.#threshold = settings.od_type === 'Iter' ? 1 : settings.od_pval;
  }

  protected take(value: number | null): boolean {
    if (value === null) return this.abort('CatBoostError: the metric has no value');
    if (this.best === -1 || this.sign * value < this.sign * this.bestValue) this.improved(value);
    else this.wait++;
    if (this.#threshold <= 0) return false;
    this.#pValue = this.#pValueAfter(-this.sign * value);
    return this.#pValue < this.#threshold;
  }

  #pValueAfter(score: number): number {
    const values = this.#values;
    values.unshift(score);
    if (values.length > MEMORY) values.pop();
    let expected = this.#expected * FORGET;
    let weight = 1;
    for (const value of values) {
      expected = larger(expected, weight * (score - value));
      weight *= FORGET;
    }
    this.#expected = expected;
    if (this.wait < this.settings.od_wait) return 1;
    const fall = larger(-this.sign * this.bestValue - score, EPSILON);
    return Math.exp(-0.5 / larger(expected / fall, EPSILON));
  }

  protected override reason(): string {
    if (this.#threshold <= 0) return 'with od_pval 0 the rule is off';
    if (this.settings.od_type === 'Iter') return super.reason();
    return `${super.reason()}, p ${fourDigits(this.#pValue)} (od_pval ${this.settings.od_pval})`;
  }
}

export const CATBOOST: Rule<typeof PARAMETERS> = {
  label: 'CatBoost',
  version: 'catboost 1.2.10',
  help: 'Off by default: od_type Iter stops od_wait iterations after the best, IncToDec once so much worse is unlikely to be made up for. Any better value counts. A run with a value that is not finite fails when it is over.',
  parameters: PARAMETERS,
  restores: ({ use_best_model }) => use_best_model,
  start: (settings, direction) => new CatboostWatch(settings, direction),
};
