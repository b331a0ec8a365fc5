/** @file The decomposition as a table, by whatever loss. */
import type { Curves } from '../../decomposition/curves.ts';
import { fixed } from '../../words/numbers.ts';
import { twinEpochs } from '../chart/twin-epochs.ts';

export interface DecompositionTwin {
  /** Null before there is a run. */
  curves: Pick<Curves, 'error' | 'bias2' | 'variance'> | null;
  /** Epochs recorded. */
  epochs: number;
  noise: number;
  /** What the bias is called. */
  bias: string;
  /** Whether the truth is known; if not, the bias contains the noise. */
  known: boolean;
  places: number;
  /** Compared runs, by their test errors. */
  others: readonly { name: string; error: ArrayLike<number> }[];
}

/** What is not known is a dash. */
export function decompositionTwin({ curves, epochs, noise, bias, known, places, others }: DecompositionTwin) {
  const write = (value: number | undefined) =>
    value === undefined || !Number.isFinite(value) ? '–' : fixed(value, places);
  return {
    head: [
      'epoch',
      ...(known ? ['noise', bias] : [`${bias} with noise`]),
      ...['variance', 'test error', ...others.map(({ name }) => name)],
    ],
    rows: twinEpochs(epochs).map((e) => [
      String(e + 1),
      ...(known ? [fixed(noise, places)] : []),
      write(curves?.bias2[e]),
      write(curves?.variance[e]),
      write(curves?.error[e]),
      ...others.map(({ error }) => write(error[e])),
    ]),
  };
}
