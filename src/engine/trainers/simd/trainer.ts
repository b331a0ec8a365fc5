/** @file Trains on the processor: a WebAssembly kernel of our own, the replicas shared out among a pool of workers. */
import { initialWeights } from '../../model/network.ts';
import { OPTIMIZERS } from '../../training/optimizers.ts';
import { initialStepSettings } from '../../training/initial-step-settings.ts';
import { checkState } from '../check-state.ts';
import type { Gate, Job, StepSettings, TrainedEpochs, Trainer, TrainerState } from '../trainer.ts';
import type { WorkerPool } from './worker-pool.ts';
import type { ShardTraining } from './pool-member.ts';
import { joined, shardSettings, shardsOf, shardState, type Shard } from './shard.ts';
import { sharedGate } from './shared-gate.ts';

export class SimdTrainer implements Trainer {
  readonly backend = 'wasm';
  readonly #shards: Shard[];
  readonly #trainings: ShardTraining[];
  /** Where the last `advance` ended; its arrays stay as they are. */
  #committed: TrainerState;
  /** Whether the members of the pool are at the committed state, too. */
  #inStep = false;

  constructor(
    private readonly job: Job,
    pool: WorkerPool,
  ) {
    const { experiment, layout, replicas } = job;
    this.#shards = shardsOf(job, Math.min(pool.members.length, replicas.count));
    this.#trainings = this.#shards.map((shard, i) => pool.members[i]!.take(shard));
    const weights = new Float32Array(replicas.count * layout.parameters);
    for (let r = 0; r < replicas.count; r++) weights.set(initialWeights(layout, experiment, r), r * layout.parameters);
    const slots = OPTIMIZERS[experiment.training.optimizer.name].slots.map(() => new Float32Array(weights.length));
    this.#committed = { epoch: 0, step: 0, weights, slots };
  }

  async advance(
    epochs: number,
    gate: Gate,
    settings: StepSettings = initialStepSettings(this.job),
  ): Promise<TrainedEpochs> {
    await gate(0);
    const { epoch, step, slots } = this.#committed;
    const from = this.#inStep ? null : this.#committed;
    this.#inStep = false;
    const shared = sharedGate(gate, this.#trainings.length);
    const rounds = this.#trainings.map((training, i) => {
      const shard = this.#shards[i]!;
      return training.advance(epochs, shardSettings(shard, settings), from && shardState(shard, from), shared.of(i));
    });
    const trained = await Promise.all(rounds).finally(shared.close);
    const outputs = joined(
      trained.map((shard) => shard.outputs),
      epochs,
    );
    const weights = joined(
      trained.map((shard) => shard.weights),
      epochs,
    );
    // Here rather than after the commit: what is held back at the gate is not in a snapshot either.
    await gate(epochs);
    this.#committed = {
      epoch: epoch + epochs,
      step: step + epochs * Math.ceil(this.job.replicas.train.size / settings.batch),
      weights: weights.slice(-weights.length / epochs),
      slots: slots.map((_, s) =>
        joined(
          trained.map((shard) => shard.slots[s]!),
          1,
        ),
      ),
    };
    this.#inStep = true;
    return { count: epochs, outputs, weights };
  }

  async snapshot(): Promise<TrainerState> {
    return copied(this.#committed);
  }

  restore(state: TrainerState): void {
    checkState(state, this.job);
    this.#committed = copied(state);
    this.#inStep = false;
  }

  /** The pool stays for the next trainer. */
  dispose(): void {
    for (const training of this.#trainings) training.dispose();
  }
}

function copied({ epoch, step, weights, slots }: TrainerState): TrainerState {
  return { epoch, step, weights: weights.slice(), slots: slots.map((slot) => slot.slice()) };
}
