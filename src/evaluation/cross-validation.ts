/** @file How long to train on everything, from k trainings of which each left a fold out to stop on. */
import { estimate, type Estimate } from '../decomposition/estimate.ts';
import type { ReplicaReplay } from '../stopping/rule.ts';

export interface RecommendedTraining {
  /** Folds that count: those whose training kept an epoch. */
  folds: number;
  /** Epochs trained to the weights kept, and optimizer steps. */
  epochs: Estimate;
  updates: Estimate;
  /** Standard deviation of the epochs over the folds. */
  spread: number | null;
  /** Epochs on all points that have as many updates, which with minibatches are fewer; at least 1. */
  epochsForAll: number;
}

export interface CrossValidated {
  replays: readonly ReplicaReplay[];
  /** Updates that replica r had taken by the end of an epoch. */
  updatesAt: (replica: number, epoch: number) => number;
  /** Points of a training, of a fold, and updates of an epoch on both together. */
  trainSize: number;
  validationSize: number;
  updatesPerEpochOnAll: number;
}

/**
 * The recommended length is the mean over the folds; null where none kept an epoch. The trainings share most of their
 * points, so that their plain standard error is too small: it is widened by √(1 + k·n_fold / n_train), the corrected
 * variance (1/k + n_fold/n_train)·s² of Nadeau and Bengio, "Inference for the generalization error", Machine Learning
 * 52 (2003).
 */
export function recommendedTraining(run: CrossValidated): RecommendedTraining | null {
  const { replays, updatesAt, trainSize, validationSize, updatesPerEpochOnAll } = run;
  const kept = (of: (epoch: number, r: number) => number) =>
    Float64Array.from(replays, ({ restored }, r) => (restored === -1 ? NaN : of(restored, r)));
  const epochs = kept((epoch) => epoch + 1);
  const plain = estimate(epochs);
  if (!plain) return null;
  const k = epochs.filter((epoch) => !Number.isNaN(epoch)).length;
  const widened = ({ value, se }: Estimate): Estimate => ({
    value,
    se: se === null ? null : se * Math.sqrt(1 + (k * validationSize) / trainSize),
  });
  const updates = estimate(kept((epoch, r) => updatesAt(r, epoch)))!;
  return {
    folds: k,
    epochs: widened(plain),
    updates: widened(updates),
    spread: plain.se === null ? null : plain.se * Math.sqrt(k),
    epochsForAll: Math.max(1, Math.round(updates.value / updatesPerEpochOnAll)),
  };
}
