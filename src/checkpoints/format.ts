/** @file Reads a stored checkpoint; if it is damaged, the error names the field. */
import * as v from 'valibot';
import type { Table } from '../../datasets/contract.ts';
import { parseAnyVersion } from '../engine/experiment/defaults.ts';
import { OPTIMIZERS } from '../engine/training/optimizers.ts';
import type { EngineState } from '../engine/protocol.ts';
import { stageOfState } from '../engine/experiment/stages.ts';
import { isTree, type Tree } from '../engine/experiment/tree.ts';
import { shown } from '../engine/json-text.ts';
import { BACKENDS } from '../engine/trainers/trainer.ts';
import { CheckpointError, SCHEMA_VERSION, type CheckpointBulk, type CheckpointMeta } from './checkpoint.ts';
import { datasetOf } from '../../datasets/index.ts';
import { layoutOf } from '../engine/model/network.ts';
import { migratedBulk, migratedMeta, RECORD_STEPS } from './migrations/index.ts';
import { withPolicy } from '../stopping/experiment-policy.ts';
import { descriptionsFor } from '../stopping/rules/loaded.ts';
import { columnsOf, sizeOfColumn, type TapeColumns } from './tape-columns.ts';

const number = v.custom<number>((x) => typeof x === 'number', 'must be a number');
const count = v.pipe(v.number('must be a number'), v.integer('must be whole'), v.minValue(0, 'must not be negative'));
const floats = v.instance(Float32Array, 'must be a Float32Array');

const META = v.object({
  id: v.string('must be text'),
  schema: v.literal(SCHEMA_VERSION),
  name: v.string('must be text'),
  savedAt: v.pipe(
    v.string('must be text'),
    v.check((x) => !Number.isNaN(Date.parse(x)), 'must be a date'),
  ),
  experiment: v.unknown(),
  epochs: count,
  device: v.object({ backend: v.picklist(BACKENDS), adapter: v.string('must be text') }),
  outcome: v.object({ error: number, se: number, meanStop: number, bias2: number, variance: number }),
  curves: v.object({ error: floats, bias2: floats, variance: floats }),
  sizeBytes: count,
});

/** Reads a stored record as metadata; throws a `CheckpointError` that names what does not fit. */
export function readMeta(id: string, record: unknown): CheckpointMeta {
  checkVersion(record);
  const result = v.safeParse(META, migratedMeta(record));
  if (!result.success) {
    const issue = result.issues[0];
    throw damaged(v.getDotPath(issue) ?? 'record', issue.message);
  }
  const meta = result.output;
  if (meta.id !== id) throw damaged('id', `must be ${id}, as in its key`);
  for (const [name, curve] of Object.entries(meta.curves)) {
    if (curve.length !== meta.epochs)
      throw damaged(`curves.${name}`, `has ${curve.length} epochs instead of ${meta.epochs}`);
  }
  const parsed = parseAnyVersion(meta.experiment);
  if (!parsed.ok) {
    const [first] = parsed.problems;
    throw damaged(`experiment.${first?.path}`, `${first?.remedy}`);
  }
  return { ...meta, experiment: parsed.experiment };
}

/**
 * The metadata with their policy read in full; rejects with a `CheckpointError` that names what does not fit. The rules
 * are loaded only for a policy.
 */
export async function withItsPolicy(meta: CheckpointMeta): Promise<CheckpointMeta> {
  const parsed = withPolicy(meta.experiment, await descriptionsFor(meta.experiment.stopping.policy));
  if (parsed.ok) return { ...meta, experiment: parsed.experiment };
  const { path, value, remedy } = parsed.problems[0]!;
  throw damaged(`experiment.${path}`, `${shown(value)} ${remedy}`);
}

/** Reads a stored record as the bulk that belongs to `meta`: every array present, of its type and exact length. */
export function readBulk(meta: CheckpointMeta, record: unknown): CheckpointBulk {
  checkVersion(record);
  checkShape(record.tape, meta);
  tree(record.state, 'state');
  const bulk = migratedBulk(record, meta.experiment) as unknown as CheckpointBulk;
  if (bulk.id !== meta.id) throw damaged('id', `must be ${meta.id}, as in its key`);
  checkTape(bulk.tape, meta);
  checkState(bulk.state, meta, bulk.tape.shape.outputs);
  checkTable(bulk.table, meta);
  return bulk;
}

function checkShape(tape: unknown, meta: CheckpointMeta): void {
  tree(tape, 'tape');
  const { shape, length } = tape;
  tree(shape, 'tape.shape');
  const { replicas, epochs, points, outputs } = shape;
  for (const [name, x] of Object.entries({ replicas, epochs, points, outputs })) {
    if (!Number.isInteger(x) || Number(x) < 1)
      throw damaged(`tape.shape.${name}`, `${String(x)} must be a whole number above 0`);
  }
  if (typeof shape.classification !== 'boolean')
    throw damaged('tape.shape.classification', `${shown(shape.classification)} must be true or false`);
  if (replicas !== meta.experiment.replicas.count) {
    throw damaged(
      'tape.shape.replicas',
      `${String(replicas)} must be the experiment's ${meta.experiment.replicas.count}`,
    );
  }
  if (length !== meta.epochs || length > Number(epochs))
    throw damaged('tape.length', `${String(length)} must be ${meta.epochs}`);
}

function checkTape(tape: TapeColumns, { experiment }: CheckpointMeta): void {
  const { shape } = tape;
  const replicas = experiment.replicas.count;
  for (const name of columnsOf(shape))
    array(tape[name], Float32Array, sizeOfColumn(shape, name, tape.length), `tape.${name}`);
  for (const name of ['elapsedMs', 'measuringMs'] as const)
    if (typeof tape[name] !== 'number') throw damaged(`tape.${name}`, `${shown(tape[name])} must be a number`);
  const diverged = array(tape.divergedAt, Int32Array, replicas, 'tape.divergedAt');
  diverged.forEach((epoch, r) => {
    if (epoch < -1 || epoch >= tape.length)
      throw damaged(`tape.divergedAt.${r}`, `${epoch} must be −1 or one of the ${tape.length} recorded epochs`);
  });
}

function checkState(state: EngineState, meta: CheckpointMeta, outputs: number): void {
  const {
    data,
    replicas: { count: replicas },
  } = meta.experiment;
  const features = data.own?.features ?? datasetOf(data.source)!.features;
  const size = replicas * layoutOf(meta.experiment, features, outputs).parameters;
  const { trainer, archive, pace } = state;
  tree(trainer, 'state.trainer');
  tree(archive, 'state.archive');
  if (trainer.epoch !== meta.epochs) throw damaged('state.trainer.epoch', `${trainer.epoch} must be ${meta.epochs}`);
  if (!Number.isInteger(trainer.step) || trainer.step < 0)
    throw damaged('state.trainer.step', `${trainer.step} must be a whole number`);
  const all = array(trainer.weights, Float32Array, size, 'state.trainer.weights').length;
  const { optimizer } = stageOfState(meta.experiment, trainer).training;
  const slots = OPTIMIZERS[optimizer.name].slots.length;
  if (!Array.isArray(trainer.slots) || trainer.slots.length !== slots)
    throw damaged('state.trainer.slots', `must be ${slots} arrays`);
  trainer.slots.forEach((slot, i) => array(slot, Float32Array, all, `state.trainer.slots.${i}`));
  const kept = array(archive.epochs, Int32Array, null, 'state.archive.epochs').length;
  array(archive.weights, Float32Array, kept * all, 'state.archive.weights');
  array(archive.bestEpoch, Int32Array, replicas, 'state.archive.bestEpoch');
  array(archive.bestLoss, Float32Array, replicas, 'state.archive.bestLoss');
  array(archive.bestWeights, Float32Array, all, 'state.archive.bestWeights');
  tree(pace, 'state.pace');
  for (const name of ['updates', 'flops', 'seconds', 'batch', 'best', 'wait'] as const)
    if (typeof pace[name] !== 'number') throw damaged(`state.pace.${name}`, 'must be a number');
  for (const name of ['rates', 'lowest'] as const) array(pace[name], Float64Array, replicas, `state.pace.${name}`);
  for (const name of ['waits', 'cooldowns'] as const) array(pace[name], Int32Array, replicas, `state.pace.${name}`);
  if (pace.classes !== null)
    array(pace.classes, Uint16Array, replicas * meta.experiment.data.trainSize, 'state.pace.classes');
}

function checkTable(table: Table | null, meta: CheckpointMeta): void {
  const own = meta.experiment.data.own;
  if (own === null && table === null) return;
  if (own === null || table === null)
    throw damaged('table', own ? 'is missing, and the experiment needs its rows' : 'must be null');
  tree(table, 'table');
  if (table.rows !== own.rows) throw damaged('table.rows', `${table.rows} must be ${own.rows}`);
  array(table.features, Float32Array, own.rows * own.features, 'table.features');
  array(table.targets, Float32Array, own.rows, 'table.targets');
}

function checkVersion(record: unknown): asserts record is Tree {
  tree(record, 'record');
  const { schema } = record;
  if (typeof schema === 'number' && schema > SCHEMA_VERSION) {
    throw new CheckpointError(
      'newer',
      `It was saved by a newer Patience (format ${schema}, this page reads ${SCHEMA_VERSION}). Reload the page to get the newer version.`,
    );
  }
  if (schema !== SCHEMA_VERSION && !RECORD_STEPS.some(({ from }) => from === schema))
    throw damaged('schema', `${String(schema)} must be a whole number from 1 to ${SCHEMA_VERSION}`);
}

function tree(x: unknown, path: string): asserts x is Tree {
  if (!isTree(x)) throw damaged(path, 'must be an object');
}

function array<T extends Float32Array | Float64Array | Int32Array | Uint16Array>(
  x: unknown,
  type: new () => T,
  length: number | null,
  path: string,
): T {
  if (!(x instanceof type)) throw damaged(path, `must be a ${type.name}`);
  if (length !== null && x.length !== length) throw damaged(path, `has ${x.length} numbers instead of ${length}`);
  return x;
}

/** A record that cannot be read, with the field and what is wrong with it. */
export function damaged(path: string, what: string): CheckpointError {
  return new CheckpointError(
    'damaged',
    `The record is damaged: ${path} ${what}. It was left as it is; delete it if you do not need it.`,
  );
}
