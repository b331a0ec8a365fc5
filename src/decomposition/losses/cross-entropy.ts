/** @file Cross-entropy: the centre is the softmax of the mean log-probabilities, the variance a mean divergence from it. */
import type { ErrorLoss } from './loss.ts';

/** Probabilities are held above this in every term, so that a certain mistake costs 27.6 nats and not infinitely many. */
const LEAST_PROBABILITY = 1e-12;

/**
 * Heskes, "Bias/variance decompositions for likelihood-based estimators", Neural Computation 10 (1998): with q̄ ∝
 * exp(mean log q_r) and Z its normaliser,
 *   mean CE(t, q_r) = H(t) + KL(t ‖ q̄) + mean KL(q̄ ‖ q_r),   the last of which is −log Z, whatever t.
 * Exact for any finite number of replicas. In nats. K = 1 holds the probability of class 1 of two.
 */
export const CROSS_ENTROPY: ErrorLoss = {
  label: 'cross-entropy',
  short: 'cross-entropy',
  bias: 'bias',
  predicts: 'classes',
  centre: 'softmax of the mean log-probabilities',
  about:
    'Scatter counts in log-probabilities: replicas that are sure and disagree add far more variance than under the Brier score.',
  correction: 'order-1/R',
  open(n, K) {
    const C = Math.max(2, K);
    const logs = new Float64Array(n * C);
    const sum = new Float64Array(C);
    const share = (target: Float64Array, at: number, c: number) =>
      K > 1 ? target[at + c]! : c === 1 ? target[at]! : 1 - target[at]!;
    /** Of the normalised exp(total − leave-out), both times `scale`. */
    const ofCentre = (target: Float64Array, at: number, scale: number, out: number) => {
      let top = -Infinity;
      for (let c = 0; c < C; c++) top = Math.max(top, left(c, out) * scale);
      let z = 0;
      let loss = 0;
      for (let c = 0; c < C; c++) {
        z += Math.exp(left(c, out) * scale - top);
        loss -= share(target, at, c) * (left(c, out) * scale - top);
      }
      return loss + Math.log(z);
    };
    const left = (c: number, out: number) => sum[c]! - (out === -1 ? 0 : logs[out * C + c]!);
    return {
      least(target, at) {
        let entropy = 0;
        for (let c = 0; c < C; c++) {
          const t = share(target, at, c);
          if (t > 0) entropy -= t * Math.log(t);
        }
        return entropy;
      },
      measure(predictions, target, at, _, losses, without) {
        sum.fill(0);
        for (let r = 0; r < n; r++) {
          let loss = 0;
          for (let c = 0; c < C; c++) {
            const p = K > 1 ? predictions[r * K + c]! : c === 1 ? predictions[r]! : 1 - predictions[r]!;
            const log = Math.log(Math.max(LEAST_PROBABILITY, p));
            logs[r * C + c] = log;
            sum[c]! += log;
            loss -= share(target, at, c) * log;
          }
          losses[r] = loss;
        }
        for (let r = 0; without && r < n; r++) without[r] = ofCentre(target, at, 1 / (n - 1), r);
        return ofCentre(target, at, 1 / n, -1);
      },
    };
  },
};
