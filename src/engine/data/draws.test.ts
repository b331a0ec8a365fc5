/** @file What replicas share where a grid of training sets, seeds and validation sets is asked for, from data to order. */
import { describe, expect, it } from 'vitest';
import { withDefaults } from '../experiment/defaults.ts';
import { initialWeights, layoutOf } from '../model/network.ts';
import { epochOrder } from '../training/batches.ts';
import { drawsOf } from './draws.ts';
import { experiment, numbered, ownExperiment, toRaw } from './replicas.testing.ts';
import { drawReplicas, type Replicas } from './replicas.ts';

/** What kind each replica's is: equal numbers for equal texts, in the order of their first appearance. */
function kinds(texts: string[]): number[] {
  const seen = [...new Set(texts)];
  return texts.map((text) => seen.indexOf(text));
}
const setsOf = ({ count, features, ...drawn }: Replicas, part: 'train' | 'validation') =>
  kinds(
    Array.from({ length: count }, (_, r) => {
      const { size, x, y } = drawn[part];
      return [
        ...x.subarray(r * size * features, (r + 1) * size * features),
        ...y.subarray(r * size, (r + 1) * size),
      ].join();
    }),
  );
const GRID = { count: 12, seeds: 3, validations: 2 };

describe('a grid of two training sets, three seeds and two validation sets', () => {
  const e = experiment({ replicas: GRID });
  const drawn = drawReplicas(e, null);
  const data = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
  const seeds = [0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2];
  const validation = [0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3];

  it('has these data, weights and orders, and says so', () => {
    expect(setsOf(drawn, 'train')).toEqual(data);
    expect(setsOf(drawn, 'validation')).toEqual(validation);
    const layout = layoutOf(e, drawn.features, drawn.outputs);
    const replicas = [...Array(12).keys()];
    expect(kinds(replicas.map((r) => initialWeights(layout, e, r).join()))).toEqual(seeds);
    expect(kinds(replicas.map((r) => epochOrder(e, 20, r, 3).join()))).toEqual(seeds);
    expect([...drawn.draws!.data]).toEqual(data);
    expect([...drawn.draws!.seeds]).toEqual(seeds);
    expect(kinds([...drawn.draws!.validation].map(String))).toEqual(validation);
  });

  it('has the draws that replicas of their own have, and others beside them', () => {
    const own = drawReplicas(experiment({ replicas: { count: 2 } }), null);
    const { size } = own.train;
    const of = (split: Replicas['train'], r: number) => split.x.slice(r * size, (r + 1) * size);
    expect(of(drawn.train, 6)).toEqual(of(own.train, 1));
    expect(of(drawn.validation, 6)).toEqual(of(own.validation, 1));
    expect(of(drawn.validation, 7)).not.toEqual(of(own.validation, 1));
  });
});

it('is no grid where nothing is shared, or all by all', () => {
  expect(drawsOf(experiment({ replicas: { count: 4 } }))).toBeNull();
  const held = experiment({ replicas: { count: 4, seeds: 2, redraw: { data: false, weights: false, order: false } } });
  expect(drawsOf(held)).toEqual({
    data: Int32Array.of(0, 0, 0, 0),
    validation: Int32Array.of(0, 0, 0, 0),
    seeds: Int32Array.of(0, 0, 0, 0),
  });
});

describe('a table', () => {
  const table = numbered(200);
  const rows = (drawn: Replicas, part: 'train' | 'validation', r: number) => {
    const { x, size } = drawn[part];
    return [...toRaw(drawn.standardisation, x.subarray(r * size, (r + 1) * size))].map((x) => Math.abs(Math.round(x)));
  };

  it.each(['bootstrap', 'disjoint'])('never validates on a row of the same training, by %s', (resampling) => {
    const data = { testSize: 30, trainSize: 25, validationSize: 10, resampling };
    const drawn = drawReplicas(ownExperiment(table, data, GRID), table);
    expect(setsOf(drawn, 'train')).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    expect(setsOf(drawn, 'validation')).toEqual([0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3]);
    for (let r = 0; r < 12; r++) {
      const trained = new Set(rows(drawn, 'train', r));
      const validated = rows(drawn, 'validation', r);
      expect(validated.some((row) => trained.has(row))).toBe(false);
      expect(new Set(validated).size).toBe(10);
    }
    if (resampling === 'bootstrap') return;
    const used = [0, 6].flatMap((r) => [
      ...rows(drawn, 'train', r),
      ...rows(drawn, 'validation', r),
      ...rows(drawn, 'validation', r + 1),
    ]);
    expect(new Set(used).size).toBe(2 * (25 + 2 * 10));
  });

  it('is cut into folds, of which each replica leaves one out to stop on', () => {
    // 170 rows are left by the test: four folds of 42.
    const data = { testSize: 30, trainSize: 126, validationSize: 42, resampling: 'folds' };
    const drawn = drawReplicas(ownExperiment(table, data, { count: 4 }), table);
    const folds = [0, 1, 2, 3].map((r) => rows(drawn, 'validation', r));
    expect(new Set(folds.flat()).size).toBe(168);
    folds.forEach((_, r) => {
      const others = folds.filter((__, other) => other !== r).flat();
      expect(rows(drawn, 'train', r).sort((a, b) => a - b)).toEqual(others.sort((a, b) => a - b));
    });
    const refused = (change: object, replicas: object = { count: 4 }) =>
      expect(() => drawReplicas(ownExperiment(table, { ...data, ...change }, replicas), table));
    refused({ trainSize: 100 }).toThrow(/data.trainSize: 100 must be 126|must be 126 for 4 folds of the 170 rows/);
    refused({ validationSize: 10 }).toThrow('must be 42 for 4 folds');
    refused({}, { count: 1 }).toThrow('from 2 to 170 replicas');
  });

  it('says how many replicas its rows are enough for', () => {
    const data = { testSize: 30, trainSize: 60, validationSize: 10, resampling: 'disjoint' };
    expect(() => drawReplicas(ownExperiment(table, data, { ...GRID, count: 18 }), table)).toThrow(
      'at most 12 replicas',
    );
  });
});

it('refuses to leak several validation sets into one training set', () => {
  const refused = withDefaults({ version: 4, replicas: { validations: 2 }, data: { leakage: 0.5 } });
  expect(refused).toMatchObject({ ok: false, problems: [{ path: 'replicas.validations', value: 2 }] });
});
