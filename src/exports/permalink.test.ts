/** @file Links: there and back for any experiment, short for ordinary ones, clear about what is wrong in a bad one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { experiments } from '../engine/experiment/arbitrary-experiment.testing.ts';
import { withDefaults } from '../engine/experiment/defaults.ts';
import { DEFAULT_EXPERIMENT } from '../engine/experiment/experiment.ts';
import { withPolicy } from '../stopping/active.ts';
import { measuresIn } from '../stopping/monitors.ts';
import { policiesOn } from '../stopping/arbitrary-policy.testing.ts';
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
      stopping: { ...experiment.stopping, policy },
    })),
  );
  fc.assert(
    fc.property(withPolicies, (experiment) => {
      const hash = toHash(experiment);
      expect(hash).not.toMatch(/[\s"'*!<>()[\]{}|\\^`]/);
      const parsed = fromHash(new URL(`https://example.org/a/${hash}`).hash);
      expect(parsed).toEqual({ ok: true, experiment });
      expect(withPolicy(experiment)).toEqual(parsed);
    }),
  );
});

test('a link holds only what differs from the defaults of its dataset', () => {
  expect(toHash(DEFAULT_EXPERIMENT)).toBe('#v=1');
  expect(toHash(experimentOf({ data: { source: 'moons' }, training: { epochs: 600 } }))).toBe(
    '#v=1&data.source=moons&training.epochs=600',
  );
  expect(
    toHash(
      experimentOf({
        model: { hidden: [6, 6] },
        training: { optimizer: { name: 'sgd', learningRate: 0.1 }, batchSize: 5 },
      }),
    ),
  ).toBe('#v=1&model.hidden=6-6&training.optimizer.name=sgd&training.optimizer.learningRate=0.1&training.batchSize=5');
  expect(toHash(experimentOf({ model: { hidden: [] } }))).toBe('#v=1&model.hidden=');
});

test.each(['', '#', '#lesson=patience', '#verdict'])('%j is no link to an experiment', (hash) => {
  expect(fromHash(hash)).toBeNull();
});

test.each([
  ['#v=2&seed=3', 'v', '2', 'must be 1'],
  ['#v=1&seed=abc', 'seed', 'abc', 'must be a whole number from 0 to 4294967295'],
  ['#v=1&seed=', 'seed', '', 'must be a whole number'],
  ['#v=1&training.shuffle=yes', 'training.shuffle', 'yes', 'must be true or false'],
  ['#v=1&training.colour=3', 'training.colour', 3, 'is not a known field'],
  ['#v=1&data.source=moon', 'data.source', 'moon', 'must be one of'],
  ['#v=1&model.hidden=6-x', 'model.hidden.1', 'x', 'must be a whole number from 1 to 64'],
  ['#v=1&data.noise=%E0%A4%A', 'data.noise', '%E0%A4%A', 'copy the whole link again'],
  ['#v=1&seed=1&seed=2', 'seed', '2', 'stands twice'],
  ['#v=1&seed.deep=2', 'seed', { deep: 2 }, 'must be a whole number'],
])('%s is refused at %s', (hash, path, value, remedy) => {
  expect(fromHash(hash)).toMatchObject({
    ok: false,
    problems: [{ path, value, remedy: expect.stringContaining(remedy) }],
  });
});
