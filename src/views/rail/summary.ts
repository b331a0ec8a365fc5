/** @file Summarises the settings of a closed section. */
import { taskOf, type Experiment } from '../../engine/experiment/experiment.ts';
import { BATCH_SCHEDULES } from '../../engine/training/batch-schedules.ts';
import { INITIALIZERS } from '../../engine/model/initializers.ts';
import { objectiveFor, OBJECTIVES } from '../../engine/model/objectives.ts';
import { OPTIMIZERS } from '../../engine/training/optimizers.ts';
import { SCHEDULES } from '../../engine/training/schedules.ts';
import { settingAt } from '../../engine/experiment/settings/index.ts';
import { at } from '../../engine/experiment/tree.ts';
import { REGULARISATION_FIELDS } from './fields.ts';
import { isOff, numberOut, textOf } from './text.ts';

/** `label noise 0.1` for each trouble that is made on purpose. */
export function troubleInWords({ labelNoise, outliers, imbalance, leakage, shift }: Experiment['data']): string[] {
  return whatIsOn([
    ['label noise', labelNoise],
    ['outliers', outliers],
    ['imbalance', imbalance],
    ['leakage', leakage],
    ['shift', shift],
  ]);
}

/** `1-24-24-1 tanh`, and what is not as usual: `1-24-24-1 tanh, layer norm, He, initial scale 0.5`. */
export function modelInWords({ model }: Experiment, widths: readonly number[], activation: string): string {
  const words = [`${widths.join('-')} ${activation}`];
  if (model.layerNorm) words.push('layer norm');
  if (model.initializer !== 'auto') words.push(INITIALIZERS[model.initializer].label);
  if (model.initialScale !== 1) words.push(`initial scale ${numberOut(model.initialScale)}`);
  return words.join(', ');
}

/** `32 × 400, Adam`, and what else is not as usual: `32 × 400, Adam, cosine, Huber`. */
export function trainingInWords(experiment: Experiment): string {
  const { replicas, training, objective, loss } = experiment;
  const { batchSize, batchSchedule, optimizer, schedule, warmup } = training;
  const words = [`${replicas.count} × ${training.epochs}`, OPTIMIZERS[optimizer.name].label];
  if (batchSize !== 'full') words.push(`batch ${batchSize}`);
  if (batchSchedule.name !== 'fixed') words.push(`batch ${BATCH_SCHEDULES[batchSchedule.name].label}`);
  if (schedule.name !== 'constant') words.push(SCHEDULES[schedule.name].label);
  words.push(...whatIsOn([['warm-up', warmup]]));
  if (objective !== objectiveFor(taskOf(experiment))) words.push(OBJECTIVES[objective].label);
  words.push(
    ...whatIsOn([
      ['label smoothing', loss.labelSmoothing],
      ['focal', loss.focalGamma],
    ]),
  );
  if (loss.classWeights !== 'none') words.push('class weights');
  if (experiment.stages.length > 0) words.push(`${experiment.stages.length + 1} stages`);
  return words.join(', ');
}

/** `L2 0.01, dropout 0.2/0.1`, or `none`. */
export function regularisationInWords(experiment: Experiment): string {
  const words = REGULARISATION_FIELDS.flatMap(({ path }) => {
    const { label } = settingAt(path)!.entry;
    const amount = amountOf(path, experiment);
    if (isOff(amount)) return [];
    return [`${label} ${Array.isArray(amount) ? amount.map(numberOut).join('/') : textOf(amount)}`];
  });
  return words.join(', ') || 'none';
}

/** AdamW has a weight decay of its own. */
function amountOf(path: string, experiment: Experiment): unknown {
  const { optimizer } = experiment.training;
  const own = path === 'training.weightDecay' && optimizer.name === 'adamw';
  return own ? optimizer.weightDecay : at(experiment, path.split('.'));
}

function whatIsOn(amounts: readonly (readonly [label: string, amount: number])[]): string[] {
  return amounts.filter(([, amount]) => amount > 0).map(([label, amount]) => `${label} ${numberOut(amount)}`);
}
