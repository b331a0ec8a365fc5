/**
 * @file `EarlyStopping` of skorch 1.4, proven by conformance/ask_skorch.py.
 *
 * An improvement sets the bar for the next: the value less a share of itself (or less a number). Until the bar is passed the
 * best stays. It stops where the misses are exactly as many as the patience, so that patience 0 stops at the first epoch
 * that improves.
 */
import type { Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS, FINITE } from './limits.ts';

const PARAMETERS = {
  patience: {
    kind: 'number',
    ...EPOCHS,
    default: 5,
    role: 'counter',
    help: 'Epochs in a row without an improvement after which training stops; 0 stops at the first epoch that improves.',
  },
  threshold: {
    kind: 'number',
    ...FINITE,
    default: 1e-4,
    role: 'margin',
    shareIf: ['threshold_mode', 'rel'],
    help: 'The metric has to beat its best by more than this, of which threshold_mode says whether it is a share of the best.',
  },
  threshold_mode: {
    kind: 'choice',
    options: ['rel', 'abs'],
    default: 'rel',
    help: 'Whether the threshold is a share of the best (rel) or a difference to it (abs). A share of a value below 0 is lenient.',
    refusal: 'Invalid threshold mode',
  },
  lower_is_better: {
    kind: 'choice',
    options: ['true', 'false'],
    default: 'true',
    role: 'direction',
    words: { min: 'true', max: 'false' },
    help: 'Whether the metric is to shrink; skorch does not guess it from the name.',
  },
  load_best: {
    kind: 'flag',
    default: false,
    role: 'restores',
    help: 'Whether the run ends with the weights of its best epoch, also when nothing stopped it.',
  },
} as const;
type Settings = SettingsOf<typeof PARAMETERS>;

/** What has to be passed after this value. */
function barAfter(value: number, sign: 1 | -1, { threshold, threshold_mode }: Settings): number {
  const change = threshold_mode === 'rel' ? threshold * value : threshold;
  return sign === 1 ? value - change : value + change;
}

class SkorchWatch extends Patience {
  #bar: number;

  constructor(private readonly settings: Settings) {
    super(settings.lower_is_better === 'true' ? 1 : -1, settings.patience);
    this.#bar = this.sign * Infinity;
  }

  protected take(value: number | null): boolean {
    if (value === null) return this.abort('KeyError: the history has no such value');
    if (this.sign * value < this.sign * this.#bar) {
      this.improved(value);
      this.#bar = barAfter(value, this.sign, this.settings);
    } else this.wait++;
    return this.wait === this.settings.patience;
  }

  override get reference(): number | null {
    return this.best === -1 ? null : this.#bar;
  }
}

export const SKORCH: Rule<typeof PARAMETERS> = {
  label: 'skorch',
  version: 'skorch 1.4.0',
  help: 'Better is better than the best by a share of it, 0.01 % by default; the best stays until then, so that a slow creep counts. An epoch without the value aborts the run.',
  parameters: PARAMETERS,
  restores: ({ load_best }) => load_best,
  start: (settings) => new SkorchWatch(settings),
  isBetter: (value, best, sign, settings) => sign * value < sign * barAfter(best, sign, settings),
};
