/**
 * @file A session with an engine that a test plays: it trains as many epochs as it is told to, with numbers that follow
 * from the epoch alone, and can be lost, be slow, or never come.
 */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, vi } from 'vitest';
import { curvesOf, type Block, type TapeShape } from '../engine/record/tape.ts';
import type { Command, DeviceReport, EngineState, MapReply } from '../engine/protocol.ts';
import { prepareRun } from '../engine/prepare.ts';
import { initialSchedulerState } from '../engine/training/training-scheduler.ts';
import { FakeWorker, HandClock } from '../engine/worker-client.testing.ts';
import type { PageServices } from './page-services.ts';
import { Session } from './session.svelte.ts';

const TRIAL = {
  backend: 'wasm',
  adapter: 'a test',
  software: false,
  kind: 'fused',
  aside: null,
  failure: null,
} as const;
const CHOSEN = { ...TRIAL, replicaEpochsPerSecond: 1 };
const DEVICE: DeviceReport = { chosen: CHOSEN, trials: [CHOSEN], reason: 'There is no other.' };

/** The engine behind the wire, as far as the page can tell. */
export class FakeEngine extends FakeWorker {
  #run = 0;
  #shape: TapeShape | null = null;
  #parameters = 0;
  #features = 0;
  #epoch = 0;
  /** Where it trains to; null at rest. */
  until: number | null = null;

  override take = (command: Command): void => {
    if (command.type === 'prepare') {
      this.#run = command.run;
      this.until = null;
      this.#shape = null;
      const { shape, job } = prepareRun(command.experiment, command.data);
      const { resume } = command;
      this.#queue.push(() => {
        this.#shape = shape;
        this.#parameters = job.layout.parameters;
        this.#features = job.layout.features;
        this.#epoch = resume?.trainer.epoch ?? 0;
        const { parameters } = job.layout;
        this.say({ type: 'prepared', run: command.run, device: DEVICE, shape, parameters });
      });
      return;
    }
    if (command.run !== this.#run) return;
    this.#queue.push(() => this.#answer(command));
  };

  /** What it was told and has not come to yet. */
  readonly #queue: (() => void)[] = [];

  get busy(): boolean {
    return !this.terminated && (this.#queue.length > 0 || this.until !== null);
  }

  /** Does the next thing it was told, else trains an epoch, else nothing. */
  tick(): void {
    if (this.terminated) return;
    const next = this.#queue.shift();
    if (next) next();
    else if (this.until !== null) this.#train(this.until);
  }

  lose(message = 'The graphics device was lost.'): void {
    this.say({ type: 'lost', run: this.#run, message });
  }

  #answer(command: Exclude<Command, { type: 'prepare' }>): void {
    const { run } = command;
    if (run !== this.#run || !this.#shape) return;
    const epoch = this.#epoch;
    switch (command.type) {
      case 'train':
        this.until = command.until;
        return;
      case 'pause':
        if (this.until !== null) this.say({ type: 'paused', run, epoch });
        this.until = null;
        return;
      case 'shown':
        return;
      case 'snapshot':
        return this.say({ type: 'snapshotTaken', run, request: command.request, state: this.#state() });
      case 'pick': {
        const picked = { replica: command.replica, epoch: command.epoch, weights: new Float32Array(this.#parameters) };
        return this.say({ type: 'picked', run, request: command.request, picked });
      }
      case 'map':
        return this.say({ type: 'mapped', run, request: command.request, map: this.#map(command) });
      default:
        command satisfies never;
    }
  }

  /** Every replica says everywhere how many epochs it was trained. */
  #map({ epochs, points }: Extract<Command, { type: 'map' }>): MapReply {
    const size = points.length / this.#features;
    return {
      mean: new Float32Array(size * this.#shape!.outputs).fill(this.#epoch),
      variance: new Float32Array(size),
      epochs,
      losses: null,
    };
  }

  #train(until: number): void {
    const run = this.#run;
    if (this.#epoch < until) {
      this.say({ type: 'trained', run, block: blockOf(this.#shape!, this.#epoch) });
      this.#epoch += 1;
    }
    if (this.#epoch < until) return;
    this.until = null;
    this.say({ type: 'finished', run, epoch: this.#epoch, why: 'reached' });
  }

  #state(): EngineState {
    const { replicas: R } = this.#shape!;
    const all = R * this.#parameters;
    const filled = (value: number) => new Float32Array(all).fill(value);
    const last = this.#epoch - 1;
    return {
      trainer: { epoch: this.#epoch, step: this.#epoch, weights: filled(last), slots: [filled(0), filled(0)] },
      archive: {
        epochs: Int32Array.of(last),
        weights: filled(last),
        bestEpoch: new Int32Array(R).fill(last),
        bestLoss: new Float32Array(R).fill(lossOf(last)),
        bestWeights: filled(last),
      },
      pace: { ...initialSchedulerState(R, 1), updates: this.#epoch },
    };
  }
}

/** What every replica's losses are after an epoch; they fall for ever. */
export const lossOf = (epoch: number): number => 1 / (epoch + 2);

function blockOf(shape: TapeShape, epoch: number): Block {
  const { replicas: R, points, outputs } = shape;
  return {
    first: epoch,
    count: 1,
    curves: Object.fromEntries(curvesOf(shape).map((name) => [name, new Float32Array(R).fill(lossOf(epoch))])),
    predictions: new Float32Array(R * points * outputs).fill(lossOf(epoch)),
    elapsedMs: 1,
    measuringMs: 0,
  };
}

export interface FakeServices extends PageServices {
  clock: HandClock;
  engines: FakeEngine[];
  /** Whether the code of an engine can be loaded. */
  reachable: boolean;
  /** The engine that works now, if any. */
  readonly engine: FakeEngine | undefined;
}

export function fakeServices(): FakeServices {
  const engines: FakeEngine[] = [];
  const services: FakeServices = {
    clock: new HandClock(),
    engines,
    reachable: true,
    get engine() {
      return engines.findLast(({ terminated }) => !terminated);
    },
    openEngine() {
      const engine = new FakeEngine();
      engines.push(engine);
      void Promise.resolve().then(() => (services.reachable ? engine.start() : engine.crash()));
      return engine;
    },
    frame(draw) {
      let wanted = true;
      void services.clock.after(16).then(() => wanted && draw());
      return () => (wanted = false);
    },
    idle: (work) => void services.clock.after(50).then(work),
  };
  return services;
}

/** A page with an engine to play. */
export interface Stage {
  services: FakeServices;
  session: Session;
}

/** With a small experiment that is drawn; no checkpoint was ever kept. */
export async function openStage(settings: Readonly<Record<string, unknown>> = {}, dataset?: string): Promise<Stage> {
  vi.stubGlobal('indexedDB', new IDBFactory());
  // No other tabs: a channel would outlive its session.
  vi.stubGlobal('BroadcastChannel', undefined);
  const services = fakeServices();
  const session = new Session(services);
  if (dataset) session.settings.chooseDataset(dataset);
  const small = { 'replicas.count': 2, 'training.epochs': 6, 'data.testSize': 16, 'model.hidden': [1], ...settings };
  expect(session.settings.changeAll(small)).toBe(true);
  await vi.waitFor(() => expect(session.draft?.experiment).toEqual(session.settings.experiment));
  await vi.waitFor(() => expect(session.replays.rule.reading).not.toBeNull());
  return { services, session };
}

/** All that needs neither the engine's work nor time has happened: promises, and the storage. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** The engine does so many things, one after the other. */
export async function work({ services }: Stage, ticks: number): Promise<void> {
  for (let i = 0; i < ticks; i++) {
    services.engine?.tick();
    await services.clock.pass(7);
  }
}

/** Everything that is still to happen by itself happens. */
export async function finish({ services, session }: Stage): Promise<void> {
  const moves = () =>
    /training|preparing/.test(session.run.status) || session.checkpoints.busy || services.engine?.busy;
  for (let i = 0; i < 300 && (i < 4 || moves()); i++) {
    services.engine?.tick();
    await services.clock.pass(400);
    await settle();
  }
}
