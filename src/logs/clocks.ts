/** @file The clocks of a table, a value for each row: they stand beside values and never merge rows. */
import { secondsOf } from './cells.ts';
import { clockOf, isRowNumber, type LogClock } from './names/clocks.ts';
import type { Column, LogTable } from './table.ts';

/** NaN where a row has no value; a clock that the table lacks is not there. */
export type Clocks = Partial<Record<LogClock, Float64Array>>;

export const isClock = ({ name }: Column): boolean => clockOf(name) !== null || isRowNumber(name);

export function clocksOf({ columns, length }: LogTable): Clocks {
  const found = new Map<LogClock, { column: Column; rank: number }>();
  for (const column of columns) {
    const clock = clockOf(column.name);
    if (!clock || !column.cells.some((cell) => cell !== null && secondsOf(cell) !== null)) continue;
    if (clock.rank < (found.get(clock.clock)?.rank ?? Infinity)) found.set(clock.clock, { column, rank: clock.rank });
  }
  const numbered = columns.find((column) => isRowNumber(column.name));
  if (numbered && !found.has('epoch') && !found.has('step')) found.set('epoch', { column: numbered, rank: 0 });
  return Object.fromEntries([...found].map(([clock, { column }]) => [clock, dense(column, length, clock)]));
}

function dense({ rows, cells }: Column, length: number, clock: LogClock): Float64Array {
  const values = new Float64Array(length).fill(NaN);
  rows.forEach((row, i) => (values[row] = secondsOf(cells[i] ?? '') ?? NaN));
  if (clock !== 'time') return values;
  // Milliseconds since 1970 as seconds.
  return values.map((value) => (value > 1e11 ? value / 1000 : value));
}

/** Whether two rows were written at the same time, as far as epoch and step say; false where they say nothing. */
export function sameTime({ epoch, step }: Clocks, a: number, b: number): boolean {
  const known = [epoch, step].filter((clock) => clock && !Number.isNaN(clock[a]) && !Number.isNaN(clock[b]));
  return known.length > 0 && known.every((clock) => clock![a] === clock![b]);
}
