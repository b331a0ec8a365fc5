/** @file The points of all replicas as tensors that stay on the device: minibatches, and the rows that are evaluated. */
import * as tf from '@tensorflow/tfjs-core';
import { batchSizeOf, epochOrder } from '../../batches.ts';
import { OBJECTIVE_MATH, targetVector } from '../../objectives.ts';
import type { Job } from '../../trainer.ts';
import type { OpsDevice } from './device.ts';
import { padTo, type PaddedLayout } from './padding.ts';

/** One step's points, all of a constant shape whatever the number of real rows. */
export interface Batch {
  /** `[R, B′, rows]` inputs with their constant 1. */
  x: tf.Tensor3D;
  /** `[R, B′, K′]` */
  y: tf.Tensor3D;
  /** `[1, B′, K′]`: factor / n on real rows and outputs, 0 on padding, so that dz = (prediction − y) · weight. */
  weight: tf.Tensor3D;
}

/** Rows `[R, m, rows]` of which the first `real` count. */
export interface Evaluated {
  x: tf.Tensor3D;
  real: number;
}

export class Data {
  readonly evaluated: Evaluated[];
  /** Points of all replicas one under the other, `[R·n + 1, …]`, the last row empty; null for full batches. */
  readonly #pool: { x: tf.Tensor2D; y: tf.Tensor2D } | null;
  readonly #full: { x: tf.Tensor3D; y: tf.Tensor3D } | null;
  readonly #weights = new Map<number, tf.Tensor3D>();
  readonly #batch: number;
  readonly #rows: number;

  constructor(
    private readonly job: Job,
    private readonly padded: PaddedLayout,
    private readonly device: OpsDevice,
  ) {
    const { size } = job.replicas.train;
    this.#batch = batchSizeOf(job.experiment, size);
    this.#rows = padTo(this.#batch, device.multiple);
    const full = this.#batch === size;
    this.#full = full ? this.#whole() : null;
    this.#pool = full ? null : this.#pooled();
    this.evaluated = this.#evaluation();
  }

  get stepsPerEpoch(): number {
    return Math.ceil(this.job.replicas.train.size / this.#batch);
  }

  /** Which points each replica meets in one step, `[R·B′]` rows of the pool; null for full batches. */
  rowsOf(orders: Int32Array[], step: number): Int32Array {
    const { count: R, train } = this.job.replicas;
    const rows = new Int32Array(R * this.#rows).fill(R * train.size);
    orders.forEach((order, r) => {
      const part = order.subarray(step * this.#batch, (step + 1) * this.#batch);
      part.forEach((i, b) => (rows[r * this.#rows + b] = r * train.size + i));
    });
    return rows;
  }

  ordersOf(epoch: number): Int32Array[] {
    const { count: R, train } = this.job.replicas;
    if (this.#full) return [];
    return Array.from({ length: R }, (_, r) => epochOrder(this.job.experiment, train.size, r, epoch));
  }

  /** The points of one step; call within tf.tidy. */
  batch(orders: Int32Array[], step: number): Batch {
    const { count: R, train } = this.job.replicas;
    const weight = this.#weight(Math.min(this.#batch, train.size - step * this.#batch));
    if (this.#full) return { ...this.#full, weight };
    const { x, y } = this.#pool!;
    const rows = tf.tensor1d(this.rowsOf(orders, step), 'int32');
    return {
      x: tf.reshape(tf.gather(x, rows), [R, this.#rows, x.shape[1]]),
      y: tf.reshape(tf.gather(y, rows), [R, this.#rows, y.shape[1]]),
      weight,
    };
  }

  dispose(): void {
    tf.dispose([
      this.#pool,
      this.#full,
      [...this.#weights.values()],
      this.evaluated.map((part) => part.x),
    ] as tf.TensorContainer);
  }

  get #width(): number {
    return this.padded.layers[0]!.rows;
  }

  get #last(): number {
    return this.padded.layers.at(-1)!.columns;
  }

  #weight(real: number): tf.Tensor3D {
    const known = this.#weights.get(real);
    if (known) return known;
    const { experiment, replicas } = this.job;
    const values = new Float32Array(this.#rows * this.#last);
    const each = OBJECTIVE_MATH[experiment.objective].factor / real;
    for (let b = 0; b < real; b++) values.fill(each, b * this.#last, b * this.#last + replicas.outputs);
    const weight = tf.keep(tf.tensor3d(values, [1, this.#rows, this.#last]));
    this.#weights.set(real, weight);
    return weight;
  }

  /** Writes a point's inputs and constant 1 at a row of a padded matrix. */
  #put(into: Float32Array, row: number, x: Float32Array, from: number): void {
    const D = this.job.replicas.features;
    const at = row * this.#width;
    for (let d = 0; d < D; d++) into[at + d] = x[from * D + d]!;
    into[at + D] = 1;
  }

  #targets(into: Float32Array, row: number, point: number): void {
    const { train, outputs } = this.job.replicas;
    into.set(targetVector(train.y[point]!, outputs), row * this.#last);
  }

  #fill(rows: number, rowOf: (replica: number, i: number) => number): { x: Float32Array; y: Float32Array } {
    const { count: R, train } = this.job.replicas;
    const x = new Float32Array(rows * this.#width);
    const y = new Float32Array(rows * this.#last);
    for (let r = 0; r < R; r++) {
      for (let i = 0; i < train.size; i++) {
        this.#put(x, rowOf(r, i), train.x, r * train.size + i);
        this.#targets(y, rowOf(r, i), r * train.size + i);
      }
    }
    return { x, y };
  }

  #whole(): { x: tf.Tensor3D; y: tf.Tensor3D } {
    const R = this.job.replicas.count;
    const { x, y } = this.#fill(R * this.#rows, (r, i) => r * this.#rows + i);
    return { x: tf.tensor3d(x, [R, this.#rows, this.#width]), y: tf.tensor3d(y, [R, this.#rows, this.#last]) };
  }

  #pooled(): { x: tf.Tensor2D; y: tf.Tensor2D } {
    const { count: R, train } = this.job.replicas;
    const rows = R * train.size + 1;
    const { x, y } = this.#fill(rows, (r, i) => r * train.size + i);
    return { x: tf.tensor2d(x, [rows, this.#width]), y: tf.tensor2d(y, [rows, this.#last]) };
  }

  /** Training, validation and test rows of each replica in this order, the test rows repeated, cut into parts. */
  #evaluation(): Evaluated[] {
    const { count: R, train, validation, test } = this.job.replicas;
    const M = train.size + validation.size + test.size;
    const widest = Math.max(this.#width, ...this.padded.layers.map((layer) => layer.columns));
    const most = Math.max(this.device.multiple, Math.floor(this.device.evaluated / (R * widest)));
    const parts: Evaluated[] = [];
    for (let from = 0; from < M; from += most) {
      const real = Math.min(most, M - from);
      const rows = padTo(real, this.device.multiple);
      const x = new Float32Array(R * rows * this.#width);
      for (let r = 0; r < R; r++) {
        for (let i = 0; i < real; i++) {
          const point = from + i;
          const row = r * rows + i;
          if (point < train.size) this.#put(x, row, train.x, r * train.size + point);
          else if (point < train.size + validation.size)
            this.#put(x, row, validation.x, r * validation.size + point - train.size);
          else this.#put(x, row, test.x, point - train.size - validation.size);
        }
      }
      parts.push({ x: tf.tensor3d(x, [R, rows, this.#width]), real });
    }
    return parts;
  }
}
