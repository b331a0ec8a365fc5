/** @file Label Wave: Yuan, Feng and Liu 2025 (ICLR, arXiv 2502.07551). */
import type { Rule, SettingsOf } from '../../rule.ts';
import { fourDigits, Observer, PATIENCE_LIMITS, plural } from './observer.ts';

const PARAMETERS = {
  window: {
    kind: 'number',
    min: 1,
    max: 1000,
    integer: true,
    default: 3,
    help: 'Epochs over which the prediction changes are averaged; 1 does not smooth.',
  },
  patience: {
    kind: 'number',
    ...PATIENCE_LIMITS,
    default: 5,
    role: 'counter',
    help: 'Epochs in a row above the lowest average after which that is taken for the first minimum and training stops.',
  },
} as const;

/** Best is the last epoch of the average that is lowest; `wait` counts the averages since that are not lower. */
class LabelWave extends Observer {
  /** The last values, each over the one that was there a window before; so many are known. */
  readonly #recent: Float64Array;
  #known = 0;
  #average = NaN;

  constructor(readonly settings: SettingsOf<typeof PARAMETERS>) {
    super(1);
    this.#recent = new Float64Array(settings.window);
  }

  /** Averages only full windows: epochs whose changes are not known do not count. */
  protected take(value: number | null): boolean {
    if (value === null || Number.isNaN(value)) return false;
    const { window, patience } = this.settings;
    this.#recent[this.#known++ % window] = value;
    if (this.#known < window) return false;
    // From the oldest on: equal windows have equal averages.
    let sum = 0;
    for (let i = this.#known - window; i < this.#known; i++) sum += this.#recent[i % window]!;
    this.#average = sum / window;
    this.wait = this.improves(this.#average) ? 0 : this.wait + 1;
    return this.wait >= patience;
  }

  protected reason(): string {
    const { window, patience } = this.settings;
    if (Number.isNaN(this.#average)) return `fewer than ${plural(window, 'prediction change')} known`;
    return `${fourDigits(100 * this.#average)} % of the predictions change (mean of ${plural(window)}), ${this.bestSoFar()}, ${plural(this.wait)} without a lower mean (patience ${patience})`;
  }
}

export const LABEL_WAVE: Rule<typeof PARAMETERS> = {
  label: 'Label Wave',
  version: '',
  help: 'Yuan et al. 2025, for noisy labels: needs no validation set; stops past the first minimum of how many training points are told another class than the epoch before, and keeps the weights of that minimum.',
  parameters: PARAMETERS,
  monitors: ['prediction-changes'],
  start: (settings) => new LabelWave(settings),
};
