/** @file A member of the crew as the engine's thread sees it: a worker, and the messages to and from it. */
import type { Gate, StepSettings, TrainerState } from '../trainer.ts';
import type { CrewCommand, CrewEvent } from './pool-protocol.ts';
import type { Hands, Member } from './pool-member.ts';
import type { Part, PartTrained, Points } from './shard.ts';

type Send = (command: CrewCommand, transfer?: ArrayBufferLike[]) => void;

export class WorkerMember implements Member {
  readonly #worker = new Worker(new URL('../../../workers/training-thread.ts', import.meta.url), { type: 'module' });
  readonly #shards = new Map<number, RemoteShard>();
  #named = 0;

  constructor(private readonly module: WebAssembly.Module) {
    this.#worker.onmessage = ({ data }: MessageEvent<CrewEvent>) => this.#shards.get(data.shard)?.hear(data);
    this.#worker.onerror = ({ message }) => this.#die(message || 'its script could not be loaded');
    this.#worker.onmessageerror = () => this.#die('a message could not be read');
  }

  take(part: Part): Hands {
    const send: Send = (command, transfer = []) => this.#worker.postMessage(command, transfer as ArrayBuffer[]);
    const name = ++this.#named;
    const shard = new RemoteShard(name, send, () => this.#shards.delete(name));
    this.#shards.set(name, shard);
    const own = copied(part);
    const transfer = [own.train.x, own.validation.x, own.test.x, own.y].map((array) => array.buffer);
    send({ type: 'take', shard: name, module: this.module, part: own }, transfer);
    return shard;
  }

  dispose(): void {
    this.#worker.terminate();
    this.#die('it was dismissed');
  }

  #die(why: string): void {
    for (const shard of this.#shards.values()) shard.fail(`A training thread ended: ${why}`);
  }
}

/** A view is sent with all that it is a view of: each part goes as a copy of its own. */
function copied(part: Part): Part {
  const own = ({ size, x }: Points) => ({ size, x: x.slice() });
  return {
    ...part,
    train: own(part.train),
    validation: own(part.validation),
    test: own(part.test),
    y: part.y.slice(),
  };
}

/** The rounds of one part; what is heard of a round that was given up is dropped. */
class RemoteShard implements Hands {
  #round = 0;
  #gate: Gate | null = null;
  #settle: { resolve(trained: PartTrained): void; reject(error: unknown): void } | null = null;
  #failure: Error | null = null;

  constructor(
    private readonly name: number,
    private readonly send: Send,
    private readonly forget: () => void,
  ) {}

  advance(epochs: number, settings: StepSettings, from: TrainerState | null, gate: Gate): Promise<PartTrained> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#gate = gate;
      this.#settle = { resolve, reject };
      const transfer = from ? [from.weights, ...from.slots].map((array) => array.buffer) : [];
      this.send({ type: 'advance', shard: this.name, round: ++this.#round, epochs, settings, from }, transfer);
    });
  }

  dispose(): void {
    this.send({ type: 'drop', shard: this.name });
    this.fail('This trainer was disposed of.');
    this.forget();
  }

  hear(event: CrewEvent): void {
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
      this.send({ type: 'continue', shard: this.name, round });
    } catch (error) {
      this.#settle?.reject(error);
    }
  }
}
