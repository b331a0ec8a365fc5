/** @file What a run learns from and is measured against: drawn once, and the same for as long as the run is on screen. */
import type { Table } from '../../datasets/contract.ts';
import { decompositionTarget, type DecompositionTarget, type SharedDraws } from '../decomposition/decompose.ts';
import type { Leakage } from '../engine/data/leakage.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { prepareRun, runDataOf, type RunData } from '../engine/prepare.ts';
import type { TapeShape } from '../engine/record/tape.ts';

export interface Material extends RunData {
  experiment: Experiment;
  table: Table | null;
  /** Found in the points, whether asked for or not. */
  leakage: Leakage;
  target: DecompositionTarget;
  /** What the replicas share, with the code that reads it. */
  shared: SharedDraws | null;
}

/** `points`: how many the tape of a kept run has; left out for a new one. */
export function materialOf(
  experiment: Experiment,
  table: Table | null,
  { replicas, leakage, shared }: Pick<Material, 'replicas' | 'leakage' | 'shared'>,
  points?: number,
): Material {
  const data = runDataOf(experiment, replicas, points);
  return {
    ...data,
    experiment,
    table,
    leakage,
    shared,
    target: decompositionTarget(replicas.test, data.points, shared),
  };
}

/** The tape that a run on this material fills. */
export function shapeOf(material: Material): TapeShape {
  return prepareRun(material.experiment, material).shape;
}
