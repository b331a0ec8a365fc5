/** @file Validation of unknown input: what passes, what is refused and how it is said, and partial documents. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { experiments } from './arbitrary-experiment.testing.ts';
import { DATASETS } from '../../../datasets/index.ts';
import { defaultsFor, withDefaults } from './defaults.ts';
import { DEFAULT_EXPERIMENT } from './experiment.ts';
import { parse, type Parsed } from './schema.ts';
import { at, difference, merge, set } from './tree.ts';

const problems = (parsed: Parsed) =>
  parsed.ok ? [] : parsed.problems.map(({ path, value, remedy }) => ({ path, value, remedy }));

test('the default experiment, and every dataset with what suits it, is valid', () => {
  expect(parse(DEFAULT_EXPERIMENT)).toEqual({ ok: true, experiment: DEFAULT_EXPERIMENT });
  // Field by field in the same order, since experiments are compared as text.
  expect(JSON.stringify(parse(DEFAULT_EXPERIMENT))).toBe(JSON.stringify({ ok: true, experiment: DEFAULT_EXPERIMENT }));
  for (const { id } of DATASETS) expect(problems(withDefaults({ data: { source: id } })), id).toEqual([]);
});

test('every experiment survives JSON and parse unchanged', () => {
  fc.assert(
    fc.property(experiments, (experiment) => {
      expect(parse(JSON.parse(JSON.stringify(experiment)))).toEqual({ ok: true, experiment });
    }),
  );
});

test('every wrong field is reported by path, value and remedy', () => {
  const wrong = {
    ...DEFAULT_EXPERIMENT,
    seed: -1,
    data: { ...DEFAULT_EXPERIMENT.data, trainSize: 2.5, source: 'sinus' },
    model: { ...DEFAULT_EXPERIMENT.model, hidden: [24, 65] },
    training: {
      ...DEFAULT_EXPERIMENT.training,
      optimizer: { name: 'adam', learningRate: '0.01', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    },
    colour: 'blue',
  };
  expect(problems(parse(wrong))).toEqual([
    { path: 'seed', value: -1, remedy: 'must be a whole number from 0 to 4294967295' },
    { path: 'data.source', value: 'sinus', remedy: expect.stringContaining('must be one of ') },
    { path: 'data.trainSize', value: 2.5, remedy: 'must be a whole number from 2 to 10000' },
    { path: 'model.hidden.1', value: 65, remedy: 'must be a whole number from 1 to 64' },
    {
      path: 'training.optimizer.learningRate',
      value: '0.01',
      remedy: expect.stringContaining('must be a number from'),
    },
    { path: 'colour', value: 'blue', remedy: 'is not a known field; remove it' },
  ]);
});

test.each([
  ['objective', { objective: 'binary-cross-entropy' }, 'use squared-error'],
  ['training.batchSize', { training: { batchSize: 21 } }, 'must not exceed the 20 training points; use "full"'],
  ['data.own', { data: { source: 'own' } }, 'must describe a table'],
])('fields that contradict one another: %s', (path, partial, remedy) => {
  expect(problems(withDefaults(partial))).toMatchObject([{ path, remedy: expect.stringContaining(remedy) }]);
});

test.each([[null], [7], ['{}'], [undefined]])('a document that is no object is refused: %j', (document) => {
  expect(problems(parse(document))).toMatchObject([{ path: '(document)', value: document }]);
  expect(problems(withDefaults(document))).toMatchObject([{ path: '(document)' }]);
});

test('a field missing from a whole document is an error, from a partial one a default', () => {
  const { seed: _, ...rest } = DEFAULT_EXPERIMENT;
  expect(problems(parse(rest))).toMatchObject([{ path: 'seed', remedy: 'is missing; add it' }]);
  expect(withDefaults(rest)).toEqual({ ok: true, experiment: DEFAULT_EXPERIMENT });
});

test('an optimizer named anew brings its own defaults; unnamed, its fields are laid over the one that is there', () => {
  expect(merge(DEFAULT_EXPERIMENT, { training: { optimizer: { name: 'momentum', momentum: 0.5 } } })).toMatchObject({
    training: { optimizer: { name: 'momentum', learningRate: 0.01, momentum: 0.5 } },
  });
  expect(withDefaults({ training: { optimizer: { learningRate: 0.5 } } })).toMatchObject({
    experiment: { training: { optimizer: { name: 'adam', learningRate: 0.5, beta1: 0.9 } } },
  });
});

test('a difference is nothing but what differs', () => {
  expect(difference(DEFAULT_EXPERIMENT, DEFAULT_EXPERIMENT)).toBeUndefined();
  const other = set(set(DEFAULT_EXPERIMENT, ['seed'], 8), ['model', 'hidden'], [6, 6]);
  expect(difference(other, DEFAULT_EXPERIMENT)).toEqual({ seed: 8, model: { hidden: [6, 6] } });
  const sgd = merge(DEFAULT_EXPERIMENT, { training: { optimizer: { name: 'sgd' } } });
  expect(difference(sgd, DEFAULT_EXPERIMENT)).toEqual({ training: { optimizer: { name: 'sgd' } } });
});

test('a policy is taken as a whole, one of the same rule setting by setting', () => {
  const of = (policy: unknown) => set(DEFAULT_EXPERIMENT, ['stopping', 'policy'], policy);
  const [gl, other] = [of({ rule: 'gl', alpha: 5 }), of({ rule: 'gl', alpha: 2 })];
  expect(difference(other, gl)).toEqual({ stopping: { policy: { alpha: 2 } } });
  expect(merge(gl, difference(other, gl))).toEqual(other);
  const more = of({ rule: 'gl', alpha: 5, strip: 5 });
  for (const [a, b] of [
    [gl, more],
    [more, gl],
  ])
    expect(merge(a, difference(b, a))).toEqual(b);
  const group = of({ any: [{ rule: 'gl', alpha: 5 }] });
  for (const base of [gl, DEFAULT_EXPERIMENT]) expect(merge(base, difference(group, base))).toEqual(group);
  expect(merge(group, difference(DEFAULT_EXPERIMENT, group))).toEqual(DEFAULT_EXPERIMENT);
});

test('a difference laid over its base gives the experiment back', () => {
  fc.assert(
    fc.property(experiments, experiments, (experiment, base) => {
      expect(merge(base, difference(experiment, base) ?? {})).toEqual(experiment);
    }),
  );
});

test('the defaults of a dataset leave its name to the document', () => {
  expect(defaultsFor('moons')).toMatchObject({
    data: { source: 'sine', noise: 0.3 },
    objective: 'binary-cross-entropy',
  });
  expect(defaultsFor('nowhere')).toBe(DEFAULT_EXPERIMENT);
});

test('set makes missing branches and leaves the original alone', () => {
  const tree = { a: { b: 1 } };
  expect(set(tree, ['a', 'c', 'd'], 2)).toEqual({ a: { b: 1, c: { d: 2 } } });
  expect(tree).toEqual({ a: { b: 1 } });
});

test('at follows a path', () => {
  expect(at(DEFAULT_EXPERIMENT, ['training', 'optimizer', 'learningRate'])).toBe(0.01);
  expect(at(DEFAULT_EXPERIMENT, ['no', 'such', 'field'])).toBeUndefined();
});
