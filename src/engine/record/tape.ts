/** @file The recorded trajectory: columnar typed arrays that grow epoch by epoch. */

export interface TapeShape {
  /** R */
  replicas: number;
  /** E: room for this many epochs. */
  epochs: number;
  /** D: test points kept for the decomposition, evenly thinned from the test set when the tape would grow too large. */
  points: number;
  /** K: numbers a prediction holds. */
  outputs: number;
  /** Whether scores are recorded. */
  classification: boolean;
}

export const LOSSES = ['trainLoss', 'validationLoss', 'testLoss', 'error'] as const;
/** Of scores.ts, for classification only; F1 is that of class 1 where there are two, else the mean over the classes. */
export const SCORES = [
  ...(['trainAccuracy', 'validationAccuracy', 'testAccuracy'] as const),
  ...(['trainF1', 'validationF1', 'testF1'] as const),
  ...(['trainBrier', 'validationBrier', 'testBrier'] as const),
  ...(['trainCalibrationError', 'validationCalibrationError', 'testCalibrationError'] as const),
] as const;
/**
 * How training went. `learningRate` is that of an epoch's last step; `updates`, `examples`, `flops` and `seconds` count from
 * the beginning: optimizer steps, training points met, FLOPs of the training alone (cost.ts) of one replica, seconds of all.
 * `gradientNoise`, `gradientEvidence` and `gradientDisparity` are those of gradient-noise.ts, NaN unmeasured;
 * `predictionChanges` is the share of the training points whose predicted class is another than after the epoch before,
 * NaN where that is not known, and for values.
 */
export const COURSE = [
  ...(['learningRate', 'updates', 'examples', 'flops', 'seconds'] as const),
  ...(['gradientNoise', 'gradientEvidence', 'gradientDisparity', 'predictionChanges'] as const),
] as const;
export type TapeCurve = (typeof LOSSES)[number] | (typeof SCORES)[number] | (typeof COURSE)[number];

/** What a tape of this kind records. */
export function curvesOf({ classification }: Pick<TapeShape, 'classification'>): readonly TapeCurve[] {
  return classification ? [...LOSSES, ...COURSE, ...SCORES] : [...LOSSES, ...COURSE];
}

/** Some epochs as they arrive from the trainer. Every curve is `[count, R]`, scores only for classification. */
export interface Block {
  /** The epoch of the first row, from 0. */
  first: number;
  count: number;
  curves: Partial<Record<TapeCurve, Float32Array>>;
  /** `[count, R, D, K]`: values or probabilities at the decomposition points. */
  predictions: Float32Array;
  /** Milliseconds spent on training these epochs, with the outputs at all points after each. */
  elapsedMs: number;
  /** Milliseconds spent on what was made of that: losses, scores, gradients measured, weights kept. */
  measuringMs: number;
}

/**
 * Every curve is `[R, E]`: replica r at epoch e stands at `r * E + e`. Non-finite values are kept as they came; a
 * replica is diverged from the first epoch at which a loss or a prediction of it is not finite.
 */
export class Tape {
  /** Epochs recorded. */
  length = 0;
  readonly trainLoss: Float32Array;
  readonly validationLoss: Float32Array;
  readonly testLoss: Float32Array;
  /** Squared error at the decomposition points, noise included: what the decomposition takes apart. */
  readonly error: Float32Array;
  readonly learningRate: Float32Array;
  readonly updates: Float32Array;
  readonly examples: Float32Array;
  readonly flops: Float32Array;
  readonly seconds: Float32Array;
  readonly gradientNoise: Float32Array;
  readonly gradientEvidence: Float32Array;
  readonly gradientDisparity: Float32Array;
  readonly predictionChanges: Float32Array;
  readonly trainAccuracy: Float32Array;
  readonly validationAccuracy: Float32Array;
  readonly testAccuracy: Float32Array;
  readonly trainF1: Float32Array;
  readonly validationF1: Float32Array;
  readonly testF1: Float32Array;
  readonly trainBrier: Float32Array;
  readonly validationBrier: Float32Array;
  readonly testBrier: Float32Array;
  readonly trainCalibrationError: Float32Array;
  readonly validationCalibrationError: Float32Array;
  readonly testCalibrationError: Float32Array;
  /** `[E, R, D, K]` */
  readonly predictions: Float32Array;
  /** `[R]`: first epoch that is not finite, or −1. */
  readonly divergedAt: Int32Array;
  elapsedMs = 0;
  measuringMs = 0;

  constructor(readonly shape: TapeShape) {
    const { replicas, epochs, points, outputs, classification } = shape;
    const curve = () => new Float32Array(replicas * epochs).fill(NaN);
    const score = () => (classification ? curve() : new Float32Array(0));
    this.trainLoss = curve();
    this.validationLoss = curve();
    this.testLoss = curve();
    this.error = curve();
    this.learningRate = curve();
    this.updates = curve();
    this.examples = curve();
    this.flops = curve();
    this.seconds = curve();
    this.gradientNoise = curve();
    this.gradientEvidence = curve();
    this.gradientDisparity = curve();
    this.predictionChanges = curve();
    this.trainAccuracy = score();
    this.validationAccuracy = score();
    this.testAccuracy = score();
    this.trainF1 = score();
    this.validationF1 = score();
    this.testF1 = score();
    this.trainBrier = score();
    this.validationBrier = score();
    this.testBrier = score();
    this.trainCalibrationError = score();
    this.validationCalibrationError = score();
    this.testCalibrationError = score();
    this.predictions = new Float32Array(epochs * replicas * points * outputs);
    this.divergedAt = new Int32Array(replicas).fill(-1);
  }

  /** Adds the block that follows; throws if it does not follow or does not fit. */
  append(block: Block): void {
    const { replicas: R, epochs: E, points, outputs } = this.shape;
    if (block.first !== this.length)
      throw new Error(`tape: epoch ${block.first} cannot follow ${this.length} recorded epochs`);
    if (block.first + block.count > E)
      throw new Error(`tape: ${block.first + block.count} epochs do not fit into ${E}`);
    for (const name of curvesOf(this.shape)) {
      const rows = block.curves[name];
      if (!rows) throw new Error(`tape: the block of epoch ${block.first} lacks ${name}`);
      const column = this[name];
      for (let i = 0; i < block.count; i++)
        for (let r = 0; r < R; r++) column[r * E + block.first + i] = rows[i * R + r]!;
    }
    const width = points * outputs;
    this.predictions.set(block.predictions, block.first * R * width);
    for (let i = 0; i < block.count; i++) {
      for (let r = 0; r < R; r++) {
        if (this.divergedAt[r] !== -1) continue;
        const e = block.first + i;
        const at = r * E + e;
        const sound = Number.isFinite(
          this.trainLoss[at]! + this.validationLoss[at]! + this.testLoss[at]! + this.error[at]!,
        );
        if (!sound) this.divergedAt[r] = e;
      }
    }
    this.length += block.count;
    this.elapsedMs += block.elapsedMs;
    this.measuringMs += block.measuringMs;
  }

  /** Predictions of replica r at epoch e, `[D, K]`, as a view. */
  prediction(replica: number, epoch: number): Float32Array {
    const width = this.shape.points * this.shape.outputs;
    const at = (epoch * this.shape.replicas + replica) * width;
    return this.predictions.subarray(at, at + width);
  }

  /** Whether replica r was still finite at epoch e. */
  sound(replica: number, epoch: number): boolean {
    const at = this.divergedAt[replica]!;
    return at === -1 || epoch < at;
  }
}

/** Bytes a tape may take for its predictions; beyond it the decomposition uses fewer of the test points. */
const PREDICTION_BUDGET_BYTES = 64 * 2 ** 20;

/** The test points kept for the decomposition: evenly spaced indices into the test set, all of them if they fit. */
export function decompositionPoints(replicas: number, epochs: number, testSize: number, outputs: number): Int32Array {
  const fit = Math.floor(PREDICTION_BUDGET_BYTES / (4 * replicas * epochs * outputs));
  return spreadPoints(testSize, Math.max(1, Math.min(testSize, fit)));
}

/** So many evenly spaced indices into the test set. */
export function spreadPoints(testSize: number, points: number): Int32Array {
  return Int32Array.from({ length: points }, (_, i) => Math.floor(((i + 0.5) * testSize) / points));
}
