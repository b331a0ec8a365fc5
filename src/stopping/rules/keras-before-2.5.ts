/**
 * @file `EarlyStopping` of Keras 1.2 to 2.3 and of tf.keras up to 2.4, one rule for each behaviour, proven by
 * conformance/ask_keras_by_version.py.
 *
 * Up to Keras 2.0.8 the counter was compared before it was raised, so that training went on for one epoch more than the
 * patience says. From 2.2 on there is a baseline, which is the best value to begin with, and from 2.2.3 on weights can be
 * restored, which fails where nothing beat the baseline. All compare in float64; a min delta below 0 is lenient but in
 * tf.keras, which takes its absolute value.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { KERAS_PARAMETERS } from './keras-description.ts';
import { Patience } from './library.ts';
import { FINITE } from './limits.ts';
import { signOf } from './research/observer.ts';

const { patience, mode, baseline, restore_best_weights } = KERAS_PARAMETERS;

const SIGNED = {
  kind: 'number',
  ...FINITE,
  default: 0,
  role: 'margin',
  help: 'The metric has to beat its best by more than this; below 0 it may even be a little worse than its best.',
} as const;

const UNTIL_2_0 = {
  min_delta: SIGNED,
  patience: {
    ...patience,
    help: 'Epochs in a row without an improvement that it bears: it stops at one more.',
  },
  mode,
} as const;

const UNTIL_2_3 = {
  min_delta: SIGNED,
  patience: {
    ...patience,
    help: 'Epochs in a row without an improvement after which training stops; 0 is as 1.',
  },
  mode,
  baseline: {
    ...baseline,
    help: 'The best value to begin with: until it is beaten every epoch is one without an improvement. From Keras 2.2 on.',
  },
  restore_best_weights: {
    ...restore_best_weights,
    help: 'Whether a run that the rule stops ends with the weights of its best epoch; it fails if there was none. From Keras 2.2.3 on.',
  },
} as const;

const TF_UNTIL_2_4 = {
  ...UNTIL_2_3,
  min_delta: {
    ...KERAS_PARAMETERS.min_delta,
    help: 'The metric has to beat its best by more than this, compared in float64; the sign does not matter.',
  },
} as const;

type Settings = SettingsOf<typeof UNTIL_2_0> & Partial<SettingsOf<typeof UNTIL_2_3>>;

class OldKerasWatch extends Patience {
  /** `minDelta` and `waits` as it uses them; `aborts`: whether an epoch without the value ends the run. */
  constructor(
    private readonly settings: Settings,
    direction: Direction | undefined,
    private readonly minDelta: number,
    waits = settings.patience,
    private readonly aborts = false,
  ) {
    super(signOf(settings.mode, direction), waits);
    this.bestValue = settings.baseline ?? this.sign * Infinity;
  }

  protected take(value: number | null): boolean {
    if (value === null) return this.aborts && this.abort('TypeError: no value to compare');
    if (this.sign * value + this.minDelta < this.sign * this.bestValue) {
      this.improved(value);
      return false;
    }
    const stops = this.waited();
    const lost = stops && this.settings.restore_best_weights === true && this.best === -1;
    return lost ? this.abort('TypeError: there are no best weights to restore') : stops;
  }

  override get reference(): number | null {
    return Number.isFinite(this.bestValue) ? this.bestValue - this.sign * this.minDelta : null;
  }
}

export const KERAS_1_2: Rule<typeof UNTIL_2_0> = {
  label: 'Keras 1.2 to 2.0.6',
  version: 'keras 2.0.6',
  help: 'Stops at one epoch more without an improvement than the patience. An epoch without the value aborts the run; 2.0.7 and 2.0.8, otherwise the same, pass over it. It restores no weights.',
  parameters: UNTIL_2_0,
  restores: () => false,
  start: (settings, direction) =>
    new OldKerasWatch(settings, direction, settings.min_delta, settings.patience + 1, true),
};

const LATER =
  'Patience counts as in Keras 3, from ±infinity. A baseline is the best value to begin with: where nothing beats it the run stops, and fails if it is to restore weights. Weights are restored only where the rule stopped the run.';

export const KERAS_2_1: Rule<typeof UNTIL_2_3> = {
  label: 'Keras 2.1 to 2.3',
  version: 'keras 2.3.1',
  help: LATER,
  parameters: UNTIL_2_3,
  restores: ({ restore_best_weights }, fired) => restore_best_weights && fired,
  start: (settings, direction) => new OldKerasWatch(settings, direction, settings.min_delta),
};

export const TF_KERAS_2_1: Rule<typeof TF_UNTIL_2_4> = {
  label: 'tf.keras 2.1 to 2.4',
  version: 'tensorflow 2.4.4',
  help: LATER,
  parameters: TF_UNTIL_2_4,
  restores: ({ restore_best_weights }, fired) => restore_best_weights && fired,
  start: (settings, direction) => new OldKerasWatch(settings, direction, Math.abs(settings.min_delta)),
};
