/**
 * @file `EarlyStopping` of PyTorch Lightning 2.6, proven by conformance/ask_lightning.py.
 *
 * Values are float32 tensors, and so is what is computed with them. Of the checks the first that applies decides:
 * finite, stopping threshold, divergence threshold, improvement; the first three leave best and counter alone.
 */
import type { Rule, SettingsOf } from '../rule.ts';
import { MODE_MIN_MAX, Patience } from './library.ts';
import { EPOCHS, FINITE } from './limits.ts';

const { fround } = Math;

const PARAMETERS = {
  min_delta: {
    kind: 'number',
    ...FINITE,
    default: 0,
    role: 'margin',
    help: 'The metric has to beat its best by more than this, in float32; below 0 it may even be a little worse than its best.',
  },
  patience: {
    kind: 'number',
    ...EPOCHS,
    default: 3,
    role: 'counter',
    help: 'Checks in a row without an improvement after which training stops; 0 is as 1.',
  },
  mode: { ...MODE_MIN_MAX, refusal: '`mode` can be min, max' },
  strict: { kind: 'flag', default: true, help: 'Whether an epoch that does not report the metric aborts the run.' },
  check_finite: { kind: 'flag', default: true, help: 'Whether NaN or infinity stops the run at once.' },
  stopping_threshold: {
    kind: 'optional',
    ...FINITE,
    default: null,
    help: 'Better than this stops at once: it is enough.',
  },
  divergence_threshold: { kind: 'optional', ...FINITE, default: null, help: 'Worse than this stops at once.' },
} as const;

/** All in float32; `best` is a value that was seen. */
const isBetter = (value: number, best: number, sign: 1 | -1, min_delta: number) =>
  fround(sign * fround(value) + fround(min_delta)) < sign * fround(best);

class LightningWatch extends Patience {
  constructor(readonly settings: SettingsOf<typeof PARAMETERS>) {
    super(settings.mode === 'min' ? 1 : -1, settings.patience);
    this.bestValue = this.sign * Infinity;
  }

  protected take(value: number | null): boolean {
    const { strict, check_finite, min_delta, stopping_threshold, divergence_threshold } = this.settings;
    if (value === null) {
      return strict && this.abort('RuntimeError: Early stopping conditioned on metric which is not available');
    }
    const { sign } = this;
    const current = fround(value);
    if (check_finite && !Number.isFinite(current)) return this.stop(`the value is ${current}, not finite`);
    if (stopping_threshold !== null && sign * current < sign * fround(stopping_threshold)) {
      return this.stop(`stopping threshold ${stopping_threshold} reached`);
    }
    if (divergence_threshold !== null && sign * current > sign * fround(divergence_threshold)) {
      return this.stop(`divergence threshold ${divergence_threshold} reached`);
    }
    if (!isBetter(current, this.bestValue, sign, min_delta)) return this.waited();
    this.improved(current);
    return false;
  }

  override get reference(): number | null {
    return this.best === -1 ? null : this.bestValue - this.sign * this.settings.min_delta;
  }
}

export const LIGHTNING: Rule<typeof PARAMETERS> = {
  label: 'PyTorch Lightning',
  version: 'lightning 2.6.6',
  help: 'Stops at once at a value that is not finite, and an epoch without a value aborts the run, unless told otherwise. Compares in float32. It restores no weights: that is for ModelCheckpoint.',
  parameters: PARAMETERS,
  restores: () => false,
  start: (settings) => new LightningWatch(settings),
  isBetter: (value, best, sign, { min_delta }) => isBetter(value, best, sign, min_delta),
};
