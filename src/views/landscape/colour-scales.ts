/** @file What the colours of the landscape may mean: in words, in digits, and on which scale. */
import { fixed } from '../../words/numbers.ts';
import type { Outcome } from '../../evaluation/outcome.ts';
import type { Estimate } from '../../decomposition/estimate.ts';
import type { QuantityName } from '../../evaluation/landscape-values.ts';
import { errorScale, evenScale, type ErrorScale } from './colours.ts';

/** The colours that may be chosen: how they are called, and what they mean. */
export type QuantityLabels = Readonly<Partial<Record<QuantityName, { label: string; help: string }>>>;

export const QUANTITY_LABELS: QuantityLabels = {
  error: { label: 'test error', help: 'Mean test error of the weights that each policy ends with.' },
  regret: { label: 'regret', help: 'Test error above that of the best common epoch, which only hindsight knows.' },
  bias2: { label: 'bias²', help: 'Squared distance of the mean prediction from the target, at the weights kept.' },
  variance: { label: 'variance', help: 'How much the predictions of the replicas differ, at the weights kept.' },
  epochs: { label: 'epochs', help: 'Epochs trained until the stop, on average.' },
  saved: { label: 'compute saved', help: 'Share of the planned epochs that are not trained.' },
  falseStops: {
    label: 'false stops',
    help: 'Share of the replicas stopped although the metric later improved by more than the rule asks for.',
  },
};

/** Those of runs logged elsewhere: nobody knows what they predicted. */
export const ownQuantityLabels = (error: string): QuantityLabels => ({
  error: { label: error, help: `Mean ${error} of the epochs whose weights each policy keeps.` },
  regret: { label: 'regret', help: `Mean ${error} above that of the best common epoch, which only hindsight knows.` },
  epochs: { label: 'epochs', help: 'Epochs trained until the stop, on average.' },
  saved: { label: 'compute saved', help: 'Share of the epochs of the longest run that are not trained.' },
  falseStops: {
    label: 'false stops',
    help: 'Share of the runs stopped although the metric later improved by more than the rule asks for.',
  },
});

export function scaleOf(name: QuantityName, values: ArrayLike<number>): ErrorScale | null {
  switch (name) {
    case 'saved':
      return evenScale(values, 'most');
    case 'epochs':
    case 'falseStops':
      return evenScale(values, 'least');
    default:
      return errorScale(values);
  }
}

/** Writes the numbers of a quantity, with the digits that tell its colours apart. */
export function writerOf(name: QuantityName, scale: ErrorScale | null): (value: number) => string {
  switch (name) {
    case 'saved':
    case 'falseStops':
      return (value) => `${fixed(100 * value, 0)} %`;
    case 'epochs':
      return (value) => fixed(value, 1);
    case 'error':
      return (value) => fixed(value);
    default: {
      const range = scale ? scale.high - scale.low : 1;
      const places = Math.min(6, Math.max(3, 1 - Math.floor(Math.log10(range))));
      return (value) => fixed(value, places);
    }
  }
}

/** The number of the policy in use; null where the outcome does not say it. */
export function hereIn({ stop, replays }: Outcome, name: QuantityName): Estimate | null {
  const parts = stop.decomposition;
  const estimate = (value: number | null, se: number | null) => (value === null ? null : { value, se });
  switch (name) {
    case 'error':
      return parts && estimate(parts.error, parts.errorSe);
    case 'bias2':
      return parts && estimate(parts.bias2, parts.bias2Se);
    case 'variance':
      return parts && estimate(parts.variance, parts.varianceSe);
    case 'regret':
      return stop.regret;
    case 'epochs':
      return { value: stop.epochs, se: null };
    case 'saved':
      return { value: 1 - stop.compute, se: null };
    case 'falseStops':
      return replays.some(({ fired }) => fired) ? null : { value: 0, se: 0 };
  }
}
