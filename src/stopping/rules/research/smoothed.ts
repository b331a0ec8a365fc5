/** @file Patience on a smoothed metric: its exponential moving average, or the median of its last values. */
import type { Parameter, Rule } from '../../rule.ts';
import { MODE } from '../limits.ts';
import { fourDigits, Observer, PATIENCE_LIMITS, plural, signOf } from './observer.ts';
import { movingAverage, movingMedian } from './smoothing.ts';

const PATIENCE = {
  minDelta: {
    kind: 'number',
    min: 0,
    max: 1e6,
    default: 0,
    role: 'margin',
    help: 'The smoothed metric has to beat its best by more than this to count as an improvement.',
  },
  patience: {
    kind: 'number',
    ...PATIENCE_LIMITS,
    default: 10,
    role: 'counter',
    help: 'Epochs in a row without an improvement of the smoothed metric after which training stops.',
  },
  mode: MODE,
} as const satisfies Record<string, Parameter>;

const EMA_PARAMETERS = {
  decay: {
    kind: 'number',
    min: 0,
    max: 0.9999,
    default: 0.8,
    help: 'Weight of the past in the average; 0 does not smooth, 0.8 averages over about 5 epochs.',
  },
  ...PATIENCE,
} as const;

const MEDIAN_PARAMETERS = {
  window: {
    kind: 'number',
    min: 1,
    max: 1000,
    integer: true,
    default: 5,
    help: 'Epochs whose median is taken; 1 does not smooth.',
  },
  ...PATIENCE,
} as const;

interface Settings {
  minDelta: number;
  patience: number;
  mode: 'auto' | 'min' | 'max';
}

/** Best is the epoch at which the smoothed metric, not the metric itself, was best. */
class SmoothedPatience extends Observer {
  #smoothed = NaN;

  constructor(
    readonly settings: Settings,
    readonly smooth: (value: number) => number,
    sign: 1 | -1,
  ) {
    super(sign);
  }

  override get reference(): number | null {
    return this.best === -1 ? null : this.bestValue - this.sign * this.settings.minDelta;
  }

  protected take(value: number | null): boolean {
    if (value === null) return false;
    this.#smoothed = this.smooth(value);
    this.wait = this.improves(this.#smoothed, this.settings.minDelta) ? 0 : this.wait + 1;
    return this.wait >= this.settings.patience;
  }

  protected reason(): string {
    const { minDelta, patience } = this.settings;
    const margin = minDelta === 0 ? '' : ` by more than ${fourDigits(minDelta)}`;
    return `smoothed to ${fourDigits(this.#smoothed)}, ${this.bestSoFar()}, ${plural(this.wait)} without an improvement${margin} (patience ${patience})`;
  }
}

export const EMA_PATIENCE: Rule<typeof EMA_PARAMETERS> = {
  label: 'Patience on a moving average',
  version: '',
  help: 'Patience that looks at an exponential moving average of the metric: single bumps and single lucky epochs count less.',
  parameters: EMA_PARAMETERS,
  start: (settings, direction) =>
    new SmoothedPatience(settings, movingAverage(settings.decay), signOf(settings.mode, direction)),
};

export const MEDIAN_PATIENCE: Rule<typeof MEDIAN_PARAMETERS> = {
  label: 'Patience on a moving median',
  version: '',
  help: 'Patience that looks at the median of the last values of the metric: outliers do not count at all.',
  parameters: MEDIAN_PARAMETERS,
  start: (settings, direction) => {
    const sign = signOf(settings.mode, direction);
    return new SmoothedPatience(settings, movingMedian(settings.window, sign), sign);
  },
};
