/**
 * @file Tables that say in cells what others say in names: a row for each value of each metric (MLflow, Comet, Aim, melted
 * frames), or a row for each split. They become tables with a column for each metric.
 */
import { clocksOf, isClock } from './clocks.ts';
import { isGroupName } from './groups.ts';
import { splitOf } from './names/splits.ts';
import { TableBuilder, type Column, type LogTable } from './table.ts';

const KEY = /^(?:key|tag|variable|scalar|series|(?:metric|attribute)(?:[_ ./]?(?:name|key|path))?|metricname|name)$/i;
const VALUE = /^(?:value|values|metric[_ ./]?value|metricvalue|float_value|scalar_value)$/i;
const CONTEXT = /(?:^|[./_ a-z])(?:context|subset|split|phase|stage|mode|dataset|data|partition|set)$/i;

const isWords = ({ cells }: Column) => cells.length > 0 && cells.every((cell) => typeof cell === 'string');

export function pivoted(table: LogTable): LogTable {
  const { columns } = table;
  const value = columns.find(({ name }) => VALUE.test(name));
  const key = value && columns.find((column) => KEY.test(column.name) && isWords(column));
  const context = columns.find(
    (c) => CONTEXT.test(c.name) && isWords(c) && c.cells.every((cell) => splitOf(contextWord(String(cell))) !== null),
  );
  if (!key && !context) return table;
  const keys = key && byRow(key);
  const contexts = context && byRow(context);
  const builder = new TableBuilder(table.format, table.run);
  builder.joins = table.joins;
  builder.notes.push(...table.notes);
  const rest = columns.filter((column) => column !== key && column !== context);
  const at = new Map(rest.map((column) => [column, byRow(column)]));
  for (const row of order(table, key !== undefined)) {
    const split = contexts?.get(row);
    const prefix = split === undefined ? '' : `${contextWord(String(split))}/`;
    for (const column of rest) {
      const cell = at.get(column)!.get(row);
      if (cell === undefined || cell === null) continue;
      const stays = isClock(column) || isGroupName(column.name);
      if (column === value && keys) builder.put(prefix + String(keys.get(row) ?? 'value'), cell);
      else if (stays || !keys) builder.put(stays ? column.name : prefix + column.name, cell);
    }
    builder.endRow();
  }
  return builder.table;
}

/** `{'subset': 'val'}` of Aim, or the word itself. */
const contextWord = (text: string): string => /(train\w*|val\w*|test\w*|eval\w*|dev)/i.exec(text)?.[1] ?? text;

const byRow = ({ rows, cells }: Column) => new Map(rows.map((row, i) => [row, cells[i]!] as const));

/** Where a metric's rows stand below those of another, they are put in the order of their step or epoch. */
function order(table: LogTable, melted: boolean): number[] {
  const rows = Array.from({ length: table.length }, (_, row) => row);
  const { step, epoch } = clocksOf(table);
  const clock = step ?? epoch;
  if (!melted || !clock || clock.some(Number.isNaN)) return rows;
  return rows.sort((a, b) => clock[a]! - clock[b]! || a - b);
}
