/** @file Draws each replica's training and validation set and the shared test set, ready for a network. */

/** The points of all replicas: inputs standardised and scaled as the network sees them. */
export interface Split {
  /** Points of each replica. */
  size: number;
  /** `[R, size, D]` */
  x: Float32Array;
  /** `[R, size]`: standardised target, or class index. */
  y: Float32Array;
}

export interface TestSet {
  size: number;
  /** `[size, D]`, as the network sees them. */
  x: Float32Array;
  /**
   * `[size, K]`: what the error is measured against. Known law: the true function, or the true probability of each
   * class (K = 1: of class 1). Real data: the standardised target, or one-hot labels (K = 1: the label).
   */
  target: Float64Array;
  /**
   * `[size]`: variance of the noise about the target, summed over outputs: σ² for regression, Σp(1 − p) for class
   * probabilities; zero for real data, whose bias² then contains the noise.
   */
  noise: Float64Array;
  /** Whether `target` is the truth (known law) or labels (real data). */
  known: boolean;
}

/** `seen = (raw − mean) / sd · scale` for each input, `raw = seen · sd + mean` for the target. */
export interface Standardisation {
  mean: Float64Array;
  sd: Float64Array;
  scale: number;
  /** Null for classification, and for generated data, whose targets stay as they are. */
  target: { mean: number; sd: number } | null;
}

export interface Replicas {
  /** R */
  count: number;
  /** D */
  features: number;
  /** K: 1 for regression and binary cross-entropy, else one for each class. */
  outputs: number;
  train: Split;
  validation: Split;
  test: TestSet;
  standardisation: Standardisation;
}
