/** @file Summarises the training until an epoch in sentences: updates, examples, and gradient noise. */
import type { Tape } from '../../engine/record/tape.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Updates and examples of one replica by the end of an epoch (from 0) with N training points. */
export function updatesInWords({ updates }: Tape, epoch: number, trainSize: number): string {
  const steps = (e: number) => updates[e]! - (e === 0 ? 0 : updates[e - 1]!);
  const [first, now] = [steps(0), steps(epoch)];
  const pace =
    first === now
      ? `${whole.format(now)} an epoch`
      : `${whole.format(first)} in epoch 1, ${whole.format(now)} in epoch ${epoch + 1}`;
  const examples = whole.format((epoch + 1) * trainSize);
  return `By epoch ${epoch + 1}: ${whole.format(updates[epoch]!)} updates (${pace}) on ${examples} examples.`;
}

/**
 * The median noise scale over the replicas after an epoch; null where it was not measured. A scale below zero says that
 * the gradient is lost in its noise: it counts as infinite.
 */
export function noiseInWords({ gradientNoise, shape }: Tape, epoch: number): string | null {
  const scales = Array.from({ length: shape.replicas }, (_, r) => gradientNoise[r * shape.epochs + epoch]!);
  const known = scales.filter((scale) => !Number.isNaN(scale)).map((scale) => (scale < 0 ? Infinity : scale));
  if (known.length === 0) return null;
  const sorted = known.sort((a, b) => a - b);
  const median = sorted[(sorted.length - 1) >> 1]!;
  const scale = Number.isFinite(median)
    ? `${whole.format(Math.max(1, median))} points`
    : 'too large to measure with these points';
  return `Gradient noise scale after epoch ${epoch + 1}, median over the replicas: ${scale}. In much smaller batches a step is mostly noise, in much larger ones most points are wasted.`;
}
