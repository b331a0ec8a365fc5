/**
 * @file `EarlyStoppingCallback` of Hugging Face transformers 5 with the Trainer's best metric, proven by
 * conformance/ask_hugging_face.py.
 *
 * In one evaluation the callback comes first and compares with the best before it; then the Trainer takes any better
 * value for its best, whatever the threshold, so the reference creeps along with small improvements.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS, FINITE } from './limits.ts';

const PARAMETERS = {
  early_stopping_patience: {
    kind: 'number',
    ...EPOCHS,
    default: 1,
    role: 'counter',
    short: 'patience',
    help: 'Evaluations in a row without an improvement after which training stops; 0 stops at the first.',
  },
  early_stopping_threshold: {
    kind: 'number',
    ...FINITE,
    default: 0,
    role: 'margin',
    help: 'The metric has to beat its best by more than this to start the count afresh; its best follows any improvement.',
  },
  greater_is_better: {
    kind: 'choice',
    options: ['auto', 'true', 'false'],
    default: 'auto',
    role: 'direction',
    words: { min: 'false', max: 'true' },
    help: 'Of TrainingArguments: whether the metric is to grow; auto is its None: a loss shrinks, all else grows.',
  },
  load_best_model_at_end: {
    kind: 'flag',
    default: false,
    role: 'restores',
    help: 'Of TrainingArguments: whether the run ends with the weights of its best evaluation; without it a warning.',
  },
} as const;

/** Its margin is of the difference, which a value below 0 leaves free. */
const isBetter = (value: number, best: number, sign: 1 | -1, threshold: number) =>
  sign * value < sign * best && Math.abs(value - best) > threshold;

class HuggingFaceWatch extends Patience {
  /** The first evaluation is compared with nothing. */
  #first = true;

  constructor(
    readonly settings: SettingsOf<typeof PARAMETERS>,
    direction: Direction = 'min',
  ) {
    const { greater_is_better, early_stopping_patience } = settings;
    const greater = greater_is_better === 'auto' ? direction === 'max' : greater_is_better === 'true';
    super(greater ? -1 : 1, early_stopping_patience);
    this.bestValue = this.sign * Infinity;
  }

  protected take(value: number | null): boolean {
    if (value === null) return this.abort('KeyError: the metric is not found in the evaluation metrics');
    const { sign, bestValue, settings } = this;
    const counts = this.#first || isBetter(value, bestValue, sign, settings.early_stopping_threshold);
    this.#first = false;
    this.wait = counts ? 0 : this.wait + 1;
    if (sign * value < sign * bestValue) {
      this.best = this.epochs;
      this.bestValue = value;
    }
    return this.wait >= settings.early_stopping_patience;
  }

  override get reference(): number | null {
    return this.best === -1 ? null : this.bestValue - this.sign * Math.max(0, this.settings.early_stopping_threshold);
  }
}

export const HUGGING_FACE: Rule<typeof PARAMETERS> = {
  label: 'Hugging Face',
  version: 'transformers 5.23.0',
  help: 'Its best follows every improvement, also one too small to count, so a slow creep never resets the counter. Patience 0 stops at the first evaluation, and an evaluation without the metric aborts the run.',
  parameters: PARAMETERS,
  restores: ({ load_best_model_at_end }) => load_best_model_at_end,
  start: (settings, direction) => new HuggingFaceWatch(settings, direction),
  isBetter: (value, best, sign, settings) => isBetter(value, best, sign, settings.early_stopping_threshold),
};
