/** @file An experiment: everything that determines a run, as one plain document. Its settings describe themselves in settings/. */
import { datasetOf } from '../../../datasets/index.ts';
import type { Task } from '../../../datasets/contract.ts';
import { CURRENT_VERSION } from './migrations/index.ts';
import { defaultsOf, SETTINGS } from './settings/index.ts';
import type { SettingValues } from './settings/kinds.ts';
import type { STAGE } from './settings/training.ts';

export { DEFAULT_POLICY, METRICS, MONITORS, SIGNALS } from './settings/stopping.ts';
export type { GroupPolicy, Metric, Monitor, Policy, RulePolicy, Setting } from './settings/stopping.ts';

export interface Experiment extends SettingValues<typeof SETTINGS> {
  /** Of the document, see migrations/. */
  version: number;
}
export type StoppingSettings = Experiment['stopping'];
/** Which of the visitor's own columns is learned; the rows themselves are kept beside the experiment. */
export type OwnTable = NonNullable<Experiment['data']['own']>;

/** How a run that goes on with other settings trains from some epoch on. */
export type Stage = SettingValues<typeof STAGE>;
/** The settings that a stage may have of its own. */
export type StageTraining = Stage['training'];

export function taskOf(experiment: Experiment): Task {
  if (experiment.data.own) return experiment.data.own.task;
  const dataset = datasetOf(experiment.data.source);
  if (!dataset) throw new Error(`data.source: there is no dataset "${experiment.data.source}"`);
  return dataset.task;
}

/** Validation points that come to stand in the training set as well. */
export function leakedPoints({ data }: Pick<Experiment, 'data'>): number {
  return Math.round(data.leakage * data.validationSize);
}

export const DEFAULT_EXPERIMENT: Experiment = { version: CURRENT_VERSION, ...defaultsOf(SETTINGS) };
