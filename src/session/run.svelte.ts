/**
 * @file The run on screen: what the engine recorded so far, and how it is getting on. What may happen when is decided by
 * run-machine.ts; this does it, and keeps the engine's state of every second or so, so that a run outlives its engine.
 *
 * Long: everything that the page knows of a run is read here, a third of it getters of a line or two.
 */
import type { Curves } from '../decomposition/curves.ts';
import type { DeviceReport, EngineState, PickedWeights } from '../engine/protocol.ts';
import { pastOf } from '../engine/record/recorded-block.ts';
import { Tape, type Block } from '../engine/record/tape.ts';
import { WeightArchive } from '../engine/record/weight-archive.ts';
import type { BackendName } from '../engine/trainers/trainer.ts';
import type { WorkerLoss } from '../engine/worker-client.ts';
import { EngineClient, type EngineNews } from './engine-client.ts';
import { KeptState } from './kept-state.ts';
import { shapeOf, type Material } from './material.ts';
import { pageServices, type PageServices } from './page-services.ts';
import { RecordedTape } from './recorded-tape.svelte.ts';
import { NO_RUN, refusal, transition } from './run-machine.ts';
import type { Effect, Ending, RunEvent, RunState, Status } from './run-machine.ts';

/** Where an epoch was trained, as a checkpoint says it. */
export interface RecordedOn {
  backend: BackendName;
  adapter: string;
}

/** A run that makes way for another one. */
export interface RunAside {
  material: Material;
  /** May be longer than the epochs of `state`. */
  tape: Tape;
  state: EngineState;
  on: RecordedOn;
}

interface Waiting {
  resolve(): void;
  reject(reason: Error): void;
}

export class Run {
  #state = $state.raw<RunState>(NO_RUN);
  #material = $state.raw<Material | null>(null);
  #device = $state.raw<DeviceReport | null>(null);
  #step = $state('');
  #parameters = $state(0);
  /** Milliseconds: when the engine was asked to get ready, and how long that took it; null before it is. */
  #asked = 0;
  #preparingMs = $state<number | null>(null);
  #id = 0;
  #backend: BackendName | 'auto' = 'auto';
  #recordedOn: RecordedOn | null = null;
  readonly #engine: EngineClient;
  readonly #recorded: RecordedTape;
  /** At rest that of the last epoch. */
  readonly #kept: KeptState;
  /** Who waits for the engine to be ready, and for training to rest. */
  #waiting: Waiting[] = [];
  #resting: (() => void)[] = [];
  /** Where training goes on to after `atRest`, unless something else is asked for meanwhile. */
  #goOn: number | null = null;

  constructor(private readonly services: PageServices = pageServices) {
    this.#engine = new EngineClient({
      open: services.openEngine,
      clock: services.clock,
      heard: (event) => this.#hear(event),
      lost: (loss) => this.#lose(loss),
    });
    this.#recorded = new RecordedTape(services, () => this.#state.engine === 'ready' && this.#engine.shown());
    this.#kept = new KeptState(services.clock, async () => (await this.#engine.ask('snapshot', {})).state);
  }

  /** Which run this is: another one was put on screen in the meantime if it is not the same as before. */
  get id(): number {
    return this.#id;
  }

  get status(): Status {
    return this.#state.status;
  }

  get material(): Material | null {
    return this.#material;
  }

  /** The tape; reading it also depends on what is appended to it. */
  get tape(): Tape | null {
    return this.#recorded.tape;
  }

  get curves(): Curves | null {
    return this.#recorded.curves;
  }

  /** Epochs recorded. */
  get epochs(): number {
    return this.tape?.length ?? 0;
  }

  get device(): DeviceReport | null {
    return this.#device;
  }

  /** Where the last epochs were trained, here or before the run was kept; null before there are any. */
  get recordedOn(): RecordedOn | null {
    return this.#recordedOn;
  }

  /** What the engine is preparing, in words. */
  get step(): string {
    return this.#step;
  }

  /** Why the run, or what is left to ask of it, has no engine, with the remedy; empty if it has. */
  get failure(): string {
    return this.#state.engine === 'gone' ? this.#state.loss : '';
  }

  /** What happened to the engine that was lost last, until training goes on. */
  get loss(): string {
    return this.#state.loss;
  }

  /** How it ended; null while it can go on. */
  get ending(): Ending | null {
    return this.#state.status === 'done' ? this.#state.ending : null;
  }

  /** What it takes to put this run back later: as it is or, in motion, as it was shortly before. Null before there is that. */
  get aside(): RunAside | null {
    const { state } = this.#kept;
    const { tape } = this;
    return state && tape && this.#material && this.#recordedOn && this.#kept.epochs > 0
      ? { material: this.#material, tape, state, on: this.#recordedOn }
      : null;
  }

  /** Epochs per second of the latest blocks; null before the first. */
  get epochsPerSecond(): number | null {
    return this.#recorded.epochsPerSecond;
  }

  /** Parameters of one network; 0 before the engine said so. */
  get parameters(): number {
    return this.#parameters;
  }

  /** Milliseconds that the engine took to get ready for this run; null before it is. */
  get preparingMs(): number | null {
    return this.#preparingMs;
  }

  /** Readies the engine, and trains up to `until` epochs once it is ready; null only readies it. */
  begin(material: Material, backend: BackendName | 'auto', until: number | null): void {
    this.#put(material, new Tape(shapeOf(material)), null, null);
    this.#backend = backend;
    this.#apply({ type: 'opened', until });
  }

  /** Puts a run back that was kept with the engine's `state` at its last epoch; the engine is readied to go on there. */
  resume(material: Material, tape: Tape, state: EngineState, backend: BackendName | 'auto', on: RecordedOn): void {
    this.#put(material, tape, state, on);
    this.#recorded.cutTo(state.trainer.epoch);
    this.#backend = backend;
    this.#apply({ type: 'opened', until: null });
  }

  /** Trains up to `until` epochs, at most those that the tape has room for, as soon as the engine is ready. */
  train(until: number): void {
    this.#goOn = null;
    this.#apply({ type: 'train', until: Math.min(until, this.tape?.shape.epochs ?? 0) });
  }

  pause(): void {
    this.#goOn = null;
    this.#apply({ type: 'pause' });
  }

  /** Another engine, if one is needed, is looked for here. */
  prefer(backend: BackendName | 'auto'): void {
    this.#backend = backend;
  }

  /** Forgets the run; the engine is readied again at the next one. */
  clear(): void {
    this.#leave('The run was given up.');
    this.#material = null;
    this.#recorded.clear();
    this.#kept.put(null);
    this.#recordedOn = null;
    this.#apply({ type: 'cleared' });
  }

  /**
   * Does something while nothing is recorded, such as keeping the run; training then goes on to where it was going.
   * Rejects if another run is put on screen before it has come to rest.
   */
  async atRest<T>(work: () => Promise<T>): Promise<T> {
    const id = this.#id;
    const state = this.#state;
    try {
      if (state.status === 'training') {
        if (!state.pausing) this.#goOn = state.until;
        this.#apply({ type: 'pause' });
        await new Promise<void>((resolve) => this.#resting.push(resolve));
      }
      if (id !== this.#id) throw new Error('The run was replaced before it could be kept.');
      return await work();
    } finally {
      if (this.#goOn !== null && id === this.#id) this.train(this.#goOn);
    }
  }

  /** The engine's state at the last recorded epoch: at rest it is at hand, also when the engine is lost. */
  async engineState(): Promise<EngineState> {
    this.#check('keep');
    return this.#current() ?? (await this.ask('snapshot', {})).state;
  }

  /** The weights of a replica after an epoch; rejects, naming the nearest, if they were not kept. */
  async pick(replica: number, epoch: number): Promise<PickedWeights> {
    this.#check('keep');
    const state = this.#current();
    if (!state) return (await this.ask('pick', { replica, epoch })).picked;
    const { archive, trainer } = state;
    const { count } = this.#material!.replicas;
    return WeightArchive.from(archive, count, trainer.weights.length / count).pick(replica, epoch);
  }

  /** The device that trains this run, once it is chosen. */
  async whenDeviceKnown(): Promise<DeviceReport> {
    if (!this.#device) await this.#whenReady();
    return this.#device!;
  }

  /** Asks the engine, as soon as it is ready; rejects with the reason if there will be no answer of this run. */
  ask: EngineClient['ask'] = async (type, rest) => {
    this.#check('consult');
    await this.#whenReady();
    return this.#engine.ask(type, rest);
  };

  #check(ask: Parameters<typeof refusal>[1]): void {
    const why = refusal(this.#state, ask, this.epochs);
    if (why !== null) throw new Error(why);
  }

  #current(): EngineState | null {
    return this.#kept.epochs === this.epochs ? this.#kept.state : null;
  }

  async #whenReady(): Promise<void> {
    const id = this.#id;
    if (this.#state.engine !== 'ready') {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push({ resolve, reject });
        this.#settle();
      });
    }
    if (id !== this.#id) throw new Error('The run was replaced before the engine could answer.');
  }

  #put(material: Material, tape: Tape, state: EngineState | null, on: RecordedOn | null): void {
    this.#leave('The run was replaced before the engine could answer.');
    this.#material = material;
    this.#kept.put(state);
    this.#recordedOn = on;
    this.#recorded.put(tape, material.target);
  }

  /** Whatever still waits for the run on screen waits in vain. */
  #leave(reason: string): void {
    this.#id += 1;
    this.#goOn = null;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
    for (const resolve of this.#resting.splice(0)) resolve();
  }

  #apply(event: RunEvent): void {
    const progress = { epochs: this.epochs, planned: this.tape?.shape.epochs ?? 0 };
    const { state, effects } = transition(this.#state, event, progress);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    this.#settle();
  }

  /** Who waits is told as soon as there is something to tell: nobody waits for what will not happen. */
  #settle(): void {
    const { engine, status, loss } = this.#state;
    if (engine === 'ready') for (const { resolve } of this.#waiting.splice(0)) resolve();
    if (engine === 'none' || engine === 'gone') {
      const reason = loss || 'There is no run: press Train first.';
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
    }
    if (status !== 'training') for (const resolve of this.#resting.splice(0)) resolve();
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case 'prepare':
        return this.#prepare();
      case 'train':
        return this.#engine.train(effect.until);
      case 'pause':
        return this.#engine.pause();
      case 'abandon':
        return this.#engine.abandon();
      case 'stop':
        return this.#engine.stop();
      case 'rest': {
        const id = this.#id;
        void this.services.clock.after(effect.ms).then(() => id === this.#id && this.#apply({ type: 'rested' }));
        return;
      }
      default:
        return effect satisfies never;
    }
  }

  #prepare(): void {
    const { experiment, replicas, points } = this.#material!;
    const resume = this.#kept.state;
    const past = resume && experiment.training.haltWhenStopped ? pastOf(this.tape!) : null;
    this.#step = 'starting the engine';
    this.#asked = this.services.clock.now();
    this.#preparingMs = null;
    this.#engine.prepare({ experiment, data: { replicas, points }, backend: this.#backend, resume, past });
  }

  #hear(event: EngineNews): void {
    switch (event.type) {
      case 'progressed':
        this.#step = event.step;
        return;
      case 'prepared':
        this.#device = event.device;
        this.#parameters = event.parameters;
        this.#preparingMs = this.services.clock.now() - this.#asked;
        return this.#apply(event);
      case 'trained':
        return this.#record(event.block);
      case 'paused':
      case 'finished':
        this.#recorded.update();
        this.#apply(event);
        return void this.#keep();
      case 'failed':
        return this.#apply({ type: 'refused', message: event.message });
      case 'lost':
        this.#recorded.cutTo(this.#kept.epochs);
        return this.#apply({ type: 'lost', message: event.message });
      default:
        event satisfies never;
    }
  }

  #lose({ kind, message }: WorkerLoss): void {
    this.#recorded.cutTo(this.#kept.epochs);
    if (kind === 'crashed') return this.#apply({ type: 'lost', message });
    this.#apply({
      type: 'refused',
      message:
        kind === 'unsupported'
          ? message
          : `${message} Press Train to try again; save what is on screen before you reload the page.`,
    });
  }

  #record(block: Block): void {
    this.#recorded.append(block);
    const { backend, adapter } = this.#device!.chosen;
    this.#recordedOn = { backend, adapter };
    this.#apply({ type: 'recorded' });
    if (this.#kept.isDue) void this.#keep();
  }

  /** Fetches the engine's state; at rest until it is that of the last epoch. */
  async #keep(): Promise<void> {
    if (this.#state.engine !== 'ready' || this.#current()) return;
    if ((await this.#kept.fetch()) && this.status !== 'training') void this.#keep();
  }
}
