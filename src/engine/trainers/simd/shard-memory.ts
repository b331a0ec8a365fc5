/** @file Lays a shard's points, parameters and optimizer slots out in the kernel's memory. */
import { orderDraw } from '../../data/draws.ts';
import { pointWeights } from '../../model/objectives.ts';
import { OPTIMIZERS } from '../../training/optimizers.ts';
import type { TrainerState } from '../trainer.ts';
import { startKernel, type Kernel } from './kernel.ts';
import { Arena } from './memory.ts';
import type { Shard, ShardPoints } from './shard.ts';
import { writePlan, type KernelPlan } from './plan.ts';
import { REPLICA } from './records.ts';

/** Pointers, and the replica's number in the streams of random words. */
export interface ReplicaMemory {
  number: number;
  /** Of what kernel/plan.as calls a replica. */
  at: number;
  weights: number;
  slots: number[];
  /** Training, validation and test points. */
  sets: { size: number; x: number }[];
}

/** Room that one replica after the other uses. */
interface Scratch {
  at: number;
  view: Float32Array;
}

export class ShardMemory {
  readonly kernel: Kernel;
  readonly plan: KernelPlan;
  readonly replicas: ReplicaMemory[];
  /** One replica's outputs `[M, K]`. */
  readonly outputs: Scratch;
  /** Room for the optimizer's coefficients of each step of an epoch. */
  readonly coefficients: Float32Array;
  /** One replica's parameters `[P]` in the order of the layout. */
  readonly #flat: Scratch;

  constructor(module: WebAssembly.Module, shard: Shard) {
    const { experiment, layout, count, train, validation, test } = shard;
    const memory = new WebAssembly.Memory({ initial: 1 });
    this.kernel = startKernel(module, memory);
    const arena = new Arena(memory, this.kernel.free.value);
    const D = layout.features;
    this.plan = writePlan(arena, experiment, layout, train.size);
    const { held } = this.plan;
    const slots = OPTIMIZERS[experiment.training.optimizer.name].slots.map((_, s) => 4 * s * held);
    const shared = { size: test.size, x: arena.putFloats(test.x) };
    this.replicas = Array.from({ length: count }, (_, r) => {
      const own = ({ size, x }: ShardPoints) => ({
        size,
        x: arena.putFloats(x.subarray(r * size * D, (r + 1) * size * D)),
      });
      const sets = [own(train), own(validation), shared];
      const y = shard.y.subarray(r * train.size, (r + 1) * train.size);
      const targets = arena.putFloats(y);
      const shares = pointWeights(experiment.loss, y, Math.max(2, layout.outputs));
      const pointShares = shares ? arena.putFloats(Float32Array.from(shares)) : 0;
      const weights = arena.take(held);
      const first = arena.take(slots.length * held);
      const number = orderDraw(experiment, shard.first + r);
      // The rate factor is set for each `advance`.
      const replica = { weights, slots: first, x: sets[0]!.x, y: targets, shares: pointShares, number, rateFactor: 0 };
      const at = arena.putRecords(REPLICA, [replica]);
      return { at, number, weights, slots: slots.map((offset) => first + offset), sets };
    });
    const lengths = [(train.size + validation.size + test.size) * layout.outputs, layout.parameters];
    const places = lengths.map((length) => arena.take(length));
    // Views, since no more room is taken.
    const [outputs, flat] = places.map((at, i) => ({ at, view: arena.view(at, lengths[i]!) }));
    [this.outputs, this.#flat] = [outputs!, flat!];
    this.coefficients = arena.view(this.plan.coefficients.at, this.plan.coefficients.length);
  }

  /** Copies a replica's parameters, or a slot of them, into row `row` of an array `[rows, P]`. */
  read(held: number, into: Float32Array, row: number): void {
    this.kernel.pack(this.plan.at, held, this.#flat.at);
    into.set(this.#flat.view, row * this.#flat.view.length);
  }

  write({ weights, slots }: TrainerState): void {
    const write = (values: Float32Array, row: number, held: number) => {
      const P = this.#flat.view.length;
      this.#flat.view.set(values.subarray(row * P, (row + 1) * P));
      this.kernel.unpack(this.plan.at, this.#flat.at, held);
    };
    this.replicas.forEach((replica, r) => {
      write(weights, r, replica.weights);
      slots.forEach((slot, s) => write(slot, r, replica.slots[s]!));
    });
  }
}
