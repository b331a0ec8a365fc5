/** @file The fields of each section of the settings, in their order; what a field says and takes stands in its setting. */
import { datasetOf } from '../../../datasets/index.ts';
import type { Task } from '../../../datasets/contract.ts';
import { taskOf, type Experiment } from '../../engine/experiment/experiment.ts';
import { testRows } from '../../engine/data/test-rows.ts';
import { settingAt } from '../../engine/experiment/settings/index.ts';
import { OBJECTIVES, type ObjectiveName } from '../../engine/model/objectives.ts';
import { optimizerDefaults, type OptimizerName } from '../../engine/training/optimizers.ts';

export interface FieldPlace {
  path: string;
  /** Fields that stand in its group, below it. */
  within?: readonly FieldPlace[];
  /** Whether it matters; as long as the task has what the setting needs, where this is left out. */
  shown?: (experiment: Experiment) => boolean;
  /** Words in place of the setting's own. */
  words?: (experiment: Experiment) => { label?: string; help?: string };
  /** The entries of its registry to choose from; left out for all. */
  names?: (experiment: Experiment) => readonly string[];
  /** What else a choice changes, by path. */
  choose?: (name: string, experiment: Experiment) => Readonly<Record<string, unknown>>;
}

const generated = ({ data }: Experiment) => datasetOf(data.source)?.kind === 'generated';

/** Rows of a table; null for data that are drawn without end. */
function rowsOf({ data }: Experiment): number | null {
  const dataset = datasetOf(data.source);
  return data.own?.rows ?? (dataset?.kind === 'table' ? dataset.rows : null);
}

export const DATA_FIELDS: readonly FieldPlace[] = [
  { path: 'data.trainSize' },
  { path: 'data.validationSize' },
  {
    path: 'data.testSize',
    words: (experiment) => {
      const rows = rowsOf(experiment);
      const tested = rows === null ? experiment.data.testSize : testRows(experiment, rows);
      if (tested === experiment.data.testSize) return {};
      return {
        label: `test points, ${tested} used`,
        help: `At most 30 % of the rows are held out for testing: ${tested} of ${rows}.`,
      };
    },
  },
  {
    path: 'data.noise',
    shown: generated,
    words: (experiment) =>
      taskOf(experiment) === 'regression'
        ? { help: 'Standard deviation of the noise in the targets.' }
        : { label: 'spread', help: 'How far the points of a class scatter.' },
  },
  { path: 'data.resampling', shown: (experiment) => !generated(experiment) },
  { path: 'data.outliers' },
  { path: 'data.labelNoise' },
  { path: 'data.imbalance' },
  { path: 'data.leakage' },
  { path: 'data.shift' },
];

/** Beside what is redrawn. */
export const SHARING_FIELDS: readonly FieldPlace[] = [{ path: 'replicas.seeds' }, { path: 'replicas.validations' }];

export const MODEL_FIELDS: readonly FieldPlace[] = [
  { path: 'model.hidden' },
  { path: 'model.activation' },
  { path: 'model.layerNorm' },
  { path: 'model.inputScale' },
  { path: 'model.initializer', within: [{ path: 'model.initialScale' }] },
];

export const TRAINING_FIELDS: readonly FieldPlace[] = [
  { path: 'replicas.count' },
  { path: 'training.epochs' },
  { path: 'training.batchSize' },
  { path: 'training.shuffle', shown: ({ training }) => training.batchSize !== 'full' },
  { path: 'training.batchSchedule' },
  {
    path: 'training.optimizer',
    // AdamW's own weight decay takes the place of the other.
    choose: (name, { training }) => ({
      'training.optimizer': optimizerDefaults(name as OptimizerName),
      'training.weightDecay': name === 'adamw' ? 0 : training.weightDecay,
    }),
  },
  { path: 'training.schedule', within: [{ path: 'training.warmup' }] },
  { path: 'training.gradientNoise' },
  {
    path: 'objective',
    names: (experiment) => Object.keys(OBJECTIVES).filter((name) => fits(name as ObjectiveName, taskOf(experiment))),
    // What was refused of δ is gone with the objective that has it.
    choose: (name, { loss }) => ({ objective: name, 'loss.huberDelta': loss.huberDelta }),
    within: [
      { path: 'loss.huberDelta', shown: ({ objective }) => objective === 'huber' },
      { path: 'loss.labelSmoothing' },
      { path: 'loss.focalGamma' },
      { path: 'loss.classWeights' },
    ],
  },
  { path: 'seed' },
  { path: 'training.haltWhenStopped' },
];

export const REGULARISATION_FIELDS: readonly FieldPlace[] = [
  { path: 'training.l2' },
  { path: 'training.l1' },
  // AdamW brings its own, beside its other numbers.
  { path: 'training.weightDecay', shown: ({ training }) => training.optimizer.name !== 'adamw' },
  { path: 'model.dropout' },
  { path: 'training.inputNoise' },
  { path: 'training.maxNorm' },
  { path: 'training.clipValue' },
  { path: 'training.clipNorm' },
];

export function isShown({ path, shown }: FieldPlace, experiment: Experiment): boolean {
  const needs = settingAt(path)?.entry.needs;
  if (needs !== undefined && (needs === 'values') !== (taskOf(experiment) === 'regression')) return false;
  return shown?.(experiment) ?? true;
}

function fits(name: ObjectiveName, task: Task): boolean {
  return OBJECTIVES[name].tasks.some((fitting) => fitting === task);
}
