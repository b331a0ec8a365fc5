/** @file Slope of the last epochs against its standard error: stops when the metric no longer improves for certain. */
import type { Direction, Rule, SettingsOf } from '../../rule.ts';
import { fitLine, RunningLine } from './line.ts';
import { MODE } from '../limits.ts';
import { fourDigits, Observer, signOf } from './observer.ts';

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

class Slope extends Observer {
  readonly #recent: RunningLine;

  constructor(
    readonly settings: Settings,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction));
    this.#recent = new RunningLine(settings.window);
  }

  /** An epoch that was not reported is left out of the line, as if there had been none. */
  protected take(value: number | null): boolean {
    if (value === null) return false;
    this.wait = this.improves(value) ? 0 : this.wait + 1;
    this.#recent.push(value);
    if (!this.#recent.full) return false;
    const { errors, stopWhen } = this.settings;
    return stopWhen === 'worsening' ? this.#recent.rises(this.sign, errors) : this.#recent.fallsNot(this.sign, errors);
  }

  protected reason(): string {
    const { window, errors } = this.settings;
    const { slope, se } = this.#recent.full ? fitLine(this.#recent.values()) : { slope: NaN, se: NaN };
    if (Number.isNaN(slope)) return `no line through ${window} finite values yet, ${this.bestSoFar()}`;
    return `slope ${fourDigits(slope)} ± ${fourDigits(se)} an epoch over the last ${window} (${errors} standard errors), ${this.bestSoFar()}`;
  }
}

export const SLOPE: Rule<typeof PARAMETERS> = {
  label: 'Slope of the last epochs',
  version: '',
  help: 'Fits a line to the last k epochs and compares its slope with its standard error. Neighbouring epochs resemble each other, so the error is too small for smooth curves: take more standard errors there.',
  parameters: PARAMETERS,
  start: (settings, direction) => new Slope(settings, direction),
};
