/** @file Puts settings into words: names a run after its changed settings, and lists how several runs differ. */
import { datasetOf } from '../../datasets/index.ts';
import { defaultsFor } from '../engine/experiment/defaults.ts';
import type { Experiment, Stage } from '../engine/experiment/experiment.ts';
import { ACTIVATIONS } from '../engine/model/activations.ts';
import { BATCH_SCHEDULES, batchScheduleDefaults } from '../engine/training/batch-schedules.ts';
import { INITIALIZERS } from '../engine/model/initializers.ts';
import { settingAt } from '../engine/experiment/settings/index.ts';
import { OBJECTIVES } from '../engine/model/objectives.ts';
import { OPTIMIZERS, optimizerDefaults } from '../engine/training/optimizers.ts';
import { scheduleDefaults, SCHEDULES } from '../engine/training/schedules.ts';
import { stageOf } from '../engine/experiment/stages.ts';
import { isDefaultRule, isRule, keyInWords, watchedFirst, type Descriptions } from '../stopping/policy.ts';
import { policyLine, shortName } from '../stopping/policy-words.ts';
import { RULES } from '../stopping/rules/index.ts';

/** One setting that differs between experiments; `values` in the order of the experiments. */
export interface Difference {
  path: string;
  label: string;
  values: string[];
}

const ABSENT = '–';

/** Short phrases that say a value without `label value`. */
const PHRASES: Readonly<Record<string, (e: Experiment) => string>> = {
  'data.trainSize': (e) => `${e.data.trainSize} + ${e.data.validationSize} points`,
  'data.validationSize': (e) => `${e.data.trainSize} + ${e.data.validationSize} points`,
  'data.resampling': (e) => (e.data.resampling === 'disjoint' ? 'disjoint subsets' : e.data.resampling),
  'replicas.count': (e) => `${e.replicas.count} replicas`,
  'replicas.seeds': (e) => `${e.replicas.seeds} seed${e.replicas.seeds === 1 ? '' : 's'} for each training set`,
  'replicas.validations': (e) =>
    `${e.replicas.validations} validation set${e.replicas.validations === 1 ? '' : 's'} for each training`,
  'replicas.redraw.data': (e) => `${e.replicas.redraw.data ? 'redrawn' : 'shared'} data`,
  'replicas.redraw.weights': (e) => `${e.replicas.redraw.weights ? 'redrawn' : 'shared'} weights`,
  'replicas.redraw.order': (e) => `${e.replicas.redraw.order ? 'redrawn' : 'shared'} order`,
  'model.hidden': (e) => (e.model.hidden.length === 0 ? 'no hidden layer' : `${e.model.hidden.join('-')} units`),
  'model.activation': (e) => ACTIVATIONS[e.model.activation].label,
  'model.layerNorm': (e) => `${e.model.layerNorm ? '' : 'no '}layer normalisation`,
  'model.initializer': (e) => `initial weights ${INITIALIZERS[e.model.initializer].label}`,
  'model.dropout': (e) =>
    e.model.dropout.some((rate) => rate > 0) ? `dropout ${e.model.dropout.join(' ')}` : 'no dropout',
  objective: (e) => OBJECTIVES[e.objective].label,
  'training.optimizer.name': (e) => OPTIMIZERS[e.training.optimizer.name].label,
  'training.batchSize': (e) => (e.training.batchSize === 'full' ? 'full batch' : `batch ${e.training.batchSize}`),
  'training.shuffle': (e) => (e.training.shuffle ? 'shuffled' : 'not shuffled'),
  'training.epochs': (e) => `${e.training.epochs} epochs`,
  'training.schedule.name': (e) => `${SCHEDULES[e.training.schedule.name].label} rate`,
  'training.batchSchedule.name': (e) => `batch ${BATCH_SCHEDULES[e.training.batchSchedule.name].label}`,
  'training.gradientNoise': (e) => `gradient noise ${e.training.gradientNoise ? '' : 'not '}measured`,
  'training.haltWhenStopped': (e) => (e.training.haltWhenStopped ? 'halts when stopped' : 'trains to the end'),
  'stopping.policy': ({ stopping: { policy } }) =>
    isDefaultRule(policy) ? shortName(policy, RULES) : policyLine(policy, RULES),
  'stopping.policy.monitor': ({ stopping: { policy } }) => `watches ${words(watchedFirst(policy))}`,
  'stopping.policy.restore_best_weights': ({ stopping: { policy } }) =>
    isRule(policy) && policy.restore_best_weights ? 'restores the best' : 'keeps the last',
};

/**
 * A name for a run: what was changed since the previous one, two changes at most. What a dataset brings with it does
 * not count as a change. Without a previous run, or after a change of data alone, the name is that of the data.
 */
export function describeChange(experiment: Experiment, previous: Experiment | null): string {
  const phrases = new Set(previous ? changes(experiment, previous) : [sourceOf(experiment)]);
  const [first, second, ...more] = phrases;
  if (first === undefined) return 'again';
  return [first, second, more.length > 0 ? `+${more.length} more` : undefined]
    .filter((x) => x !== undefined)
    .join(', ');
}

function changes(experiment: Experiment, previous: Experiment): string[] {
  const now = leaves(experiment);
  const before = leaves(onDataOf(experiment, previous));
  const table = ({ data: { own } }: Experiment) => own && `${own.sha256} ${own.target} ${own.task}`;
  const moved = experiment.data.source !== previous.data.source || table(experiment) !== table(previous);
  // Another rule brings all of its settings: that is one change.
  const other = now[POLICY] !== before[POLICY];
  const apart = other ? /^(data\.(source|own)|stopping\.policy\.)/ : /^data\.(source|own)/;
  const changed = Object.keys(now).filter((path) => !apart.test(path) && now[path] !== before[path]);
  return [
    ...(moved ? [sourceOf(experiment)] : []),
    ...changed.map((path) => PHRASES[path]?.(experiment) ?? `${labelOf(path)} ${now[path]}`),
  ];
}

/** The previous experiment as it would be had only its data and the kinds of its optimizer and schedule been changed. */
function onDataOf(experiment: Experiment, previous: Experiment): Experiment {
  const { data, model, objective, loss, training } = broughtAlong(experiment, previous);
  const { optimizer, schedule, batchSchedule } = experiment.training;
  return {
    ...{ ...previous, data, model, objective, loss },
    training: {
      ...training,
      optimizer: otherKind(training.optimizer, optimizer.name, optimizerDefaults),
      schedule: otherKind(training.schedule, schedule.name, scheduleDefaults),
      batchSchedule: otherKind(training.batchSchedule, batchSchedule.name, batchScheduleDefaults),
    },
  };
}

/** The defaults of another kind under the old name, so that the new one counts as a change. */
function otherKind<T extends { name: string }>(old: T, name: T['name'], defaults: (name: T['name']) => T): T {
  return name === old.name ? old : { ...defaults(name), name: old.name };
}

/** What a choice of data brings with it: for a dataset its suggestions, for the reader's table the sizes that fit it. */
function broughtAlong(experiment: Experiment, previous: Experiment): Experiment {
  if (experiment.data.source !== previous.data.source && !experiment.data.own)
    return defaultsFor(experiment.data.source);
  if (experiment.data.own?.sha256 === previous.data.own?.sha256) return previous;
  const { data, objective } = experiment;
  return { ...previous, data, objective, model: { ...previous.model, inputScale: experiment.model.inputScale } };
}

/** Every setting in which the experiments are not all alike, in words, in the order of the document. */
export function differences(experiments: readonly Experiment[]): Difference[] {
  const all = experiments.map(leaves);
  const paths = [...new Set(all.flatMap((one) => Object.keys(one)))];
  return paths
    .filter((path) => path !== 'version')
    .map((path) => ({ path, label: labelOf(path), values: all.map((one) => one[path] ?? ABSENT) }))
    .filter(({ values }) => new Set(values).size > 1);
}

function labelOf(path: string): string {
  const setting = settingAt(path);
  if (!setting) throw new Error(`there are no words for the setting ${path}`);
  const { entry, rest } = setting;
  if (path.startsWith(`${POLICY}.`)) return keyInWords(rest[0]!);
  const [key = 'name'] = rest;
  if (entry.kind !== 'named' || key === 'name') return entry.name ?? entry.label;
  const number = Object.values(entry.registry).find(({ numbers }) => numbers[key])?.numbers[key];
  if (!number) throw new Error(`there are no words for the number ${path}`);
  return number.label;
}

function sourceOf(e: Experiment): string {
  return e.data.own?.name ?? datasetOf(e.data.source)?.label ?? e.data.source;
}

const words = (id: string) => id.replaceAll('-', ' ');

const POLICY = 'stopping.policy';

/** Every setting by its path, its value in words: the default rule setting by setting, every other policy in one line. */
function leaves(experiment: Experiment): Record<string, string> {
  const out: Record<string, string> = {};
  const walk = (value: unknown, path: string) => {
    if (path === 'stages') out[path] = stagesOf(experiment);
    else if (path === POLICY && !isDefaultRule(experiment.stopping.policy))
      out[path] = policyLine(experiment.stopping.policy, RULES);
    else if (path === `${POLICY}.rule`) out[POLICY] = (RULES as Descriptions)[value as string]!.label;
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, x] of Object.entries(value)) walk(x, path === '' ? key : `${path}.${key}`);
    } else if (path !== 'data.own') out[path] = said(path, value as Leaf, experiment);
  };
  walk(experiment, '');
  return out;
}

/** Where each stage begins, and what it changes. */
function stagesOf(experiment: Experiment): string {
  const { stages } = experiment;
  return stages.length === 0
    ? 'none'
    : stages.map((stage, i) => stageWords(experiment, stages[i - 1], stage)).join('; ');
}

/** `from epoch 201 learning rate 0.001, L2 0.01` */
export function stageWords(experiment: Experiment, before: Stage | undefined, stage: Stage): string {
  const then = flat(before ?? stageOf(experiment, 0));
  const now = flat(stage);
  const changed = Object.keys(now).filter((path) => path !== 'from' && now[path] !== then[path]);
  const words = changed.map((path) => `${labelOf(path === 'dropout' ? 'model.dropout' : path)} ${now[path]}`);
  return `from epoch ${stage.from + 1} ${words.length > 0 ? words.join(', ') : 'as before, with a new optimizer'}`;
}

function flat(tree: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
      const at = path === '' ? key : `${path}.${key}`;
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(flat(value, at));
      return [[at, Array.isArray(value) ? value.join(' ') || 'none' : String(value)]];
    }),
  );
}

type Leaf = string | number | boolean | null | number[];

function said(path: string, value: Leaf, e: Experiment): string {
  if (path === 'data.source') return sourceOf(e);
  if (path === 'data.own.sha256') return String(value).slice(0, 8);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(path === 'model.hidden' ? '-' : ' ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null) return 'none';
  if (path === `${POLICY}.monitor`) return words(String(value));
  const entry = settingAt(path)?.entry;
  const registry = entry?.kind === 'choice' || entry?.kind === 'named' ? entry.registry : {};
  return registry[value]?.label ?? String(value);
}
