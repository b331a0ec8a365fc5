/** @file From rows of cells as text to a table: where the header is, where it stands again, and what has none. */
import { parseLogCell } from '../cells.ts';
import { LogError } from '../log-error.ts';
import { TableBuilder, type Column, type LogTable } from '../table.ts';

export interface RowsOptions {
  format: string;
  run?: string;
  /** Whether rows with one cell more than the header begin with a row number that has no name. */
  numbered?: boolean;
}

/** Takes rows one by one, so that they need not be kept. */
export class RowsReader {
  readonly #builder: TableBuilder;
  #first: string[] | null = null;
  #header: string[] = [];
  #columns: Column[] = [];
  #numbered = false;

  constructor(private readonly options: RowsOptions) {
    this.#builder = new TableBuilder(options.format, options.run);
  }

  add(row: readonly string[]): void {
    if (this.#first === null) this.#begin(row);
    else if (this.#repeats(row)) this.#builder.breaks.push(this.#builder.length);
    else if (this.#isOtherHeader(row)) this.#setHeader(row);
    else this.#put(row);
  }

  get table(): LogTable {
    const first = this.#first;
    // One row of numbers is one history.
    if (this.#builder.bare && this.#builder.length === 1 && first && first.length > 1)
      return oneHistory(first, this.options);
    return this.#builder.table;
  }

  #begin(row: readonly string[]): void {
    this.#first = [...row];
    if (row.some((cell) => typeof parseLogCell(cell) === 'string')) return this.#setHeader(row);
    this.#builder.bare = true;
    this.#header = row.map((_, i) => `run ${i + 1}`);
    this.#columns = this.#header.map((name) => this.#builder.column(name));
    this.#put(row);
  }

  #setHeader(row: readonly string[]): void {
    if (this.#columns.length > 0) this.#builder.breaks.push(this.#builder.length);
    this.#first = [...row];
    this.#header = uniqueNames(row.map((cell) => cell.trim()));
    this.#columns = this.#header.map((name) => this.#builder.column(name));
  }

  #repeats(row: readonly string[]): boolean {
    return (
      row.length === this.#first!.length &&
      !this.#builder.bare &&
      row.every((cell, i) => cell.trim() === this.#first![i]!.trim())
    );
  }

  /** A row of nothing but words that a header could hold, where numbers stood so far. */
  #isOtherHeader(row: readonly string[]): boolean {
    if (this.#builder.bare || row.length < 2 || this.#builder.length === 0) return false;
    return (
      row.every((cell) => /^[A-Za-z_]/.test(cell.trim()) && typeof parseLogCell(cell) === 'string') &&
      this.#hasNumbers()
    );
  }

  #hasNumbers = () => this.#columns.every((column) => typeof (column.cells[0] ?? 0) === 'number');

  #put(row: readonly string[]): void {
    if (this.#builder.length === 0 && this.options.numbered && row.length === this.#header.length + 1) {
      this.#numbered = true;
      this.#columns.unshift(this.#builder.column(''));
    }
    let { length } = row;
    while (length > this.#columns.length && row[length - 1]!.trim() === '') length--;
    if (length > this.#columns.length)
      throw new LogError(
        `row ${this.#builder.length + 1}`,
        row.join(','),
        `must not have more than the ${this.#columns.length - Number(this.#numbered)} cells of the first row; name every column there`,
      );
    for (let i = 0; i < length; i++) {
      const cell = parseLogCell(row[i]!);
      if (cell === null) continue;
      const column = this.#columns[i]!;
      column.rows.push(this.#builder.length);
      column.cells.push(cell);
    }
    this.#builder.endRow();
  }
}

/** Columns of one name are told apart as pandas does, `loss`, `loss.1`. */
function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name}.${before}`;
  });
}

function oneHistory(row: readonly string[], { format, run }: RowsOptions): LogTable {
  const builder = new TableBuilder(format, run);
  builder.bare = true;
  builder.column('value');
  const last = row.findLastIndex((cell) => cell.trim() !== '');
  for (const text of row.slice(0, last + 1)) {
    builder.put('value', parseLogCell(text));
    builder.endRow();
  }
  return builder.table;
}
