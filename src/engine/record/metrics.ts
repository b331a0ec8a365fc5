/** @file Computes losses, accuracies and predictions from an epoch's outputs, in float64, alike on every backend. */
import type { ObjectiveMath } from '../model/objective-math.ts';
import { classifies, objectiveMath, targetVector } from '../model/objectives.ts';
import type { Replicas } from '../data/replicas.ts';
import {
  accuracy,
  addPoints,
  brier,
  calibrationError,
  clearTally,
  emptyTally,
  f1Binary,
  f1Macro,
  type Tally,
} from './scores.ts';
import { LOSSES, SCORES, type Block } from './tape.ts';
import type { Job, TrainedEpochs } from '../trainers/trainer.ts';

type Curves = Block['curves'];

/** Targets `[R, size, K]` of a training or validation set. */
function vectors(split: Replicas['train'], outputs: number): Float64Array {
  const all = new Float64Array(split.y.length * outputs);
  split.y.forEach((y, i) => all.set(targetVector(y, outputs), i * outputs));
  return all;
}

/**
 * Turns outputs into blocks of the tape. For data with a known law the test loss and accuracy are exact expectations
 * over the labels, smoothed or not, and over the noise: (p − f)² + σ², −Σ q log p, Σ q[decision]; the other scores are
 * those of scores.ts. Class weights and penalties are for training and not in the losses. `error` is the mean over the decomposition points of
 * noise + Σ (prediction − target)².
 */
export class Metrics {
  readonly #math: ObjectiveMath;
  readonly #train: Float64Array;
  readonly #validation: Float64Array;
  /** For classification only. */
  readonly #tally: Tally | null;
  /** Predictions `[n, K]` of the set that was scored last. */
  readonly #predictions: Float64Array;

  /** `points` are the decomposition points, indices into the test set. */
  constructor(
    private readonly job: Job,
    private readonly points: Int32Array,
  ) {
    const { replicas, experiment } = job;
    this.#math = objectiveMath(experiment);
    const { outputs, train, validation, test } = replicas;
    this.#tally = classifies(experiment.objective) ? emptyTally(outputs) : null;
    this.#predictions = new Float64Array(Math.max(train.size, validation.size, test.size) * outputs);
    this.#train = vectors(replicas.train, replicas.outputs);
    this.#validation = vectors(replicas.validation, replicas.outputs);
  }

  /** `first` is the index of the first of these epochs. */
  measure({ count, outputs }: TrainedEpochs, first: number, elapsedMs: number): Block {
    const { count: R, outputs: K, train, validation, test } = this.job.replicas;
    const rows = count * R;
    const names = this.#tally ? [...LOSSES, ...SCORES] : LOSSES;
    const curves: Curves = Object.fromEntries(names.map((name) => [name, new Float32Array(rows)]));
    const predictions = new Float32Array(rows * this.points.length * K);
    let at = 0;
    for (let row = 0; row < rows; row++) {
      const r = row % R;
      this.#score(curves, row, 'train', outputs, at, this.#train, r * train.size, train.size);
      at += train.size * K;
      this.#score(curves, row, 'validation', outputs, at, this.#validation, r * validation.size, validation.size);
      at += validation.size * K;
      this.#score(curves, row, 'test', outputs, at, test.target, 0, test.size);
      curves.error![row] = this.#decompose(predictions, row);
      at += test.size * K;
    }
    return { first, count, curves, predictions, elapsedMs, measuringMs: 0 };
  }

  /** Mean loss and scores over n points: their outputs stand at `at`, their targets from point `from` on. */
  #score(
    curves: Curves,
    row: number,
    part: 'train' | 'validation' | 'test',
    z: Float32Array,
    at: number,
    targets: Float64Array,
    from: number,
    n: number,
  ): void {
    const { outputs: K, test } = this.job.replicas;
    const tally = this.#tally;
    const math = this.#math;
    const predictions = this.#predictions;
    if (tally && math.both) {
      curves[`${part}Loss`]![row] = math.both(z, at, targets, from * K, K, n, predictions) / n;
    } else {
      const noisy = part === 'test' && tally === null;
      let loss = 0;
      for (let i = 0; i < n; i++) {
        loss += math.loss(z, at + i * K, targets, (from + i) * K, K, noisy ? test.noise[i]! : 0);
        if (tally || part === 'test') math.predict(z, at + i * K, K, predictions, i * K);
      }
      curves[`${part}Loss`]![row] = loss / n;
    }
    if (!tally) return;
    clearTally(tally);
    addPoints(tally, predictions, 0, targets, from * K, n);
    curves[`${part}Accuracy`]![row] = accuracy(tally);
    curves[`${part}F1`]![row] = tally.classes === 2 ? f1Binary(tally) : f1Macro(tally);
    curves[`${part}Brier`]![row] = brier(tally);
    curves[`${part}CalibrationError`]![row] = calibrationError(tally);
  }

  /** Writes the predictions of one row and returns their mean squared error, noise included; the test was scored last. */
  #decompose(predictions: Float32Array, row: number): number {
    const { outputs: K, test } = this.job.replicas;
    const D = this.points.length;
    let error = 0;
    for (let d = 0; d < D; d++) {
      const point = this.points[d]!;
      const into = (row * D + d) * K;
      error += test.noise[point]!;
      for (let k = 0; k < K; k++) predictions[into + k] = this.#predictions[point * K + k]!;
      for (let k = 0; k < K; k++) error += (predictions[into + k]! - test.target[point * K + k]!) ** 2;
    }
    return error / D;
  }
}
