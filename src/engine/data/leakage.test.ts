/** @file Leakage that is found, against plain comparison of every pair. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Table, Task } from '../../../datasets/contract.ts';
import { DATASETS } from '../../../datasets/index.ts';
import { leakageOf, type Leakage } from './leakage.ts';
import { loadTable } from './load-table.ts';
import { experiment, ownExperiment } from './replicas.testing.ts';
import { drawReplicas, type Replicas } from './replicas.ts';
import { stream } from '../random.ts';

/** Every pair of points, compared number by number. */
function plainLeakage({ count, features, outputs, train, validation, test }: Replicas): Leakage {
  const point = (split: Replicas['train'], r: number, i: number) => {
    const row = r * split.size + i;
    return [...split.x.subarray(row * features, (row + 1) * features), split.y[row]!].join();
  };
  const tested = Array.from({ length: test.size }, (_, i) => {
    const target = [...test.target.subarray(i * outputs, (i + 1) * outputs)];
    const y = outputs === 1 ? Math.fround(target[0]!) : target.indexOf(1);
    return [...test.x.subarray(i * features, (i + 1) * features), y].join();
  });
  const found = { validation: new Float64Array(count), test: new Float64Array(count) };
  for (let r = 0; r < count; r++) {
    const trained = Array.from({ length: train.size }, (_, i) => point(train, r, i));
    const watched = Array.from({ length: validation.size }, (_, i) => point(validation, r, i));
    found.validation[r] = watched.filter((p) => trained.includes(p)).length / validation.size;
    found.test[r] = tested.filter((p) => trained.includes(p)).length / test.size;
  }
  return found;
}

/** A table of small whole numbers, so that many of its rows are the same. */
function coarse(rows: number, columns: number, task: Task, seed: number): Table {
  const numbers = stream(seed, 'train', 0, 0);
  return {
    name: 'coarse',
    task,
    columns: Array.from({ length: columns }, (_, j) => `c${j}`),
    target: 'y',
    rows,
    features: Float32Array.from({ length: rows * columns }, () => numbers.integer(4)),
    targets: Float32Array.from({ length: rows }, (_, i) => (i < 3 ? i : numbers.integer(task === 'binary' ? 2 : 3))),
    classes: task === 'regression' ? null : task === 'binary' ? ['a', 'b'] : ['a', 'b', 'c'],
  };
}

it('finds what a comparison of every pair finds', () => {
  let some = 0;
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.nat(),
        rows: fc.integer({ min: 40, max: 90 }),
        columns: fc.integer({ min: 1, max: 4 }),
        task: fc.constantFrom<Task>('regression', 'binary', 'multiclass'),
        trainSize: fc.integer({ min: 2, max: 40 }),
        leakage: fc.constantFrom(0, 0.3),
      }),
      ({ seed, rows, columns, task, trainSize, leakage }) => {
        const table = coarse(rows, columns, task, seed);
        // A third class of a binary table would be no row of it.
        if (task === 'binary') table.targets[2] = 0;
        const data = { trainSize, validationSize: 5, testSize: 16, leakage };
        const drawn = drawReplicas(ownExperiment(table, data, { count: 3 }, { seed }), table);
        const found = leakageOf(drawn);
        expect(found).toEqual(plainLeakage(drawn));
        if (found.validation.some((s) => s > 0 && s < 1) && found.test.some((s) => s > 0 && s < 1)) some++;
      },
    ),
    { numRuns: 60 },
  );
  expect(some).toBeGreaterThan(10);
});

it('finds exactly what leaks on purpose where no two points are the same, and nothing else', () => {
  for (const [leakage, share] of [
    [0, 0],
    [0.25, 0.25],
    [0.33, 7 / 20],
    [1, 1],
  ] as const) {
    const found = leakageOf(drawReplicas(experiment({ data: { leakage }, replicas: { count: 4 } }), null));
    expect([...found.validation]).toEqual([share, share, share, share]);
    expect([...found.test]).toEqual([0, 0, 0, 0]);
  }
});

it('finds a row that a file holds twice, on whichever sides of the split its copies fell', () => {
  // The copy of a test row is in the pool three times in four, and 2000 draws from it miss nothing.
  const numbers = Float32Array.from({ length: 120 }, (_, i) => i % 60);
  const table: Table = {
    ...coarse(120, 1, 'regression', 1),
    features: numbers,
    targets: numbers.slice(),
  };
  const e = ownExperiment(table, { trainSize: 2000, validationSize: 20, testSize: 30 }, { count: 1 });
  const drawn = drawReplicas(e, table);
  const alone = (x: Float32Array) => [...x].filter((value) => drawn.train.x.includes(value)).length / x.length;
  const found = leakageOf(drawn);
  expect(found.validation[0]).toBe(alone(drawn.validation.x));
  expect(found.test[0]).toBe(alone(drawn.test.x));
  expect(found.test[0]).toBeGreaterThan(0.3);
});

it.each(DATASETS.map(({ id }) => [id]))('%s as it comes', async (source) => {
  const e = experiment({ data: { source }, replicas: { count: 2 } });
  const drawn = drawReplicas(e, await loadTable(e));
  expect(leakageOf(drawn)).toEqual(plainLeakage(drawn));
});
