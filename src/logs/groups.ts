/** @file Which rows of a table are of which run: columns that name runs, headers in the middle, epochs that begin again. */
import { clocksOf, isClock, type Clocks } from './clocks.ts';
import { LogError } from './log-error.ts';
import { clockOf } from './names/clocks.ts';
import { metricIn } from './names/metrics.ts';
import { splitOf } from './names/splits.ts';
import { partsOf, type Column, type LogTable } from './table.ts';

const NAMES =
  /^(?:run|runs|(?:run|experiment|exp|trial|job|model|config|sys|group|worker|process)[ _./-]?(?:id|name|uuid|hash|no|number|idx|index|key|path)?|seed|random_?(?:state|seed)|(?:cv_?)?fold|replica|repeat|repetition|rep|name|version|variant|method|optimizer|hparams?)$/i;

export const isGroupName = (name: string): boolean =>
  NAMES.test(name.trim()) && metricIn(name) === null && clockOf(name) === null;

/** The runs of a table, in the order of their first rows, each with the name it has in the table. */
export function runsIn(table: LogTable): LogTable[] {
  const columns = table.columns.filter((column) => isGroupName(column.name) || tellsRunsApart(column, table));
  const others = { ...table, columns: table.columns.filter((column) => !columns.includes(column)) };
  refuseResults(others);
  if (columns.length === 0 || table.bare) return restarts(table.bare ? table : others);
  const labels = labelsOf(columns, table.length);
  const numbers = new Map<string, number>();
  const partOf = labels.map((label) => {
    if (label === null) return -1;
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    return numbers.get(label)!;
  });
  const names = [...numbers.keys()];
  return partsOf(others, partOf, names.length).flatMap((part, i) =>
    restarts({
      ...part,
      run: [table.run, names[i]!].filter((name) => name !== '').join(' '),
      notes: i === 0 ? table.notes : [],
    }),
  );
}

/** A column of words of which some epoch or step has several: then they are not of one run. */
function tellsRunsApart(column: Column, table: LogTable): boolean {
  if (isClock(column) || splitOf(column.name) !== null || metricIn(column.name) !== null) return false;
  if (column.rows.length < table.length || !column.cells.every((cell) => typeof cell === 'string')) return false;
  const distinct = new Set(column.cells).size;
  const { epoch, step } = clocksOf(table);
  const clock = epoch ?? step;
  if (!clock || distinct < 2 || distinct === table.length) return false;
  const seen = new Map<number, unknown>();
  return column.cells.some((cell, row) => {
    const at = clock[row]!;
    const other = seen.has(at) && seen.get(at) !== cell;
    seen.set(at, cell);
    return other;
  });
}

/** A table without a clock whose rows are named, each by a word of its own, holds what came out of runs. */
function refuseResults({ columns, length }: LogTable): void {
  const clocks = columns.some(isClock);
  const named = columns.find(
    (c) => c.rows.length === length && new Set(c.cells).size === length && c.cells.every((x) => typeof x === 'string'),
  );
  const numbers = columns.some(({ cells }) => cells.some((cell) => typeof cell === 'number'));
  if (clocks || length < 2 || !named || !numbers || metricIn(named.name) !== null) return;
  throw new LogError(named.name, String(named.cells[0]), ONE_VALUE);
}

export const ONE_VALUE =
  'has one value: these are results, not histories; give the values of every evaluation, a row for each';

/** The name of each row's run from the columns that tell runs apart; null where a row has none. */
function labelsOf(columns: readonly Column[], length: number): (string | null)[] {
  const cells = columns.map((column) => {
    const dense = new Array<string | null>(length).fill(null);
    column.rows.forEach((row, i) => (dense[row] = labelOf(column, i)));
    return dense;
  });
  const key = (kept: readonly number[], row: number) => kept.map((c) => cells[c]![row] ?? '').join(' ');
  const count = (kept: readonly number[]) => new Set(Array.from({ length }, (_, row) => key(kept, row))).size;
  let kept = columns.map((_, i) => i);
  const all = count(kept);
  // What says no more than the others is left out, identifiers first.
  const spare = [...kept].sort((a, b) => Number(isId(columns[b]!)) - Number(isId(columns[a]!)) || b - a);
  for (const c of spare) {
    const without = kept.filter((other) => other !== c);
    if (without.length > 0 && count(without) === all) kept = without;
  }
  return Array.from({ length }, (_, row) =>
    kept.every((c) => cells[c]![row] === null)
      ? cells.some((column) => column.some((x) => x !== null))
        ? null
        : ''
      : key(kept, row),
  );
}

const isId = ({ name, cells }: Column) =>
  /id|hash|uuid|key/i.test(name) || cells.every((cell) => typeof cell === 'string' && /^[\da-f-]{16,}$/i.test(cell));

const labelOf = ({ name, cells }: Column, i: number): string => {
  const cell = cells[i]!;
  return typeof cell === 'string' ? cell : `${name.trim()} ${cell}`;
};

/** A header in the middle that is not followed by the next epoch, or an epoch that falls back to its start, begins a run. */
function restarts(table: LogTable): LogTable[] {
  const clocks = clocksOf(table);
  const used = rowsWithCells(table);
  const starts: number[] = [];
  let first = used.findIndex(Boolean);
  let last = first;
  for (let row = first + 1; first !== -1 && row < table.length; row++) {
    if (!used[row]) continue;
    const again = table.breaks.some((at) => at > last && at <= row);
    if (begins(clocks, first, last, row, again)) {
      starts.push(row);
      first = row;
    }
    last = row;
  }
  if (starts.length === 0) return [table];
  const partOf: number[] = [];
  for (let row = 0, part = 0; row < table.length; row++) {
    if (row === starts[part]) part++;
    partOf.push(part);
  }
  const parts = partsOf(table, partOf, starts.length + 1);
  return parts.map((part, i) => ({
    ...part,
    run: `${table.run} run ${i + 1}`.trim(),
    notes: i === 0 ? table.notes : [],
  }));
}

function rowsWithCells(table: LogTable): boolean[] {
  const used = new Array<boolean>(table.length).fill(false);
  for (const column of table.columns) if (!isClock(column)) for (const row of column.rows) used[row] = true;
  return used;
}

function begins({ epoch, step }: Clocks, first: number, last: number, row: number, again: boolean): boolean {
  let falls = false;
  let goesOn = false;
  for (const clock of [epoch, step]) {
    if (!clock || Number.isNaN(clock[row]) || Number.isNaN(clock[last])) continue;
    if (clock[row]! <= clock[first]! && (again || clock[row]! < clock[last]!)) falls = true;
    else if (clock[row]! > clock[last]!) goesOn = true;
  }
  return goesOn ? false : falls || (again && !epoch && !step);
}
