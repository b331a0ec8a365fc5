/** @file All messages between the page and the engine's worker; types only. */
import type { SchedulerState } from './training/training-scheduler.ts';
import type { TrainerKind } from './devices/device.ts';
import type { Experiment } from './experiment/experiment.ts';
import type { RunData } from './prepare.ts';
import type { Block, TapeShape } from './record/tape.ts';
import type { BackendName, TrainerState } from './trainers/trainer.ts';

/** What a backend showed before it may be used. */
export interface BackendTrial {
  backend: BackendName;
  /** Name of the adapter or instruction set, e.g. `SwiftShader (software)`. */
  adapter: string;
  software: boolean;
  /** How it trains; null if it cannot. */
  kind: TrainerKind | null;
  /** Why not by a better way that it has, in words for the page; null if it trains by the best. */
  aside: string | null;
  /** Null if it can train; else what failed, in words for the page. */
  failure: string | null;
  /** Measured on the experiment at hand; null if it failed. */
  replicaEpochsPerSecond: number | null;
}

export interface DeviceReport {
  chosen: BackendTrial;
  trials: BackendTrial[];
  /** One sentence: why this one. */
  reason: string;
}

/** The weights kept of a run: some epochs of all replicas, and each replica's best and last. */
export interface Archive {
  /** Kept epochs, ascending. */
  epochs: Int32Array;
  /** `[epochs.length, R, P]` */
  weights: Float32Array;
  /** `[R]`: epoch of the lowest validation loss; −1 if none was finite. */
  bestEpoch: Int32Array;
  /** `[R]`: that lowest validation loss; NaN if none was finite. */
  bestLoss: Float32Array;
  /** `[R, P]` */
  bestWeights: Float32Array;
}

/** What a checkpoint needs from the engine to go on exactly where it was. */
export interface EngineState {
  trainer: TrainerState;
  archive: Archive;
  /** Of the scheduler; kept checkpoints have it under this name. */
  pace: SchedulerState;
}

/** One network, ready to be exported. */
export interface PickedWeights {
  replica: number;
  epoch: number;
  /** `[P]`, P as in `Layout`. */
  weights: Float32Array;
}

/** What all replicas say at chosen points: the two-dimensional maps. */
export interface MapReply {
  /** `[G, K]` mean prediction over the replicas. */
  mean: Float32Array;
  /** `[G]` variance over the replicas (n − 1), summed over outputs. */
  variance: Float32Array;
  /** Epochs whose weights were used, since not every epoch is kept. */
  epochs: Int32Array;
  /** `[R, G]`: each replica's loss against the targets that were sent along; null without. */
  losses: Float32Array | null;
}

/** What predictions at G points are compared with, as in `TestSet`. */
export interface MapTargets {
  /** `[G, K]` */
  target: Float64Array;
  /** `[G]` */
  noise: Float64Array;
}

/** Imperative: what the page asks. `run` counts upwards; whatever carries an older number is dropped. */
export type Command =
  | {
      type: 'prepare';
      run: number;
      experiment: Experiment;
      /** Drawn once, by the page: a run that goes on is given the same again. */
      data: RunData;
      backend: BackendName | 'auto';
      resume: EngineState | null;
      /** What a run that goes on has recorded, predictions left out, if it halts by its rule; else null. */
      past: Block | null;
    }
  | { type: 'train'; run: number; until: number }
  | { type: 'pause'; run: number }
  /** What was trained is on the screen. */
  | { type: 'shown'; run: number }
  | { type: 'snapshot'; run: number; request: number }
  | { type: 'pick'; run: number; request: number; replica: number; epoch: number }
  /** `epochs` is `[R]`, `points` `[G, D]` as the network sees them. */
  | {
      type: 'map';
      run: number;
      request: number;
      epochs: Int32Array;
      points: Float32Array;
      against?: MapTargets;
    };

/** Past tense: what the engine says. */
export type Event =
  | { type: 'progressed'; run: number; step: string }
  | { type: 'prepared'; run: number; device: DeviceReport; shape: TapeShape; parameters: number }
  | { type: 'trained'; run: number; block: Block }
  | { type: 'paused'; run: number; epoch: number }
  | { type: 'finished'; run: number; epoch: number; why: 'reached' | 'halted' | 'diverged' }
  /** The engine cannot be made ready for this run. */
  | { type: 'failed'; run: number; message: string }
  /** The device or the training broke down: another engine can go on from a state that was kept. */
  | { type: 'lost'; run: number; message: string }
  | { type: 'snapshotTaken'; run: number; request: number; state: EngineState }
  | { type: 'picked'; run: number; request: number; picked: PickedWeights }
  | { type: 'mapped'; run: number; request: number; map: MapReply }
  | { type: 'refused'; run: number; request: number; message: string };
