/** @file The ledger against a count by hand, against loops that count what they do, and against the arrays themselves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACTIVATION_FLOPS,
  backwardFlops,
  costUntil,
  epochCost,
  forwardFlops,
  memoryOf,
  NORM_FLOPS,
  OPTIMIZER_FLOPS,
  stepFlops,
  workloadOf,
} from './cost.ts';
import { ACTIVATION_NAMES, type Activation } from '../model/activations.ts';
import type { Layout } from '../model/network.ts';
import { OPTIMIZERS, optimizerDefaults, type OptimizerName } from '../training/optimizers.ts';
import type { Job } from '../trainers/trainer.ts';
import { jobOf } from '../trainers/trainer.testing.ts';

const OPTIMIZER_NAMES = Object.keys(OPTIMIZERS) as OptimizerName[];

describe('2-16-16-1, tanh, Adam, batches of 10 from 25 training points, 9 validation and 16 test points, 3 replicas', () => {
  const job = jobOf({
    trainSize: 25,
    model: { hidden: [16, 16], activation: 'tanh' },
    training: { optimizer: optimizerDefaults('adam'), batchSize: 10 },
  });
  const workload = workloadOf(job);

  it('has 337 parameters: (2 + 1)·16 + (16 + 1)·16 + (16 + 1)', () => {
    expect(workload.layout.parameters).toBe(337);
  });

  it('takes the FLOPs counted by hand', () => {
    // Multiply-adds: 2·16 + 16·16 + 16·1 = 304; 32 tanh.
    expect(forwardFlops(workload.layout, 1)).toBe(2 * 304 + 32);
    // Weights 304, inputs of the last two layers 272 multiply-adds; 33 biases; 32 slopes of 3.
    expect(backwardFlops(workload.layout, 1)).toBe(2 * (304 + 272) + 33 + 96);
    expect(stepFlops(workload, 10)).toBe(10 * (640 + 1281) + 13 * 337);
    // Batches of 10, 10 and 5; 25 + 9 + 16 points are evaluated.
    expect(epochCost(workload)).toEqual({ training: 61168, evaluation: 32000, total: 93168 });
    expect(costUntil(workload, 7.5).total).toBe(7.5 * 93168);
    // The batch size grew: 7 epochs in 16 updates instead of 21.
    expect(costUntil(workload, 7, 16).training).toBe(7 * 61168 - 5 * 13 * 337);
  });

  it('takes the bytes counted by hand', () => {
    // Of 3 replicas: 34 points of two inputs and a target; shared: 16 points of two inputs, target and noise.
    const data = 3 * 34 * 3 * 4 + 16 * (2 * 4 + 8 + 8);
    expect(memoryOf(workload)).toEqual({ parameters: 4044, slots: 8088, data, total: 12132 + data });
  });
});

describe('the same with layer normalisation', () => {
  const workload = workloadOf(
    jobOf({
      trainSize: 25,
      model: { hidden: [16, 16], activation: 'tanh', layerNorm: true },
      training: { optimizer: optimizerDefaults('adam'), batchSize: 10 },
    }),
  );

  it('has 16 gains and 16 shifts more in each hidden layer, which take memory and updates', () => {
    expect(workload.layout.parameters).toBe(337 + 64);
    expect(memoryOf(workload)).toMatchObject({ parameters: 3 * 4 * 401, slots: 2 * 3 * 4 * 401 });
    expect(stepFlops(workload, 10) - 10 * (forwardFlops(workload.layout, 1) + backwardFlops(workload.layout, 1))).toBe(
      13 * 401,
    );
  });

  it('takes the FLOPs counted by hand', () => {
    // Two means of 16, 16 differences, 16 squares, √(var + ε) and its inverse, then 16 times ẑ, gain and shift.
    expect(forwardFlops(workload.layout, 1)).toBe(2 * 304 + 32 + 2 * (2 * 16 + 2 * 16 + 3 + 3 * 16));
    // 16 gains' multiply-adds, shifts' additions and products with the gain; two means, 16 products; 4 of each of 16.
    expect(backwardFlops(workload.layout, 1)).toBe(2 * (304 + 272) + 33 + 96 + 2 * (4 * 16 + 3 * 16 + 4 * 16));
  });
});

/** Multiply-adds, additions, normalisations and activations of a forward and a backward pass over one point, one by one. */
function counted({ layers }: Layout) {
  const flops = { forward: 0, backward: 0 };
  for (const { inputs, outputs, gains, activation } of layers) {
    for (let j = 0; j < outputs; j++) {
      for (let i = 0; i < inputs; i++) flops.forward += 2;
      if (gains !== null) flops.forward += NORM_FLOPS.forward.unit;
      flops.forward += ACTIVATION_FLOPS[activation].forward;
    }
    if (gains !== null) flops.forward += NORM_FLOPS.forward.point;
  }
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inputs, outputs, gains, activation } = layers[l]!;
    for (let j = 0; j < outputs; j++) {
      if (gains !== null) flops.backward += NORM_FLOPS.backward.unit;
      flops.backward += ACTIVATION_FLOPS[activation].backward + 1;
      for (let i = 0; i < inputs; i++) flops.backward += 2;
    }
    if (l === 0) break;
    for (let i = 0; i < inputs; i++) for (let j = 0; j < outputs; j++) flops.backward += 2;
  }
  return flops;
}

const SMALL_JOBS: fc.Arbitrary<Job> = fc
  .record({
    replicas: fc.integer({ min: 1, max: 4 }),
    features: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 1, max: 4 }),
    trainSize: fc.integer({ min: 1, max: 13 }),
    hidden: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 4 }),
    activation: fc.constantFrom(...ACTIVATION_NAMES),
    layerNorm: fc.boolean(),
    optimizer: fc.constantFrom(...OPTIMIZER_NAMES).map(optimizerDefaults),
    batchSize: fc.oneof(fc.constant('full' as const), fc.integer({ min: 1, max: 13 })),
  })
  .map(({ hidden, activation, layerNorm, optimizer, batchSize, outputs, ...parts }) =>
    jobOf({
      ...parts,
      outputs,
      objective: outputs === 1 ? 'binary-cross-entropy' : 'softmax-cross-entropy',
      model: { hidden, activation, layerNorm },
      training: { optimizer, batchSize },
    }),
  );

it('is the sum of its layers, its batches and its epochs', () => {
  fc.assert(
    fc.property(SMALL_JOBS, fc.integer({ min: 0, max: 3 }), (job, epochs) => {
      const workload = workloadOf(job);
      const { layout, points } = workload;
      const { forward, backward } = counted(layout);
      expect([forwardFlops(layout, 1), backwardFlops(layout, 1)]).toEqual([forward, backward]);

      const expected = { training: 0, evaluation: 0 };
      const { batchSize } = job.experiment.training;
      for (let e = 0; e < epochs; e++) {
        for (let left = points.train; left > 0;) {
          const batch = batchSize === 'full' ? left : Math.min(batchSize, left);
          expected.training += stepFlops(workload, batch);
          left -= batch;
        }
        for (let p = 0; p < points.train + points.validation + points.test; p++) expected.evaluation += forward;
      }
      const { training, evaluation } = expected;
      expect(costUntil(workload, epochs)).toEqual({ training, evaluation, total: training + evaluation });
    }),
  );
});

it('counts the bytes of the arrays that there are', () => {
  fc.assert(
    fc.property(SMALL_JOBS, (job) => {
      const { train, validation, test } = job.replicas;
      const arrays = [train.x, train.y, validation.x, validation.y, test.x, test.target, test.noise];
      const { data, total, parameters, slots } = memoryOf(workloadOf(job));
      expect(data).toBe(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
      expect(total).toBe(data + parameters + slots);
    }),
  );
});

/** Operators and functions of a formula: a letter is a number at hand, `=` only names a result. */
const operations = (formula: string) => formula.match(/[-+*/>]|(?:sqrt|exp|erf|tanh|sign)\(/g)?.length ?? 0;

const ADAM = 'm = B*m + b*g; v = C*v + c*g*g;';
it.each<[OptimizerName, string]>([
  ['sgd', 'w - n*g'],
  ['momentum', 'v = u*v - n*g; w + v'],
  ['nesterov', 'h = n*g; v = u*v - h; w + u*v - h'],
  ['rmsprop', 's = R*s + r*g*g; w - n*g / (sqrt(s) + e)'],
  ['centred-rmsprop', 's = R*s + r*g*g; m = R*m + r*g; w - n*g / (sqrt(s - m*m) + e)'],
  ['adagrad', 's = s + g*g; w - n*g / (sqrt(s) + e)'],
  ['adadelta', 's = R*s + r*g*g; d = sqrt(u + e) / sqrt(s + e) * g; u = R*u + r*d*d; w - n*d'],
  ['adam', `${ADAM} w - n*m / (sqrt(k*v) + e)`],
  ['adamw', `${ADAM} w*q - n*m / (sqrt(k*v) + e)`],
  ['nadam', `${ADAM} w - (x*m + y*g) / (sqrt(k*v) + e)`],
  ['lion', 'w - n*sign(B*m + b*g); m = C*m + c*g'],
])('%s takes as many FLOPs as its formula has operations', (name, formula) => {
  expect(OPTIMIZER_FLOPS[name]).toBe(operations(formula));
});

it.each<[Activation, string, string]>([
  ['tanh', 'tanh(z)', 'g*(1 - a*a)'],
  ['relu', 'z > 0', 'g*(z > 0)'],
  ['sigmoid', '1 / (1 + exp(-z))', 'g*a*(1 - a)'],
  ['gelu', 'z*h*(1 + erf(z/r))', 'g*(h*(1 + erf(z/r)) + z*c*exp(k*z*z))'],
  ['linear', 'z', 'g'],
])('%s takes as many FLOPs as its formulas have operations', (name, forward, backward) => {
  expect(ACTIVATION_FLOPS[name]).toEqual({ forward: operations(forward), backward: operations(backward) });
});

it('normalises in as many FLOPs as its formulas have operations', () => {
  // Of a mean: one addition less than there are units, and a division.
  const [unit, point] = ['m + z; c = z - m; q + c*c; y = c*r; g*y + s', '1 / sqrt(q + e)'];
  expect(NORM_FLOPS.forward).toEqual({ unit: operations(unit), point: operations(point) });
  const back = 'G + d*y; S + d; v = g*d; m + v; a + v*y; (v - m - y*a)*r';
  expect(NORM_FLOPS.backward).toEqual({ unit: operations(back), point: 0 });
});
