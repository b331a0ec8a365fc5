/**
 * @file How good predicted probabilities are: confusion, accuracy, F1, Brier score and calibration, in float64.
 *
 * `addPoints` runs once over the points for all scores, without allocating; the scores are read off the tally. A target
 * is a one-hot label or the true probability of each class: then accuracy, error rate and Brier score are their exact
 * expectations over the labels. F1 and the calibration error are not linear in the labels; they are those of the
 * expected counts, which the expectation approaches as points are added.
 *
 * Exact match is the accuracy here, for a point has one label; it has no function of its own.
 *
 * If a prediction is not finite, every score is NaN. Without any point all are NaN but F1, which is 0.
 */

/** Bins of the calibration error, of equal width over confidences from 0 to 1. */
export const CALIBRATION_BINS = 15;

/** What the scores need to know about the points seen; make it with `emptyTally`. */
export interface Tally {
  /** K: 1 for the probability of class 1, else one for each class. */
  readonly outputs: number;
  /** C: 2 for K = 1, else K. */
  readonly classes: number;
  points: number;
  /** `[C, C]`: expected points by class (row) and decision (column). */
  readonly confusion: Float64Array;
  /** Sum over points of the expected squared difference between probabilities and labels. */
  squares: number;
  /** `[15, 3]`: points, sum of confidences, expected right decisions by bin of the confidence. */
  readonly bins: Float64Array;
}

export function emptyTally(outputs: number): Tally {
  const classes = Math.max(2, outputs);
  const confusion = new Float64Array(classes * classes);
  return { outputs, classes, points: 0, confusion, squares: 0, bins: new Float64Array(CALIBRATION_BINS * 3) };
}

/** Makes a tally ready for other points. */
export function clearTally(tally: Tally): void {
  tally.points = 0;
  tally.squares = 0;
  tally.confusion.fill(0);
  tally.bins.fill(0);
}

/**
 * Adds n points to a tally: probabilities `[n, K]` from `pAt`, targets `[n, K]` from `yAt`. The decision is the
 * most probable class, the first of several; with K = 1, class 1 above 0.5. Its probability is the confidence.
 */
export function addPoints(
  tally: Tally,
  p: ArrayLike<number>,
  pAt: number,
  y: ArrayLike<number>,
  yAt: number,
  n: number,
): void {
  const { outputs: K, classes: C, confusion, bins } = tally;
  let squares = tally.squares;
  for (let i = 0; i < n; i++) {
    const row = pAt + i * K;
    const truth = yAt + i * K;
    let decision = 0;
    let confidence = p[row]!;
    let right = y[truth]!;
    if (K === 1) {
      decision = confidence > 0.5 ? 1 : 0;
      confusion[decision]! += 1 - right;
      confusion[C + decision]! += right;
      squares += expectedSquare(confidence, right);
      if (decision === 0) {
        confidence = 1 - confidence;
        right = 1 - right;
      }
    } else {
      for (let k = 1; k < K; k++) if (p[row + k]! > p[row + decision]!) decision = k;
      for (let k = 0; k < K; k++) {
        confusion[k * C + decision]! += y[truth + k]!;
        squares += expectedSquare(p[row + k]!, y[truth + k]!);
      }
      confidence = p[row + decision]!;
      right = y[truth + decision]!;
    }
    if (!Number.isFinite(squares)) return spoil(tally);
    const bin = 3 * binOf(confidence);
    bins[bin]! += 1;
    bins[bin + 1]! += confidence;
    bins[bin + 2]! += right;
  }
  tally.squares = squares;
  tally.points += n;
}

/** E (p − label)² where the label is 1 with probability q, else 0: (p − q)² + q(1 − q). */
function expectedSquare(p: number, q: number): number {
  return (p - q) * (p - q) + q * (1 - q);
}

function spoil(tally: Tally): void {
  tally.squares = NaN;
  tally.confusion.fill(NaN);
  tally.bins.fill(NaN);
}

/** Bin b holds the confidences in (b/15, (b + 1)/15], as in Guo et al. 2017; the first one holds 0 as well. */
function binOf(confidence: number): number {
  const last = CALIBRATION_BINS - 1;
  const bin = Math.max(0, Math.min(last, Math.ceil(confidence * CALIBRATION_BINS) - 1));
  // Just above an edge the product may have been rounded down to it.
  return bin < last && confidence > (bin + 1) / CALIBRATION_BINS ? bin + 1 : bin;
}

/** The share of right decisions. */
export function accuracy({ classes, confusion, points }: Tally): number {
  let right = 0;
  for (let c = 0; c < classes; c++) right += confusion[c * classes + c]!;
  return right / points;
}

export function errorRate(tally: Tally): number {
  return 1 - accuracy(tally);
}

/** F1 of class 1, for two classes only. */
export function f1Binary(tally: Tally): number {
  if (tally.classes !== 2) throw new Error(`f1Binary: is for 2 classes, not ${tally.classes}; use f1Macro`);
  return f1Of(tally, 1);
}

/**
 * The mean of F1 over all C classes. Without a point of a class and without a decision for it, its F1 is 0 and counts,
 * as with `f1_score(labels=range(C), average='macro', zero_division=0)` of scikit-learn: a class missing from a small
 * set then contributes 0 at every epoch, whatever is decided. (Without `labels`, scikit-learn leaves such a class out.)
 */
export function f1Macro(tally: Tally): number {
  let sum = 0;
  for (let c = 0; c < tally.classes; c++) sum += f1Of(tally, c);
  return sum / tally.classes;
}

/** 2·TP / (2·TP + FP + FN). */
function f1Of({ classes, confusion }: Tally, c: number): number {
  let both = 0;
  for (let k = 0; k < classes; k++) both += confusion[c * classes + k]! + confusion[k * classes + c]!;
  return both === 0 ? 0 : (2 * confusion[c * classes + c]!) / both;
}

/**
 * The Brier score: the mean over points of Σ (p − label)² over the K outputs, so that with K = 1 class 1 alone is
 * counted, which is half of what two outputs give (0 to 1 and 0 to 2). The noise of the labels is part of it: on the
 * decomposition points it is the tape's `error`. As `brier_score_loss(scale_by_half=K == 1)` of scikit-learn.
 */
export function brier({ squares, points }: Tally): number {
  return squares / points;
}

/**
 * Expected calibration error (Guo et al. 2017, eq. 3): Σ over bins of (points / n)·|accuracy − confidence|, the
 * confidence being that of the decision, with two classes as well.
 */
export function calibrationError({ bins, points }: Tally): number {
  let sum = 0;
  for (let b = 0; b < CALIBRATION_BINS; b++) sum += Math.abs(bins[3 * b + 2]! - bins[3 * b + 1]!);
  return sum / points;
}

/** One bar of a reliability diagram: the points whose confidence is in (from, to]. */
export interface ReliabilityBin {
  from: number;
  to: number;
  points: number;
  /** Mean of the confidences; null without points. */
  confidence: number | null;
  /** Share of right decisions; null without points. */
  accuracy: number | null;
}

export function reliability({ bins }: Tally): ReliabilityBin[] {
  return Array.from({ length: CALIBRATION_BINS }, (_, b) => {
    const [points, confidence, right] = [bins[3 * b]!, bins[3 * b + 1]!, bins[3 * b + 2]!];
    return {
      from: b / CALIBRATION_BINS,
      to: (b + 1) / CALIBRATION_BINS,
      points,
      confidence: points === 0 ? null : confidence / points,
      accuracy: points === 0 ? null : right / points,
    };
  });
}
