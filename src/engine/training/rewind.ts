/** @file Restores the engine's state as it was after an earlier epoch, so that a new stage can begin there. */
import { batchSizeOf } from './batches.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { initialSchedulerState } from './training-scheduler.ts';
import type { Archive, EngineState } from '../protocol.ts';
import { beginning, inStage } from '../experiment/stages.ts';
import type { Tape } from '../record/tape.ts';

/**
 * `experiment` is the one that goes on, with the stage that begins after `epochs` trained epochs. Throws, naming the
 * nearest, if the weights of that epoch were not kept.
 */
export function rewound(state: EngineState, tape: Tape, experiment: Experiment, epochs: number): EngineState {
  const archive = cut(state.archive, tape, epochs);
  const R = tape.shape.replicas;
  const size = state.trainer.weights.length;
  const kept = archive.epochs.length - 1;
  if (archive.epochs[kept] !== epochs - 1) {
    const near = state.archive.epochs.reduce((a, b) => (Math.abs(b + 1 - epochs) < Math.abs(a + 1 - epochs) ? b : a));
    throw new Error(
      `The weights after ${epochs} epochs were not kept; continue from ${near + 1}, the nearest that were.`,
    );
  }
  const staged = inStage(experiment, epochs);
  return {
    trainer: beginning(staged, epochs, archive.weights.slice(kept * size, (kept + 1) * size)),
    archive,
    pace: {
      ...initialSchedulerState(R, batchSizeOf(staged, experiment.data.trainSize)),
      updates: tape.updates[epochs - 1]!,
      flops: tape.flops[epochs - 1]!,
      seconds: tape.seconds[epochs - 1]!,
    },
  };
}

/** Without what came later; a replica whose best came later has the best of the epochs that were kept. */
function cut({ epochs, weights, bestEpoch, bestLoss, bestWeights }: Archive, tape: Tape, end: number): Archive {
  const { replicas: R, epochs: E } = tape.shape;
  const size = bestWeights.length;
  const P = size / R;
  const kept = epochs.filter((epoch) => epoch < end);
  const cutArchive: Archive = {
    epochs: kept,
    weights: weights.slice(0, kept.length * size),
    bestEpoch: bestEpoch.slice(),
    bestLoss: bestLoss.slice(),
    bestWeights: bestWeights.slice(),
  };
  for (let r = 0; r < R; r++) {
    if (bestEpoch[r]! < end) continue;
    const loss = (i: number) => tape.validationLoss[r * E + kept[i]!]!;
    let best = -1;
    for (let i = 0; i < kept.length; i++) {
      if (Number.isFinite(loss(i)) && (best === -1 || loss(i) < loss(best))) best = i;
    }
    cutArchive.bestEpoch[r] = best === -1 ? -1 : kept[best]!;
    cutArchive.bestLoss[r] = best === -1 ? NaN : loss(best);
    const from = best * size + r * P;
    cutArchive.bestWeights.set(best === -1 ? new Float32Array(P) : weights.subarray(from, from + P), r * P);
  }
  return cutArchive;
}
