/** @file The points of all replicas as tensors that stay on the device: minibatches, and the rows that are evaluated. */
import * as tf from '@tensorflow/tfjs-core';
import { epochOrder } from '../../training/batches.ts';
import { pointWeights, targetVector } from '../../model/objectives.ts';
import type { Job } from '../trainer.ts';
import type { OpsDevice } from './device.ts';
import { factorsFor, noiseFor, type Places } from './disturbance.ts';
import { padTo, type PaddedLayout } from './padding.ts';

/** One step's points, all of a constant shape whatever the number of real rows. */
export interface Batch {
  /** `[R, B′, rows]` inputs with their constant 1. */
  x: tf.Tensor;
  /** `[R, B′, K′]`: targets, labels smoothed. */
  y: tf.Tensor;
  /** `[1 or R, B′, K′]`: each point's share of the mean on real rows and outputs, 0 on padding. */
  weight: tf.Tensor;
  /** For each hidden layer `[R, B′, columns]`: factors on its values; null without dropout. */
  factors: tf.Tensor[] | null;
}

/** Rows `[R, m, rows]` of which the first `real` count. */
export interface Evaluated {
  x: tf.Tensor3D;
  real: number;
}

/** Inputs, targets and, where classes weigh differently, the points' weights. */
interface Points<T extends tf.Tensor> {
  x: T;
  y: T;
  shares: T | null;
}

export class Data {
  readonly evaluated: Evaluated[];
  /** Points of all replicas one under the other, `[R·n + 1, …]`, the last row empty; made when first needed. */
  #pool: Points<tf.Tensor2D> | null = null;
  /** All points of each replica as one batch, `[R, B′, …]`; made when first needed. */
  #full: Points<tf.Tensor3D> | null = null;
  readonly #weights = new Map<string, tf.Tensor3D>();

  constructor(
    private readonly job: Job,
    private readonly padded: PaddedLayout,
    private readonly device: OpsDevice,
  ) {
    this.evaluated = this.#evaluation();
  }

  /** Optimizer steps of an epoch in batches of so many points. */
  stepsOf(batch: number): number {
    return Math.ceil(this.job.replicas.train.size / batch);
  }

  /** Which points each replica meets in one step, `[R·B′]` rows of the pool. */
  rowsOf(orders: Int32Array[], { from, real, rows: padded }: Places): Int32Array {
    const { count: R, train } = this.job.replicas;
    const rows = new Int32Array(R * padded).fill(R * train.size);
    orders.forEach((order, r) => {
      order.subarray(from, from + real).forEach((i, b) => (rows[r * padded + b] = r * train.size + i));
    });
    return rows;
  }

  ordersOf(epoch: number): Int32Array[] {
    const { count: R, train } = this.job.replicas;
    return Array.from({ length: R }, (_, r) => epochOrder(this.job.experiment, train.size, r, epoch));
  }

  /** The points of one step of an epoch; call within tf.tidy. `orders` is asked for where their order matters. */
  batch(orders: () => Int32Array[], epoch: number, step: number, batch: number): Batch {
    const { size } = this.job.replicas.train;
    const from = step * batch;
    const places = { epoch, from, real: Math.min(batch, size - from), rows: padTo(batch, this.device.multiple) };
    // A full batch is one sum whatever its order, unless what disturbs a point depends on its place.
    const { experiment } = this.job;
    const placed = experiment.training.inputNoise > 0 || experiment.model.dropout.some((rate) => rate > 0);
    const { x, y, shares } = batch === size && !placed ? this.#all() : this.#gathered(orders(), places);
    const weight = this.#weight(places);
    const noise = noiseFor(this.job, this.#width, places);
    return {
      x: noise ? tf.add(x, noise) : x,
      y,
      weight: shares ? tf.mul(weight, shares) : weight,
      factors: factorsFor(this.job, this.padded, places),
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

  #weight({ real, rows }: Places): tf.Tensor3D {
    const key = `${real} of ${rows}`;
    const known = this.#weights.get(key);
    if (known) return known;
    const values = new Float32Array(rows * this.#last);
    const { outputs } = this.job.replicas;
    for (let b = 0; b < real; b++) values.fill(1 / real, b * this.#last, b * this.#last + outputs);
    const weight = tf.keep(tf.tensor3d(values, [1, rows, this.#last]));
    this.#weights.set(key, weight);
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
    const { replicas, experiment } = this.job;
    const { outputs } = replicas;
    const smoothing = experiment.loss.labelSmoothing;
    const target = targetVector(replicas.train.y[point]!, outputs);
    into.set(
      target.map((t) => (1 - smoothing) * t + smoothing / Math.max(2, outputs)),
      row * this.#last,
    );
  }

  /** Arrays of `rows` rows with each replica's training points where `rowOf` says. */
  #fill(rows: number, rowOf: (replica: number, i: number) => number): Points<tf.Tensor2D> {
    const { experiment, replicas } = this.job;
    const { count: R, train, outputs } = replicas;
    const x = new Float32Array(rows * this.#width);
    const y = new Float32Array(rows * this.#last);
    const shares = new Float32Array(rows);
    for (let r = 0; r < R; r++) {
      const labels = train.y.subarray(r * train.size, (r + 1) * train.size);
      const weights = pointWeights(experiment.loss, labels, Math.max(2, outputs));
      for (let i = 0; i < train.size; i++) {
        this.#put(x, rowOf(r, i), train.x, r * train.size + i);
        this.#targets(y, rowOf(r, i), r * train.size + i);
        if (weights) shares[rowOf(r, i)] = weights[i]!;
      }
    }
    return {
      x: tf.tensor2d(x, [rows, this.#width]),
      y: tf.tensor2d(y, [rows, this.#last]),
      shares: experiment.loss.classWeights === 'none' ? null : tf.tensor2d(shares, [rows, 1]),
    };
  }

  #all(): Points<tf.Tensor3D> {
    if (this.#full) return this.#full;
    const { count: R, train } = this.job.replicas;
    const rows = padTo(train.size, this.device.multiple);
    // What is not kept is cleared with the step's tidy.
    const flat = this.#fill(R * rows, (r, i) => r * rows + i);
    const deep = (t: tf.Tensor2D) => tf.keep(tf.reshape<tf.Rank.R3>(t, [R, rows, t.shape[1]]));
    return (this.#full = { x: deep(flat.x), y: deep(flat.y), shares: flat.shares && deep(flat.shares) });
  }

  #gathered(orders: Int32Array[], places: Places): Points<tf.Tensor3D> {
    const { count: R, train } = this.job.replicas;
    this.#pool ??= kept(() => this.#fill(R * train.size + 1, (r, i) => r * train.size + i));
    const rows = tf.tensor1d(this.rowsOf(orders, places), 'int32');
    const of = (t: tf.Tensor2D) => tf.reshape<tf.Rank.R3>(tf.gather(t, rows), [R, places.rows, t.shape[1]]);
    const { x, y, shares } = this.#pool;
    return { x: of(x), y: of(y), shares: shares && of(shares) };
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

/** Made within a tidy, but not to be cleared by it. */
function kept(make: () => Points<tf.Tensor2D>): Points<tf.Tensor2D> {
  const { x, y, shares } = make();
  return { x: tf.keep(x), y: tf.keep(y), shares: shares && tf.keep(shares) };
}
