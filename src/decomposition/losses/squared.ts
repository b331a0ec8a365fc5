/** @file Squared error and, of probabilities, the Brier score: the centre is the mean. */
import type { ErrorLoss } from './loss.ts';

/** (p − f)² summed over outputs, plus the variance of the noise. */
const open: ErrorLoss['open'] = (n, K) => {
  const sum = new Float64Array(K);
  return {
    least: (_, __, noise) => noise,
    measure(predictions, target, at, noise, losses, without) {
      sum.fill(0);
      for (let r = 0; r < n; r++) {
        let loss = noise;
        for (let k = 0; k < K; k++) {
          const p = predictions[r * K + k]!;
          sum[k]! += p;
          loss += (p - target[at + k]!) ** 2;
        }
        losses[r] = loss;
      }
      let centre = noise;
      for (let k = 0; k < K; k++) centre += (sum[k]! / n - target[at + k]!) ** 2;
      for (let r = 0; without && r < n; r++) {
        let loss = noise;
        for (let k = 0; k < K; k++) loss += ((sum[k]! - predictions[r * K + k]!) / (n - 1) - target[at + k]!) ** 2;
        without[r] = loss;
      }
      return centre;
    },
  };
};

export const SQUARED: ErrorLoss = {
  label: 'squared error',
  short: 'squared error',
  bias: 'bias²',
  predicts: 'values',
  centre: 'mean',
  about: 'Bias² is the squared gap between the mean prediction and the truth, variance the scatter about that mean.',
  correction: 'exact',
  open,
};

export const BRIER: ErrorLoss = {
  ...SQUARED,
  label: 'Brier score',
  short: 'Brier score',
  predicts: 'classes',
  about:
    'The squared error of probabilities: bounded, so a confident mistake costs at most as much as many doubtful ones.',
};
