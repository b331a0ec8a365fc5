/**
 * @file The ensemble in jax-js, as fast as it was found to go: all parameters in one array, replicas as the leading
 * axis of every product, several optimizer steps compiled into one function, minibatches gathered before they are
 * uploaded. Tried and slower: parameters as a tree, one function a step, and threads on a cross-origin isolated page.
 */
import { blockUntilReady, defaultDevice, grad, init, jit, nn, numpy as np } from '@jax-js/jax';
import { batchSizeOf, epochOrder, stepsPerEpoch } from '../../src/engine/training/batches.ts';
import { initialWeights } from '../../src/engine/model/network.ts';
import { targetVector } from '../../src/engine/model/objectives.ts';
import type { Gate, Job, TrainedEpochs } from '../../src/engine/trainers/trainer.ts';

/** Steps compiled into one function. */
const STRETCH = 8;

/** Tuples, since the library's trees take no interfaces: weights and Adam's two slots `[R, P]`, and `[β₁ᵗ, β₂ᵗ]`. */
type State = [theta: np.Array, m: np.Array, v: np.Array, powers: np.Array];

export async function openJax(device: 'webgpu' | 'wasm'): Promise<void> {
  if (!(await init(device)).includes(device)) throw new Error(`jax-js has no ${device} here`);
  defaultDevice(device);
}

/** The network and its training as functions that own their arguments, as the library's reference counts want it. */
function functionsOf({ experiment, layout, replicas }: Job) {
  const { optimizer } = experiment.training;
  if (optimizer.name !== 'adam') throw new Error(`${optimizer.name}: only Adam is written for jax-js`);
  const { beta1, beta2, epsilon, learningRate } = optimizer;
  const R = replicas.count;
  const last = layout.layers.length - 1;

  /** The last linear outputs `[R, n, K]` at x `[R, n, D]`. */
  const forward = (theta: np.Array, x: np.Array): np.Array => {
    const outputs = layout.layers.reduce((a, { inputs, outputs, weights, biases }, l) => {
      const w = theta.ref.slice([], [weights, biases]).reshape([R, inputs, outputs]);
      const b = theta.ref.slice([], [biases, biases + outputs]).reshape([R, 1, outputs]);
      const z = np.matmul(a, w).add(b);
      return l < last ? np.tanh(z) : z;
    }, x);
    theta.dispose();
    return outputs;
  };

  const gradient = grad((theta: np.Array, x: np.Array, y: np.Array): np.Array => {
    const n = y.shape[1]!;
    const z = forward(theta, x);
    return experiment.objective === 'squared-error'
      ? np
          .square(z.sub(y))
          .sum()
          .mul(1 / n)
      : nn
          .logSoftmax(z, -1)
          .mul(y)
          .sum()
          .mul(-1 / n);
  });

  const step = ([theta, m, v, powers]: State, x: np.Array, y: np.Array): State => {
    const g = gradient(theta.ref, x, y);
    const mean = m.mul(beta1).add(g.ref.mul(1 - beta1));
    const square = v.mul(beta2).add(np.square(g).mul(1 - beta2));
    const power = powers.mul(np.array([beta1, beta2]));
    const mHat = mean.ref.div(np.subtract(1, power.ref.slice(0)));
    const vHat = square.ref.div(np.subtract(1, power.ref.slice(1)));
    return [theta.sub(mHat.mul(learningRate).div(np.sqrt(vHat).add(epsilon))), mean, square, power];
  };

  /** One step for each of the minibatches `[S, R, B, D]` and their targets `[S, R, B, K]`. */
  const stretch = (state: State, xs: np.Array, ys: np.Array): State => {
    const S = xs.shape[0]!;
    for (let s = 0; s < S; s++) state = step(state, xs.ref.slice(s), ys.ref.slice(s));
    xs.dispose();
    ys.dispose();
    return state;
  };

  return { forward: jit(forward), stretch: jit(stretch) };
}

export class JaxTrainer {
  readonly #batch: number;
  readonly #steps: number;
  /** `[R, M, D]` */
  readonly #evaluated: np.Array;
  /** `[R, size, K]` */
  readonly #targets: Float32Array;
  /** The only minibatch, if there is but one. */
  readonly #whole: Batches | null;
  readonly #functions: ReturnType<typeof functionsOf>;
  #state: State;
  #epoch = 0;

  constructor(private readonly job: Job) {
    const { experiment, layout, replicas } = job;
    const { count: R, features: D, outputs: K, train } = replicas;
    this.#batch = batchSizeOf(experiment, train.size);
    this.#steps = stepsPerEpoch(experiment, train.size);
    if (train.size % this.#batch !== 0 || this.#steps % Math.min(STRETCH, this.#steps) !== 0)
      throw new Error(`${train.size} points in batches of ${this.#batch}: only equal stretches are written for jax-js`);
    this.#functions = functionsOf(job);
    const shape = [R, layout.parameters];
    const weights = new Float32Array(R * layout.parameters);
    for (let r = 0; r < R; r++) weights.set(initialWeights(layout, experiment, r), r * layout.parameters);
    this.#state = [np.array(weights, { shape }), np.zeros(shape), np.zeros(shape), np.ones([2])];
    this.#targets = new Float32Array(R * train.size * K);
    train.y.forEach((y, i) => this.#targets.set(targetVector(y, K), i * K));
    const parts = evaluatedPoints(job);
    this.#evaluated = np.array(parts, { shape: [R, parts.length / (R * D), D] });
    this.#whole = this.#steps === 1 ? this.#upload(0, 1, null) : null;
  }

  async advance(epochs: number, gate: Gate): Promise<TrainedEpochs> {
    const outputs: np.Array[] = [];
    const thetas: np.Array[] = [];
    for (let e = 0; e < epochs; e++) {
      await this.#train((share) => gate(e + share));
      const [theta] = this.#state;
      thetas.push(theta.ref);
      outputs.push(this.#functions.forward(theta.ref, this.#evaluated.ref));
    }
    const trained = { count: epochs, outputs: await readAll(outputs), weights: await readAll(thetas) };
    await gate(epochs);
    return trained;
  }

  async settle(): Promise<void> {
    await blockUntilReady(this.#state);
  }

  dispose(): void {
    for (const array of [...this.#state, this.#evaluated, ...(this.#whole ?? [])]) array.dispose();
    this.#functions.forward.dispose();
    this.#functions.stretch.dispose();
  }

  /** One epoch; `gate` hears the share of it that is done. */
  async #train(gate: (share: number) => Promise<void>): Promise<void> {
    const { experiment, replicas } = this.job;
    const { count: R, train } = replicas;
    const epoch = this.#epoch++;
    const orders = this.#whole
      ? null
      : Array.from({ length: R }, (_, r) => epochOrder(experiment, train.size, r, epoch));
    const together = Math.min(STRETCH, this.#steps);
    for (let s = 0; s < this.#steps; s += together) {
      await gate(s / (this.#steps + 1));
      const [x, y] = orders ? this.#upload(s, together, orders) : [this.#whole![0].ref, this.#whole![1].ref];
      this.#state = this.#functions.stretch(this.#state, x, y);
      // As the library recommends, so that work does not pile up.
      if (s + together < this.#steps) await blockUntilReady(this.#state[3]);
    }
  }

  /** Some minibatches as `[count, R, B, D]` and `[count, R, B, K]`. */
  #upload(first: number, count: number, orders: Int32Array[] | null): Batches {
    const { count: R, features: D, outputs: K, train } = this.job.replicas;
    const B = this.#batch;
    const x = new Float32Array(count * R * B * D);
    const y = new Float32Array(count * R * B * K);
    for (let s = 0; s < count; s++) {
      for (let r = 0; r < R; r++) {
        for (let b = 0; b < B; b++) {
          const i = (first + s) * B + b;
          const from = r * train.size + (orders ? orders[r]![i]! : i);
          const into = (s * R + r) * B + b;
          for (let d = 0; d < D; d++) x[into * D + d] = train.x[from * D + d]!;
          for (let k = 0; k < K; k++) y[into * K + k] = this.#targets[from * K + k]!;
        }
      }
    }
    return [np.array(x, { shape: [count, R, B, D] }), np.array(y, { shape: [count, R, B, K] })];
  }
}

type Batches = [x: np.Array, y: np.Array];

/** Training, validation and test points of each replica, `[R, M, D]`. */
function evaluatedPoints({ replicas }: Job): Float32Array {
  const { count: R, features: D, train, validation, test } = replicas;
  const M = train.size + validation.size + test.size;
  const x = new Float32Array(R * M * D);
  for (let r = 0; r < R; r++) {
    x.set(train.x.subarray(r * train.size * D, (r + 1) * train.size * D), r * M * D);
    x.set(validation.x.subarray(r * validation.size * D, (r + 1) * validation.size * D), (r * M + train.size) * D);
    x.set(test.x, (r * M + train.size + validation.size) * D);
  }
  return x;
}

/** Arrays of one length, one after the other. */
async function readAll(arrays: np.Array[]): Promise<Float32Array> {
  const parts = (await Promise.all(arrays.map((array) => array.data()))) as Float32Array[];
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  parts.forEach((part, i) => all.set(part, i * part.length));
  return all;
}
