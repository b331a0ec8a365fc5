/**
 * @file What the replicas are given: sharing, independence, separation, standardisation, refusals. Long: one property
 * after another of the same draw.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DATASETS } from '../../../datasets/index.ts';
import { DataError } from './data-error.ts';
import { loadTable } from './load-table.ts';
import { stream } from '../random.ts';
import { experiment, numbered, ownExperiment, targetToRaw, toRaw } from './replicas.testing.ts';
import { drawReplicas, type Replicas } from './replicas.ts';
import { testRows } from './test-rows.ts';
import { toSeen } from './standardisation.ts';

/** The row numbers behind the inputs of one replica. */
function rowsBehind(drawn: Replicas, split: 'train' | 'validation' | 'test', replica = 0): number[] {
  const { x, size } = drawn[split];
  return [...toRaw(drawn.standardisation, x.subarray(replica * size, (replica + 1) * size))].map((row) =>
    Math.abs(Math.round(row)),
  );
}

const slice = (split: Replicas['train'], replica: number, width: number) =>
  [...split.x.subarray(replica * split.size * width, (replica + 1) * split.size * width)].join();

describe.each(DATASETS.map((d) => [d.id, d] as const))('%s', (source, dataset) => {
  it('has the promised shapes, is the same for the same seed, and differs for another', async () => {
    const e = experiment({ data: { source }, replicas: { count: 3 } });
    const table = await loadTable(e);
    const drawn = drawReplicas(e, table);
    const { trainSize, validationSize, testSize } = e.data;
    const size = dataset.kind === 'table' ? Math.min(testSize, Math.floor(0.3 * dataset.rows)) : testSize;
    expect(drawn).toMatchObject({
      count: 3,
      features: dataset.features,
      outputs: dataset.task === 'multiclass' ? 3 : 1,
    });
    expect([drawn.train.x.length, drawn.train.y.length]).toEqual([3 * trainSize * dataset.features, 3 * trainSize]);
    expect([drawn.validation.x.length, drawn.validation.y.length]).toEqual([
      3 * validationSize * dataset.features,
      3 * validationSize,
    ]);
    expect([drawn.test.size, drawn.test.x.length, drawn.test.target.length, drawn.test.noise.length]).toEqual([
      size,
      size * dataset.features,
      size * drawn.outputs,
      size,
    ]);
    expect(drawn.test.known).toBe(dataset.kind === 'generated');
    expect(drawReplicas(e, table)).toEqual(drawn);
    expect(drawReplicas({ ...e, seed: e.seed + 1 }, table).train).not.toEqual(drawn.train);
    for (const numbers of [drawn.train.x, drawn.train.y, drawn.validation.x, drawn.test.x, drawn.test.target])
      expect(numbers.every(Number.isFinite)).toBe(true);
  });

  it('gives every replica its own data, or all of them the first one’s', async () => {
    const e = experiment({ data: { source }, replicas: { count: 4 } });
    const table = await loadTable(e);
    const own = drawReplicas(e, table);
    const shared = drawReplicas(
      { ...e, replicas: { ...e.replicas, redraw: { ...e.replicas.redraw, data: false } } },
      table,
    );
    for (const part of ['train', 'validation'] as const) {
      const all = [0, 1, 2, 3];
      expect(new Set(all.map((r) => slice(own[part], r, own.features))).size).toBe(4);
      expect(new Set(all.map((r) => slice(shared[part], r, own.features)))).toEqual(
        new Set([slice(own[part], 0, own.features)]),
      );
    }
  });
});

describe('generated data', () => {
  it('adds replicas without changing the ones there are, and training points without changing validation', () => {
    const few = drawReplicas(experiment({ replicas: { count: 2 } }), null);
    const many = drawReplicas(experiment({ replicas: { count: 5 } }), null);
    expect([...many.train.x.subarray(0, few.train.x.length)]).toEqual([...few.train.x]);
    expect(drawReplicas(experiment({ replicas: { count: 2 }, data: { trainSize: 40 } }), null).validation).toEqual(
      few.validation,
    );
  });

  it('standardises by the law: inputs of mean 0 and sd 1 times the input scale, the target as it is', () => {
    const e = experiment({ replicas: { count: 200 }, data: { trainSize: 100 }, model: { inputScale: 8 } });
    const { train, standardisation } = drawReplicas(e, null);
    const mean = train.x.reduce((a, b) => a + b, 0) / train.x.length;
    const sd = Math.sqrt(train.x.reduce((a, b) => a + (b - mean) ** 2, 0) / train.x.length);
    // 20,000 uniform numbers of sd 8: standard errors 0.057 of the mean and 0.025 of the sd; four of them.
    expect(Math.abs(mean)).toBeLessThan(0.23);
    expect(Math.abs(sd - 8)).toBeLessThan(0.1);
    expect(standardisation.target).toBeNull();
    const raw = toRaw(standardisation, train.x);
    const residuals = raw.map((x, i) => train.y[i]! - Math.sin(2 * Math.PI * x));
    expect(Math.abs(Math.sqrt(residuals.reduce((a, b) => a + b * b, 0) / 20_000) - e.data.noise)).toBeLessThan(
      (4 * e.data.noise) / Math.sqrt(40_000),
    );
  });

  it('measures against the truth: the function and σ², or class probabilities and Σp(1 − p)', () => {
    const line = drawReplicas(experiment({ data: { noise: 0.5, testSize: 64 } }), null);
    expect(line.test.target[16]).toBeCloseTo(Math.sin((2 * Math.PI * 16.5) / 64), 14);
    expect(line.test.noise.every((v) => v === 0.25)).toBe(true);
    const one = drawReplicas(experiment({ data: { source: 'moons' } }), null);
    const two = drawReplicas(experiment({ data: { source: 'moons' }, objective: 'softmax-cross-entropy' }), null);
    expect([one.outputs, two.outputs]).toEqual([1, 2]);
    one.test.target.forEach((p, i) => {
      expect(one.test.noise[i]).toBeCloseTo(p * (1 - p), 14);
      expect([...two.test.target.subarray(2 * i, 2 * i + 2)]).toEqual([1 - p, p]);
      expect(two.test.noise[i]).toBeCloseTo(2 * p * (1 - p), 14);
    });
  });

  it('refuses what would not fit into memory, naming field, value and remedy', () => {
    const e = experiment({
      data: { source: 'moons', trainSize: 9000, validationSize: 10000, noise: 0.1 },
      replicas: { count: 256 },
    });
    expect(drawReplicas({ ...e, replicas: { ...e.replicas, count: 1 } }, null).train.size).toBe(9000);
    const table = { ...numbered(10), columns: Array.from({ length: 100 }, (_, i) => `c${i}`) };
    expect(() => drawReplicas(ownExperiment(table, { trainSize: 9000 }, { count: 256 }), table)).toThrow(DataError);
    expect(() => drawReplicas(ownExperiment(table, { trainSize: 9000 }, { count: 256 }), table)).toThrow(
      /^data\.trainSize: 9000 .*room for 2500 .*use fewer/,
    );
  });
});

const sizes = fc.record({
  seed: fc.nat(),
  rows: fc.integer({ min: 40, max: 120 }),
  count: fc.integer({ min: 1, max: 6 }),
  trainSize: fc.integer({ min: 2, max: 60 }),
  validationSize: fc.integer({ min: 1, max: 20 }),
  testSize: fc.integer({ min: 16, max: 60 }),
});

describe('tables', () => {
  it('holds out the test rows from everyone, and validation rows from their own replica’s training', () => {
    fc.assert(
      fc.property(sizes, ({ seed, rows, count, ...data }) => {
        const table = numbered(rows);
        const drawn = drawReplicas(ownExperiment(table, data, { count }, { seed }), table);
        const test = rowsBehind(drawn, 'test');
        expect(test.length).toBe(Math.min(data.testSize, Math.floor(0.3 * rows)));
        expect(new Set(test).size).toBe(test.length);
        for (let r = 0; r < count; r++) {
          const [train, validation] = [rowsBehind(drawn, 'train', r), rowsBehind(drawn, 'validation', r)];
          expect(new Set(validation).size).toBe(data.validationSize);
          expect([...train, ...validation].filter((row) => test.includes(row) || row >= rows)).toEqual([]);
          expect(train.filter((row) => validation.includes(row))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('bootstraps evenly: with n of n rows drawn, 1 − (1 − 1/n)ⁿ of them appear', () => {
    const table = numbered(200);
    const drawn = drawReplicas(
      ownExperiment(table, { trainSize: 100, validationSize: 40, testSize: 60 }, { count: 200 }),
      table,
    );
    const shares = Array.from({ length: 200 }, (_, r) => new Set(rowsBehind(drawn, 'train', r)).size / 100);
    const mean = shares.reduce((a, b) => a + b) / 200;
    // sd of one share is about √(e⁻¹ − 2e⁻²)/√n = 0.031; four standard errors of 200.
    expect(Math.abs(mean - (1 - 0.99 ** 100))).toBeLessThan((4 * 0.031) / Math.sqrt(200));
  });

  it('gives disjoint subsets in which no row comes twice', () => {
    const table = numbered(100);
    const drawn = drawReplicas(
      ownExperiment(table, { trainSize: 8, validationSize: 6, testSize: 30, resampling: 'disjoint' }, { count: 5 }),
      table,
    );
    const used = [0, 1, 2, 3, 4].flatMap((r) => [
      ...rowsBehind(drawn, 'train', r),
      ...rowsBehind(drawn, 'validation', r),
    ]);
    expect([...used, ...rowsBehind(drawn, 'test')].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, i) => i),
    );
  });

  it('says what to do when the rows do not suffice', () => {
    const table = numbered(100);
    const refusal = (data: object, replicas: object = {}) => {
      try {
        drawReplicas(ownExperiment(table, { testSize: 30, ...data }, replicas), table);
      } catch (error) {
        return error;
      }
      return null;
    };
    const disjoint = { trainSize: 20, validationSize: 10, resampling: 'disjoint' };
    expect(refusal(disjoint, { count: 3 })).toMatchObject({
      path: 'data.trainSize',
      value: 20,
      remedy: expect.stringMatching(/90 rows, but 70 .* at most 2 replicas/),
    });
    expect(refusal(disjoint, { count: 2 })).toBeNull();
    expect(refusal(disjoint, { count: 9, redraw: { data: false } })).toBeNull();
    expect(refusal({ trainSize: 500, validationSize: 69 })).toMatchObject({
      path: 'data.validationSize',
      value: 69,
      remedy: expect.stringContaining('at most 68'),
    });
    expect(refusal({ trainSize: 500, validationSize: 68 })).toBeNull();
    expect(() => drawReplicas(ownExperiment(table, {}), null)).toThrow('data.source: own needs its table');
  });

  it('standardises inputs and a regression target by the pool, never by the test rows, and records how', () => {
    const table = numbered(100);
    const e = ownExperiment(table, { testSize: 30 }, { count: 2 }, { model: { inputScale: 3 } });
    const drawn = drawReplicas(e, table);
    const test = new Set(rowsBehind(drawn, 'test'));
    const pool = Array.from({ length: 100 }, (_, i) => i).filter((i) => !test.has(i));
    const mean = pool.reduce((a, b) => a + b) / 70;
    const sd = Math.sqrt(pool.reduce((a, b) => a + (b - mean) ** 2, 0) / 70);
    const { standardisation } = drawn;
    expect(standardisation.mean[0]).toBeCloseTo(mean, 10);
    expect(standardisation.sd[0]).toBeCloseTo(sd, 10);
    expect(standardisation.target!.mean).toBeCloseTo(5 + mean / 2, 10);
    expect(standardisation.target!.sd).toBeCloseTo(sd / 2, 10);
    rowsBehind(drawn, 'test').forEach((row, i) => {
      expect(targetToRaw(standardisation, drawn.test.target[i]!)).toBeCloseTo(5 + row / 2, 10);
      expect(drawn.test.x[i]).toBeCloseTo((3 * (row - mean)) / sd, 5);
    });
    expect(drawn.test.noise.every((v) => v === 0)).toBe(true);
  });

  it('wants a class weight for each class', () => {
    const three = numbered(60, 'multiclass');
    const e = ownExperiment(three, { testSize: 16 }, {}, { loss: { classWeights: [1, 2] } });
    expect(() => drawReplicas(e, three)).toThrow('loss.classWeights: 1, 2 must be 3 numbers, one for each class');
    const right = ownExperiment(three, { testSize: 16 }, {}, { loss: { classWeights: [1, 2, 3] } });
    expect(drawReplicas(right, three).outputs).toBe(3);
  });

  it('turns a constant column into zeros', () => {
    const table = { ...numbered(50), features: new Float32Array(50).fill(0.1) };
    const drawn = drawReplicas(ownExperiment(table, { testSize: 16 }), table);
    expect(drawn.standardisation.sd[0]).toBe(1);
    expect(drawn.train.x.every((v) => v === 0)).toBe(true);
  });

  it('keeps labels: class indices for training, the label or one-hot rows for the test', () => {
    const three = numbered(60, 'multiclass');
    const drawn = drawReplicas(ownExperiment(three, { testSize: 16 }), three);
    expect(drawn.outputs).toBe(3);
    expect(drawn.standardisation.target).toBeNull();
    rowsBehind(drawn, 'test').forEach((row, i) =>
      expect([...drawn.test.target.subarray(3 * i, 3 * i + 3)]).toEqual([0, 1, 2].map((k) => (row % 3 === k ? 1 : 0))),
    );
    rowsBehind(drawn, 'train', 1).forEach((row, i) => expect(drawn.train.y[drawn.train.size + i]).toBe(row % 3));
    const two = numbered(60, 'binary', 2);
    const binary = drawReplicas(ownExperiment(two, { testSize: 16 }), two);
    expect([...binary.test.target]).toEqual(rowsBehind(binary, 'test').map((row) => row % 2));
  });
});

it('caps the test part at 30 % of the rows and keeps at least one', () => {
  const asked = (testSize: number) => experiment({ data: { testSize } });
  expect([testRows(asked(256), 1000), testRows(asked(256), 100), testRows(asked(16), 3)]).toEqual([256, 30, 1]);
});

it('goes there and back between raw units and what the network sees', () => {
  const s = { mean: Float64Array.of(3, -100), sd: Float64Array.of(0.5, 40), scale: 8, target: { mean: 7, sd: 2 } };
  const raw = Array.from({ length: 40 }, (_, i) => stream(1, 'train', 0, i).normal() * 10);
  toRaw(s, toSeen(s, raw)).forEach((x, i) => expect(Math.abs(x - raw[i]!)).toBeLessThan(1e-5)); // float32 of numbers up to 300
  expect([...toSeen(s, [3.5, -60])]).toEqual([8, 8]);
  expect(targetToRaw(s, -1)).toBe(5);
});
