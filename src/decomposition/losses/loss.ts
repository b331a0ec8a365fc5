/** @file What a loss must know to be taken apart into noise, bias and variance; the general form of James (2003). */
import type { LossSettings } from '../../engine/experiment/settings/loss.ts';

/**
 * With L(f, p) the expected loss of prediction p where the truth is f, noise included, and S the one prediction closest
 * to all replicas' by that loss (their mean, median, mode, …), a point's error falls apart as
 *   noise = least L(f, ·),   bias = L(f, S) − noise,   variance = mean L(f, p_r) − L(f, S),
 * the systematic effect and the variance effect of James, "Variance and bias for general loss functions", Machine
 * Learning 51 (2003). The three always add up to the error. For squared error and cross-entropy the variance does not
 * depend on f and cannot be negative; for other losses it can (Heskes, arXiv 2501.18581: only Bregman divergences have
 * decompositions that are additive in this strict sense).
 */
export interface ErrorLoss {
  label: string;
  /** Where there is little room. */
  short: string;
  /** What its bias is called. */
  bias: 'bias' | 'bias²';
  /** What it takes apart: values, or classes given by their probabilities. */
  predicts: 'values' | 'classes';
  /** What the centre of the replicas is under this loss. */
  centre: string;
  /** One sentence on how its terms differ from those of other losses. */
  about: string;
  /**
   * What a finite number of replicas does to the terms: the jackknife takes all of it away (`exact`: the loss is
   * quadratic), what is of order 1/R (`order-1/R`), or does not help, since the centre jumps (`none`: plug-in terms).
   */
  correction: 'exact' | 'order-1/R' | 'none';
  /** For n replicas and K outputs; what it returns has room of its own and serves point after point. */
  open(n: number, K: number, settings: Pick<LossSettings, 'huberDelta'>): PointLoss;
}

/** The loss at one point. `target` holds its truth `[K]` from `at` on; `noise` is the variance about it. */
export interface PointLoss {
  /** The least expected loss that any prediction has. */
  least(target: Float64Array, at: number, noise: number): number;
  /**
   * From predictions `[n, K]`: returns the expected loss of their centre, and writes `[n]` that of each of them and, if
   * asked (n ≥ 2), of the centre without each.
   */
  measure(
    predictions: Float64Array,
    target: Float64Array,
    at: number,
    noise: number,
    losses: Float64Array,
    without: Float64Array | null,
  ): number;
}
