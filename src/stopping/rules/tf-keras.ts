/**
 * @file `EarlyStopping` of Keras from TensorFlow 2.5 on to Keras 3.6, one rule for each behaviour, proven by
 * conformance/ask_keras_by_version.py and, for Keras 2.11, by conformance/ask_tf_keras.py.
 *
 * All begin from ±infinity, so that a NaN at the start is beaten by any number, and keep the weights of the first epoch they
 * looked at where nothing ever improved. Up to 2.11 the patience is looked at also after an improvement: a baseline that is
 * not met stops a run that still improves. Up to 2.6 the very first epoch may stop a run, so that patience 0 always does.
 * Up to 2.15 weights are restored only where the rule stopped the run. Keras 2 compares in float64, Keras 3 in float32.
 */
import { improves } from '../keras.ts';
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { KERAS_PARAMETERS } from './keras-description.ts';
import { Patience } from './library.ts';
import { signOf } from './research/observer.ts';

const { patience, start_from_epoch, min_delta } = KERAS_PARAMETERS;

const UNTIL_2_6 = {
  min_delta: {
    ...min_delta,
    help: 'The metric has to beat its best by more than this, compared in float64; the sign does not matter.',
  },
  patience: { ...patience, help: 'Epochs without improvement before training stops; 0 stops after the first epoch.' },
  mode: KERAS_PARAMETERS.mode,
  baseline: KERAS_PARAMETERS.baseline,
  restore_best_weights: {
    ...KERAS_PARAMETERS.restore_best_weights,
    help: 'Whether a run that the rule stops ends with the weights of its best epoch; one that it does not stop keeps its last.',
  },
} as const;

const UNTIL_2_11 = {
  ...UNTIL_2_6,
  patience: {
    ...patience,
    help: 'Epochs without improvement before training stops; 0 stops at once from the second epoch on.',
  },
  start_from_epoch: { ...start_from_epoch, help: `${start_from_epoch.help} From Keras 2.11 on.` },
} as const;

const UNTIL_2_15 = { ...UNTIL_2_11, patience, start_from_epoch } as const;
const FROM_2_16 = { ...UNTIL_2_15, restore_best_weights: KERAS_PARAMETERS.restore_best_weights } as const;

type Settings = SettingsOf<typeof UNTIL_2_6> & { start_from_epoch?: number };

/** In what the versions differ. */
interface Behaviour {
  /** Whether it looks at the patience also after an improvement. */
  always?: true;
  /** Whether the first epoch may stop the run. */
  first?: true;
  /** Whether it compares in float32. */
  single?: true;
}

class OlderKerasWatch extends Patience {
  constructor(
    private readonly behaviour: Behaviour,
    private readonly settings: Settings,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction), settings.patience);
    this.bestValue = this.sign * Infinity;
  }

  protected take(value: number | null): boolean {
    const { baseline, patience, start_from_epoch = 0 } = this.settings;
    if (value === null || this.epochs < start_from_epoch) return false;
    if (this.best === -1) this.best = this.epochs;
    const wait = this.wait + 1;
    const better = this.#beats(value, this.bestValue);
    if (better) this.improved(value);
    if (!better || (baseline !== null && !this.#beats(value, baseline))) this.wait = wait;
    if (better && !this.behaviour.always) return false;
    return this.wait >= patience && (this.epochs > 0 || this.behaviour.first === true);
  }

  override get reference(): number | null {
    return this.best === -1 ? null : this.bestValue - this.sign * Math.abs(this.settings.min_delta);
  }

  #beats(value: number, reference: number): boolean {
    const { sign, settings } = this;
    if (this.behaviour.single) return improves(value, reference, sign, settings.min_delta);
    return sign * value + Math.abs(settings.min_delta) < sign * reference;
  }
}

const NAN = 'A NaN at the start is beaten by any number';

export const TF_KERAS_2_5: Rule<typeof UNTIL_2_6> = {
  label: 'tf.keras 2.5 and 2.6',
  version: 'keras 2.6.0',
  help: `Looks at the patience also after an improvement: patience 0 stops every run after its first epoch, and a baseline that is not met stops a metric that still improves. ${NAN}, and weights are restored only where the rule stopped the run.`,
  parameters: UNTIL_2_6,
  restores: ({ restore_best_weights }, fired) => restore_best_weights && fired,
  start: (settings, direction) => new OlderKerasWatch({ always: true, first: true }, settings, direction),
};

export const TF_KERAS: Rule<typeof UNTIL_2_11> = {
  label: 'tf.keras 2.7 to 2.11',
  version: 'keras 2.11.0',
  help: `As Keras 3, but it looks at the patience also after an improvement: patience 0 stops at once from the second epoch on, and a baseline that is not met stops a metric that still improves. ${NAN}, and weights are restored only where the rule stopped the run.`,
  parameters: UNTIL_2_11,
  restores: ({ restore_best_weights }, fired) => restore_best_weights && fired,
  start: (settings, direction) => new OlderKerasWatch({ always: true }, settings, direction),
};

export const TF_KERAS_2_12: Rule<typeof UNTIL_2_15> = {
  label: 'tf.keras 2.12 to 2.15',
  version: 'keras 2.15.0',
  help: `Looks at the patience as Keras 3 does, after an epoch without an improvement. It compares in float64, and restores weights only where the rule stopped the run. ${NAN}.`,
  parameters: UNTIL_2_15,
  restores: ({ restore_best_weights }, fired) => restore_best_weights && fired,
  start: (settings, direction) => new OlderKerasWatch({}, settings, direction),
};

export const TF_KERAS_2_16: Rule<typeof FROM_2_16> = {
  label: 'tf_keras 2.16 and later',
  version: 'tf_keras 2.21.0',
  help: `Keras 2 as a package of its own beside TensorFlow 2.16 and later. As Keras 3, but it compares in float64. ${NAN}.`,
  parameters: FROM_2_16,
  restores: ({ restore_best_weights }) => restore_best_weights,
  start: (settings, direction) => new OlderKerasWatch({}, settings, direction),
};

export const KERAS_3_0: Rule<typeof KERAS_PARAMETERS> = {
  label: 'Keras 3.0 to 3.6',
  version: 'keras 3.6.0',
  help: `As Keras from 3.7 on, but for a first value that is not finite. ${NAN}; to later versions nothing ever beats it.`,
  parameters: KERAS_PARAMETERS,
  restores: ({ restore_best_weights }) => restore_best_weights,
  start: (settings, direction) => new OlderKerasWatch({ single: true }, settings, direction),
  isBetter: (value, best, sign, { min_delta }) => improves(value, best, sign, min_delta),
};
