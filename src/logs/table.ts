/** @file What every format is read into: rows of named cells, kept by columns, in the order in which they were written. */
import type { Cell } from './cells.ts';
import { MAX_COLUMNS, MAX_ROWS } from './limits.ts';
import { LogError } from './log-error.ts';

/** The cells that a column has, with their rows, ascending; a row without a cell has no entry. */
export interface Column {
  name: string;
  rows: number[];
  /** Null where a list that has nothing but the places of its values says that one is missing. */
  cells: (Cell | null)[];
}

export interface LogTable {
  /** The name of its run, where the log has one. */
  run: string;
  columns: Column[];
  /** Rows. */
  length: number;
  /** Rows before which the header stood again. */
  breaks: number[];
  /** Whether nothing says what the columns are of: each is a history of one run. */
  bare: boolean;
  /** Whether other files may hold the rest of its run. */
  joins: boolean;
  /** What was read, for the notes, e.g. `console output of Keras`. */
  format: string;
  /** What else there is to say. */
  notes: string[];
}

/** Takes cells row by row. */
export class TableBuilder {
  readonly #columns = new Map<string, Column>();
  readonly breaks: number[] = [];
  readonly notes: string[] = [];
  length = 0;
  bare = false;
  joins = false;

  constructor(
    readonly format: string,
    readonly run = '',
  ) {}

  /** The column of this name, made where there is none yet. */
  column(name: string): Column {
    const known = this.#columns.get(name);
    if (known) return known;
    if (this.#columns.size === MAX_COLUMNS)
      throw new LogError('columns', name, `is one more than the ${MAX_COLUMNS} that are read; leave some out`);
    const column: Column = { name, rows: [], cells: [] };
    this.#columns.set(name, column);
    return column;
  }

  /** Sets a cell of the row that is being written. */
  put(name: string, cell: Cell | null): void {
    if (cell === null) return;
    const column = this.column(name);
    if (column.rows.at(-1) === this.length) column.cells[column.cells.length - 1] = cell;
    else {
      column.rows.push(this.length);
      column.cells.push(cell);
    }
  }

  endRow(): void {
    this.length++;
    if (this.length > MAX_ROWS)
      throw new LogError(`row ${this.length}`, '…', `is one more than the ${MAX_ROWS} that are read; thin the log out`);
  }

  get table(): LogTable {
    const { run, length, breaks, bare, joins, format, notes } = this;
    return { run, columns: [...this.#columns.values()], length, breaks, bare, joins, format, notes };
  }
}

/** Parts of a table by a number for each row, their rows counted anew; rows of −1 are in none. Empty columns do not exist. */
export function partsOf(table: LogTable, partOf: ArrayLike<number>, count: number): LogTable[] {
  const parts = Array.from({ length: count }, (): LogTable => ({
    ...table,
    columns: [],
    length: 0,
    breaks: [],
    notes: [],
  }));
  const at = new Int32Array(table.length);
  for (let row = 0; row < table.length; row++) at[row] = partOf[row] === -1 ? -1 : parts[partOf[row]!]!.length++;
  for (const { name, rows, cells } of table.columns) {
    const columns: (Column | undefined)[] = [];
    for (let i = 0; i < rows.length; i++) {
      const part = partOf[rows[i]!]!;
      if (part === -1) continue;
      const column = (columns[part] ??= { name, rows: [], cells: [] });
      column.rows.push(at[rows[i]!]!);
      column.cells.push(cells[i]!);
    }
    columns.forEach((column, part) => column && parts[part]!.columns.push(column));
  }
  for (const row of table.breaks)
    if (row < table.length && partOf[row] !== -1) parts[partOf[row]!]!.breaks.push(at[row]!);
  return parts;
}
