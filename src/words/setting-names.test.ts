/** @file Names are what a person would write down: the change that was made. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { experiments } from '../engine/experiment/arbitrary-experiment.testing.ts';
import { withDefaults } from '../engine/experiment/defaults.ts';
import { DEFAULT_EXPERIMENT, type Experiment, type Policy } from '../engine/experiment/experiment.ts';
import { merge } from '../engine/experiment/tree.ts';
import { kerasPolicy } from '../stopping/keras.testing.ts';
import { describeChange, differences } from './setting-names.ts';

const changed = (partial: unknown, base: Experiment = DEFAULT_EXPERIMENT) => merge(base, partial) as Experiment;

function on(source: string, partial: object = {}): Experiment {
  const parsed = withDefaults(merge({ data: { source } }, partial));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}

test.each([
  [{ data: { trainSize: 40, validationSize: 40 } }, '40 + 40 points'],
  [{ data: { trainSize: 40 } }, '40 + 20 points'],
  [{ model: { hidden: [6, 6] } }, '6-6 units'],
  [{ model: { hidden: [] } }, 'no hidden layer'],
  [{ training: { l2: 0.001 } }, 'L2 0.001'],
  [{ training: { batchSize: 10 } }, 'batch 10'],
  [{ training: { epochs: 600 } }, '600 epochs'],
  [{ training: { optimizer: { learningRate: 0.1 } } }, 'learning rate 0.1'],
  [{ training: { optimizer: { name: 'sgd' } } }, 'SGD'],
  [{ training: { optimizer: { name: 'momentum', momentum: 0.5 } } }, 'Momentum, momentum 0.5'],
  [{ stopping: { policy: { patience: 40 } } }, 'patience 40'],
  [{ stopping: { policy: { min_delta: 0.01, restore_best_weights: false } } }, 'min delta 0.01, keeps the last'],
  [{ stopping: { policy: { baseline: 0.3 } } }, 'baseline 0.3'],
  [{ seed: 8 }, 'seed 8'],
  [{ replicas: { count: 64, redraw: { weights: false } } }, '64 replicas, shared weights'],
  [{ seed: 8, model: { hidden: [6], activation: 'relu' }, training: { epochs: 100 } }, 'seed 8, 6 units, +2 more'],
  [{}, 'again'],
])('%j is called "%s"', (partial, name) => {
  expect(describeChange(changed(partial), DEFAULT_EXPERIMENT)).toBe(name);
});

test('what a dataset brings with it is no change of its own', () => {
  expect(describeChange(on('moons'), DEFAULT_EXPERIMENT)).toBe('two moons');
  expect(describeChange(on('moons', { training: { epochs: 50 } }), DEFAULT_EXPERIMENT)).toBe('two moons, 50 epochs');
  expect(describeChange(DEFAULT_EXPERIMENT, on('moons'))).toBe(describeChange(DEFAULT_EXPERIMENT, null));
});

test("the reader's own table is called by its name, and its sizes come with it", () => {
  const own = {
    name: 'cars.csv',
    target: 'mpg',
    task: 'regression',
    rows: 90,
    features: 3,
    outputs: 1,
    sha256: 'a'.repeat(64),
  } as const;
  const first = on('own', { data: { own, trainSize: 30, validationSize: 22 } });
  expect(describeChange(first, DEFAULT_EXPERIMENT)).toBe('cars.csv');
  expect(describeChange(first, first)).toBe('again');
  expect(describeChange(changed({ data: { own: { target: 'hp' } } }, first), first)).toBe('cars.csv');
});

test('every change has a name, and no experiment differs from itself', () => {
  fc.assert(
    fc.property(experiments, experiments, (a, b) => {
      expect(describeChange(a, a)).toBe('again');
      expect(describeChange(a, b)).not.toMatch(/undefined|null|NaN/);
      expect(differences([a, a])).toEqual([]);
      for (const { label, values } of differences([a, b])) {
        expect(label).not.toBe('');
        expect(values[0]).not.toBe(values[1]);
      }
    }),
    { numRuns: 30 },
  );
});

test('another rule is called by its name, and its settings are no changes of their own', () => {
  const gl = { rule: 'gl', monitor: 'validation-loss', alpha: 3, minProgress: null, mode: 'auto' } as const;
  const budget = { rule: 'budget', monitor: 'validation-loss', epochs: 9, mode: 'auto' } as const;
  const policy = (policy: Policy) => changed({ stopping: { policy } });
  const keras = (patience = 20) => policy(kerasPolicy({ patience }));
  const one = describeChange(policy(budget), keras(7));
  expect(one).toBe('Budget of epochs (epochs 9)');
  expect(describeChange(policy({ any: [budget, gl] }), policy(gl))).toBe(
    `Any of Budget of epochs (epochs 9) or ${describeChange(policy(gl), DEFAULT_EXPERIMENT)}`,
  );
  expect(describeChange(policy({ ...budget }), policy(budget))).toBe('again');
  expect(describeChange(keras(7), policy(budget))).toBe('Keras 3, patience 7');
  expect(differences([keras(), policy(budget)])).toContainEqual({
    path: 'stopping.policy',
    label: 'policy',
    values: ['Keras 3', one],
  });
  expect(differences([keras(), policy(budget)])).toContainEqual({
    path: 'stopping.policy.patience',
    label: 'patience',
    values: ['20', '–'],
  });
});

test('differences are told setting by setting, in words, in the order of the document', () => {
  const sgd = changed({ model: { hidden: [6, 6] }, training: { optimizer: { name: 'sgd' }, shuffle: false } });
  const none = changed({ data: { trainSize: 40 }, model: { hidden: [] } });
  expect(differences([DEFAULT_EXPERIMENT, sgd, none])).toEqual([
    { path: 'data.trainSize', label: 'training points', values: ['20', '20', '40'] },
    { path: 'model.hidden', label: 'hidden units', values: ['24-24', '6-6', 'none'] },
    { path: 'training.optimizer.name', label: 'optimizer', values: ['Adam', 'SGD', 'Adam'] },
    { path: 'training.optimizer.beta1', label: 'β₁', values: ['0.9', '–', '0.9'] },
    { path: 'training.optimizer.beta2', label: 'β₂', values: ['0.999', '–', '0.999'] },
    { path: 'training.optimizer.epsilon', label: 'ε', values: ['1e-7', '–', '1e-7'] },
    { path: 'training.shuffle', label: 'shuffle', values: ['yes', 'no', 'yes'] },
  ]);
});
