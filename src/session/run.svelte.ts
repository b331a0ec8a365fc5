/**
 * @file The run on screen: what the engine has recorded so far, and its status. Long: all states of a run and what
 * leads from one to the next.
 */
import { Curves } from '../decomposition/curves.ts';
import { decompositionTarget, type DecompositionTarget } from '../decomposition/decompose.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { Leakage } from '../engine/data/leakage.ts';
import { classifies } from '../engine/model/objectives.ts';
import type { DeviceReport, EngineState, Event } from '../engine/protocol.ts';
import { pastOf } from '../engine/record/recorded-block.ts';
import type { Replicas } from '../engine/data/replicas.ts';
import { decompositionPoints, Tape, type TapeShape } from '../engine/record/tape.ts';
import type { BackendName } from '../engine/trainers/trainer.ts';
import type { Table } from '../../datasets/contract.ts';
import { EngineClient } from './engine-client.ts';

export type Status = 'empty' | 'preparing' | 'training' | 'paused' | 'done' | 'failed';

/** What a run learns from and is measured against. */
export interface Material {
  experiment: Experiment;
  table: Table | null;
  replicas: Replicas;
  /** Found in the points, whether asked for or not. */
  leakage: Leakage;
  target: DecompositionTarget;
  /** `[D]`: indices of the decomposition points in the test set. */
  points: Int32Array;
}

export function materialOf(
  experiment: Experiment,
  table: Table | null,
  { replicas, leakage }: Pick<Material, 'replicas' | 'leakage'>,
): Material {
  const { count, outputs, test } = replicas;
  const points = decompositionPoints(count, experiment.training.epochs, test.size, outputs);
  return {
    experiment,
    table,
    replicas,
    leakage,
    points,
    target: decompositionTarget(test, points),
  };
}

/** A promise to be settled from outside: `Promise.withResolvers`, which not every browser with WebGPU has. */
function deferred() {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

/** The tape that a run on this material fills. */
export function shapeOf({ experiment, replicas, points }: Material): TapeShape {
  return {
    replicas: replicas.count,
    epochs: experiment.training.epochs,
    points: points.length,
    outputs: replicas.outputs,
    classification: classifies(experiment.objective),
  };
}

export class Run {
  #status = $state<Status>('empty');
  #material = $state.raw<Material | null>(null);
  #tape = $state.raw<Tape | null>(null);
  #curves = $state.raw<Curves | null>(null);
  /** Counts what was appended to the tape: big data are not reactive, their version is. */
  #version = $state(0);
  #device = $state.raw<DeviceReport | null>(null);
  #step = $state('');
  #failure = $state('');
  #ending = $state<'reached' | 'halted' | 'diverged' | null>(null);
  #rate = $state<number | null>(null);
  #parameters = $state(0);
  /** Milliseconds: when the engine was asked to get ready, and how long that took it; null before it is. */
  #asked = 0;
  #preparingMs = $state<number | null>(null);
  #client: EngineClient | null = null;
  /** Settles when the engine has readied this run; what only the engine holds is asked after that. */
  #readied = deferred();
  #isReady = false;
  #resters: (() => void)[] = [];
  /** The frame that will show what was appended since the last one. */
  #frame: number | null = null;
  /** Train up to this epoch as soon as the engine is ready. */
  #wanted: number | null = null;

  get status(): Status {
    return this.#status;
  }

  get material(): Material | null {
    return this.#material;
  }

  /** The tape; reading it also depends on what is appended to it. */
  get tape(): Tape | null {
    void this.#version;
    return this.#tape;
  }

  get curves(): Curves | null {
    void this.#version;
    return this.#curves;
  }

  /** Epochs recorded. */
  get epochs(): number {
    return this.tape?.length ?? 0;
  }

  get device(): DeviceReport | null {
    return this.#device;
  }

  /** What the engine is preparing, in words. */
  get step(): string {
    return this.#step;
  }

  get failure(): string {
    return this.#failure;
  }

  get ending(): 'reached' | 'halted' | 'diverged' | null {
    return this.#ending;
  }

  /** Epochs per second of the latest blocks; null before the first. */
  get epochsPerSecond(): number | null {
    return this.#rate;
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
    this.#put(material, new Tape(shapeOf(material)));
    this.#open(material, backend, null, until);
  }

  /** Puts a saved run back; the engine is readied so that it can go on where it was. */
  resume(material: Material, tape: Tape, state: EngineState, backend: BackendName | 'auto'): void {
    this.#put(material, tape);
    this.#open(material, backend, state, null);
  }

  /** Trains up to `until` epochs, at once or as soon as the engine is ready. */
  train(until: number): void {
    if (!this.#isReady) {
      this.#wanted = until;
      this.#status = 'preparing';
      return;
    }
    this.#status = 'training';
    this.#engine().train(until);
  }

  pause(): void {
    if (this.#status === 'training') this.#engine().pause();
    if (this.#status !== 'preparing') return;
    this.#wanted = null;
    this.#status = this.#resting();
  }

  /** Pauses and resolves once the engine stands still, so that the tape and the engine's state agree. */
  rest(): Promise<void> {
    if (this.#status !== 'training') return Promise.resolve();
    this.pause();
    return new Promise((resolve) => this.#resters.push(resolve));
  }

  /** Forgets the run; the engine is readied again at the next one. */
  clear(): void {
    this.#client?.abandon();
    this.#rested();
    this.#isReady = false;
    this.#wanted = null;
    this.#material = null;
    this.#tape = null;
    this.#curves = null;
    this.#status = 'empty';
    this.#ending = null;
    this.#failure = '';
  }

  /** The engine, for what only it holds: weights, maps, its state. Waits until the engine is ready. */
  ask: EngineClient['ask'] = async (type, rest) => {
    await this.#readied.promise;
    return this.#engine().ask(type, rest);
  };

  #engine(): EngineClient {
    this.#client ??= new EngineClient((event) => this.#hear(event));
    return this.#client;
  }

  #put(material: Material, tape: Tape): void {
    this.#material = material;
    this.#tape = tape;
    this.#curves = new Curves(tape, material.target);
    this.#curves.extend();
    this.#version += 1;
    this.#failure = '';
    this.#ending = null;
    this.#rate = null;
  }

  #open(
    { experiment, table }: Material,
    backend: BackendName | 'auto',
    resume: EngineState | null,
    until: number | null,
  ): void {
    this.#isReady = false;
    this.#readied = deferred();
    this.#readied.promise.catch(() => undefined); // those who wait are told by their own promise
    this.#wanted = until;
    this.#status = until === null ? this.#resting() : 'preparing';
    this.#step = 'starting the engine';
    this.#asked = performance.now();
    this.#preparingMs = null;
    const past = resume && experiment.training.haltWhenStopped && this.#tape ? pastOf(this.#tape) : null;
    this.#engine().prepare({ experiment, table, backend, resume, past });
  }

  #hear(event: Parameters<ConstructorParameters<typeof EngineClient>[0]>[0]): void {
    switch (event.type) {
      case 'progressed':
        this.#step = event.step;
        return;
      case 'prepared':
        return this.#ready(event);
      case 'trained': {
        const { count, elapsedMs } = event.block;
        if (!this.#tape || !this.#curves) return;
        this.#tape.append(event.block);
        this.#curves.extend();
        const rate = (1000 * count) / elapsedMs;
        this.#rate = this.#rate === null ? rate : this.#rate + 0.2 * (rate - this.#rate);
        return this.#grown();
      }
      case 'paused':
        this.#show();
        this.#status = 'paused';
        return this.#rested();
      case 'finished':
        this.#show();
        this.#ending = event.why;
        this.#status = event.why === 'reached' ? this.#resting() : 'done';
        return this.#rested();
      case 'failed':
        this.#show();
        this.#rested();
        this.#failure = event.message;
        this.#status = 'failed';
        this.#isReady = false;
        this.#readied.reject(new Error(event.message));
        this.#client?.restart();
        return;
      default:
        event satisfies never;
    }
  }

  #ready({ device, parameters }: Extract<Event, { type: 'prepared' }>): void {
    this.#device = device;
    this.#parameters = parameters;
    this.#preparingMs = performance.now() - this.#asked;
    this.#isReady = true;
    this.#readied.resolve();
    if (this.#wanted !== null) this.train(this.#wanted);
    this.#wanted = null;
  }

  /**
   * What the tape gained is shown with the second frame from now, together with all that comes until then: the frame
   * between belongs to the canvases, which draw what was shown before.
   */
  #grown(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = requestAnimationFrame(() => {
        this.#show();
        // A timer runs out after the frame is done.
        setTimeout(() => this.#client?.shown());
      });
    });
  }

  #show(): void {
    if (this.#frame === null) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
    this.#version += 1;
  }

  #rested(): void {
    for (const resolve of this.#resters.splice(0)) resolve();
  }

  /** The status of a run that is not in motion. */
  #resting(): Status {
    if (this.epochs === 0) return 'empty';
    return this.epochs < (this.#tape?.shape.epochs ?? 0) ? 'paused' : 'done';
  }
}
