/**
 * @file The engine's thread as the page meets it: real worker, real devices, commands in and events out. Long: the client of
 * the test, and every command on every device.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT, type Experiment, type Policy, type RulePolicy } from '../engine/experiment/experiment.ts';
import { pastOf } from '../engine/record/recorded-block.ts';
import { drawReplicas } from '../engine/data/replicas.ts';
import { runDataOf } from '../engine/prepare.ts';
import type { Command, EngineState, Event } from '../engine/protocol.ts';
import { Tape, type Block } from '../engine/record/tape.ts';
import type { BackendName } from '../engine/trainers/trainer.ts';
import { kerasPolicy } from '../stopping/keras.testing.ts';

type Of<T extends Event['type']> = Extract<Event, { type: T }>;

const dataOf = (experiment: Experiment) => runDataOf(experiment, drawReplicas(experiment, null));

class Engine {
  readonly heard: Event[] = [];
  #worker = new Worker(new URL('./engine-entry.ts', import.meta.url), { type: 'module' });
  #changed = new Set<() => void>();
  #run = 0;
  #request = 0;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Event>) => {
      this.heard.push(data);
      for (const changed of this.#changed) changed();
    };
  }

  send(command: Omit<Command, 'run'> & Record<string, unknown>): number {
    if (command.type === 'prepare') this.#run += 1;
    this.#worker.postMessage({ run: this.#run, ...command });
    return this.heard.length;
  }

  prepare(
    experiment: Experiment,
    backend: BackendName | 'auto' = 'wasm',
    resume: EngineState | null = null,
    past: Block | null = null,
  ) {
    const since = this.send({ type: 'prepare', experiment, data: dataOf(experiment), backend, resume, past });
    return this.next(['prepared', 'failed'], since);
  }

  /** Trains to the end of a run and returns it. */
  train(until: number) {
    return this.next(['finished', 'failed'], this.send({ type: 'train', until }));
  }

  async ask<T extends Event['type']>(command: Record<string, unknown>): Promise<Of<T> | Of<'refused'>> {
    const request = ++this.#request;
    this.send({ ...command, request } as never);
    const answers = (event: Event) => 'request' in event && event.request === request;
    return (await this.#find(answers, 0)) as Of<T> | Of<'refused'>;
  }

  next<T extends Event['type']>(types: T[], since: number): Promise<Of<T>> {
    return this.#find((event) => types.includes(event.type as T), since) as Promise<Of<T>>;
  }

  close(): void {
    this.#worker.terminate();
  }

  #find(wanted: (event: Event) => boolean, since: number): Promise<Event> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.heard.slice(since).find(wanted);
        if (!found) return;
        this.#changed.delete(look);
        resolve(found);
      };
      this.#changed.add(look);
      look();
    });
  }
}

const small = (training: Partial<Experiment['training']> = {}, more: Partial<Experiment> = {}): Experiment => ({
  ...DEFAULT_EXPERIMENT,
  replicas: { ...DEFAULT_EXPERIMENT.replicas, count: 3 },
  model: { ...DEFAULT_EXPERIMENT.model, hidden: [6] },
  training: { ...DEFAULT_EXPERIMENT.training, batchSize: 8, ...training },
  ...more,
});

const engines: Engine[] = [];
function start(): Engine {
  const engine = new Engine();
  engines.push(engine);
  return engine;
}
afterEach(() => engines.splice(0).forEach((engine) => engine.close()));

const stateOf = async (engine: Engine) => {
  const reply = await engine.ask<'snapshotTaken'>({ type: 'snapshot' });
  if (reply.type === 'refused') throw new Error(reply.message);
  return reply.state;
};

describe.each(['webgpu', 'wasm'] as const)('%s', (backend) => {
  it('trains, names its device, and goes on bit by bit after save and load', async () => {
    const engine = start();
    expect(await engine.prepare(small(), backend)).toMatchObject({
      type: 'prepared',
      device: { chosen: { backend, failure: null } },
      shape: { replicas: 3, epochs: 400, points: 256, outputs: 1, classification: false },
      parameters: 19,
    });
    expect(await engine.train(20)).toMatchObject({ type: 'finished', epoch: 20, why: 'reached' });
    const blocks = engine.heard.filter((event) => event.type === 'trained').map((event) => event.block);
    expect(blocks.reduce((end, block) => (block.first === end ? end + block.count : NaN), 0)).toBe(20);
    const expected = await stateOf(engine);

    await engine.prepare(small(), backend);
    await engine.train(10);
    const saved = structuredClone(await stateOf(engine));
    await engine.prepare(small(), backend, saved);
    await engine.train(20);
    // The clock alone runs otherwise.
    const pace = { ...expected.pace, seconds: expect.any(Number) };
    expect(await stateOf(engine)).toEqual({ ...expected, pace });
  });

  it('comes to rest when paused, answers there, and goes on', async () => {
    const engine = start();
    await engine.prepare(small({ batchSize: 1 }), backend);
    const since = engine.send({ type: 'train', until: 30 } as never);
    await engine.next(['trained'], since);
    const pausing = engine.send({ type: 'pause' } as never);
    const { epoch } = await engine.next(['paused'], pausing);
    expect(epoch).toBeLessThan(30);
    const told = engine.heard.length;
    const state = await stateOf(engine);
    expect(state.trainer.epoch).toBe(epoch);
    expect(engine.heard.slice(told).map((event) => event.type)).toEqual(['snapshotTaken']);
    // One step, from where it was; then to the end.
    expect(await engine.train(epoch + 1)).toMatchObject({ type: 'finished', epoch: epoch + 1 });
    expect(await engine.train(30)).toMatchObject({ type: 'finished', epoch: 30, why: 'reached' });
  });
});

it('chooses by itself, and reports a trial of every backend', async () => {
  const prepared = await start().prepare(small(), 'auto');
  if (prepared.type === 'failed') throw new Error(prepared.message);
  const { trials, chosen, reason } = prepared.device;
  expect(trials.map((trial) => [trial.backend, trial.failure])).toEqual([
    ['webgpu', null],
    ['wasm', null],
    ['cpu', null],
  ]);
  const { software, adapter } = trials[0]!;
  expect(adapter.includes('(software)')).toBe(software);
  const rates = trials.map((trial) => trial.replicaEpochsPerSecond!);
  expect(chosen.replicaEpochsPerSecond).toBe(Math.max(...rates));
  expect(reason).toMatch(/fastest/);
});

it('halts once every replica has stopped', async () => {
  const stopping = { policy: kerasPolicy({ patience: 2, min_delta: 1000 }) };
  const engine = start();
  await engine.prepare(small({ haltWhenStopped: true }, { stopping }));
  // Nothing improves by 1000: the best stays epoch 0, and two epochs later patience is used up.
  expect(await engine.train(400)).toMatchObject({ type: 'finished', why: 'halted', epoch: 3 });
});

describe('a policy', () => {
  const budget: RulePolicy = { rule: 'budget', monitor: 'validation-loss', epochs: 2, mode: 'auto' };
  const patience = kerasPolicy({ patience: 3, min_delta: 1000 });
  const halted = (policy: Policy) => small({ haltWhenStopped: true }, { stopping: { policy } });

  it('halts a run, also one that was saved on the way', async () => {
    const experiment = halted({ all: [budget, patience] });
    const engine = start();
    const prepared = await engine.prepare(experiment);
    if (prepared.type === 'failed') throw new Error(prepared.message);
    // Nothing improves by 1000: patience is used up three epochs after the first, the budget before that.
    expect(await engine.train(400)).toMatchObject({ type: 'finished', why: 'halted', epoch: 4 });

    const since = engine.heard.length;
    await engine.prepare(experiment);
    await engine.train(3);
    const saved = structuredClone(await stateOf(engine));
    const tape = new Tape(prepared.shape);
    for (const event of engine.heard.slice(since)) if (event.type === 'trained') tape.append(event.block);
    expect(tape.length).toBe(3);
    await engine.prepare(experiment, 'wasm', saved, pastOf(tape));
    expect(await engine.train(400)).toMatchObject({ type: 'finished', why: 'halted', epoch: 4 });
  });

  it('that needs what the run does not record is refused before anything is trained', async () => {
    expect(await start().prepare(halted({ any: [patience, { ...budget, monitor: 'validation-f1' }] }))).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('stopping.policy.any.1.monitor: "validation-f1" is recorded only for classes'),
    });
  });
});

it('ends when every replica has diverged', async () => {
  const engine = start();
  await engine.prepare(
    small(
      { optimizer: { name: 'sgd', learningRate: 10 } },
      { model: { ...DEFAULT_EXPERIMENT.model, hidden: [6], activation: 'relu', inputScale: 100 } },
    ),
  );
  const finished = await engine.train(400);
  expect(finished).toMatchObject({ type: 'finished', why: 'diverged' });
});

it('answers what the page asks for, and refuses with a reason', async () => {
  const engine = start();
  await engine.prepare(small());
  const early = await engine.ask<'picked'>({ type: 'pick', replica: 0, epoch: 0 });
  expect(early).toMatchObject({ type: 'refused', message: 'no weights are kept yet; train at least one epoch' });
  await engine.train(5);
  const picked = await engine.ask<'picked'>({ type: 'pick', replica: 2, epoch: 4 });
  expect(picked).toMatchObject({ type: 'picked', picked: { replica: 2, epoch: 4 } });
  const epochs = Int32Array.of(4, 4, 0);
  const mapped = await engine.ask<'mapped'>({ type: 'map', epochs, points: Float32Array.of(-1, 0, 1) });
  if (mapped.type === 'refused') throw new Error(mapped.message);
  expect(mapped.map.epochs).toEqual(epochs);
  expect(mapped.map.mean.length).toBe(3);
  expect(mapped.map.variance.every((v) => v > 0)).toBe(true);
});

it('drops the run that was replaced', async () => {
  const engine = start();
  engine.send({
    type: 'prepare',
    experiment: small(),
    data: dataOf(small()),
    backend: 'wasm',
    resume: null,
    past: null,
  } as never);
  await engine.prepare(small({ epochs: 7 }));
  const late = engine.heard.filter((event) => event.type === 'prepared');
  expect(late.map((event) => [event.run, event.shape.epochs])).toEqual([[2, 7]]);
});

it('says which data do not belong to the experiment instead of starting with them', async () => {
  const engine = start();
  const experiment = small();
  const data = dataOf({ ...experiment, data: { ...experiment.data, trainSize: 12 } });
  const since = engine.send({ type: 'prepare', experiment, data, backend: 'wasm', resume: null, past: null });
  expect(await engine.next(['prepared', 'failed'], since)).toMatchObject({
    type: 'failed',
    message: `data: train is 12, the experiment asks for ${experiment.data.trainSize}; draw them anew`,
  });
});
