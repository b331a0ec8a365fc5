/** @file The 0–1 loss as Domingos takes it apart: what noise, bias and variance are, and what each of them costs. */
import type { DecompositionTarget } from '../decompose.ts';
import { decided, mode, probability } from './zero-one.ts';

/** Means over the points; each is a probability or a difference of two. */
export interface DomingosTerms {
  error: number;
  /** N: that a label is not the likeliest one. */
  noise: number;
  /** B: the share of points where the main prediction is not the likeliest class. */
  bias: number;
  /** V: that a replica does not decide as the main prediction. */
  variance: number;
  /** c₁·N: what the noise costs; less than N, since a label that is wrong may meet a decision that is. */
  noiseEffect: number;
  /** V at the points without bias, where it costs all of itself, and at those with, where it may help. */
  unbiasedVariance: number;
  biasedVariance: number;
  /** c₂·V: what the variance costs, the net variance. */
  varianceEffect: number;
}

/**
 * Domingos, "A unified bias-variance decomposition and its applications", ICML 2000: error = c₁·N + B + c₂·V at every
 * point, with c₂ = 1 without bias and −P(decision = y* | decision ≠ main prediction) with, and c₁·N such that the noise
 * costs what it adds: N·P(decision = y*) − Σ_{t ≠ y*} q_t·P(decision = t). Plug-in terms of the replicas at hand.
 * `predictionsAt(r)` is `[D, K]` or null to leave replica r out; null if all are left out.
 */
export function domingos(
  predictionsAt: (replica: number) => Float32Array | null,
  R: number,
  { target, noise }: Pick<DecompositionTarget, 'target' | 'noise'>,
): DomingosTerms | null {
  const D = noise.length;
  const K = target.length / D;
  const kept = Array.from({ length: R }, (_, r) => predictionsAt(r)).filter((predictions) => predictions !== null);
  if (kept.length === 0) return null;
  const counts = new Float64Array(Math.max(2, K));
  const sum = {
    error: 0,
    noise: 0,
    bias: 0,
    noiseEffect: 0,
    unbiasedVariance: 0,
    biasedVariance: 0,
    varianceEffect: 0,
  };
  for (let i = 0; i < D; i++) {
    counts.fill(0);
    for (const predictions of kept) counts[decided(predictions, i * K, K)]! += 1;
    const q = counts.map((_, c) => probability(target, i * K, K, c));
    const best = mode(q);
    const main = mode(counts);
    const share = counts.map((votes) => votes / kept.length);
    const variance = 1 - share[main]!;
    let met = 0;
    for (let c = 0; c < q.length; c++) {
      sum.error += share[c]! * (1 - q[c]!);
      if (c !== best) met += q[c]! * share[c]!;
    }
    sum.noise += 1 - q[best]!;
    sum.noiseEffect += (1 - q[best]!) * share[best]! - met;
    if (main === best) {
      sum.unbiasedVariance += variance;
      sum.varianceEffect += variance;
    } else {
      sum.bias += 1;
      sum.biasedVariance += variance;
      sum.varianceEffect -= share[best]!;
    }
  }
  const mean = Object.fromEntries(Object.entries(sum).map(([term, total]) => [term, total / D])) as typeof sum;
  return { ...mean, variance: mean.unbiasedVariance + mean.biasedVariance };
}
