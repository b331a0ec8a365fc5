/** @file Trains a shard's replicas one after the other: this is what one thread of the pool does. */
import { dropsOut } from '../../training/disturbance.ts';
import { PURPOSES } from '../../random.ts';
import { rateAt } from '../../training/schedules.ts';
import type { StepSettings, TrainerState } from '../trainer.ts';
import { coefficientsOf } from './coefficients.ts';
import { COEFFICIENTS } from './records.ts';
import { ShardMemory, type ReplicaMemory } from './shard-memory.ts';
import type { Shard, TrainedShard } from './shard.ts';

const NAMES = Object.keys(COEFFICIENTS) as (keyof typeof COEFFICIENTS)[];

/** Multiply-adds between two looks at the clock: about half a millisecond. */
const PIECE = 2 ** 20;
/** What the update of a parameter costs, in multiply-adds. */
const UPDATE = 10;
/** What a training point costs, in evaluations. */
const THERE_AND_BACK = 3;

export class ShardTrainer {
  readonly #memory: ShardMemory;
  #epoch = 0;
  #step = 0;
  /** Multiply-adds since this `train` began, and when it last looked up. */
  #work = 0;
  #seen = 0;

  constructor(
    module: WebAssembly.Module,
    private readonly shard: Shard,
  ) {
    this.#memory = new ShardMemory(module, shard);
  }

  restore(state: TrainerState): void {
    this.#memory.write(state);
    this.#epoch = state.epoch;
    this.#step = state.step;
  }

  /** Trains whole epochs; says after each piece of work how many of them are done, with fractions. */
  *train(epochs: number, { batch, rates }: StepSettings): Generator<number, TrainedShard> {
    const { count, layout } = this.shard;
    const memory = this.#memory;
    const outputs = new Float32Array(epochs * count * memory.outputs.view.length);
    const weights = new Float32Array(epochs * count * layout.parameters);
    this.#work = this.#seen = 0;
    memory.replicas.forEach((replica, r) => memory.kernel.setRateFactor(replica.at, rates[r]!));
    const steps = Math.ceil(this.shard.train.size / batch);
    for (let row = 0; row < epochs * count; row++) {
      const r = row % count;
      if (r === 0) this.#writeCoefficients(steps);
      const replica = memory.replicas[r]!;
      for (const _ of this.#trainEpoch(replica, batch)) yield this.#done(epochs, steps);
      for (const _ of this.#evaluate(replica)) yield this.#done(epochs, steps);
      outputs.set(memory.outputs.view, row * memory.outputs.view.length);
      memory.read(replica.weights, weights, row);
      if (r < count - 1) continue;
      this.#epoch += 1;
      this.#step += steps;
    }
    const slots = memory.replicas[0]!.slots.map((_, s) => {
      const slot = new Float32Array(count * layout.parameters);
      memory.replicas.forEach((replica, r) => memory.read(replica.slots[s]!, slot, r));
      return slot;
    });
    return { count: epochs, outputs, weights, slots };
  }

  /** Yields where a piece of work is done. */
  *#trainEpoch(replica: ReplicaMemory, batch: number): Generator<void> {
    const { kernel, plan } = this.#memory;
    const { experiment, train } = this.shard;
    // A full batch has the same gradient in any order, unless its points are disturbed by their places in it.
    const disturbed = dropsOut(experiment) || experiment.training.inputNoise > 0;
    const order = batch < train.size || disturbed ? plan.order : 0;
    if (order) {
      kernel.shuffle(order, train.size, experiment.seed, PURPOSES.indexOf('order'), replica.number, this.#epoch);
    }
    kernel.startEpoch(plan.at, this.#epoch, batch, order);
    const cost = plan.held * (THERE_AND_BACK + UPDATE / batch);
    const points = Math.ceil(PIECE / cost);
    for (let at = 0; at < train.size;) {
      const from = at;
      at = kernel.train(plan.at, replica.at, at, Math.min(at + points, train.size));
      if (this.#isPiece((at - from) * cost)) yield;
    }
  }

  *#evaluate({ weights, sets }: ReplicaMemory): Generator<void> {
    const { kernel, plan, outputs } = this.#memory;
    const { features, outputs: K } = this.shard.layout;
    const points = Math.ceil(PIECE / plan.held);
    let into = outputs.at;
    for (const { size, x } of sets) {
      for (let at = 0; at < size; at += points) {
        const some = Math.min(points, size - at);
        kernel.evaluate(plan.at, weights, x + 4 * at * features, some, into);
        into += 4 * some * K;
        if (this.#isPiece(some * plan.held)) yield;
      }
    }
  }

  #isPiece(work: number): boolean {
    this.#work += work;
    if (this.#work - this.#seen < PIECE) return false;
    this.#seen = this.#work;
    return true;
  }

  #done(epochs: number, steps: number): number {
    const { plan } = this.#memory;
    const { count, train, validation, test } = this.shard;
    const evaluated = train.size + validation.size + test.size;
    const epoch = count * plan.held * (THERE_AND_BACK * train.size + UPDATE * steps + evaluated);
    return Math.min(this.#work / epoch, epochs);
  }

  /** Of the steps of the epoch to come. */
  #writeCoefficients(steps: number): void {
    const { coefficients } = this.#memory;
    const { experiment } = this.shard;
    for (let place = 0; place < steps; place++) {
      const rate = rateAt(experiment, this.#epoch, place, steps);
      const values = coefficientsOf(experiment.training, rate, this.#step + place + 1);
      // All of them are float32: a field's place in the list is its word.
      NAMES.forEach((name, i) => (coefficients[place * NAMES.length + i] = values[name]));
    }
  }
}
