/** @file Morozov's discrepancy principle; for early stopping: Blanchard, Hoffmann and Reiß 2018 (arXiv 1606.07702). */
import { DATA } from '../../../engine/experiment/settings/data.ts';
import type { Rule, SettingsOf } from '../../rule.ts';
import { fourDigits, Observer } from './observer.ts';

const PARAMETERS = {
  noise: {
    kind: 'number',
    min: 0,
    max: 1e6,
    default: DATA.noise.default,
    help: 'Standard deviation σ of the noise in the targets, which has to be known.',
  },
  tau: {
    kind: 'number',
    min: 0,
    max: 1000,
    default: 1,
    help: 'Training stops once the training loss is at most this many times σ²; above 1 it stops earlier.',
  },
} as const;

/** `wait` counts the epochs in a row without a lower training loss. */
class Discrepancy extends Observer {
  #loss = NaN;
  readonly #bound: number;

  constructor(readonly settings: SettingsOf<typeof PARAMETERS>) {
    super(1);
    this.#bound = settings.tau * settings.noise ** 2;
  }

  protected take(value: number | null): boolean {
    if (value === null) return false;
    this.wait = this.improves(value) ? 0 : this.wait + 1;
    this.#loss = value;
    return value <= this.#bound;
  }

  protected reason(): string {
    const { tau, noise } = this.settings;
    if (Number.isNaN(this.#loss)) return 'no training loss that is a number';
    const state = this.#loss <= this.#bound ? 'at most' : 'above';
    return `training loss ${fourDigits(this.#loss)} is ${state} ${fourDigits(this.#bound)} (tau ${fourDigits(tau)} times the noise variance ${fourDigits(noise ** 2)})`;
  }
}

export const DISCREPANCY: Rule<typeof PARAMETERS> = {
  label: 'Discrepancy principle',
  version: '',
  help: 'Morozov: needs no validation set but the noise of the targets; stops when the training loss, a squared error, is down to the variance of that noise, which no fit should beat. Keeps the weights of the stop.',
  parameters: PARAMETERS,
  monitors: ['training-loss'],
  restores: () => false,
  start: (settings) => new Discrepancy(settings),
};
