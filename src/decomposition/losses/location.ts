/** @file Absolute and Huber error: the centre is the median, or the M-estimate of location with the same δ. */
import type { ObjectiveMath } from '../../engine/model/objective-math.ts';
import { ABSOLUTE_ERROR, huber } from '../../engine/model/objective-math.ts';
import type { ErrorLoss, PointLoss } from './loss.ts';

/** Finds the centre of sorted values, without the one at index `out` if that is not −1; `near` is where it may well be. */
type Centre = (sorted: Float64Array, out: number, near?: number) => number;

/** The middle value, or the middle of the two: any number between these would be as close to all. */
const median: Centre = (sorted, out) => {
  const n = sorted.length - (out === -1 ? 0 : 1);
  const at = (i: number) => sorted[out !== -1 && i >= out ? i + 1 : i]!;
  return (at((n - 1) >> 1) + at(n >> 1)) / 2;
};

const ROUNDING = 2 ** -52;

/**
 * The c with Σ clamp(x − c, ±δ) = 0 (Huber 1964): the sum falls along pieces of straight lines, on which Newton's step is
 * exact, so that few steps from the median end on the right piece; bisection takes over where a step leaves the bracket. Where many c do, the median is one of them.
 */
const mEstimate =
  (delta: number): Centre =>
  (sorted, out, near) => {
    let [low, high] = [sorted[out === 0 ? 1 : 0]!, sorted[sorted.length - (out === sorted.length - 1 ? 2 : 1)]!];
    let c = near !== undefined && near > low && near < high ? near : median(sorted, out);
    for (let step = 0; step < 100 && low < high; step++) {
      let sum = 0;
      let inside = 0;
      for (let i = 0; i < sorted.length; i++) {
        if (i === out) continue;
        const d = sorted[i]! - c;
        if (Math.abs(d) < delta) inside++;
        sum += Math.max(-delta, Math.min(delta, d));
      }
      // What is left of the sum is rounding: some n terms of up to δ.
      if (Math.abs(sum) <= ROUNDING * delta * sorted.length) return inside > 0 ? c : median(sorted, out);
      if (sum > 0) low = c;
      else high = c;
      const next = inside > 0 ? c + sum / inside : NaN;
      const taken = next > low && next < high ? next : (low + high) / 2;
      if (taken === c || taken === low || taken === high) return taken;
      c = taken;
    }
    return c;
  };

function opened(math: ObjectiveMath, centreOf: Centre, n: number, K: number): PointLoss {
  const sorted = new Float64Array(n);
  const order = new Int32Array(n);
  const centre = new Float64Array(1);
  return {
    least: (target, at, noise) => math.least(target, at, K, noise)!,
    measure(predictions, target, at, noise, losses, without) {
      // Noise belongs to the one output that a value has.
      for (let r = 0; r < n; r++) losses[r] = math.loss(predictions, r * K, target, at, K, noise);
      without?.fill(0);
      let total = 0;
      for (let k = 0; k < K; k++) {
        for (let r = 0; r < n; r++) sorted[r] = predictions[r * K + k]!;
        order.forEach((_, i) => (order[i] = i));
        order.sort((a, b) => predictions[a * K + k]! - predictions[b * K + k]!);
        sorted.sort();
        const lossAt = (c: number) => {
          centre[0] = c;
          return math.loss(centre, 0, target, at + k, 1, noise);
        };
        const centred = centreOf(sorted, -1);
        total += lossAt(centred);
        let last = { c: NaN, loss: NaN };
        for (let i = 0; without && i < n; i++) {
          const c = centreOf(sorted, i, centred);
          if (c !== last.c) last = { c, loss: lossAt(c) };
          without[order[i]!]! += last.loss;
        }
      }
      return total;
    },
  };
}

export const ABSOLUTE: ErrorLoss = {
  label: 'absolute error',
  short: 'absolute error',
  bias: 'bias',
  predicts: 'values',
  centre: 'median',
  about:
    'The centre is the median, so a few wild replicas hardly move the bias; scatter beyond the truth can even help.',
  correction: 'none',
  open: (n, K) => opened(ABSOLUTE_ERROR, median, n, K),
};

export const HUBER: ErrorLoss = {
  label: 'Huber loss',
  short: 'Huber loss',
  bias: 'bias',
  predicts: 'values',
  centre: 'M-estimate of location',
  about: 'Half the squared error near the truth, straight beyond δ: far-off replicas count in proportion, not squared.',
  correction: 'order-1/R',
  open: (n, K, settings) => opened(huber(settings), mEstimate(settings.huberDelta), n, K),
};
