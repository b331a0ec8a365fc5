/** @file What the columns of a table are, told from their names and from each other: split, set, metric, run. */
import { isClock } from './clocks.ts';
import { readName, type Named } from './names/column.ts';
import { metricDirection, isIncidental, qualifies } from './names/metrics.ts';
import type { Direction } from '../stopping/rule.ts';
import { nameWords, type LogSplit } from './names/splits.ts';
import type { Column, LogTable } from './table.ts';

/** A column that is a metric of a run. */
export interface Series {
  /** The run that its name says, empty where it says none. */
  run: string;
  split: LogSplit;
  /** Which of several data sets of the split. */
  set: string | null;
  metric: string;
  direction: Direction | null;
  per: Named['per'];
  column: Column;
}

export interface Roles {
  series: Series[];
  notes: string[];
}

/** A column with its name taken apart. */
type Read = Named & { column: Column; run: string };

/** The series of a table, and notes on what had to be assumed. */
export function rolesOf(table: LogTable): Roles {
  const columns = table.columns.filter((column) => !isClock(column) && hasNumbers(column));
  const known = columns
    .filter(({ name }) => !isIncidental(name))
    .map((column): Read => ({ ...readName(column.name), column, run: '' }))
    .filter((named) => named.known || named.split !== null);
  if (known.length === 0)
    return unnamed(columns.filter(({ name }) => !isIncidental(name) || /^(?:run|seed|trial)\b/i.test(name)));
  readRuns(known);
  readSets(known);
  const notes = table.columns
    .filter(
      (column) => column.cells.length > 0 && !hasNumbers(column) && column.cells.every((cell) => Number.isNaN(cell)),
    )
    .map(({ name }) => `${name} is nan throughout: it is not there.`);
  const series = [...new Set(known.map(({ run }) => run))].flatMap((run) =>
    splitsOf(
      known.filter((named) => named.run === run),
      notes,
    ),
  );
  return { series, notes };
}

const hasNumbers = ({ cells }: Column) => cells.some((cell) => typeof cell === 'number' && !Number.isNaN(cell));

/** Columns that say nothing: each is one run, or the one there is has a metric of its own name. */
function unnamed(columns: readonly Column[]): Roles {
  const alone =
    columns.length === 1 && !/^(?:value|values|run|seed|trial|fold|column|model|x|y)?\W*\d*$/i.test(columns[0]!.name);
  const series = columns.map((column): Series => ({
    run: columns.length > 1 ? column.name : '',
    split: 'validation',
    set: null,
    metric: alone ? column.name : 'loss',
    direction: alone ? null : 'min',
    per: null,
    column,
  }));
  const assumed = 'No metric is named: read as a validation loss, of which less is better.';
  return { series, notes: alone || columns.length === 0 ? [] : [assumed] };
}

const RUN_SUFFIX = /^(?:run|seed|fold|trial|exp|rep|version|v)[ _-]?\w+$/i;

/** Tells what stands before and after a metric: a run, or a part of the metric's name. */
function readRuns(known: Read[]): void {
  const validated = new Set(known.filter(({ split }) => split === 'validation').map(({ before }) => before));
  const befores = new Map<string, Set<string>>();
  for (const { metric, before } of known) befores.set(metric, (befores.get(metric) ?? new Set()).add(before));
  const afters = new Map<string, Set<string>>();
  for (const { split, metric, after } of known) {
    const key = `${split} ${metric}`;
    afters.set(key, (afters.get(key) ?? new Set()).add(after));
  }
  const each = [...afters.values()].map((set) => [...set].sort().join('\n'));
  const suffixed = each.length > 0 && each[0]!.includes('\n') && each.every((set) => set === each[0]);
  // pandas tells columns of one name apart as `loss`, `loss.1`.
  const first = known.some(({ after }) => after === '') ? 1 : 0;
  for (const named of known) {
    const { before, split, after } = named;
    const isRun =
      split !== null || validated.has(before) || (validated.size === 0 && befores.get(named.metric)!.size > 1);
    if (before !== '' && !isRun) named.metric = named.whole;
    named.run = isRun ? before : '';
    if (after === '') continue;
    if (suffixed || RUN_SUFFIX.test(after))
      named.run = [named.run, /^\d+$/.test(after) ? `run ${Number(after) + first}` : after]
        .filter((part) => part !== '')
        .join(' ');
    else named.metric = named.whole;
  }
  if (suffixed) for (const named of known) if (named.after === '') named.run = named.run || 'run 1';
}

/** Tells what stands between a split and its metric: a data set (`eval_a_loss`), or a part of the metric (`val_box_loss`). */
function readSets(known: Read[]): void {
  const plain = (text: string) => text.toLowerCase();
  const bare = new Set(
    known
      .filter(({ between, split }) => between === '' && split !== 'train')
      .map(({ run, metric }) => `${run} ${plain(metric)}`),
  );
  const trained = new Set(
    known.filter(({ split }) => split === 'train' || split === null).map(({ whole }) => plain(whole)),
  );
  const metrics = new Map<string, Set<string>>();
  for (const { between, metric } of known) metrics.set(between, (metrics.get(between) ?? new Set()).add(plain(metric)));
  // One letter is a part of a GAN (`G_loss`, `D_loss`), several are data sets a, b, c, d.
  const letters = new Set(
    known.map(({ between }) => between.toLowerCase()).filter((between) => /^[a-z]$/.test(between)),
  );
  const areSets = [...letters].some((letter) => !/[gd]/.test(letter));
  for (const named of known) {
    const { between, metric, whole } = named;
    if (between === '') continue;
    const words = nameWords(between).map(({ text }) => text);
    const qualified = qualifies(words) && !(areSets && letters.has(between.toLowerCase()));
    const isSet =
      !qualified &&
      !trained.has(plain(whole)) &&
      (metrics.get(between)!.size > 1 || !bare.has(`${named.run} ${plain(metric)}`));
    if (isSet) named.set = named.set === null ? between : `${named.set} ${between}`;
    else named.metric = whole;
  }
}

/** The series of one run. */
function splitsOf(known: readonly Read[], notes: string[]): Series[] {
  const validated = new Set(
    known.filter(({ split }) => split === 'validation').map(({ metric }) => metric.toLowerCase()),
  );
  const trainNamed = known.some(({ split }) => split === 'train');
  const losses = known.filter(({ split, metric }) => split === null && isLoss(metric)).map(({ column }) => column);
  const splitOfBare = ({ metric, column }: Read): LogSplit => {
    if (isLoss(metric) || validated.has(metric.toLowerCase())) return 'train';
    // Keras writes the training metrics beside the training loss; others measure on validation data, on rows of their own.
    return !trainNamed && losses.some((loss) => shareRows(loss, column)) ? 'train' : 'validation';
  };
  const series = known.map((named): Series => ({
    run: named.run,
    split: named.split ?? splitOfBare(named),
    set: named.set,
    metric:
      named.metric === ''
        ? 'loss'
        : /^(?:Loss|Accuracy|Acc)$/.test(named.metric)
          ? named.metric.toLowerCase()
          : named.metric,
    direction: named.metric === '' ? 'min' : metricDirection(named.metric),
    per: named.per,
    column: named.column,
  }));
  const first = firstIsTraining(series);
  if (first) notes.push(first);
  for (const split of ['train', 'validation', 'test'] as const) {
    const sets = series.filter((one) => one.split === split);
    // A number tells several sets apart; of one it says nothing.
    if (sets.every(({ set }) => set === sets[0]!.set) && /^\d+$/.test(sets[0]?.set ?? ''))
      for (const one of sets) one.set = null;
  }
  return series;
}

const isLoss = (metric: string) => /loss|^$/i.test(metric) && !/logloss/i.test(metric);

function shareRows(a: Column, b: Column): boolean {
  const rows = new Set(a.rows);
  return b.rows.some((row) => rows.has(row));
}

/**
 * XGBoost calls the sets of `eval_set` validation_0, validation_1, …, and people give the training data first. Where the
 * first one ends better than the others, it is taken for that.
 */
function firstIsTraining(series: Series[]): string | null {
  if (series.some(({ split }) => split === 'train')) return null;
  const first = series.filter(({ set, column }) => set === '0' && /validation_0/.test(column.name));
  const others = series.filter(({ set, split }) => split === 'validation' && set !== '0' && set !== null);
  if (first.length === 0 || others.length === 0) return null;
  const endOf = ({ column }: Series) => Number(column.cells.at(-1));
  const worse = first.some((one) =>
    others.some((other) => {
      const better = endOf(one) - endOf(other);
      return other.metric === one.metric && (one.direction === 'max' ? better < 0 : better > 0);
    }),
  );
  if (worse) return null;
  for (const one of first) one.split = 'train';
  return 'validation_0 ends better than the sets after it: taken for the training data, as eval_set often has them first.';
}
