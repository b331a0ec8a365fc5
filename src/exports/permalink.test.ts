/** @file Links: there and back for any experiment, short for ordinary ones, clear about what is wrong in a bad one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { experiments } from '../engine/experiment/arbitrary-experiment.testing.ts';
import { withDefaults } from '../engine/experiment/defaults.ts';
import { DEFAULT_EXPERIMENT, DEFAULT_POLICY, type Policy } from '../engine/experiment/experiment.ts';
import { CURRENT_VERSION } from '../engine/experiment/migrations/index.ts';
import { withPolicy } from '../stopping/experiment-policy.ts';
import { measuresIn } from '../stopping/monitors.ts';
import { policiesOn } from '../stopping/arbitrary-policy.testing.ts';
import { RULES } from '../stopping/rules/index.ts';
import { fromHash, toHash } from './permalink.ts';

function experimentOf(partial: unknown) {
  const parsed = withDefaults(partial);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}

test('any experiment comes back from its link, even after a URL parser had it', () => {
  fc.assert(
    fc.property(experiments, (experiment) => {
      const hash = toHash(experiment);
      expect(fromHash(hash)).toEqual({ ok: true, experiment });
      expect(fromHash(new URL(`https://example.org/a/${hash}`).hash)).toEqual({ ok: true, experiment });
      // Markdown, mail and chat programs break links at these.
      expect(hash).not.toMatch(/[\s"'*!<>()[\]{}|\\^`]/);
    }),
  );
});

test('any policy comes back from its link, groups of groups too', () => {
  const withPolicies = experiments.chain((experiment) =>
    policiesOn(measuresIn(experiment)).map((policy) => ({
      ...experiment,
      stopping: { policy },
    })),
  );
  fc.assert(
    fc.property(withPolicies, (experiment) => {
      const hash = toHash(experiment);
      expect(hash).not.toMatch(/[\s"'*!<>()[\]{}|\\^`]/);
      const parsed = fromHash(new URL(`https://example.org/a/${hash}`).hash);
      expect(parsed).toEqual({ ok: true, experiment });
      expect(withPolicy(experiment, RULES)).toEqual(parsed);
    }),
  );
});

test('a link holds only what differs from the defaults of its dataset', () => {
  expect(toHash(DEFAULT_EXPERIMENT)).toBe(`#v=${CURRENT_VERSION}`);
  expect(toHash(experimentOf({ data: { source: 'moons' }, training: { epochs: 600 } }))).toBe(
    `#v=${CURRENT_VERSION}&data.source=moons&training.epochs=600`,
  );
  expect(
    toHash(
      experimentOf({
        model: { hidden: [6, 6] },
        training: { optimizer: { name: 'sgd', learningRate: 0.1 }, batchSize: 5 },
      }),
    ),
  ).toBe(
    `#v=${CURRENT_VERSION}&model.hidden=6-6&training.optimizer.name=sgd&training.optimizer.learningRate=0.1&training.batchSize=5`,
  );
  expect(toHash(experimentOf({ model: { hidden: [] } }))).toBe(`#v=${CURRENT_VERSION}&model.hidden=`);
});

test('a link says of the default rule what differs, and another rule in full', () => {
  const linkOf = (policy: Policy) => toHash({ ...DEFAULT_EXPERIMENT, stopping: { policy } });
  expect(linkOf({ ...DEFAULT_POLICY, patience: 30, baseline: 0.5 })).toBe(
    `#v=${CURRENT_VERSION}&stopping.policy.patience=30&stopping.policy.baseline=0.5`,
  );
  expect(linkOf(DEFAULT_POLICY)).toBe(`#v=${CURRENT_VERSION}`);
  expect(decodeURIComponent(linkOf({ any: [DEFAULT_POLICY] }))).toBe(
    `#v=${CURRENT_VERSION}&stopping.policy=${JSON.stringify({ any: [DEFAULT_POLICY] })}`,
  );
  const older = fromHash('#v=1&stopping.patience=30&stopping.baseline=0.5');
  expect(older?.ok && older.experiment.stopping).toEqual({
    policy: { ...DEFAULT_POLICY, patience: 30, baseline: 0.5 },
  });
  expect(fromHash(`#v=${CURRENT_VERSION}&stopping.policy.patience=30&stopping.policy.baseline=0.5`)).toEqual(older);
});

test('a link of any version brings what it said when it was made, on the data of its dataset', () => {
  const kept = {
    '#v=1': {},
    '#v=1&data.source=moons&training.epochs=600': { data: { source: 'moons' }, training: { epochs: 600 } },
    '#v=1&model.hidden=6-6&training.optimizer.name=sgd&training.optimizer.learningRate=0.1&training.batchSize=5': {
      model: { hidden: [6, 6] },
      training: { optimizer: { name: 'sgd', learningRate: 0.1 }, batchSize: 5 },
    },
    '#v=1&stopping.patience=7&stopping.baseline=0.5&stopping.restoreBestWeights=false': {
      stopping: { patience: 7, baseline: 0.5, restoreBestWeights: false },
    },
    '#v=1&stopping.policy=%7B%22any%22%3A%5B%7B%22rule%22%3A%22gl%22%2C%22alpha%22%3A5%7D%5D%7D': {
      stopping: { policy: { any: [{ rule: 'gl', alpha: 5 }] } },
    },
    '#v=1&model.dropout=0.1_1e-7&loss.classWeights=1_2&data.source=moons': {
      data: { source: 'moons' },
      model: { dropout: [0.1, 1e-7] },
      loss: { classWeights: [1, 2] },
    },
  };
  for (const [hash, partial] of Object.entries(kept))
    expect(fromHash(hash), hash).toEqual(withDefaults({ version: 1, ...partial }));
});

test.each(['', '#', '#lesson=patience', '#verdict'])('%j is no link to an experiment', (hash) => {
  expect(fromHash(hash)).toBeNull();
});

test.each([
  [`#v=${CURRENT_VERSION + 1}&seed=3`, 'v', String(CURRENT_VERSION + 1), 'newer Patience'],
  ['#v=0&seed=3', 'v', '0', `must be a whole number from 1 to ${CURRENT_VERSION}`],
  ['#v=x', 'v', 'x', 'must be a whole number'],
  ['#v=1&seed=abc', 'seed', 'abc', 'must be a whole number from 0 to 4294967295'],
  ['#v=1&seed=', 'seed', '', 'must be a whole number'],
  ['#v=1&training.shuffle=yes', 'training.shuffle', 'yes', 'must be true or false'],
  ['#v=1&training.colour=3', 'training.colour', 3, 'is not a known field'],
  ['#v=1&data.source=moon', 'data.source', 'moon', 'must be one of'],
  ['#v=1&model.hidden=6-x', 'model.hidden.1', 'x', 'must be a whole number from 1 to 64'],
  ['#v=1&data.noise=%E0%A4%A', 'data.noise', '%E0%A4%A', 'copy the whole link again'],
  ['#v=1&seed=1&seed=2', 'seed', '2', 'stands twice'],
  ['#v=1&seed.deep=2', 'seed', { deep: 2 }, 'must be a whole number'],
  ['#v=1&__proto__.name=2', '__proto__', { name: 2 }, 'is not a known field'],
  ['#v=1&constructor.name=2', 'constructor', { name: 2 }, 'is not a known field'],
])('%s is refused at %s', (hash, path, value, remedy) => {
  expect(fromHash(hash)).toMatchObject({
    ok: false,
    problems: [{ path, value, remedy: expect.stringContaining(remedy) }],
  });
});

test.each([
  ['nested 9,000 deep', `#v=1&${'a.'.repeat(9000)}b=1`, 'is not a known field'],
  ['nested 9,000 deep in a value', `#v=1&stopping.policy=${'['.repeat(9000)}`, 'must be a policy'],
  ['nested 20,000 deep in a field of no setting', `#v=1&a=${'[]'.replace('[', '['.repeat(20_000))}`, 'is not a known'],
  ['with 9,000 fields', `#v=1&${Array.from({ length: 9000 }, (_, i) => `${i}=1`).join('&')}`, '200 fields'],
  ['with 200 fields', `#v=1&${Array.from({ length: 200 }, (_, i) => `${i}=1`).join('&')}`, '200 fields'],
  ['of half a million characters', `#v=1&data.source=${'A'.repeat(500_000)}`, '65536 characters'],
  ['with a list of 20,000 items', `#v=1&model.hidden=${'a-'.repeat(20_000)}a`, 'must have at most 1000 items'],
])('a link %s is refused with one problem', (_, hash, remedy) => {
  expect(fromHash(hash)).toMatchObject({ ok: false, problems: [{ remedy: expect.stringContaining(remedy) }] });
});

test('whatever stands in an address, it is no link, an experiment, or problems with a path and a remedy', () => {
  const name = fc.constantFrom(
    ...['v', 'data', 'source', 'stopping', 'policy', 'stages', 'optimizer', 'training', 'model', 'hidden', 'own'],
    ...['__proto__', 'constructor', 'toString', '0', ''],
  );
  const value = fc.oneof(
    fc.constantFrom('', '1', '-1', '1e999', 'NaN', 'null', 'true', 'moons', 'own', '4-4', '[', '[[]]', '{"any":[{}]}'),
    fc.json({ maxDepth: 3 }),
    fc.string(),
  );
  const path = fc.oneof(
    fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('.')),
    fc.constantFrom(
      'data.source',
      'stopping.policy',
      'training.optimizer.name',
      'stages',
      'model.hidden',
      'data.own.rows',
    ),
    fc.string(),
  );
  const pair = fc.tuple(path, value, fc.boolean()).map(([p, x, raw]) => `${p}=${raw ? x : encodeURIComponent(x)}`);
  const version = fc.constantFrom('v=1', 'v=2', `v=${CURRENT_VERSION}`);
  const hashes = fc.tuple(version, fc.array(pair, { maxLength: 6 })).map(([v, pairs]) => `#${[v, ...pairs].join('&')}`);
  fc.assert(
    fc.property(fc.oneof({ weight: 4, arbitrary: hashes }, fc.string()), (hash) => {
      const parsed = fromHash(hash);
      if (parsed === null) return;
      const complete = parsed.ok ? withPolicy(parsed.experiment, RULES) : parsed;
      if (complete.ok) expect(fromHash(toHash(complete.experiment))).toEqual(complete);
      else for (const { path: at, remedy } of complete.problems) expect(at && remedy).toMatch(/\w/);
    }),
    { numRuns: 500 },
  );
});
