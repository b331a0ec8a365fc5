/**
 * @file What gradient descent on a linear network comes to, in closed form, and its twin among the ridge penalties.
 *
 * The loss of n points is (1/n)·Σ(x·w + b − y)², with no factor ½, and a penalty λ·‖w‖² spares the bias. With A the mean
 * of x̃x̃ᵀ and c that of x̃y, x̃ = (x, 1), full batches from zero take each eigenvector of A after t steps of rate η by the
 * share 1 − (1 − 2ηa)^t of the way to A⁻¹c; the penalty takes it by a / (a + λ), where the bias is penalised too. For
 * small ηa both are about a·2ηt, so that t steps are like λ = 1/(2ηt): near, not equal (Ali, Kolter, Tibshirani, A
 * continuous-time view of early stopping for least squares, AISTATS 2019, where the loss has the factor ½ and λ = 1/t).
 */
import type { Replicas } from '../engine/data/replicas.ts';
import { symmetricEigen, solveSymmetric } from './symmetric.ts';

/** The penalty whose solution is near that of so many epochs of full batches. */
export const twinPenalty = (rate: number, epochs: number): number => 1 / (2 * rate * epochs);
/** The epochs whose solution is near that of a penalty. */
export const twinSteps = (rate: number, penalty: number): number => 1 / (2 * rate * penalty);

/** The least squares of one replica's training points. Weights are `[D + 1]`, the bias last. */
export class LeastSquares {
  readonly #size: number;
  /** `[D + 1, D + 1]` and `[D + 1]`. */
  readonly #a: Float64Array;
  readonly #c: Float64Array;
  #eigen: ReturnType<typeof symmetricEigen> | null = null;

  /** Inputs `[n, D]` as the network sees them and targets `[n]`. */
  constructor(x: ArrayLike<number>, y: ArrayLike<number>, features: number) {
    const size = features + 1;
    const n = y.length;
    const a = new Float64Array(size * size);
    const c = new Float64Array(size);
    const row = new Float64Array(size).fill(1);
    for (let p = 0; p < n; p++) {
      for (let j = 0; j < features; j++) row[j] = x[p * features + j]!;
      for (let i = 0; i < size; i++) {
        c[i]! += (row[i]! * y[p]!) / n;
        for (let j = 0; j < size; j++) a[i * size + j]! += (row[i]! * row[j]!) / n;
      }
    }
    this.#size = size;
    this.#a = a;
    this.#c = c;
  }

  /** After so many full-batch steps of gradient descent from zero, at a constant rate. */
  descended(rate: number, steps: number): Float64Array {
    this.#eigen ??= symmetricEigen(this.#a, this.#size);
    const { values, vectors } = this.#eigen;
    const size = this.#size;
    const theta = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      const a = values[k]!;
      let along = 0;
      for (let i = 0; i < size; i++) along += vectors[i * size + k]! * this.#c[i]!;
      // Of a direction in which the points do not vary nothing is learned: its limit for a = 0 is 2ηt·0.
      const share = Math.abs(a) < 1e-12 ? 2 * rate * steps : (1 - (1 - 2 * rate * a) ** steps) / a;
      for (let i = 0; i < size; i++) theta[i]! += vectors[i * size + k]! * share * along;
    }
    return theta;
  }

  /** The minimum with a penalty λ > 0 on the weights, not on the bias. */
  ridge(penalty: number): Float64Array {
    const a = this.#a.slice();
    for (let i = 0; i < this.#size - 1; i++) a[i * this.#size + i]! += penalty;
    return solveSymmetric(a, this.#c, this.#size);
  }
}

/** The least squares of every replica. */
export function leastSquaresOf({ count, features, train }: Replicas): LeastSquares[] {
  const { size, x, y } = train;
  return Array.from(
    { length: count },
    (_, r) =>
      new LeastSquares(
        x.subarray(r * size * features, (r + 1) * size * features),
        y.subarray(r * size, (r + 1) * size),
        features,
      ),
  );
}

/** Mean squared error of weights on the points of the test set named by `points`, noise included: a tape's `error`. */
export function linearError(theta: Float64Array, { test, features }: Replicas, points: Int32Array): number {
  let sum = 0;
  for (const point of points) {
    let value = theta[features]!;
    for (let j = 0; j < features; j++) value += theta[j]! * test.x[point * features + j]!;
    sum += (value - test.target[point]!) ** 2 + test.noise[point]!;
  }
  return sum / points.length;
}
