/** @file Prechelt's criteria of the generalisation loss: GL_α, and PQ_α that divides it by the training progress. */
import type { Direction, EpochValues, Rule, SettingsOf } from '../../rule.ts';
import { MODE } from '../limits.ts';
import { fourDigits, Observer, signOf, trainLossOf } from './observer.ts';
import { STRIPS, Strips, trainLossForProgress } from './strips.ts';

const parameters = (alpha: number, help: string) =>
  ({ alpha: { kind: 'number', min: 0, max: 1e6, default: alpha, help }, mode: MODE, ...STRIPS }) as const;
const GL_PARAMETERS = parameters(5, 'Stop once the generalisation loss, in percent, is above this.');
const PQ_PARAMETERS = parameters(
  0.75,
  'Stop once generalisation loss (percent) over training progress (per mille) is above this.',
);
type Settings = SettingsOf<typeof GL_PARAMETERS>;

/** GL(t) = 100 · (E(t) / E_opt(t) − 1); of a metric that is to grow, or is negative, likewise how much worse in percent. */
export function generalisationLoss(value: number, best: number, sign: 1 | -1): number {
  return 100 * (best < 0 ? -sign : sign) * (value / best - 1);
}

class GeneralisationLoss extends Observer {
  readonly #strips: Strips;
  /** GL at the last epoch reported. */
  #loss = NaN;

  constructor(
    readonly settings: Settings,
    readonly quotient: boolean,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction));
    this.#strips = new Strips(settings);
  }

  protected take(value: number | null, also: EpochValues): boolean {
    if (value !== null) {
      const better = this.improves(value);
      this.wait = better || this.best === -1 ? 0 : this.wait + 1;
      this.#loss = better ? 0 : generalisationLoss(value, this.bestValue, this.sign);
    }
    const ends = this.#strips.take(trainLossOf(also));
    const { alpha } = this.settings;
    const above = this.quotient ? ends && this.#quotient > alpha : value !== null && this.#loss > alpha;
    return above || this.#strips.complement !== '';
  }

  get #quotient(): number {
    return this.#loss / this.#strips.progress;
  }

  protected reason(): string {
    const { complement } = this.#strips;
    const loss = `generalisation loss ${fourDigits(this.#loss)} %`;
    const quotient = this.quotient ? `, ${fourDigits(this.#quotient)} times the training progress` : '';
    const state = `${loss}${quotient} (alpha ${this.settings.alpha}), ${this.bestSoFar()}`;
    return this.fired && complement ? `${complement}; ${state}` : state;
  }
}

export const GL: Rule<typeof GL_PARAMETERS> = {
  label: 'Generalisation loss (GL)',
  version: '',
  help: 'Prechelt 1998: stops as soon as the metric is worse than its best by more than alpha percent. It counts no epochs, so a single bump can stop it.',
  parameters: GL_PARAMETERS,
  needs: trainLossForProgress,
  start: (settings, direction) => new GeneralisationLoss(settings, false, direction),
};

export const PQ: Rule<typeof PQ_PARAMETERS> = {
  label: 'Progress quotient (PQ)',
  version: '',
  help: 'Prechelt 1998: tolerates generalisation loss while the training loss still falls fast. Looks only at the end of each strip of k epochs.',
  parameters: PQ_PARAMETERS,
  needs: () => ['training-loss'],
  start: (settings, direction) => new GeneralisationLoss(settings, true, direction),
};
