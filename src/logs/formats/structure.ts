/** @file From values as JSON has them to tables: lists, records, objects of lists, nested objects, documents. */
import { parseLogCell, type Cell } from '../cells.ts';
import { LogError } from '../log-error.ts';
import { readName } from '../names/column.ts';
import { splitOf } from '../names/splits.ts';
import { metricIn } from '../names/metrics.ts';
import { clockOf } from '../names/clocks.ts';
import { TableBuilder, type LogTable } from '../table.ts';
import type { Literal } from './literal.ts';

type Obj = Record<string, Literal>;

const isObject = (value: Literal | undefined): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRecords = (value: Literal | undefined): value is Obj[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);
/** A list with something of a history in it: not a list of words. */
const isHistory = (value: Literal | undefined): value is Literal[] =>
  Array.isArray(value) && value.length > 0 && value.every(isScalar) && value.some((v) => isValue(v));
const isScalar = (value: Literal) => typeof value !== 'object' || value === null;
const isValue = (value: Literal) =>
  value === null || typeof value === 'number' || (typeof value === 'string' && typeof parseLogCell(value) === 'number');

/** The tables in a value, `run` the name of the run where it has none of its own. */
export function tablesOf(value: Literal, format: string, run = ''): LogTable[] {
  if (Array.isArray(value)) return ofList(value, format, run);
  if (isObject(value)) return ofObject(value, format, run);
  throw new LogError(run || 'run 1', String(value), 'is one value; give a list of them, such as [0.9, 0.7, 0.65]');
}

function ofList(list: Literal[], format: string, run: string): LogTable[] {
  if (list.length === 0) throw new LogError(run || 'run 1', '[]', 'must have at least one value');
  if (list.every(Array.isArray)) return ofLists(list as Literal[][], format, run);
  if (!list.every(isObject)) return [bareList(list, format, run)];
  if (!list.some(holdsHistories)) return [ofRecords(list, format, run)];
  return list.flatMap((item, i) => tablesOf(item, format, nameIn(item) ?? `run ${i + 1}`));
}

/** Whether lists or records of values stand in an object, at any depth. */
const holdsHistories = (value: Literal): boolean =>
  (Array.isArray(value) && value.length === 0) ||
  isHistory(value) ||
  isRecords(value) ||
  (isObject(value) && Object.values(value).some(holdsHistories));

function nameIn(value: Literal): string | null {
  if (!isObject(value)) return null;
  const name = value['name'] ?? value['run_name'] ?? value['run'] ?? value['run_id'] ?? value['id'];
  return typeof name === 'string' && name !== '' ? name : null;
}

/** Lists in a list: runs, or the `[wall time, step, value]` of the JSON that TensorBoard downloads. */
function ofLists(lists: Literal[][], format: string, run: string): LogTable[] {
  const scalars = lists.every((l) => l.length === 3 && typeof l[0] === 'number' && l[0] > 1e9 && isWhole(l[1]));
  if (!scalars) return lists.flatMap((list, i) => tablesOf(list, format, `run ${i + 1}`));
  const builder = new TableBuilder('JSON of TensorBoard', run);
  for (const [time, step, value] of lists) {
    builder.put('wall time', cellIn(time!));
    builder.put('step', cellIn(step!));
    builder.put('value', cellIn(value!));
    builder.endRow();
  }
  return [builder.table];
}

const isWhole = (value: Literal | undefined) => typeof value === 'number' && Number.isInteger(value);

/** A list of nothing but values: a missing one keeps its place. */
function bareList(list: readonly Literal[], format: string, run: string): LogTable {
  const builder = new TableBuilder(format, run);
  builder.bare = true;
  const column = builder.column('value');
  // What follows the last value is not yet there.
  list.slice(0, list.findLastIndex((value) => value !== null) + 1).forEach((value, i) => {
    column.rows.push(i);
    column.cells.push(value === null ? null : numberIn(value, `${run || 'run 1'}, value ${i + 1}`));
    builder.endRow();
  });
  return builder.table;
}

function numberIn(value: Literal, place: string): number {
  const cell = typeof value === 'string' ? parseLogCell(value) : value;
  if (typeof cell === 'number') return cell;
  throw new LogError(place, JSON.stringify(value), 'must be a number, null, "NaN" or "Infinity"');
}

/** One row for each record; what is nested is named with a dot. */
function ofRecords(records: readonly Obj[], format: string, run: string): LogTable {
  const builder = new TableBuilder(format, run);
  for (const record of records) {
    putRecord(builder, record, '');
    builder.endRow();
  }
  return builder.table;
}

/** Puts the fields of an object into the row that is being written. */
export function putRecord(builder: TableBuilder, record: Obj, prefix: string): void {
  for (const [key, value] of Object.entries(record)) {
    if (isObject(value)) putRecord(builder, value, `${prefix}${key}.`);
    else if (!Array.isArray(value)) builder.put(prefix + key, cellIn(value));
  }
}

function cellIn(value: Literal): Cell | null {
  if (typeof value === 'string') return parseLogCell(value);
  return typeof value === 'number' ? value : null;
}

function ofObject(object: Obj, format: string, run: string): LogTable[] {
  const entries = Object.entries(object).map(([key, value]) => [key, indexed(value)] as const);
  if (entries.length === 0) throw new LogError(run || 'run 1', '{}', 'must have at least one list of values');
  const empty = entries.find(([, value]) => Array.isArray(value) && value.length === 0);
  const lists = entries.filter((entry): entry is readonly [string, Literal[]] => isHistory(entry[1]));
  const split = splitTable(object, format, run);
  if (split) return [split];

  // A document: settings beside what was logged, such as `log_history`.
  const records = entries.filter((entry): entry is readonly [string, Obj[]] => isRecords(entry[1]));
  if (!lists.some(([key]) => splitOf(key) !== null || metricIn(key) !== null)) {
    if (records.length === 1) return ofList(records[0]![1], format, nameIn(object) ?? run);
    if (records.length > 1) return records.flatMap(([key, value]) => ofList(value, format, key));
  }

  const nested = entries.filter(([, value]) => isObject(value) && holdsHistories(value));
  if (
    nested.length > 0 &&
    !(nested.some(([key]) => splitOf(key) !== null) && !nested.some(([, value]) => namesSplits(value)))
  ) {
    const names = nested.length === 1 && /^(history|metrics|logs?|data)$/i.test(nested[0]![0]);
    return nested.flatMap(([key, value]) => tablesOf(value, format, names ? (nameIn(object) ?? run) : key));
  }
  if (lists.length === 0 && nested.length === 0) {
    if (empty) throw new LogError(`${run || 'run 1'}: ${empty[0]}`, '[]', 'must have at least one value');
    throw resultsOf(object, run);
  }
  return [ofColumns(object, format, run)];
}

/** Whether the names within an object say splits themselves, so that the name it stands under is a run's. */
const namesSplits = (value: Literal): boolean =>
  isObject(value) && Object.entries(value).some(([key, field]) => splitOf(key) !== null || namesSplits(field));

/** pandas writes a column as an object whose keys are the index. */
function indexed(value: Literal): Literal {
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^\d+$/.test(key)) && Object.values(value).every(isScalar)
    ? Object.values(value)
    : value;
}

/** `{"columns": […], "data": [[…], …]}`, as pandas writes it with orient="split". */
function splitTable({ columns, data }: Obj, format: string, run: string): LogTable | null {
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) return null;
  const builder = new TableBuilder(format, run);
  for (const row of data as Literal[][]) {
    columns.forEach((name, i) => {
      if (typeof name === 'string') builder.put(name, cellIn(row[i] ?? null));
    });
    builder.endRow();
  }
  return builder.table;
}

/** One column for each list, nested names joined by a dot; what is no list is a setting. */
function ofColumns(object: Obj, format: string, run: string): LogTable {
  const builder = new TableBuilder(format, run);
  const lists: [string, Literal[]][] = [];
  const collect = (nested: Obj, prefix: string): void => {
    for (const [key, field] of Object.entries(nested)) {
      const value = indexed(field);
      if (isHistory(value)) lists.push([prefix + key, value]);
      else if (isObject(value)) collect(value, `${prefix}${key}.`);
    }
  };
  collect(object, '');
  if (lists.length === 0) throw new LogError(run || 'run 1', '[]', 'must have at least one value');
  builder.length = Math.max(...lists.map(([, list]) => list.length));
  // Runs one beside the other: nothing but their places says what is missing.
  builder.bare = !lists.some(([name]) => clockOf(name) !== null || splitOf(name) !== null || metricIn(name) !== null);
  const stride = builder.bare ? () => 1 : strides(lists, run, builder.notes);
  for (const [name, list] of lists) {
    const column = builder.column(name);
    const every = stride(name, list.length);
    list.forEach((value, i) => {
      const cell = value === null ? null : cellIn(value);
      if (cell === null && (value !== null || !builder.bare)) return;
      column.rows.push((i + 1) * every - 1);
      column.cells.push(cell);
    });
  }
  return builder.table;
}

/**
 * How many rows one value of a list stands for. Lists of one run are as long as each other, but for a validation that is
 * done every few epochs (`validation_freq` of Keras): then their lengths divide.
 */
function strides(
  lists: readonly [string, Literal[]][],
  run: string,
  notes: string[],
): (name: string, length: number) => number {
  const longest = new Map<string, readonly [string, number]>();
  const groupOf = (name: string) => readName(name).before;
  const isNamed = (name: string) => splitOf(name) !== null || metricIn(name) !== null;
  for (const [name, { length }] of lists) {
    if (isNamed(name) && length > (longest.get(groupOf(name))?.[1] ?? 0)) longest.set(groupOf(name), [name, length]);
  }
  return (name, length) => {
    if (!isNamed(name)) return 1;
    const [other, most] = longest.get(groupOf(name))!;
    if (length === most || splitOf(other) === splitOf(name)) return 1;
    if (most % length !== 0) {
      const remedy = `values must be as many as of ${name} (${length}); fill gaps with null or leave it out`;
      throw new LogError(`${run || 'run 1'}: ${other}`, String(most), remedy);
    }
    const every = most / length;
    notes.push(`${name} has ${length} values, ${other} has ${most}: taken for one every ${every} of them.`);
    return every;
  };
}

/** Numbers by name are what came out of a run, or of one epoch of it. */
function resultsOf(object: Obj, run: string): LogError {
  const [key = '', value = null] = Object.entries(object).find(([, field]) => isScalar(field)) ?? [];
  const content = `${key}: ${JSON.stringify(value)}`;
  if (typeof object['epoch'] === 'number' || 'training_epochs' in object)
    return new LogError(
      run || 'text',
      content,
      'is of one epoch, not a history; AllenNLP writes one such file an epoch: give all metrics_epoch_*.json together',
    );
  return new LogError(
    `${run || 'run 1'}: ${key}`,
    JSON.stringify(value),
    'must be a list of numbers: these are results, not histories; give the values of every evaluation',
  );
}
