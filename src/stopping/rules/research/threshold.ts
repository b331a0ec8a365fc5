/** @file Thresholds: stops when the metric is good enough, or hopeless. */
import type { Direction, Rule, SettingsOf } from '../../rule.ts';
import { MODE } from '../limits.ts';
import { fourDigits, Observer, signOf } from './observer.ts';

const PARAMETERS = {
  target: {
    kind: 'optional',
    min: -1e9,
    max: 1e9,
    default: null,
    help: 'Stop once the metric reaches this; empty: never.',
  },
  divergence: {
    kind: 'optional',
    min: -1e9,
    max: 1e9,
    default: null,
    help: 'Stop once the metric is worse than this; empty: never.',
  },
  stopOnNonFinite: { kind: 'flag', default: true, help: 'Whether a NaN or infinite metric stops the training.' },
  mode: MODE,
} as const;
type Settings = SettingsOf<typeof PARAMETERS>;

class Threshold extends Observer {
  #reason = 'neither threshold was passed';

  constructor(
    readonly settings: Settings,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction));
  }

  protected take(value: number | null): boolean {
    if (value === null) return false;
    this.wait = this.improves(value) ? 0 : this.wait + 1;
    const { target, divergence, stopOnNonFinite } = this.settings;
    const { sign } = this;
    if (stopOnNonFinite && !Number.isFinite(value)) this.#reason = `the metric is ${value}`;
    else if (target !== null && sign * value <= sign * target)
      this.#reason = `${fourDigits(value)} reaches the target ${fourDigits(target)}`;
    else if (divergence !== null && sign * value > sign * divergence)
      this.#reason = `${fourDigits(value)} is beyond the divergence threshold ${fourDigits(divergence)}`;
    else return false;
    return true;
  }

  protected reason(): string {
    return `${this.#reason}, ${this.bestSoFar()}`;
  }
}

export const THRESHOLD: Rule<typeof PARAMETERS> = {
  label: 'Target and divergence',
  version: '',
  help: 'Stops when the metric is as good as needed, or so bad that going on is a waste. Neither asks how training develops.',
  parameters: PARAMETERS,
  start: (settings, direction) => new Threshold(settings, direction),
};
