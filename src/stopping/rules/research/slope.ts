/** @file Slope of the last epochs against its standard error: stops when the metric no longer improves for certain. */
import type { Direction, Rule, SettingsOf } from '../../rule.ts';
import { digits, MODE, Observer, signOf } from './observer.ts';

const PARAMETERS = {
  window: {
    kind: 'number',
    min: 3,
    max: 1000,
    integer: true,
    default: 20,
    help: 'The last k epochs, through which a straight line is fitted.',
  },
  errors: {
    kind: 'number',
    min: 0,
    max: 100,
    default: 2,
    help: 'Standard errors that the slope has to be away from zero to count as certain.',
  },
  stopWhen: {
    kind: 'choice',
    options: ['not-improving', 'worsening'],
    default: 'not-improving',
    help: 'Stop when an improvement is no longer certain, or only when it is certain that the metric gets worse.',
  },
  mode: MODE,
} as const;
type Settings = SettingsOf<typeof PARAMETERS>;

export interface Line {
  slope: number;
  /** Standard error of the slope, from the residuals with n − 2 degrees of freedom. */
  se: number;
}

/** Least squares line through (0, y_0), (1, y_1), …; n ≥ 3. NaN if a value is not finite. */
export function line(y: ArrayLike<number>): Line {
  const n = y.length;
  const middle = (n - 1) / 2;
  const spread = (n * (n * n - 1)) / 12;
  // From the first value on, so that a constant has a slope of exactly zero.
  let mean = y[0]!;
  for (let i = 0; i < n; i++) mean += (y[i]! - y[0]!) / n;
  let slope = 0;
  for (let i = 0; i < n; i++) slope += ((i - middle) * (y[i]! - mean)) / spread;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (y[i]! - mean - slope * (i - middle)) ** 2;
  return { slope, se: Math.sqrt(squares / (n - 2) / spread) };
}

class Slope extends Observer {
  readonly #recent: number[] = [];
  #line: Line = { slope: NaN, se: NaN };

  constructor(
    readonly settings: Settings,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction));
  }

  /** An epoch that was not reported is left out of the line, as if there had been none. */
  protected take(value: number | null): boolean {
    if (value === null) return false;
    this.wait = this.improves(value) ? 0 : this.wait + 1;
    const { window, errors, stopWhen } = this.settings;
    this.#recent.push(value);
    if (this.#recent.length > window) this.#recent.shift();
    if (this.#recent.length < window) return false;
    this.#line = line(this.#recent);
    const worsening = this.sign * this.#line.slope;
    const margin = errors * this.#line.se;
    return stopWhen === 'worsening' ? worsening > margin : worsening >= -margin;
  }

  protected reason(): string {
    const { window, errors } = this.settings;
    const { slope, se } = this.#line;
    if (Number.isNaN(slope)) return `no line through ${window} finite values yet, ${this.bestSoFar()}`;
    return `slope ${digits(slope)} ± ${digits(se)} an epoch over the last ${window} (${errors} standard errors), ${this.bestSoFar()}`;
  }
}

export const SLOPE: Rule<typeof PARAMETERS> = {
  label: 'Slope of the last epochs',
  version: '',
  help: 'Fits a line to the last k epochs and compares its slope with its standard error. Neighbouring epochs resemble each other, so the error is too small for smooth curves: take more standard errors there.',
  parameters: PARAMETERS,
  start: (settings, direction) => new Slope(settings, direction),
};
