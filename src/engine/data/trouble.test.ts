/**
 * @file Trouble on purpose: exactly what it is said to do, nothing else, and nothing at all when off. Long: a group for
 * every kind of trouble.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from '../../../datasets/contract.ts';
import { DATASETS } from '../../../datasets/index.ts';
import { withDefaults } from '../experiment/defaults.ts';
import { leakageOf } from './leakage.ts';
import { loadTable } from './load-table.ts';
import { stream } from '../random.ts';
import { experiment, numbered, ownExperiment, toRaw } from './replicas.testing.ts';
import { drawReplicas, type Replicas } from './replicas.ts';
import { holdOut, replicaRows } from './resampling.ts';
import { shiftedHoldOut, thinnedPool } from './trouble.ts';

/** Four standard errors of a share p of n. */
const bound = (p: number, n: number) => 4 * Math.sqrt((p * (1 - p)) / n);
const meanOf = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0) / numbers.length;
const sdOf = (numbers: ArrayLike<number>) => {
  const mean = meanOf(numbers);
  return Math.sqrt(meanOf(Array.from(numbers, (x) => (x - mean) ** 2)));
};

const sine = (data: object, count = 20) =>
  drawReplicas(experiment({ data: { trainSize: 200, validationSize: 100, ...data }, replicas: { count } }), null);

describe('off', () => {
  it.each(DATASETS.map((d) => [d.id, d] as const))('%s is as it was drawn before there was any', async (source, d) => {
    const e = experiment({ data: { source, resampling: 'bootstrap' }, replicas: { count: 3 } });
    const table = await loadTable(e);
    const drawn = drawReplicas(e, table);
    const { mean, sd, scale, target } = drawn.standardisation;
    const seen = (raw: number, j: number) => Math.fround(((raw - mean[j]!) / sd[j]!) * scale);
    const rows = d.kind === 'table' ? replicaRows(e, holdOut(e, table!.rows).pool) : null;
    for (const part of ['train', 'validation'] as const) {
      const { size, x, y } = drawn[part];
      for (let r = 0; r < 3; r++) {
        const sample = d.kind === 'generated' ? d.sample(size, stream(e.seed, part, r, 0), e.data) : null;
        for (let i = 0; i < size; i++) {
          const row = rows?.[part](r)[i] ?? i;
          const raw = sample ?? { x: table!.features, y: table!.targets };
          for (let j = 0; j < d.features; j++)
            expect(x[(r * size + i) * d.features + j]).toBe(seen(raw.x[row * d.features + j]!, j));
          const value = raw.y[row]!;
          expect(y[r * size + i]).toBe(Math.fround(target ? (value - target.mean) / target.sd : value));
        }
      }
    }
  });
});

describe('outliers', () => {
  const without = sine({});

  it('replace about the asked share of targets by the truth plus ten times the noise, and move no input', () => {
    const noise = experiment({}).data.noise;
    for (const part of ['train', 'validation'] as const) {
      const drawn = sine({ outliers: 0.2 });
      expect(drawn[part].x).toEqual(without[part].x);
      const x = toRaw(drawn.standardisation, drawn[part].x);
      const changed = [...x.keys()].filter((i) => drawn[part].y[i] !== without[part].y[i]);
      expect(Math.abs(changed.length / x.length - 0.2)).toBeLessThan(bound(0.2, x.length));
      const z = changed.map((i) => (drawn[part].y[i]! - Math.sin(2 * Math.PI * x[i]!)) / (10 * noise));
      // Standard normal: standard errors 1/√n of the mean, 1/√(2n) of the sd.
      expect(Math.abs(meanOf(z))).toBeLessThan(4 / Math.sqrt(z.length));
      expect(Math.abs(sdOf(z) - 1)).toBeLessThan(4 / Math.sqrt(2 * z.length));
    }
  });

  it('stay where they are as more come, and leave the test and its noise alone', () => {
    const [few, many] = [sine({ outliers: 0.1 }), sine({ outliers: 0.3 })];
    few.train.y.forEach((y, i) => {
      if (y !== without.train.y[i]) expect(many.train.y[i]).toBe(y);
    });
    expect(many.test).toEqual(without.test);
    expect(sine({ outliers: 0.3, trainSize: 50 }).validation).toEqual(many.validation);
  });

  it('are measured by the true function where there is no noise: sd √½ of a sine', () => {
    const drawn = sine({ outliers: 0.5, noise: 0 }, 40);
    const x = toRaw(drawn.standardisation, drawn.train.x);
    const off = Array.from(x, (at, i) => drawn.train.y[i]! - Math.sin(2 * Math.PI * at)).filter(
      (d) => Math.abs(d) > 1e-3, // beyond float32
    );
    expect(Math.abs(sdOf(off) / (10 * Math.SQRT1_2) - 1)).toBeLessThan(4 / Math.sqrt(2 * off.length) + 1e-3);
  });

  it('lie ten standard deviations of the target about the given one in a table', () => {
    const table = numbered(1000);
    const draw = (outliers: number) => drawReplicas(ownExperiment(table, { trainSize: 500, outliers }), table);
    const [plain, drawn] = [draw(0), draw(0.2)];
    const off = Array.from(drawn.train.y, (y, i) => y - plain.train.y[i]!).filter((d) => d !== 0);
    expect(Math.abs(off.length / plain.train.y.length - 0.2)).toBeLessThan(bound(0.2, plain.train.y.length));
    expect(Math.abs(sdOf(off) / 10 - 1)).toBeLessThan(4 / Math.sqrt(2 * off.length));
    expect(drawn.test).toEqual(plain.test);
  });
});

describe('label noise in a table', () => {
  it('makes about the asked share another class, every other one equally likely, and spares the test', () => {
    const table = numbered(1000, 'multiclass');
    const draw = (labelNoise: number) => drawReplicas(ownExperiment(table, { trainSize: 500, labelNoise }), table);
    const [plain, drawn] = [draw(0), draw(0.3)];
    expect(drawn.test).toEqual(plain.test);
    const steps = [0, 0, 0];
    drawn.train.y.forEach((y, i) => steps[(y - plain.train.y[i]! + 3) % 3]!++);
    const n = plain.train.y.length;
    [0.7, 0.15, 0.15].forEach((p, k) => expect(Math.abs(steps[k]! / n - p)).toBeLessThan(bound(p, n)));
  });
});

describe('imbalance', () => {
  /** Points of one class of replica 0 in the order they were drawn. */
  const ofClass = ({ train: { size, x, y }, features }: Replicas, label: number) =>
    Array.from({ length: size }, (_, i) => [...x.subarray(i * features, (i + 1) * features)].join()).filter(
      (_, i) => y[i] === label,
    );
  const cloud = (data: object) =>
    drawReplicas(experiment({ data: { source: 'gaussians', trainSize: 400, validationSize: 200, ...data } }), null);

  it('of generated data leaves 1/(2 − q) to class 1, of what would have been drawn, and spares the test', () => {
    const plain = cloud({});
    for (const imbalance of [0.5, 0.9]) {
      const drawn = cloud({ imbalance });
      for (const { y } of [drawn.train, drawn.validation])
        expect(Math.abs(meanOf(y) - 1 / (2 - imbalance))).toBeLessThan(bound(1 / (2 - imbalance), y.length));
      const before = ofClass(plain, 1);
      expect(ofClass(drawn, 1).slice(0, before.length)).toEqual(before);
      const kept = new Set(ofClass(plain, 0));
      expect(ofClass(drawn, 0).filter((point) => kept.has(point)).length).toBeGreaterThan(0);
      expect(drawn.test).toEqual(plain.test);
    }
  });

  it('of a table takes that share of the rows of class 0 from all replicas, and no other', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 0.99, noNaN: true }), (seed, imbalance) => {
        const { targets } = numbered(90, 'multiclass');
        const e = ownExperiment(numbered(90, 'multiclass'), { imbalance }, {}, { seed });
        const { pool } = holdOut(e, 90);
        const thinned = thinnedPool(e, targets, pool);
        const first = (rows: Int32Array) => rows.filter((row) => targets[row] === 0).length;
        expect(first(pool) - first(thinned)).toBe(Math.floor(imbalance * first(pool)));
        expect([...thinned]).toEqual([...pool].filter((row) => thinned.includes(row)));
        expect(thinned.length - first(thinned)).toBe(pool.length - first(pool));
      }),
    );
    // One replica that is given every row there is.
    const table = numbered(400, 'binary', 2);
    const draw = (trainSize: number) =>
      ownExperiment(
        table,
        { trainSize, validationSize: 10, testSize: 100, imbalance: 0.8, resampling: 'disjoint' },
        { count: 1 },
      );
    const { test, pool } = holdOut(draw(2), 400);
    const zeros = pool.filter((row) => row % 2 === 0).length;
    const ones = pool.length - zeros;
    const left = zeros - Math.floor(0.8 * zeros);
    const drawn = drawReplicas(draw(ones + left - 10), table);
    expect([...drawn.train.y, ...drawn.validation.y].filter((y) => y === 0).length).toBe(left);
    expect([...drawn.test.target]).toEqual([...test].map((row) => row % 2));
    expect(() => drawReplicas(draw(ones + left - 9), table)).toThrow(/left out by data\.imbalance/);
  });

  it('is named where it leaves too few rows', () => {
    const table = numbered(100, 'binary', 2);
    expect(() => drawReplicas(ownExperiment(table, { validationSize: 50, imbalance: 0.9 }), table)).toThrow(
      /^data\.validationSize: 50 .* left out by data\.imbalance/,
    );
  });
});

describe('leakage', () => {
  it('puts that many validation points in place of the last training points, each once', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (seed, leakage, data) => {
        const draw = (share: number) =>
          drawReplicas(
            experiment({
              seed,
              data: { trainSize: 30, validationSize: 17, leakage: share },
              replicas: { count: 3, redraw: { data } },
            }),
            null,
          );
        const [plain, { train, validation }] = [draw(0), draw(leakage)];
        const leaked = Math.round(17 * leakage);
        expect(validation).toEqual(plain.validation);
        for (let r = 0; r < 3; r++) {
          const places = Array.from({ length: 30 }, (_, i) => {
            const at = validation.x.subarray(r * 17, (r + 1) * 17).indexOf(train.x[r * 30 + i]!);
            expect(train.y[r * 30 + i]).toBe(at < 0 ? plain.train.y[r * 30 + i] : validation.y[r * 17 + at]);
            if (at < 0) expect(train.x[r * 30 + i]).toBe(plain.train.x[r * 30 + i]);
            return at;
          });
          expect(places.slice(0, 30 - leaked).every((at) => at === -1)).toBe(true);
          expect(new Set(places.slice(30 - leaked).filter((at) => at >= 0)).size).toBe(leaked);
        }
        if (!data) expect(train.x.subarray(0, 30)).toEqual(train.x.subarray(30, 60));
      }),
      { numRuns: 40 },
    );
  });
});

describe('shift', () => {
  it.each(DATASETS.filter((d) => d.kind === 'generated').map((d) => [d.id, d] as const))(
    '%s: test points are moved, the truth is that of the law where they are, and training stays',
    (source, dataset) => {
      const draw = (shift: number) =>
        drawReplicas(experiment({ data: { source, shift }, replicas: { count: 2 } }), null);
      const plain = draw(0);
      for (const shift of [0.5, 3]) {
        const drawn = draw(shift);
        expect([drawn.train, drawn.validation, drawn.standardisation]).toEqual([
          plain.train,
          plain.validation,
          plain.standardisation,
        ]);
        const { scale } = plain.standardisation;
        // float32 of numbers up to about 6 times the input scale
        drawn.test.x.forEach((x, i) =>
          expect(Math.abs(x - plain.test.x[i]! - shift * scale)).toBeLessThan(2e-6 * scale),
        );
        const { data } = experiment({ data: { source } });
        const raw = dataset.testPoints(data.testSize, data);
        const { sd } = plain.standardisation;
        drawn.test.target.forEach((truth, i) => {
          const at = Array.from(sd, (s, j) => raw[i * sd.length + j]! + shift * s);
          expect(truth).toBe(dataset.truth(at, data));
          expect(Number.isFinite(truth)).toBe(true);
        });
      }
    },
  );

  const tableOf = (rows: number, columns: number, value: (i: number) => number): Table => ({
    ...numbered(rows),
    columns: Array.from({ length: columns }, (_, j) => `c${j}`),
    features: Float32Array.from({ length: rows * columns }, (_, i) => value(i)),
  });

  it('holds one row of four out with probability exp(s·u) over their sum', () => {
    const rows = [0, 1, 2, 5];
    const table = tableOf(4, 1, (i) => rows[i]!);
    const weights = rows.map((x) => Math.exp(0.8 * ((x - meanOf(rows)) / sdOf(rows))));
    const held = [0, 0, 0, 0];
    const runs = 4000;
    for (let seed = 0; seed < runs; seed++) {
      const { test, pool } = shiftedHoldOut(ownExperiment(table, { shift: 0.8 }, {}, { seed }), table);
      expect([test.length, [...test, ...pool].sort()]).toEqual([1, [0, 1, 2, 3]]);
      held[test[0]!]!++;
    }
    const sum = weights.reduce((a, b) => a + b);
    weights.forEach((w, i) => expect(Math.abs(held[i]! / runs - w / sum)).toBeLessThan(bound(w / sum, runs)));
  });

  it('moves normal inputs by about s standard deviations of their sum, and leaves the pool in random order', () => {
    const normal = stream(1, 'train', 0, 0);
    const table = tableOf(20_000, 2, (i) => (i % 2 === 0 ? normal.normal() : 100 + 7 * normal.normal()));
    const { test, pool } = shiftedHoldOut(ownExperiment(table, { shift: 0.5, testSize: 400 }), table);
    const u = (row: number) => (table.features[2 * row]! + (table.features[2 * row + 1]! - 100) / 7) / Math.SQRT2;
    // Standard error 1/√400; a fiftieth of the rows taken without repetition costs less than 0.03 more.
    expect(Math.abs(meanOf(Array.from(test, u)) - 0.5)).toBeLessThan(4 / 20 + 0.03);
    const half = pool.length / 2;
    const apart = meanOf(Array.from(pool.subarray(0, half), u)) - meanOf(Array.from(pool.subarray(half), u));
    expect(Math.abs(apart)).toBeLessThan(4 * Math.sqrt(2 / half));
  });

  it('has no direction where every column is constant: any row may be held out', () => {
    const table = tableOf(50, 2, () => 3);
    const drawn = drawReplicas(ownExperiment(table, { testSize: 16, shift: 2 }), table);
    expect(drawn.test.size).toBe(15);
    expect(drawn.test.x.every((x) => x === 0)).toBe(true);
  });
});

it('goes together: each still does its own', () => {
  const both = { trainSize: 40, validationSize: 30, leakage: 0.4, shift: 1 };
  const curve = experiment({ data: { ...both, outliers: 0.2 } });
  const cloud = experiment({ data: { source: 'moons', ...both, labelNoise: 0.1, imbalance: 0.7 } });
  for (const e of [curve, cloud]) {
    const drawn = drawReplicas(e, null);
    const alone = drawReplicas({ ...e, data: { ...e.data, leakage: 0 } }, null);
    expect([...leakageOf(drawn).validation]).toEqual(Array.from({ length: drawn.count }, () => 12 / 30));
    expect(drawn.validation).toEqual(alone.validation);
    expect(drawn.test).toEqual(drawReplicas({ ...e, data: { ...e.data, outliers: 0, imbalance: 0 } }, null).test);
    for (const numbers of [drawn.train.x, drawn.train.y]) expect(numbers.every(Number.isFinite)).toBe(true);
  }
});

it.each([
  ['data.outliers', { data: { source: 'moons', outliers: 0.1 } }, '"moons" has none; use 0'],
  ['data.imbalance', { data: { imbalance: 0.5 } }, 'needs classes, and "sine" has none; use 0'],
  ['data.labelNoise', { data: { labelNoise: 0.1 } }, 'needs classes, and "sine" has none; use 0'],
  ['data.leakage', { data: { trainSize: 10, leakage: 0.6 } }, 'puts 12 validation points into data.trainSize 10'],
])('refuses %s where it does not fit', (path, partial, remedy) => {
  const parsed = withDefaults(partial);
  expect(parsed).toMatchObject({ ok: false, problems: [{ path, remedy: expect.stringContaining(remedy) }] });
});
