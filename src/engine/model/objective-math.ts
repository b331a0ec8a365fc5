/**
 * @file The arithmetic of the objectives in float64: predictions, losses, what noise makes of them, and gradients.
 * Long: one objective after another.
 */
import { normalCdf, normalDensity } from '../../../datasets/special.ts';
import type { LossSettings } from '../experiment/settings/loss.ts';

/** An objective's arithmetic on the K last linear outputs z of one point, in float64; vectors begin at an offset. */
export interface ObjectiveMath {
  /** Writes the prediction `[K]`: the value, or the probability of class 1 (K = 1) or of each class. */
  predict(z: ArrayLike<number>, at: number, outputs: number, into: Numbers, intoAt: number): void;
  /**
   * The loss against a target `[K]` (values, or probabilities: then the expectation over labels); stable from z.
   * `noise` is the variance of normal noise about a value, whose expectation is taken; it has none for classes.
   */
  loss(
    z: ArrayLike<number>,
    at: number,
    target: ArrayLike<number>,
    targetAt: number,
    outputs: number,
    noise?: number,
  ): number;
  /**
   * Writes the predictions `[n, K]` of n points that follow each other and returns the sum of their losses, as the two
   * above do one by one: their exponentials are worth sharing. Null where nothing is shared.
   */
  both:
    | ((
        z: ArrayLike<number>,
        at: number,
        target: ArrayLike<number>,
        targetAt: number,
        outputs: number,
        n: number,
        into: Numbers,
      ) => number)
    | null;
  /**
   * The least that this expectation can be, whatever the prediction: the truth of a value has it, and for classes their
   * shares. Null where it is not known: with γ > 0 it is not the true probabilities that have it.
   */
  least(target: ArrayLike<number>, targetAt: number, outputs: number, noise: number): number | null;
  /** Writes ∂loss/∂z `[K]`. */
  gradient(
    z: ArrayLike<number>,
    at: number,
    target: ArrayLike<number>,
    targetAt: number,
    outputs: number,
    into: Numbers,
    intoAt: number,
  ): void;
}

type Numbers = Float32Array | Float64Array;

const value: ObjectiveMath['predict'] = (z, at, outputs, into, intoAt) => {
  for (let k = 0; k < outputs; k++) into[intoAt + k] = z[at + k]!;
};

/** Of a loss ρ(prediction − target), and its mean over normal noise of standard deviation σ > 0 about the target. */
function ofDifference(
  rho: (d: number) => number,
  slope: (d: number) => number,
  expected: (d: number, sigma: number) => number,
): ObjectiveMath {
  return {
    predict: value,
    loss(z, at, target, targetAt, outputs, noise = 0) {
      let sum = 0;
      for (let k = 0; k < outputs; k++) {
        const d = z[at + k]! - target[targetAt + k]!;
        sum += noise > 0 ? expected(d, Math.sqrt(noise)) : rho(d);
      }
      return sum;
    },
    both: null,
    least: (_, __, outputs, noise) => outputs * (noise > 0 ? expected(0, Math.sqrt(noise)) : rho(0)),
    gradient(z, at, target, targetAt, outputs, into, intoAt) {
      for (let k = 0; k < outputs; k++) into[intoAt + k] = slope(z[at + k]! - target[targetAt + k]!);
    },
  };
}

export const SQUARED_ERROR = ofDifference(
  (d) => d * d,
  (d) => 2 * d,
  (d, sigma) => d * d + sigma * sigma,
);

/** The mean of |d + σZ| is that of a folded normal. */
export const ABSOLUTE_ERROR = ofDifference(
  Math.abs,
  Math.sign,
  (d, sigma) => 2 * sigma * normalDensity(d / sigma) + d * (2 * normalCdf(d / sigma) - 1),
);

/**
 * ½d² up to δ, δ·(|d| − ½δ) beyond (Huber 1964). Its mean over noise comes from the moments of a normal cut off at ±δ:
 * with a = (−δ − d)/σ and b = (δ − d)/σ, inside ½·E[x²; a < Z < b], outside δ·E|x| − ½δ²·P.
 */
export function huber({ huberDelta: delta }: Pick<LossSettings, 'huberDelta'>): ObjectiveMath {
  return ofDifference(
    (d) => (Math.abs(d) <= delta ? (d * d) / 2 : delta * (Math.abs(d) - delta / 2)),
    (d) => Math.max(-delta, Math.min(delta, d)),
    (d, sigma) => {
      const [a, b] = [(-delta - d) / sigma, (delta - d) / sigma];
      const [Pa, Pb, pa, pb] = [normalCdf(a), normalCdf(b), normalDensity(a), normalDensity(b)];
      const inside = Pb - Pa;
      const square = (d * d + sigma * sigma) * inside + 2 * d * sigma * (pa - pb) + sigma * sigma * (a * pa - b * pb);
      const above = d * (1 - Pb) + sigma * pb;
      const below = -(d * Pa - sigma * pa);
      return square / 2 + delta * (above + below) - ((delta * delta) / 2) * (1 - inside);
    },
  );
}

/**
 * The loss of a class whose share is t and whose log-probability is l: −t·(1 − p)^γ·l (Lin et al. 2017; γ = 0: cross-
 * entropy). `far` is ln(1 − p), given apart since 1 − eˡ loses digits; far out it is held where its powers are finite. With g = p·∂loss/∂p at t = 1:
 * g = γ·p·(1 − p)^(γ − 1)·l − (1 − p)^γ.
 */
const focal = (gamma: number, log: number, far: number) => (gamma === 0 ? -log : -Math.exp(gamma * far) * log);
const focalSlope = (gamma: number, log: number, far: number) =>
  gamma === 0 ? -1 : gamma * Math.exp(log + (gamma - 1) * Math.max(far, -700)) * log - Math.exp(gamma * far);

/** What a share q adds to the entropy, in nats. */
const entropy = (q: number) => (q > 0 ? -q * Math.log(q) : 0);

/** ln of the logistic function. */
const logSigmoid = (z: number) => Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));

/** ln(1 + x) for x ≥ 0 from one logarithm, which is faster than Math.log1p and as exact (Kahan; Goldberg 1991, theorem 4). */
function logOfOneMore(x: number): number {
  const sum = 1 + x;
  return sum === 1 ? x : (Math.log(sum) * x) / (sum - 1);
}

export function binary({ labelSmoothing, focalGamma: gamma }: LossSettings): ObjectiveMath {
  const share = (t: number) => (1 - labelSmoothing) * t + labelSmoothing / 2;
  return {
    predict(z, at, _, into, intoAt) {
      into[intoAt] = 1 / (1 + Math.exp(-z[at]!));
    },
    loss(z, at, target, targetAt) {
      const one = logSigmoid(z[at]!);
      const t = share(target[targetAt]!);
      // ln(1 − p) = ln p − z.
      if (gamma === 0) return (1 - t) * z[at]! - one;
      const zero = logSigmoid(-z[at]!);
      return t * focal(gamma, one, zero) + (1 - t) * focal(gamma, zero, one);
    },
    both:
      gamma > 0
        ? null
        : (z, at, target, targetAt, _, n, into) => {
            let sum = 0;
            for (let i = 0; i < n; i++) {
              const x = z[at + i]!;
              const small = Math.exp(-Math.abs(x));
              into[i] = (x < 0 ? small : 1) / (1 + small);
              sum += (1 - share(target[targetAt + i]!)) * x - (Math.min(x, 0) - logOfOneMore(small));
            }
            return sum;
          },
    least(target, targetAt) {
      const t = share(target[targetAt]!);
      return gamma === 0 ? entropy(t) + entropy(1 - t) : null;
    },
    gradient(z, at, target, targetAt, _, into, intoAt) {
      const [one, zero] = [logSigmoid(z[at]!), logSigmoid(-z[at]!)];
      const t = share(target[targetAt]!);
      into[intoAt] =
        t * Math.exp(zero) * focalSlope(gamma, one, zero) - (1 - t) * Math.exp(one) * focalSlope(gamma, zero, one);
    },
  };
}

export function softmax({ labelSmoothing, focalGamma: gamma }: LossSettings): ObjectiveMath {
  const share = (t: number, classes: number) => (1 - labelSmoothing) * t + labelSmoothing / classes;
  return {
    predict(z, at, outputs, into, intoAt) {
      const log = logSoftmax(z, at, outputs);
      for (let k = 0; k < outputs; k++) into[intoAt + k] = Math.exp(log(k));
    },
    loss(z, at, target, targetAt, outputs) {
      const log = logSoftmax(z, at, outputs);
      let sum = 0;
      for (let k = 0; k < outputs; k++) {
        const l = log(k);
        sum += share(target[targetAt + k]!, outputs) * focal(gamma, l, logOfRest(l));
      }
      return sum;
    },
    both:
      gamma > 0
        ? null
        : (z, at, target, targetAt, K, n, into) => {
            let sum = 0;
            for (let i = 0; i < n * K; i += K) {
              let top = 0;
              for (let k = 1; k < K; k++) if (z[at + i + k]! > z[at + i + top]!) top = k;
              const highest = z[at + i + top]!;
              let others = 0;
              for (let k = 0; k < K; k++) {
                const power = k === top ? 1 : Math.exp(z[at + i + k]! - highest);
                into[i + k] = power;
                if (k !== top) others += power;
              }
              const more = logOfOneMore(others);
              for (let k = 0; k < K; k++) {
                into[i + k] = into[i + k]! / (1 + others);
                sum -= share(target[targetAt + i + k]!, K) * (z[at + i + k]! - highest - more);
              }
            }
            return sum;
          },
    least(target, targetAt, outputs) {
      if (gamma > 0) return null;
      let sum = 0;
      for (let k = 0; k < outputs; k++) sum += entropy(share(target[targetAt + k]!, outputs));
      return sum;
    },
    gradient(z, at, target, targetAt, outputs, into, intoAt) {
      const log = logSoftmax(z, at, outputs);
      let all = 0;
      for (let k = 0; k < outputs; k++) {
        const l = log(k);
        const g = share(target[targetAt + k]!, outputs) * focalSlope(gamma, l, logOfRest(l));
        into[intoAt + k] = g;
        all += g;
      }
      // g − p·all, where (1 − p)·g keeps its digits when the class is all but certain.
      for (let k = 0; k < outputs; k++) {
        const g = into[intoAt + k]!;
        into[intoAt + k] = -Math.expm1(log(k)) * g - Math.exp(log(k)) * (all - g);
      }
    },
  };
}

/** ln(1 − eˡ) for l ≤ 0. */
function logOfRest(l: number): number {
  return l > -Math.LN2 ? Math.log(-Math.expm1(l)) : Math.log1p(-Math.exp(l));
}

/**
 * The log-probability of each class, z − log Σ eᶻ, safe from overflow. The largest z and what the others add to its
 * logarithm are taken off one after the other: so it keeps its digits where a class is all but certain.
 */
function logSoftmax(z: ArrayLike<number>, at: number, outputs: number): (k: number) => number {
  let top = 0;
  for (let k = 1; k < outputs; k++) if (z[at + k]! > z[at + top]!) top = k;
  let others = 0;
  for (let k = 0; k < outputs; k++) if (k !== top) others += Math.exp(z[at + k]! - z[at + top]!);
  const more = Math.log1p(others);
  return (k) => z[at + k]! - z[at + top]! - more;
}
