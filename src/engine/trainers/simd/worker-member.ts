/** @file A member of the pool in a thread of its own: starts the worker and exchanges messages with it. */
import type { Gate, StepSettings, TrainerState } from '../trainer.ts';
import type { PoolCommand, PoolEvent } from './pool-protocol.ts';
import type { PoolMember, ShardTraining } from './pool-member.ts';
import type { Shard, ShardPoints, TrainedShard } from './shard.ts';

type Send = (command: PoolCommand, transfer?: ArrayBufferLike[]) => void;

export class WorkerMember implements PoolMember {
  readonly #worker = new Worker(new URL('../../../workers/training-thread-entry.ts', import.meta.url), {
    type: 'module',
  });
  readonly #trainings = new Map<number, RemoteTraining>();
  #lastId = 0;

  constructor(private readonly module: WebAssembly.Module) {
    this.#worker.onmessage = ({ data }: MessageEvent<PoolEvent>) => this.#trainings.get(data.id)?.hear(data);
    this.#worker.onerror = ({ message }) => this.#die(message || 'its script could not be loaded');
    this.#worker.onmessageerror = () => this.#die('a message could not be read');
  }

  take(shard: Shard): ShardTraining {
    const send: Send = (command, transfer = []) => this.#worker.postMessage(command, transfer as ArrayBuffer[]);
    const id = ++this.#lastId;
    const training = new RemoteTraining(id, send, () => this.#trainings.delete(id));
    this.#trainings.set(id, training);
    const own = copied(shard);
    const transfer = [own.train.x, own.validation.x, own.test.x, own.y].map((array) => array.buffer);
    send({ type: 'take', id, module: this.module, shard: own }, transfer);
    return training;
  }

  dispose(): void {
    this.#worker.terminate();
    this.#die('it was dismissed');
  }

  #die(why: string): void {
    for (const training of this.#trainings.values()) training.fail(`A training thread ended: ${why}`);
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

/** One shard, trained in the worker; messages of a round that was given up are dropped. */
class RemoteTraining implements ShardTraining {
  #round = 0;
  #gate: Gate | null = null;
  #settle: { resolve(trained: TrainedShard): void; reject(error: unknown): void } | null = null;
  #failure: Error | null = null;

  constructor(
    private readonly id: number,
    private readonly send: Send,
    private readonly forget: () => void,
  ) {}

  advance(epochs: number, settings: StepSettings, from: TrainerState | null, gate: Gate): Promise<TrainedShard> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#gate = gate;
      this.#settle = { resolve, reject };
      const transfer = from ? [from.weights, ...from.slots].map((array) => array.buffer) : [];
      this.send({ type: 'advance', id: this.id, round: ++this.#round, epochs, settings, from }, transfer);
    });
  }

  dispose(): void {
    this.send({ type: 'drop', id: this.id });
    this.fail('This trainer was disposed of.');
    this.forget();
  }

  hear(event: PoolEvent): void {
    switch (event.type) {
      case 'failed':
        return this.fail(event.message);
      case 'trained':
        if (event.round !== this.#round) return;
        this.#settle?.resolve(event.trained);
        this.#settle = null;
        return;
      case 'sliced':
        if (event.round === this.#round) void this.#ask(event.round, event.done);
        return;
      default:
        event satisfies never;
    }
  }

  fail(message: string): void {
    this.#failure = new Error(message);
    this.#settle?.reject(this.#failure);
    this.#settle = null;
  }

  async #ask(round: number, done: number): Promise<void> {
    try {
      await this.#gate?.(done);
      this.send({ type: 'continue', id: this.id, round });
    } catch (error) {
      this.#settle?.reject(error);
    }
  }
}
