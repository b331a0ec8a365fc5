/** @file Files that hold parts of one run: event files by split, one file a metric, one file an epoch. */
import { clocksOf } from './clocks.ts';
import type { LogSource } from './formats/format.ts';
import { parseLiteral } from './formats/literal.ts';
import { putRecord } from './formats/structure.ts';
import { folderOf, fileNameOf } from './paths.ts';
import { TableBuilder, type LogTable } from './table.ts';

/** Tables of one run put together, their rows in the order of time where all have it, else of step or epoch. */
export function joinTables(tables: readonly LogTable[]): LogTable[] {
  const groups = new Map<string, LogTable[]>();
  tables.forEach((table, i) => {
    const key = table.joins ? `${table.format}\n${table.run}` : String(i);
    groups.set(key, [...(groups.get(key) ?? []), table]);
  });
  return [...groups.values()].map((group) => (group.length === 1 ? group[0]! : merged(group)));
}

function merged(tables: readonly LogTable[]): LogTable {
  const first = tables[0]!;
  const rows = tables.flatMap((table, t) => {
    const { time, step, epoch } = clocksOf(table);
    const clock = time ?? step ?? epoch;
    return Array.from({ length: table.length }, (_, row) => ({ t, row, at: clock?.[row] ?? NaN }));
  });
  if (!rows.some(({ at }) => Number.isNaN(at))) rows.sort((a, b) => a.at - b.at);
  const cells = tables.map((table) => {
    const dense = Array.from(
      { length: table.length },
      (): [string, LogTable['columns'][number]['cells'][number]][] => [],
    );
    for (const column of table.columns)
      column.rows.forEach((row, i) => dense[row]!.push([column.name, column.cells[i]!]));
    return dense;
  });
  const builder = new TableBuilder(first.format, first.run);
  builder.notes.push(...tables.flatMap(({ notes }) => notes));
  for (const { t, row } of rows) {
    for (const [name, cell] of cells[t]![row]!) builder.put(name, cell);
    builder.endRow();
  }
  return builder.table;
}

const EPOCH_FILE = /^metrics_epoch_(\d+)\.json$/;

/** AllenNLP writes one file an epoch: those of a folder are one history. The sources that are none of them are given back. */
export function epochFiles(sources: readonly LogSource[]): { tables: LogTable[]; others: LogSource[] } {
  const folders = new Map<string, LogSource[]>();
  for (const source of sources) {
    if (EPOCH_FILE.test(fileNameOf(source.path)))
      folders.set(folderOf(source.path), [...(folders.get(folderOf(source.path)) ?? []), source]);
  }
  const several = [...folders].filter(([, files]) => files.length > 1);
  const taken = new Set(several.flatMap(([, files]) => files));
  const tables = several.map(([folder, files]) => {
    const builder = new TableBuilder('metrics_epoch files of AllenNLP', folder);
    builder.joins = true;
    const epochOf = ({ path }: LogSource) => Number(EPOCH_FILE.exec(fileNameOf(path))![1]);
    for (const file of [...files].sort((a, b) => epochOf(a) - epochOf(b))) {
      builder.put('epoch', epochOf(file));
      const value = parseLiteral(file.text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) putRecord(builder, value, '');
      builder.endRow();
    }
    return builder.table;
  });
  return { tables, others: sources.filter((source) => !taken.has(source)) };
}
