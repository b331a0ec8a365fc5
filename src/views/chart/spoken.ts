/** @file All numbers of an epoch as a sentence for screen readers. */
import type { Curves } from '../../decomposition/curves.ts';
import { fixed } from '../../words/numbers.ts';

/** `epoch 85: train 0.12, …`; what is not known at this epoch is left out. Epochs are indices from 0. */
export function spokenEpoch(curves: Curves, epoch: number): string {
  const numbers = [
    ['train', curves.trainLoss],
    ['validation', curves.validationLoss],
    ['test error', curves.error],
    ['bias squared', curves.bias2],
    ['variance', curves.variance],
  ] as const;
  const said = numbers.flatMap(([name, curve]) =>
    Number.isFinite(curve[epoch]) ? [`${name} ${fixed(curve[epoch]!)}`] : [],
  );
  return `epoch ${epoch + 1}: ${said.join(', ')}`;
}
