/**
 * @file Bias² and variance of linear models in closed form: gradient descent over its iterations, gradient flow and ridge.
 *
 * Loss (1/2n)‖y − Xw‖², y = Xθ + ε with Var ε = σ², from w = 0. With XᵀX/n = QΛQᵀ, every method here fits the share h of
 * the least-squares solution in direction i (Goodfellow et al., Deep Learning, §7.8; Hastie et al., Elements, §3.4):
 *   descent h = 1 − (1 − ηλ)^t,   flow h = 1 − e^(−tλ),   ridge h = λ / (λ + α) for the penalty (α/2)‖w‖².
 */

/** Directions of the inputs and what is learned along them; both `[p]`, in the eigenbasis of XᵀX/n. */
export interface LinearProblem {
  /** λ ≥ 0. */
  eigenvalues: ArrayLike<number>;
  /** Qᵀθ. */
  coefficients: ArrayLike<number>;
  /** Training points. */
  n: number;
  /** σ² */
  noise: number;
}

/** `[p]`: the share h of the least-squares solution along each direction. */
export type Shrinkage = Float64Array;

/** After t whole steps of size η; 0 < ηλ < 2 or it diverges. */
export function descentShrinkage(eigenvalues: ArrayLike<number>, eta: number, t: number): Shrinkage {
  // By logarithms, so that t steps of a tiny ηλ keep their digits; beyond ηλ = 1 the sign of what is left alternates.
  return Float64Array.from(eigenvalues, (lambda) =>
    eta * lambda < 1 ? -Math.expm1(t * Math.log1p(-eta * lambda)) : 1 - (1 - eta * lambda) ** t,
  );
}

/** At time t = η·steps of the flow that descent follows for small steps. */
export function flowShrinkage(eigenvalues: ArrayLike<number>, t: number): Shrinkage {
  return Float64Array.from(eigenvalues, (lambda) => -Math.expm1(-t * lambda));
}

export function ridgeShrinkage(eigenvalues: ArrayLike<number>, alpha: number): Shrinkage {
  return Float64Array.from(eigenvalues, (lambda) => (lambda === 0 ? 0 : lambda / (lambda + alpha)));
}

/**
 * `[p]`: the penalty along each direction with which ridge is exactly where descent is after t steps: (1 − ηλ)^t =
 * α/(λ + α). For small ηλ and λ/α all of them are about 1/(ηt).
 */
export function exactRidgePenalties(eigenvalues: ArrayLike<number>, eta: number, t: number): Float64Array {
  const h = descentShrinkage(eigenvalues, eta, t);
  return Float64Array.from(eigenvalues, (lambda, i) =>
    lambda === 0 ? 1 / (eta * t) : (lambda * (1 - eta * lambda) ** t) / h[i]!,
  );
}

export interface LinearTerms {
  bias2: number;
  variance: number;
  /** Effective degrees of freedom, Σh. */
  df: number;
  /** Expected mean squared error on the training points themselves. */
  trainError: number;
}

/** In sample: averaged over the training inputs, with new noise; the risk is bias² + variance + σ². */
export function linearTerms({ eigenvalues, coefficients, n, noise }: LinearProblem, h: Shrinkage): LinearTerms {
  let bias2 = 0;
  let squares = 0;
  let df = 0;
  for (let i = 0; i < h.length; i++) {
    bias2 += eigenvalues[i]! * (coefficients[i]! * (1 - h[i]!)) ** 2;
    squares += h[i]! ** 2;
    df += h[i]!;
  }
  const variance = (noise / n) * squares;
  return { bias2, variance, df, trainError: bias2 + variance + noise - (2 * noise * df) / n };
}

/** At one input, `[p]` in the eigenbasis (Qᵀx): bias (its sign kept) and variance of the prediction there. */
export function linearTermsAt(
  { eigenvalues, coefficients, n, noise }: LinearProblem,
  h: Shrinkage,
  x: ArrayLike<number>,
) {
  let bias = 0;
  let variance = 0;
  for (let i = 0; i < h.length; i++) {
    bias -= x[i]! * (1 - h[i]!) * coefficients[i]!;
    if (h[i] !== 0) variance += ((noise / n) * (x[i]! * h[i]!) ** 2) / eigenvalues[i]!;
  }
  return { bias, variance };
}
