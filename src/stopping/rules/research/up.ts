/** @file Prechelt's UP_s: the metric got worse from strip to strip, s times in a row. */
import type { Direction, EpochValues, Rule, SettingsOf } from '../../rule.ts';
import { MODE } from '../limits.ts';
import { fourDigits, Observer, plural, signOf, trainLossOf } from './observer.ts';
import { STRIPS, Strips, trainLossForProgress } from './strips.ts';

const PARAMETERS = {
  s: {
    kind: 'number',
    min: 1,
    max: 1000,
    integer: true,
    default: 3,
    help: 'Stop after this many strips in a row that end worse than the one before.',
  },
  mode: MODE,
  ...STRIPS,
} as const;
type Settings = SettingsOf<typeof PARAMETERS>;

/** Compares the ends of neighbouring strips, never with the best; `wait` counts the strips that got worse. */
class Up extends Observer {
  readonly #strips: Strips;
  /** The value at the end of the last strip; NaN, which nothing is worse than, before the first. */
  #last = NaN;

  constructor(
    readonly settings: Settings,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction));
    this.#strips = new Strips(settings);
  }

  protected take(value: number | null, also: EpochValues): boolean {
    this.improves(value);
    if (this.#strips.take(trainLossOf(also))) {
      const now = value ?? NaN;
      this.wait = this.sign * now > this.sign * this.#last ? this.wait + 1 : 0;
      this.#last = now;
    }
    return this.wait >= this.settings.s || this.#strips.complement !== '';
  }

  protected reason(): string {
    const { s, strip } = this.settings;
    const { complement } = this.#strips;
    const last = Number.isNaN(this.#last) ? '' : `, the last ended at ${fourDigits(this.#last)}`;
    const state = `${plural(this.wait, 'strip')} of ${strip} epochs in a row got worse (s ${s})${last}, ${this.bestSoFar()}`;
    return this.fired && complement ? `${complement}; ${state}` : state;
  }
}

export const UP: Rule<typeof PARAMETERS> = {
  label: 'Successive rises (UP)',
  version: '',
  help: 'Prechelt 1998: stops when the metric, read at the end of each strip of k epochs, got worse s times in a row. It does not ask by how much.',
  parameters: PARAMETERS,
  needs: trainLossForProgress,
  start: (settings, direction) => new Up(settings, direction),
};
