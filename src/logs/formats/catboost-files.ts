/** @file What CatBoost keeps in `catboost_info`: `learn_error.tsv`, `test_error.tsv` and `catboost_training.json`. */
import { parseLogCell } from '../cells.ts';
import { folderOf, fileNameOf } from '../paths.ts';
import { TableBuilder } from '../table.ts';
import type { Format } from './format.ts';

const FILE = /(?:^|[_-])(learn|test)_error(?:_\d+)?\.tsv$/;

export const CATBOOST_FILES: Format = {
  name: 'file of catboost_info',
  read({ path, text }) {
    const part = FILE.exec(fileNameOf(path))?.[1];
    if (part !== undefined) return [errors(path, text, part)];
    return /^\s*\{\s*"meta"\s*:\s*\{/.test(text) && text.includes('"iterations"') ? [training(text, path)] : null;
  },
};

/** Its test data are what it stops by: validation data. */
const splitOf = (part: string) => (part === 'learn' ? 'train' : 'validation');

function errors(path: string, text: string, part: string) {
  const builder = new TableBuilder('catboost_info', runOf(path));
  builder.joins = true;
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const names = header.split('\t').map((name, i) => (i === 0 ? 'iteration' : `${splitOf(part)}/${name}`));
  for (const line of lines) {
    line.split('\t').forEach((cell, i) => names[i] !== undefined && builder.put(names[i], parseLogCell(cell)));
    builder.endRow();
  }
  return builder.table;
}

interface Training {
  meta?: { learn_metrics?: { name?: string }[]; test_metrics?: { name?: string }[] };
  iterations?: { iteration?: unknown; learn?: unknown[]; test?: unknown[]; passed_time?: unknown }[];
}

function training(text: string, path: string) {
  const { meta, iterations } = JSON.parse(text) as Training;
  const builder = new TableBuilder('catboost_training.json', runOf(path));
  for (const entry of Array.isArray(iterations) ? iterations : []) {
    const put = (name: string, value: unknown) => typeof value === 'number' && builder.put(name, value);
    put('iteration', entry.iteration);
    put('passed_time', entry.passed_time);
    for (const part of ['learn', 'test'] as const) {
      const names = meta?.[`${part}_metrics`] ?? [];
      entry[part]?.forEach((value, i) => put(`${splitOf(part)}/${names[i]?.name ?? 'loss'}`, value));
    }
    builder.endRow();
  }
  return builder.table;
}

const runOf = (path: string): string => folderOf(path).replace(/(?:^|\/)catboost_info$/, '');
