/** @file An epoch of the decomposition in words, under a loss other than the squared one. */
import { fixed } from '../../words/numbers.ts';
import type { DecompositionTwin } from './decomposition-twin.ts';

/** For a screen reader: epoch e, from 0. */
export function spokenLoss(loss: string, { curves, noise, bias, places }: DecompositionTwin, e: number): string {
  const error = curves?.error[e];
  if (!curves || error === undefined || !Number.isFinite(error)) return `epoch ${e + 1}: not taken apart yet`;
  const write = (value: number) => (Number.isFinite(value) ? fixed(value, places) : 'not known');
  const name = bias === 'bias²' ? 'bias squared' : bias;
  return `epoch ${e + 1}: ${loss} ${write(error)}, noise ${write(noise)}, ${name} ${write(curves.bias2[e]!)}, variance ${write(curves.variance[e]!)}`;
}
