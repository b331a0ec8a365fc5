/** @file What an epoch's outputs amount to: losses, accuracies and predictions, in float64, alike on every backend. */
import { decisionAccuracy, OBJECTIVE_MATH, targetVector, type ObjectiveMath } from './objectives.ts';
import type { Replicas } from './replicas.ts';
import type { Block, Curve } from './tape.ts';
import type { Job, TrainedEpochs } from './trainer.ts';

type Curves = Block['curves'];

/** Targets `[R, size, K]` of a training or validation set. */
function vectors(split: Replicas['train'], outputs: number): Float64Array {
  const all = new Float64Array(split.y.length * outputs);
  split.y.forEach((y, i) => all.set(targetVector(y, outputs), i * outputs));
  return all;
}

/**
 * Turns outputs into blocks of the tape. For data with a known law the test loss and accuracy are exact expectations
 * over the labels: (p − f)² + σ², −Σ q log p, Σ q[decision]. `error` is the mean over the decomposition points of
 * noise + Σ (prediction − target)².
 */
export class Metrics {
  readonly #math: ObjectiveMath;
  readonly #train: Float64Array;
  readonly #validation: Float64Array;
  readonly #classification: boolean;

  /** `points` are the decomposition points, indices into the test set. */
  constructor(
    private readonly job: Job,
    private readonly points: Int32Array,
  ) {
    const { replicas, experiment } = job;
    this.#math = OBJECTIVE_MATH[experiment.objective];
    this.#classification = experiment.objective !== 'squared-error';
    this.#train = vectors(replicas.train, replicas.outputs);
    this.#validation = vectors(replicas.validation, replicas.outputs);
  }

  /** `first` is the index of the first of these epochs. */
  measure({ count, outputs }: TrainedEpochs, first: number, elapsedMs: number): Block {
    const { count: R, outputs: K, train, validation, test } = this.job.replicas;
    const rows = count * R;
    const curve = () => new Float32Array(rows);
    const curves: Curves = { trainLoss: curve(), validationLoss: curve(), testLoss: curve(), error: curve() };
    if (this.#classification) {
      Object.assign(curves, { trainAccuracy: curve(), validationAccuracy: curve(), testAccuracy: curve() });
    }
    const predictions = new Float32Array(rows * this.points.length * K);
    let at = 0;
    for (let row = 0; row < rows; row++) {
      const r = row % R;
      this.#score(curves, row, 'train', outputs, at, this.#train, r * train.size, train.size);
      at += train.size * K;
      this.#score(curves, row, 'validation', outputs, at, this.#validation, r * validation.size, validation.size);
      at += validation.size * K;
      this.#score(curves, row, 'test', outputs, at, test.target, 0, test.size);
      curves.error![row] = this.#decompose(outputs, at, predictions, row);
      at += test.size * K;
    }
    return { first, count, curves, predictions, elapsedMs };
  }

  /** Mean loss and accuracy over n points: their outputs stand at `at`, their targets from point `from` on. */
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
    const noisy = part === 'test' && !this.#classification;
    let loss = 0;
    let right = 0;
    for (let i = 0; i < n; i++) {
      loss += this.#math.loss(z, at + i * K, targets, (from + i) * K, K);
      if (noisy) loss += test.noise[i]!;
      if (this.#classification) right += decisionAccuracy(z, at + i * K, targets, (from + i) * K, K);
    }
    curves[`${part}Loss` satisfies Curve]![row] = loss / n;
    if (this.#classification) curves[`${part}Accuracy` satisfies Curve]![row] = right / n;
  }

  /** Writes the predictions of one row and returns their mean squared error, noise included; test outputs stand at `at`. */
  #decompose(z: Float32Array, at: number, predictions: Float32Array, row: number): number {
    const { outputs: K, test } = this.job.replicas;
    const D = this.points.length;
    let error = 0;
    for (let d = 0; d < D; d++) {
      const point = this.points[d]!;
      const into = (row * D + d) * K;
      this.#math.predict(z, at + point * K, K, predictions, into);
      error += test.noise[point]!;
      for (let k = 0; k < K; k++) error += (predictions[into + k]! - test.target[point * K + k]!) ** 2;
    }
    return error / D;
  }
}
