/** @file The interface that every trainer implements. */
import type { Experiment } from '../experiment/experiment.ts';
import type { Layout } from '../model/network.ts';
import type { Replicas } from '../data/replicas.ts';

export const BACKENDS = ['webgpu', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** Everything a trainer needs to begin. */
export interface Job {
  experiment: Experiment;
  layout: Layout;
  replicas: Replicas;
}

/** The state after a whole number of epochs; with the experiment it determines everything that follows. */
export interface TrainerState {
  /** Epochs trained. */
  epoch: number;
  /** Optimizer steps taken. */
  step: number;
  /** `[R, P]`, P as in `Layout`. */
  weights: Float32Array;
  /** The optimizer's slots in the order of its registry entry, each `[R, P]`. */
  slots: Float32Array[];
}

/** What `advance` recorded, epoch by epoch. */
export interface TrainedEpochs {
  count: number;
  /**
   * `[count, R, M, K]`: the network's last linear outputs (not yet through sigmoid or softmax) after each epoch, for
   * the M = train + validation + test points of each replica, in this order; the test points are the same for all.
   */
  outputs: Float32Array;
  /** `[count, R, P]`: the weights after each epoch. */
  weights: Float32Array;
}

/**
 * Called before every piece of work that holds the thread or the device, and once more before finished epochs are
 * handed over. `done` counts the epochs of this `advance` that are done, with a fraction for the share of the next
 * one. Resolves when training may go on: it lets waiting messages in now and then, and does not resolve while paused.
 * Rejects to give the run up.
 */
export type Gate = (done: number) => Promise<void>;

/** The batch size and the learning rates of the epochs of one `advance`. */
export interface StepSettings {
  /** Points of a whole minibatch, at most those of the training set. */
  batch: number;
  /** `[R]`: each replica's factor on the scheduled learning rate. */
  rates: Float32Array;
}

export interface Trainer {
  readonly backend: BackendName;
  /**
   * Trains whole epochs, all with the same step settings, by default those that the experiment starts with. If the gate
   * rejects, so does this, and the trainer stays where the last `advance` ended.
   */
  advance(epochs: number, gate: Gate, settings?: StepSettings): Promise<TrainedEpochs>;
  /** The state where the last `advance` ended, also while the next one works or waits at its gate. */
  snapshot(): Promise<TrainerState>;
  restore(state: TrainerState): void;
  dispose(): void;
}
