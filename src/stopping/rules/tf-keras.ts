/**
 * @file `EarlyStopping` of tf.keras 2 in its older behaviour: Keras 2.11, proven by conformance/ask_tf_keras.py.
 *
 * Unlike Keras 3 it looks at the patience also after an improvement (Keras 2.12 ended that): a baseline that is not met
 * stops a run that still improves, and patience 0 stops at once from the second epoch on. It compares in float64, begins
 * from ±infinity, and restores weights only where it stopped the run: where nothing ever improved, those of the first
 * epoch it looked at.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { KERAS_PARAMETERS } from './keras-description.ts';
import { Patience } from './library.ts';
import { signOf } from './research/observer.ts';

const PARAMETERS = {
  ...KERAS_PARAMETERS,
  min_delta: {
    ...KERAS_PARAMETERS.min_delta,
    help: 'The metric has to beat its best by more than this, compared in float64; the sign does not matter.',
  },
  patience: {
    ...KERAS_PARAMETERS.patience,
    help: 'Epochs without improvement before training stops; 0 stops at once from the second epoch on.',
  },
  restore_best_weights: {
    ...KERAS_PARAMETERS.restore_best_weights,
    help: 'Whether a run that the rule stops ends with the weights of its best epoch; one that it does not stop keeps its last.',
  },
} as const;

class TfKerasWatch extends Patience {
  constructor(
    readonly settings: SettingsOf<typeof PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction), settings.patience);
    this.bestValue = this.sign * Infinity;
  }

  protected take(value: number | null): boolean {
    const { baseline, patience, start_from_epoch } = this.settings;
    if (value === null || this.epochs < start_from_epoch) return false;
    if (this.best === -1) this.best = this.epochs;
    const { wait } = this;
    if (this.#beats(value, this.bestValue)) {
      this.improved(value);
      if (baseline !== null && !this.#beats(value, baseline)) this.wait = wait + 1;
    } else this.wait++;
    return this.wait >= patience && this.epochs > 0;
  }

  override get reference(): number | null {
    return this.best === -1 ? null : this.bestValue - this.sign * Math.abs(this.settings.min_delta);
  }

  #beats(value: number, reference: number): boolean {
    return this.sign * value + Math.abs(this.settings.min_delta) < this.sign * reference;
  }
}

export const TF_KERAS: Rule<typeof PARAMETERS> = {
  label: 'tf.keras 2 (to 2.11)',
  version: 'keras 2.11.0',
  help: 'As Keras 3, but it looks at the patience also after an improvement: patience 0 stops at once from the second epoch on, and a baseline that is not met stops a metric that still improves. A NaN at the start is beaten by any number, and weights are restored only where the rule stopped the run. From Keras 2.12 on patience is looked at as in Keras 3.',
  parameters: PARAMETERS,
  restores: ({ restore_best_weights }, fired) => restore_best_weights && fired,
  start: (settings, direction) => new TfKerasWatch(settings, direction),
};
