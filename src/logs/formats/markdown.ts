/** @file Tables of Markdown, as a model card or an issue has them, between other text. */
import { headOf, type Format } from './format.ts';
import { RowsReader } from './rows.ts';
import type { LogTable } from '../table.ts';

/** `|:---:|---|`, and the borders of tables that consoles draw. */
const isRule = (line: string) => /^[\s|+:=-]+$/.test(line) && /[-=]{2}/.test(line);
const isRow = (line: string) => line.includes('|') && !isRule(line);

export const MARKDOWN: Format = {
  name: 'Markdown table',
  read({ text }) {
    const lines = headOf(text).split(/\r\n|\r|\n/);
    if (!lines.some((line, i) => isRow(line) && /[|+]/.test(lines[i + 1] ?? '') && isRule(lines[i + 1]!))) return null;
    const tables: LogTable[] = [];
    let reader: RowsReader | null = null;
    for (const line of [...text.split(/\r\n|\r|\n/), '']) {
      if (isRow(line)) {
        reader ??= new RowsReader({ format: 'Markdown table' });
        reader.add(cellsOf(line));
      } else if (!isRule(line) && reader) {
        tables.push(reader.table);
        reader = null;
      }
    }
    return tables;
  },
};

/** Without what stresses them: `**0.17**`. */
const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replace(/^(\*\*|__|`|\*|_)(.*)\1$/, '$2'));
