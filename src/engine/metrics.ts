/** @file What an epoch's outputs amount to: losses, accuracies and predictions, in float64, alike on every backend. */
import { decisionAccuracy, OBJECTIVE_MATH, targetVector, type ObjectiveMath } from './objectives.ts';
import type { Replicas } from './replicas.ts';
import type { Block, Curve } from './tape.ts';
import type { Job, TrainedEpochs } from './trainer.ts';

type Curves = Block['curves'];

/** Targets `[R, size, K]` of a training or validation set. */
function vectors(split: Replicas['train'], outputs: number): Float64Array {
  return Float64Array.from(Array.from(split.y).flatMap((y) => targetVector(y, outputs)));
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
    if (this.#classification)
      Object.assign(curves, { trainAccuracy: curve(), validationAccuracy: curve(), testAccuracy: curve() });
    const predictions = new Float32Array(rows * this.points.length * K);
    const width = (train.size + validation.size + test.size) * K;
    for (let row = 0; row < rows; row++) {
      const r = row % R;
      const all = outputs.subarray(row * width, (row + 1) * width);
      const z = (at: number, size: number) => all.subarray(at * K, (at + size) * K);
      const own = (targets: Float64Array, size: number) => targets.subarray(r * size * K, (r + 1) * size * K);
      this.#score(curves, row, 'train', z(0, train.size), own(this.#train, train.size));
      this.#score(curves, row, 'validation', z(train.size, validation.size), own(this.#validation, validation.size));
      const atTest = z(train.size + validation.size, test.size);
      this.#score(curves, row, 'test', atTest, test.target);
      curves.error![row] = this.#decompose(atTest, predictions, row);
    }
    return { first, count, curves, predictions, elapsedMs };
  }

  /** Mean loss and accuracy over points with outputs z and targets, both `[n, K]`. */
  #score(
    curves: Curves,
    row: number,
    part: 'train' | 'validation' | 'test',
    z: Float32Array,
    targets: Float64Array,
  ): void {
    const { outputs: K, test } = this.job.replicas;
    const n = z.length / K;
    const noisy = part === 'test' && !this.#classification;
    let loss = 0;
    let right = 0;
    for (let i = 0; i < n; i++) {
      const zi = z.subarray(i * K, (i + 1) * K);
      const target = targets.subarray(i * K, (i + 1) * K);
      loss += this.#math.loss(zi, target) + (noisy ? test.noise[i]! : 0);
      if (this.#classification) right += decisionAccuracy(zi, target);
    }
    curves[`${part}Loss` satisfies Curve]![row] = loss / n;
    if (this.#classification) curves[`${part}Accuracy` satisfies Curve]![row] = right / n;
  }

  /** Writes the predictions of one row and returns their mean squared error, noise included. */
  #decompose(z: Float32Array, predictions: Float32Array, row: number): number {
    const { outputs: K, test } = this.job.replicas;
    const D = this.points.length;
    let error = 0;
    this.points.forEach((point, d) => {
      const predicted = this.#math.predict(z.subarray(point * K, (point + 1) * K));
      error += test.noise[point]!;
      predicted.forEach((value, k) => {
        predictions[(row * D + d) * K + k] = value;
        error += (value - test.target[point * K + k]!) ** 2;
      });
    });
    return error / D;
  }
}
