/** @file Tables of Markdown, as a model card or an issue has them, between other text. */
import { headOf, type Format } from './format.ts';
import { RowsReader } from './rows.ts';
import type { Table } from '../table.ts';

const RULE = /^\s*[|+]?\s*:?[-=]{2,}:?\s*(?:[|+]\s*:?[-=]{2,}:?\s*)*[|+]?\s*$/;
const isRow = (line: string) => line.includes('|') && !RULE.test(line);

export const MARKDOWN: Format = {
  name: 'Markdown table',
  read({ text }) {
    const head = headOf(text);
    if (!/^\s*\|?.*\|.*\n\s*[|+]?\s*:?[-=]{2,}.*[|+]/m.test(head) && !/^\s*\|.*\|\s*\n\s*\|.*\|/.test(head)) return null;
    const tables: Table[] = [];
    let reader: RowsReader | null = null;
    for (const line of [...text.split(/\r\n|\r|\n/), '']) {
      if (isRow(line)) {
        reader ??= new RowsReader({ format: 'Markdown table' });
        reader.add(cellsOf(line));
      } else if (!RULE.test(line) && reader) {
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
