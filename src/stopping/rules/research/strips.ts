/**
 * @file Training strips of Prechelt, "Early Stopping – But When?" (Neural Networks: Tricks of the Trade, LNCS 1524, 1998),
 * and the complement that ends a training in which no criterion fires.
 */
import type { Measure, Parameter } from '../../rule.ts';
import { plural } from './observer.ts';

/** As published: strips of 5 epochs, complemented by progress below 0.1 and at most 3,000 epochs. */
export const STRIPS = {
  strip: { kind: 'number', min: 1, max: 1000, integer: true, default: 5, help: 'Epochs k of a training strip.' },
  minProgress: {
    kind: 'optional',
    min: 0,
    max: 1e6,
    default: 0.1,
    help: 'Complement: stop at the end of a strip with less training progress than this; empty: do not.',
  },
  maxEpochs: {
    kind: 'optional',
    min: 1,
    max: 1e6,
    integer: true,
    default: 3000,
    help: 'Complement: stop after this many epochs; empty: never.',
  },
} as const satisfies Record<string, Parameter>;

export interface StripSettings {
  strip: number;
  minProgress: number | null;
  maxEpochs: number | null;
}

/** Only the complement asks for progress, so only it needs the training loss. */
export const trainLossForProgress = ({ minProgress }: StripSettings): readonly Measure[] =>
  minProgress === null ? [] : ['training-loss'];

/**
 * Training progress P_k = 1000 · (mean / minimum − 1) of the training losses of one strip: how much larger the average was
 * than the least. NaN if one of them is.
 */
export function progress(losses: ArrayLike<number>): number {
  let sum = 0;
  let least = Infinity;
  for (let i = 0; i < losses.length; i++) {
    sum += losses[i]!;
    least = Math.min(least, losses[i]!);
  }
  return 1000 * (sum / (losses.length * least) - 1);
}

/** Counts epochs into strips and keeps the training losses of the present one. */
export class Strips {
  /** Progress over the last whole strip; NaN before its end. */
  progress = NaN;
  /** Why the complement stops the training; empty while it does not. */
  complement = '';
  readonly #losses: Float64Array;
  #epochs = 0;

  constructor(readonly settings: StripSettings) {
    this.#losses = new Float64Array(settings.strip);
  }

  /** Takes the next epoch; true if a strip ends with it. */
  take(trainLoss: number): boolean {
    const { strip, minProgress, maxEpochs } = this.settings;
    this.#losses[this.#epochs++ % strip] = trainLoss;
    const ends = this.#epochs % strip === 0;
    if (ends) this.progress = progress(this.#losses);
    if (ends && minProgress !== null && this.progress < minProgress) {
      this.complement = `training progress over the last ${strip} epochs fell below ${minProgress}`;
    } else if (maxEpochs !== null && this.#epochs >= maxEpochs) {
      this.complement = `${plural(maxEpochs)} is the most that it allows`;
    }
    return ends;
  }
}
