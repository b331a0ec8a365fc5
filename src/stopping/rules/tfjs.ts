/**
 * @file `tf.callbacks.earlyStopping` of TensorFlow.js 4.22, proven by conformance/ask_tfjs.py.
 *
 * A baseline is the first best value, not a condition beside it; the first epoch may stop. It restores no weights: 4.22
 * answers `restoreBestWeights: true` with a NotImplementedError.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS, FINITE, MODE } from './limits.ts';
import { signOf } from './research/observer.ts';

const PARAMETERS = {
  minDelta: {
    kind: 'number',
    ...FINITE,
    default: 0,
    role: 'margin',
    signless: true,
    help: 'The metric has to beat its best by more than this; the sign does not matter.',
  },
  patience: {
    kind: 'number',
    ...EPOCHS,
    default: 0,
    role: 'counter',
    help: 'Epochs in a row without an improvement after which training stops; 0 is as 1.',
  },
  mode: MODE,
  baseline: { kind: 'optional', ...FINITE, default: null, help: 'The value that the first epoch has to beat.' },
} as const;

class TfjsWatch extends Patience {
  constructor(
    readonly settings: SettingsOf<typeof PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction), settings.patience);
    this.bestValue = settings.baseline ?? this.sign * Infinity;
  }

  protected take(value: number | null): boolean {
    if (value === null) return false;
    const { sign } = this;
    if (!(sign * value + Math.abs(this.settings.minDelta) < sign * this.bestValue)) return this.waited();
    this.improved(value);
    return false;
  }

  override get reference(): number | null {
    const nothing = this.best === -1 && this.settings.baseline === null;
    return nothing ? null : this.bestValue - this.sign * Math.abs(this.settings.minDelta);
  }
}

export const TFJS: Rule<typeof PARAMETERS> = {
  label: 'TensorFlow.js',
  version: '@tensorflow/tfjs 4.22.0',
  help: 'A baseline is what the first epoch has to beat, and until it is beaten there is no best epoch. The first epoch may stop. It cannot restore weights: 4.22 refuses restoreBestWeights as not implemented.',
  parameters: PARAMETERS,
  restores: () => false,
  start: (settings, direction) => new TfjsWatch(settings, direction),
};
