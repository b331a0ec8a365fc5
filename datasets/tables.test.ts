/** @file The repository's own tables: their bytes, counts and contents are what they are said to be. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withDefaults } from '../src/engine/experiment/defaults.ts';
import type { TableDataset } from './contract.ts';
import { DATASETS } from './index.ts';
import { readTable } from './table.ts';

const tables = DATASETS.filter((d): d is TableDataset => d.kind === 'table');
const fileOf = (d: TableDataset, name: string) => readFileSync(new URL(`./${d.id}/${name}`, import.meta.url));

/** What the text of each licence is recognised by. */
const LICENCES: Readonly<Record<string, string>> = {
  'CC0 1.0': 'CC0 1.0',
  'CC BY 4.0': 'Attribution 4.0',
  MIT: 'MIT License',
};

it('has tables of every task', () => {
  expect(tables.map((d) => `${d.id} ${d.task}`)).toEqual([
    'auto-mpg regression',
    'breast-cancer binary',
    'penguins multiclass',
    'two-speeds regression',
  ]);
});

describe.each(tables.map((d) => [d.id, d] as const))('%s', (id, d) => {
  it('is, byte for byte, the file whose checksum is stated here and in the README', () => {
    const sha256 = createHash('sha256')
      .update(fileOf(d, `${id}.csv`))
      .digest('hex');
    expect(d.sha256).toBe(sha256);
    expect(readFileSync(new URL('./README.md', import.meta.url), 'utf8')).toContain(sha256);
    expect(fileOf(d, 'LICENCE').toString()).toContain(LICENCES[d.licence]);
  });

  it('loads with the rows, columns and classes it claims', async () => {
    const table = await d.load();
    expect([table.rows, table.columns.length, table.task]).toEqual([d.rows, d.features, d.task]);
    expect([table.features.length, table.targets.length]).toEqual([d.rows * d.features, d.rows]);
    expect(table.features.every(Number.isFinite) && table.targets.every(Number.isFinite)).toBe(true);
    if (table.classes) expect(new Set(table.targets)).toEqual(new Set(table.classes.keys()));
  });

  it('suggests settings an experiment accepts', () => {
    expect(withDefaults({ data: { source: id } })).toMatchObject({ ok: true });
  });
});

// Facts published with the data: class counts and ranges.
it('holds the published data', async () => {
  const [auto, cancer, penguins] = await Promise.all(tables.map((d) => d.load()));
  const counts = (targets: Float32Array, classes: string[]) =>
    classes.map((_, k) => targets.filter((y) => y === k).length);
  const column = (t: typeof auto, name: string) =>
    t!.features.filter((_, i) => i % t!.columns.length === t!.columns.indexOf(name));
  expect(counts(penguins!.targets, penguins!.classes!)).toEqual([151, 68, 123]);
  expect(counts(cancer!.targets, cancer!.classes!)).toEqual([357, 212]);
  expect(Math.max(...column(cancer, 'area (worst)'))).toBe(4254);
  expect(Math.min(...column(cancer, 'radius (mean)'))).toBeCloseTo(6.981, 5);
  expect([Math.min(...auto!.targets), Math.max(...auto!.targets)].map((y) => y.toFixed(1))).toEqual(['9.0', '46.6']);
  expect([column(auto, 'from Europe'), column(auto, 'from Japan')].map((c) => c.filter((x) => x === 1).length)).toEqual(
    [68, 79],
  );
});

it('has a fine contrast that says more of two speeds than all the coarse columns', async () => {
  const { rows, features, targets } = await tables.find(({ id }) => id === 'two-speeds')!.load();
  const at = (row: number, column: number) => features[row * 10 + column]!;
  const correlation = (of: (row: number) => number) => {
    const pairs = Array.from({ length: rows }, (_, row) => [of(row), targets[row]!] as const);
    const mean = (which: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[which], 0) / rows;
    const [a, b] = [mean(0), mean(1)];
    const sum = (term: (x: number, y: number) => number) => pairs.reduce((s, [x, y]) => s + term(x - a, y - b), 0);
    return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
  };
  // By the formula √0.55 and √0.4; three decimals of a difference of about 0.14 and the luck of 1000 rows blur them.
  expect(correlation((row) => at(row, 8) - at(row, 9))).toBeCloseTo(Math.sqrt(0.55), 1);
  const coarse = (row: number) => [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, column) => sum + at(row, column), 0);
  expect(correlation(coarse)).toBeCloseTo(Math.sqrt(0.4), 1);
});

it('refuses a damaged file by its line', () => {
  expect(() => readTable('a,y\n1,2\n1,x\n', 'toy', 'regression', null)).toThrow('toy: line 3 is damaged');
  expect(() => readTable('a,y\n1,dog\n', 'toy', 'binary', ['cat'])).toThrow('toy: line 2');
  expect(() => readTable('a,y\n1,2,3\n', 'toy', 'regression', null)).toThrow('toy: line 2');
});
