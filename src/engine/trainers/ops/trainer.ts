/** @file Trains all replicas in lockstep as batched TensorFlow.js operations, on whichever backend is active. */
import * as tf from '@tensorflow/tfjs-core';
import { ACTIVATIONS } from '../../model/activations.ts';
import { initialWeights } from '../../model/network.ts';
import { OPTIMIZERS, weightDecayOf } from '../../training/optimizers.ts';
import { initialStepSettings } from '../../training/initial-step-settings.ts';
import { rateAt } from '../../training/schedules.ts';
import { checkState } from '../check-state.ts';
import type { Gate, Job, TrainedEpochs, Trainer, TrainerState } from '../trainer.ts';
import { Data, type Batch, type Evaluated } from './data.ts';
import type { OpsDevice } from './device.ts';
import { clipOps, limitNormsOps } from './limits.ts';
import { constantsOf, forwardOps, gradientOps, parametersOf, type Constants } from './network.ts';
import { updateOps } from './optimizers.ts';
import { pad, padLayout, unpad, type PaddedLayout } from './padding.ts';

/** Tensors are never changed in place, so an older state stays good while newer ones are made. */
interface State {
  epoch: number;
  step: number;
  /** `[R, P′]` */
  theta: tf.Tensor;
  slots: tf.Tensor[];
}

const disposeState = (state: State) => tf.dispose([state.theta, ...state.slots]);
const cloned = (state: State): State => ({
  ...state,
  theta: tf.clone(state.theta),
  slots: state.slots.map((s) => tf.clone(s)),
});

export class OpsTrainer implements Trainer {
  readonly #layout: PaddedLayout;
  readonly #data: Data;
  readonly #constants: Constants;
  /** Where the last `advance` ended. */
  #committed: State;

  constructor(
    private readonly job: Job,
    private readonly device: OpsDevice,
  ) {
    const { experiment, layout, replicas } = job;
    this.#layout = padLayout(layout, device.multiple);
    this.#data = new Data(job, this.#layout, device);
    this.#constants = constantsOf(this.#layout, ACTIVATIONS[experiment.model.activation].value(0));
    const weights = new Float32Array(replicas.count * layout.parameters);
    for (let r = 0; r < replicas.count; r++) weights.set(initialWeights(layout, experiment, r), r * layout.parameters);
    const slots = OPTIMIZERS[experiment.training.optimizer.name].slots.map(() => new Float32Array(weights.length));
    this.#committed = this.#upload({ epoch: 0, step: 0, weights, slots });
  }

  get backend() {
    return this.device.name;
  }

  async advance(epochs: number, gate: Gate, settings = initialStepSettings(this.job)): Promise<TrainedEpochs> {
    let state = cloned(this.#committed);
    const outputs: tf.Tensor[] = [];
    const thetas: tf.Tensor[] = [];
    const rates = settings.rates.every((rate) => rate === 1)
      ? null
      : tf.tensor2d(settings.rates, [settings.rates.length, 1]);
    try {
      const { evaluated } = this.#data;
      const steps = this.#data.stepsOf(settings.batch);
      const pieces = steps + evaluated.length;
      let done = 0;
      for (let e = 0; e < epochs; e++) {
        const orders = once(() => this.#data.ordersOf(state.epoch));
        for (let s = 0; s < steps; s++) {
          await gate(done++ / pieces);
          state = this.#replace(state, () => {
            const rate = rateAt(this.job.experiment, state.epoch, s, steps);
            const batch = this.#data.batch(orders, state.epoch, s, settings.batch);
            return this.#step(state, batch, rates ? tf.mul(rates, rate) : rate);
          });
          await this.device.throttle();
        }
        state.epoch += 1;
        for (const part of evaluated) {
          await gate(done++ / pieces);
          outputs.push(tf.tidy(() => this.#evaluate(state.theta, part)));
        }
        thetas.push(tf.clone(state.theta));
      }
      const trained = {
        count: epochs,
        outputs: this.#joined(await readAll(outputs)),
        weights: unpad(this.#layout, flat(await readAll(thetas))),
      };
      // Here rather than after the commit: what is held back at the gate is not in a snapshot either.
      await gate(epochs);
      [state, this.#committed] = [this.#committed, state];
      return trained;
    } finally {
      disposeState(state);
      tf.dispose([outputs, thetas]);
      rates?.dispose();
    }
  }

  async snapshot(): Promise<TrainerState> {
    // Clones, since the originals may be disposed of while they are read.
    const state = cloned(this.#committed);
    try {
      const read = async (t: tf.Tensor) => unpad(this.#layout, (await t.data()) as Float32Array);
      const slots: Float32Array[] = [];
      for (const slot of state.slots) slots.push(await read(slot));
      return { epoch: state.epoch, step: state.step, weights: await read(state.theta), slots };
    } finally {
      disposeState(state);
    }
  }

  restore(state: TrainerState): void {
    checkState(state, this.job);
    const old = this.#committed;
    this.#committed = this.#upload(state);
    disposeState(old);
  }

  dispose(): void {
    disposeState(this.#committed);
    this.#data.dispose();
    const { ones, units, absent, real, weights } = this.#constants;
    tf.dispose([ones, units, absent, real, weights] as tf.TensorContainer);
  }

  #upload({ epoch, step, weights, slots }: TrainerState): State {
    const shape: [number, number] = [this.job.replicas.count, this.#layout.length];
    const upload = (values: Float32Array) => tf.tensor2d(pad(this.#layout, values), shape);
    return { epoch, step, theta: upload(weights), slots: slots.map(upload) };
  }

  /** Makes the next state and disposes of the one before. */
  #replace(old: State, next: () => State): State {
    let state = old;
    tf.tidy(() => {
      state = next();
      return [state.theta, ...state.slots];
    });
    disposeState(old);
    return state;
  }

  #step({ epoch, step, theta, slots }: State, batch: Batch, rate: tf.Tensor | number): State {
    const { experiment } = this.job;
    const { training } = experiment;
    const { weights } = this.#constants;
    const gradient = clipOps(gradientOps(this.#layout, experiment, theta, this.#constants, batch), training);
    const share = weightDecayOf(training);
    const decayed = share > 0 ? tf.sub(theta, tf.mul(tf.mul(tf.mul(theta, weights), rate), share)) : theta;
    const updated = updateOps(training.optimizer, rate, decayed, gradient, slots, step + 1);
    const limited =
      training.maxNorm > 0 ? limitNormsOps(this.#layout, updated.theta, weights, training.maxNorm) : updated.theta;
    return { epoch, step: step + 1, theta: limited, slots: updated.slots };
  }

  /** `[R, real, K]` */
  #evaluate(theta: tf.Tensor, { x, real }: Evaluated): tf.Tensor {
    const { count: R, outputs: K } = this.job.replicas;
    const { z } = forwardOps(this.#layout, parametersOf(this.#layout, theta), this.#constants, x);
    return tf.slice(z.at(-1)!, [0, 0, 0], [R, real, K]);
  }

  /** The evaluated parts of some epochs, `[R, real, K]` each, as `[epochs, R, M, K]`. */
  #joined(parts: Float32Array[]): Float32Array {
    const { count: R, outputs: K } = this.job.replicas;
    const { evaluated } = this.#data;
    if (evaluated.length === 1) return flat(parts);
    const M = evaluated.reduce((sum, part) => sum + part.real, 0);
    const all = new Float32Array((parts.length / evaluated.length) * R * M * K);
    let epoch = 0;
    for (let first = 0; first < parts.length; first += evaluated.length, epoch++) {
      let from = 0;
      evaluated.forEach(({ real }, p) => {
        for (let r = 0; r < R; r++) {
          const rows = parts[first + p]!.subarray(r * real * K, (r + 1) * real * K);
          all.set(rows, ((epoch * R + r) * M + from) * K);
        }
        from += real;
      });
    }
    return all;
  }
}

/** Reads some tensors back together. */
function readAll(tensors: tf.Tensor[]): Promise<Float32Array[]> {
  return Promise.all(tensors.map(async (t) => (await t.data()) as Float32Array));
}

/** Arrays of one length, one after the other. */
function flat(parts: Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  parts.forEach((part, i) => all.set(part, i * part.length));
  return all;
}

/** Made at the first call. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
