/** @file What CatBoost prints: `0:	learn: 0.65	test: 0.66	best: 0.66 (0)	total: 50ms	remaining: 50s`. */
import { parseLogCell } from '../cells.ts';
import { TableBuilder } from '../table.ts';
import { consoleLines, someLine, type Format } from './format.ts';

const LINE = /^\s*(\d+):\s+(?=(?:learn|test)\d*:)(.*)$/;

export const CATBOOST_CONSOLE: Format = {
  name: 'console output of CatBoost',
  read({ text }) {
    if (!someLine(text, (line) => LINE.test(line))) return null;
    const builder = new TableBuilder('console output of CatBoost');
    const best: number[] = [];
    for (const line of consoleLines(text)) {
      const found = LINE.exec(line);
      if (!found) continue;
      builder.put('iteration', Number(found[1]));
      for (const [, name, value] of found[2]!.matchAll(/(learn|test\d*|best):\s*([-+.\w]+)/g)) {
        const cell = parseLogCell(value!);
        if (name === 'best') best.push(Number(cell));
        // Its test data are what it stops by: validation data. The console does not name the metric.
        else builder.put(`${name!.replace('test', 'validation').replace('learn', 'train')} metric`, cell);
      }
      builder.endRow();
    }
    const { table } = builder;
    const rises = best.length > 1 && best.at(-1)! > best[0]!;
    for (const column of table.columns) column.name = column.name.replace('metric', rises ? 'score' : 'loss');
    table.notes.push(
      `CatBoost does not print what its metric is called: ${rises ? 'its best value rises, so more is better' : 'less is taken for better'}.`,
    );
    return [table];
  },
};
