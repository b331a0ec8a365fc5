/**
 * @file `EarlyStoppingCallback` of fastai 2.8, proven by conformance/ask_fastai.py.
 *
 * The Recorder turns what it averaged into Python floats, so values are compared in float64. An epoch without a value
 * ends the run with a TypeError.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS, FINITE } from './limits.ts';

const PARAMETERS = {
  comp: {
    kind: 'choice',
    options: ['auto', 'less', 'greater'],
    default: 'auto',
    role: 'direction',
    words: { min: 'less', max: 'greater' },
    help: 'Whether less or more is better (np.less, np.greater); auto is its None: a loss or an error shrinks, all else grows.',
  },
  min_delta: {
    kind: 'number',
    ...FINITE,
    default: 0,
    role: 'margin',
    help: 'The metric has to beat its best by more than this; below 0 it may even be a little worse than its best.',
  },
  patience: {
    kind: 'number',
    ...EPOCHS,
    default: 1,
    role: 'counter',
    help: 'Epochs in a row without an improvement after which training stops; 0 is as 1.',
  },
} as const;

class FastaiWatch extends Patience {
  constructor(
    readonly settings: SettingsOf<typeof PARAMETERS>,
    direction: Direction = 'min',
  ) {
    const greater = settings.comp === 'auto' ? direction === 'max' : settings.comp === 'greater';
    super(greater ? -1 : 1, settings.patience);
    this.bestValue = this.sign * Infinity;
  }

  protected take(value: number | null): boolean {
    if (value === null) return this.abort('TypeError: no value to compare');
    if (!(this.sign * value + this.settings.min_delta < this.sign * this.bestValue)) return this.waited();
    this.improved(value);
    return false;
  }

  override get reference(): number | null {
    return this.best === -1 ? null : this.bestValue - this.sign * this.settings.min_delta;
  }
}

export const FASTAI: Rule<typeof PARAMETERS> = {
  label: 'fastai',
  version: 'fastai 2.8.12',
  help: 'Plain patience from ±infinity, compared in float64; the first epoch may stop. It restores no weights: that is for SaveModelCallback.',
  parameters: PARAMETERS,
  restores: () => false,
  start: (settings, direction) => new FastaiWatch(settings, direction),
};
