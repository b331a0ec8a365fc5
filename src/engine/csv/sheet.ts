/** @file A CSV file after reading, before a target is chosen and it becomes a table. */
import type { Decoded } from './decode.ts';
import type { ColumnSummary } from './describe.ts';
import type { Dialect } from './dialect.ts';
import type { ScannedColumn } from './scan.ts';

/** What the page shows of a file before it becomes a table. */
export interface CsvSummary extends Dialect {
  name: string;
  rows: number;
  encoding: Decoded['encoding'];
  /** Whether the first row was read as names. */
  header: boolean;
  columns: ColumnSummary[];
}

export interface CsvSheet extends CsvSummary {
  /** The cells, by column. */
  cells: ScannedColumn[];
  /** `[rows]`: the line of the file, from 1, on which each row begins. */
  lines: Int32Array;
}
