/** @file What a setting says that it invalidates, against what reads it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawReplicas } from '../data/replicas.ts';
import { withDefaults } from './defaults.ts';
import { experiments } from './arbitrary-experiment.testing.ts';
import { DEFAULT_EXPERIMENT, type Experiment } from './experiment.ts';
import { dataKey, runKey, tapeKey, timingKey } from './keys.ts';
import { settingAt } from './settings/index.ts';
import { merge } from './tree.ts';

const changed = (partial: unknown, base: Experiment = DEFAULT_EXPERIMENT) => merge(base, partial) as Experiment;

/** The document, and the paths of the leaves that were read from it. */
function watched(experiment: Experiment): { experiment: Experiment; read: Set<string> } {
  const read = new Set<string>();
  const watch = <T extends object>(tree: T, under: string): T =>
    new Proxy(tree, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return value;
        const path = under + key;
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) return watch(value, `${path}.`);
        read.add(path);
        return value;
      },
    });
  return { experiment: watch(experiment, ''), read };
}

it.each([
  {},
  {
    data: { source: 'moons', labelNoise: 0.1, imbalance: 0.2, leakage: 0.5, shift: 1 },
    loss: { classWeights: [1, 2] },
  },
  { data: { source: 'spirals' }, objective: 'softmax-cross-entropy', replicas: { redraw: { data: false } } },
  { data: { outliers: 0.1, leakage: 0.1, shift: 1 }, objective: 'huber' },
])('the data are drawn from settings that say so: %j', (partial) => {
  const parsed = withDefaults(merge({ data: { trainSize: 10, validationSize: 10, testSize: 16 } }, partial));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { experiment, read } = watched(parsed.experiment);
  drawReplicas(experiment, null);
  expect(read.size).toBeGreaterThan(5);
  for (const path of read) expect(settingAt(path)?.entry.invalidates, path).toBe('data');
});

it('tells what has to be made anew', () => {
  const same = (partial: unknown, base?: Experiment) => {
    const [one, other] = [changed({}, base), changed(partial, base)];
    return [dataKey, tapeKey, runKey].map((key) => key(one) === key(other));
  };
  expect(same({})).toEqual([true, true, true]);
  expect(same({ data: { noise: 1 } })).toEqual([false, false, false]);
  expect(same({ model: { hidden: [3] } })).toEqual([true, false, false]);
  expect(same({ training: { l2: 1 } })).toEqual([true, false, false]);
  expect(same({ training: { epochs: 1 } })).toEqual([true, true, false]);
  expect(same({ stopping: { policy: { rule: 'budget', epochs: 1 } } })).toEqual([true, true, true]);
  // Where the rule halts the run, it decides what is trained.
  const halting = changed({ training: { haltWhenStopped: true } });
  expect(same({ stopping: { policy: { rule: 'budget', epochs: 1 } } }, halting)).toEqual([true, false, false]);
});

it('is the same for no two experiments whose settings differ, but for the rule', () => {
  fc.assert(
    fc.property(experiments, experiments, (a, b) => {
      const { stopping: _, ...one } = a;
      const { stopping: __, ...other } = { ...b, training: { ...b.training, haltWhenStopped: false } };
      const alike = { ...one, training: { ...a.training, haltWhenStopped: false } };
      expect(runKey({ ...a, ...alike }) === runKey({ ...b, ...other })).toBe(
        JSON.stringify(alike) === JSON.stringify(other),
      );
    }),
  );
});

it('times an epoch by what it has to compute, not by how strongly', () => {
  const time = (partial: unknown) => timingKey(changed(partial));
  expect(time({ training: { l2: 0.1 } })).not.toBe(time({}));
  expect(time({ training: { l2: 0.1 } })).toBe(time({ training: { l2: 0.2 } }));
  expect(time({ training: { optimizer: { learningRate: 1 } }, seed: 3 })).toBe(time({}));
  expect(time({ training: { optimizer: { name: 'sgd' } } })).not.toBe(time({}));
  expect(time({ model: { dropout: [0.1] } })).not.toBe(time({}));
});
