/** @file A member of the pool in a thread of its own: starts the worker and exchanges messages with it. */
import { allowOwnWorkers } from '../../worker-addresses.ts';
import { WorkerClient, type News } from '../../worker-client.ts';
import type { Gate, StepSettings, TrainerState } from '../trainer.ts';
import type { PoolCommand, PoolEvent } from './pool-protocol.ts';
import type { PoolMember, ShardTraining } from './pool-member.ts';
import type { Shard, ShardPoints, TrainedShard } from './shard.ts';

type Client = WorkerClient<PoolCommand, PoolEvent, { advance: 'trained' }>;

const timers = { after: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };

export class WorkerMember implements PoolMember {
  readonly #client: Client = new WorkerClient({
    name: 'A training thread',
    open: () => new Worker(new URL('../../../workers/training-thread-entry.ts', import.meta.url), { type: 'module' }),
    clock: timers,
    heard: (event) => this.#trainings.get(event.id)?.hear(event),
    lost: ({ message }) => this.#lose(message),
  });
  /** Of the shards that the worker holds. */
  readonly #trainings = new Map<number, RemoteTraining>();
  #lastId = 0;

  constructor(private readonly module: WebAssembly.Module) {
    allowOwnWorkers();
  }

  take(shard: Shard): ShardTraining {
    const id = ++this.#lastId;
    const training = new RemoteTraining(id, this.#client, () => this.#trainings.delete(id));
    this.#trainings.set(id, training);
    const own = copied(shard);
    const transfer = [own.train.x, own.validation.x, own.test.x, own.y].map((array) => array.buffer);
    this.#client.post({ type: 'take', id, module: this.module, shard: own }, transfer);
    return training;
  }

  dispose(): void {
    const message = 'A training thread ended: it was dismissed';
    this.#client.stop(message);
    this.#lose(message);
  }

  /** Another thread would not have the shards. */
  #lose(message: string): void {
    for (const training of this.#trainings.values()) training.fail(message);
  }
}

/** Sending a view sends the whole buffer behind it: each shard is sent as a copy of its own. */
function copied(shard: Shard): Shard {
  const own = ({ size, x }: ShardPoints) => ({ size, x: x.slice() });
  return {
    ...shard,
    train: own(shard.train),
    validation: own(shard.validation),
    test: own(shard.test),
    y: shard.y.slice(),
  };
}

/** One shard, trained in the worker; slices of a round that was given up are not continued. */
class RemoteTraining implements ShardTraining {
  #round = 0;
  #gate: Gate | null = null;
  #giveUp: (reason: unknown) => void = () => {};
  #failure: Error | null = null;

  constructor(
    private readonly id: number,
    private readonly client: Client,
    private readonly forget: () => void,
  ) {}

  advance(epochs: number, settings: StepSettings, from: TrainerState | null, gate: Gate): Promise<TrainedShard> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#gate = gate;
      this.#giveUp = reject;
      const { id } = this;
      const transfer = from ? [from.weights, ...from.slots].map((array) => array.buffer as ArrayBuffer) : [];
      this.client
        .request({ type: 'advance', id, round: ++this.#round, epochs, settings, from }, transfer)
        .then(({ trained }) => resolve(trained), reject);
    });
  }

  dispose(): void {
    if (!this.#failure) this.client.post({ type: 'drop', id: this.id });
    this.fail('This trainer was disposed of.');
    this.forget();
  }

  hear(event: News<PoolEvent>): void {
    if (event.type === 'failed') return this.fail(event.message);
    if (event.round === this.#round) void this.#ask(event.round, event.done);
  }

  fail(message: string): void {
    this.#failure ??= new Error(message);
    this.#giveUp(this.#failure);
  }

  async #ask(round: number, done: number): Promise<void> {
    try {
      await this.#gate?.(done);
      if (!this.#failure) this.client.post({ type: 'continue', id: this.id, round });
    } catch (error) {
      this.#giveUp(error);
    }
  }
}
