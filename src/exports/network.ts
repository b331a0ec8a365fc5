/** @file Trained networks with all that turns raw inputs into raw outputs: what every model file is made from. */
import type { Table } from '../../datasets/contract.ts';
import type { Replicas } from '../engine/data/replicas.ts';
import type { Standardisation } from '../engine/data/standardisation.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { layoutOf, type Layout } from '../engine/model/network.ts';
import { classifies } from '../engine/model/objectives.ts';
import type { PickedWeights } from '../engine/protocol.ts';

/** One replica, or several of one run as an ensemble. */
export interface Network {
  layout: Layout;
  /** At least one. */
  members: readonly PickedWeights[];
  standardisation: Standardisation;
  /** Names of the inputs in order. */
  inputs: string[];
  /** Class names in the order of their indices; null for regression. */
  classes: string[] | null;
}

/** What an experiment was run on, `table` null for generated data. */
export interface RunMaterial {
  experiment: Experiment;
  replicas: Replicas;
  table: Table | null;
}

export function networkOf({ experiment, replicas, table }: RunMaterial, members: readonly PickedWeights[]): Network {
  const { features, outputs, standardisation } = replicas;
  const generated = features === 1 ? ['x'] : Array.from({ length: features }, (_, i) => `x${i + 1}`);
  const classes = classifies(experiment.objective) ? ['0', '1'] : null;
  return {
    layout: layoutOf(experiment, features, outputs),
    members,
    standardisation,
    inputs: table ? table.columns : generated,
    classes: table ? table.classes : classes,
  };
}

/** `replica4-epoch42`, `ensemble-of-32`: what of a run is in a file, for its name; counted from 1, as the page does. */
export function membersName({ members }: Network): string {
  const [first] = members;
  return members.length === 1
    ? `replica${first!.replica + 1}-epoch${first!.epoch + 1}`
    : `ensemble-of-${members.length}`;
}
