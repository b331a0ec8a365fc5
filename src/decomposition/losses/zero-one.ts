/** @file The share of wrong decisions, by the main prediction (the mode) and by the shares of votes. */
import type { ErrorLoss, PointLoss } from './loss.ts';

/** The class decided for: the first of the likeliest, as in scores.ts. K = 1 holds the probability of class 1 of two. */
export function decided(predictions: ArrayLike<number>, at: number, K: number): number {
  if (K === 1) return predictions[at]! > 0.5 ? 1 : 0;
  let top = 0;
  for (let k = 1; k < K; k++) if (predictions[at + k]! > predictions[at + top]!) top = k;
  return top;
}

/** The true probability of a class. */
export const probability = (target: ArrayLike<number>, at: number, K: number, c: number): number =>
  K > 1 ? target[at + c]! : c === 1 ? target[at]! : 1 - target[at]!;

/** The first class with the largest value, one vote of class `without` taken away. */
export function mode(counts: Float64Array, without = -1): number {
  let top = 0;
  for (let c = 1; c < counts.length; c++) {
    if (counts[c]! - Number(c === without) > counts[top]! - Number(top === without)) top = c;
  }
  return top;
}

/** Counts the votes and writes each one's expected loss. */
function count(
  predictions: Float64Array,
  K: number,
  target: Float64Array,
  at: number,
  into: { votes: Int32Array; counts: Float64Array; losses: Float64Array },
): void {
  into.counts.fill(0);
  for (let r = 0; r < into.votes.length; r++) {
    const vote = decided(predictions, r * K, K);
    into.votes[r] = vote;
    into.counts[vote]! += 1;
    into.losses[r] = 1 - probability(target, at, K, vote);
  }
}

/** James 2003; where labels are certain, the terms of Domingos (2000) as well: see domingos.ts. Ties go to the lower class. */
export const ZERO_ONE: ErrorLoss = {
  label: 'wrong decisions (0–1)',
  short: 'wrong decisions',
  bias: 'bias',
  predicts: 'classes',
  centre: 'main prediction, the class most replicas decide for',
  about:
    'Where most replicas are right scatter costs, where most are wrong it helps: variance can be negative, and the terms are not simply additive.',
  correction: 'none',
  open(n, K): PointLoss {
    const C = Math.max(2, K);
    const votes = new Int32Array(n);
    const counts = new Float64Array(C);
    return {
      least(target, at) {
        let top = 0;
        for (let c = 0; c < C; c++) top = Math.max(top, probability(target, at, K, c));
        return 1 - top;
      },
      measure(predictions, target, at, _, losses, without) {
        count(predictions, K, target, at, { votes, counts, losses });
        for (let r = 0; without && r < n; r++) without[r] = 1 - probability(target, at, K, mode(counts, votes[r]));
        return 1 - probability(target, at, K, mode(counts));
      },
    };
  },
};

/**
 * Kohavi and Wolpert, "Bias plus variance decomposition for zero-one loss functions", ICML 1996: half the squared error
 * of votes taken as probabilities, noise = ½(1 − Σq²), bias² = ½Σ(q − v)², variance = ½(1 − Σv²) with v the shares of
 * votes. The correction is theirs; the variance is corrected with it (Weka's is not), so that the terms add up.
 */
export const KOHAVI_WOLPERT: ErrorLoss = {
  label: 'wrong decisions, by shares of votes (Kohavi–Wolpert)',
  short: 'shares of votes',
  bias: 'bias²',
  predicts: 'classes',
  centre: 'shares of votes',
  about:
    'Half the squared error of the votes: variance never helps, and the noise is above the least possible share of errors.',
  correction: 'exact',
  open(n, K): PointLoss {
    const C = Math.max(2, K);
    const votes = new Int32Array(n);
    const counts = new Float64Array(C);
    const least = (target: Float64Array, at: number) => {
      let noise = 0;
      for (let c = 0; c < C; c++) {
        const q = probability(target, at, K, c);
        noise += (q * (1 - q)) / 2;
      }
      return noise;
    };
    return {
      least,
      measure(predictions, target, at, _, losses, without) {
        count(predictions, K, target, at, { votes, counts, losses });
        const noise = least(target, at);
        const ofShares = (vote: number, of: number) => {
          let loss = noise;
          for (let c = 0; c < C; c++) {
            const share = (counts[c]! - Number(c === vote)) / of;
            loss += (probability(target, at, K, c) - share) ** 2 / 2;
          }
          return loss;
        };
        for (let r = 0; without && r < n; r++) without[r] = ofShares(votes[r]!, n - 1);
        return ofShares(-1, n);
      },
    };
  },
};
