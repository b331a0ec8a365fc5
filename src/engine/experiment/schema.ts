/** @file Validates unknown input as an experiment by a schema made from its settings; everything from outside passes here. */
import * as v from 'valibot';
import type { Task } from '../../../datasets/contract.ts';
import { leakedPoints, taskOf, type Experiment, type StageTraining } from './experiment.ts';
import { CURRENT_VERSION, versionRemedy } from './migrations/index.ts';
import { SETTINGS, settingsIn } from './settings/index.ts';
import { isEntry, type Entry, type Group, type NumberSetting } from './settings/kinds.ts';
import { goesByNoise } from '../training/batch-schedules.ts';
import { OBJECTIVES, objectiveFor } from '../model/objectives.ts';
import { at } from './tree.ts';

type Schema = v.GenericSchema;

/** Of any list, before its items are looked at: each that is wrong is a problem of its own. */
const MAX_ITEMS = 1000;

function object(entries: Record<string, Schema>) {
  return v.strictObject(entries, (issue) =>
    issue.expected === 'never'
      ? 'is not a known field; remove it'
      : issue.received === 'undefined'
        ? 'is missing; add it'
        : 'must be an object',
  );
}

const schemasOf = (group: Group): Record<string, Schema> =>
  Object.fromEntries(Object.entries(group).map(([key, node]) => [key, schemaOf(node)]));

function schemaOf(node: Entry | Group): Schema {
  if (!isEntry(node)) return object(schemasOf(node));
  switch (node.kind) {
    case 'number':
      return number(node);
    case 'flag':
      return v.boolean('must be true or false');
    case 'text':
      return v.custom((x) => typeof x === 'string' && (node.accepts?.(x) ?? true), node.remedy);
    case 'choice': {
      const names = Object.keys(node.registry);
      return v.picklist(names, `must be one of ${names.join(', ')}`);
    }
    case 'named':
      return namedOf(node.registry);
    case 'list': {
      const items = v.pipe(
        v.custom((x) => !Array.isArray(x) || x.length <= MAX_ITEMS, `must have at most ${MAX_ITEMS} items`),
        v.array(schemaOf(node.of), node.remedy),
      );
      const { maxLength } = node;
      return maxLength ? v.pipe(items, v.maxLength(maxLength.length, maxLength.remedy)) : items;
    }
    case 'optional':
      return v.nullable(object(schemasOf(node.fields)));
    case 'other':
      return v.custom(node.accepts, node.remedy);
    default:
      return node satisfies never;
  }
}

function number({ min, max, integer }: NumberSetting): Schema {
  return v.custom(
    (x) => typeof x === 'number' && Number.isFinite(x) && x >= min && x <= max && (!integer || Number.isInteger(x)),
    `must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`,
  );
}

/** One of the entries of a registry, with the numbers that belong to it. */
function namedOf(registry: Readonly<Record<string, { numbers: Readonly<Record<string, NumberSetting>> }>>): Schema {
  const options = Object.entries(registry).map(([name, { numbers }]) => {
    const fields = Object.entries(numbers).map(([key, setting]) => [key, number(setting)] as const);
    return object({ name: v.literal(name), ...Object.fromEntries(fields) });
  });
  return v.variant('name', options as [], `must name one of ${Object.keys(registry).join(', ')}`);
}

const SCHEMA = object({
  version: v.literal(
    CURRENT_VERSION,
    ({ input }) => versionRemedy(input) ?? `must be ${CURRENT_VERSION}; it is to be migrated before`,
  ),
  ...schemasOf(SETTINGS),
});

/** One wrong field: where it is, what it holds, what it should hold. */
export interface Problem {
  path: string;
  value: unknown;
  remedy: string;
}

export type Parsed = { ok: true; experiment: Experiment } | { ok: false; problems: Problem[] };

/**
 * Reads an unknown value as an experiment of the current version. Fields left out are an error, not a default: see
 * `withDefaults`; so is an earlier version: see `parseAnyVersion`.
 */
export function parse(input: unknown): Parsed {
  const result = v.safeParse(SCHEMA, input);
  if (!result.success) {
    const problems = result.issues.map((issue) => ({
      path: v.getDotPath(issue) ?? '(document)',
      // For an unknown field `issue.input` is its name.
      value: issue.path ? issue.path.at(-1)?.value : issue.input,
      remedy: issue.message,
    }));
    // Of a document of another version nothing else can be said.
    const ofVersion = problems.filter(({ path }) => path === 'version');
    return { ok: false, problems: ofVersion.length > 0 ? ofVersion : problems };
  }
  const experiment = result.output as unknown as Experiment;
  const problems = contradictions(experiment);
  return problems.length === 0 ? { ok: true, experiment } : { ok: false, problems };
}

const WITH_NEEDS = settingsIn(SETTINGS).filter(({ entry }) => entry.needs !== undefined);

/** What each field allows alone but the fields do not allow together. */
function contradictions(e: Experiment): Problem[] {
  const found: Problem[] = [];
  const report = (path: string, value: unknown, remedy: string) => found.push({ path, value, remedy });
  if ((e.data.source === 'own') !== (e.data.own !== null)) {
    report('data.own', e.data.own, 'must describe a table exactly when data.source is "own"');
    return found;
  }
  const task = taskOf(e);
  if (!(OBJECTIVES[e.objective].tasks as readonly Task[]).includes(task)) {
    report('objective', e.objective, `does not fit the ${task} task of "${e.data.source}"; use ${objectiveFor(task)}`);
  }
  for (const { path, entry } of WITH_NEEDS) {
    const value = at(e, path.split('.'));
    if ((entry.needs === 'classes') === (task !== 'regression') || value === entry.default) continue;
    const needed = entry.needs === 'classes' ? 'needs classes' : 'needs a target that is a number, not a class';
    report(path, value, `${needed}, and "${e.data.source}" has none; use ${JSON.stringify(entry.default)}`);
  }
  if (e.model.layerNorm && e.model.hidden.some((units) => units < 2)) {
    report(
      'model.layerNorm',
      true,
      'needs two units at least in each layer of model.hidden; widen it, or switch this off',
    );
  }
  if (e.replicas.validations > 1 && leakedPoints(e) > 0) {
    report(
      'replicas.validations',
      e.replicas.validations,
      'must be 1 with data.leakage, which would put each validation set into a training set of its own',
    );
  }
  if (leakedPoints(e) > e.data.trainSize) {
    report(
      'data.leakage',
      e.data.leakage,
      `puts ${leakedPoints(e)} validation points into data.trainSize ${e.data.trainSize}; use less, or more training points`,
    );
  }
  checkTraining(e, e.training, e.model.dropout, { path: 'training', dropoutPath: 'model.dropout', from: 0 }, report);
  e.stages.forEach((stage, i) => {
    const path = `stages.${i}`;
    const before = e.stages[i - 1]?.from ?? 0;
    if (stage.from <= before)
      report(`${path}.from`, stage.from, `must be more than ${before}, where the one before begins`);
    checkTraining(
      e,
      stage.training,
      stage.dropout,
      { path: `${path}.training`, dropoutPath: `${path}.dropout`, from: stage.from },
      report,
    );
  });
  return found;
}

/** The settings of a stage, or of the beginning. */
function checkTraining(
  { data, model, training: { epochs } }: Experiment,
  { optimizer, weightDecay, warmup, batchSchedule, batchSize }: StageTraining,
  dropout: readonly number[],
  { path, dropoutPath, from }: { path: string; dropoutPath: string; from: number },
  report: (path: string, value: unknown, remedy: string) => void,
): void {
  if (dropout.length > model.hidden.length)
    report(dropoutPath, dropout, `has more rates than the ${model.hidden.length} hidden layers; leave some out`);
  if (optimizer.name === 'adamw' && weightDecay > 0)
    report(`${path}.weightDecay`, weightDecay, 'must be 0 with AdamW, whose own weight decay is set beside it');
  if (from + warmup >= epochs) report(`${path}.warmup`, warmup, `must end before the ${epochs} epochs of training do`);
  if (goesByNoise(batchSchedule) && data.trainSize < 2)
    report(`${path}.batchSchedule`, batchSchedule.name, 'needs two training points at least; use fixed');
  if (typeof batchSize === 'number' && batchSize > data.trainSize)
    report(`${path}.batchSize`, batchSize, `must not exceed the ${data.trainSize} training points; use "full"`);
}
