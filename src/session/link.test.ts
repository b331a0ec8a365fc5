/** @file The address with a policy in it: opened once its rules are there, refused by field, given up for another link. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withDefaults } from '../engine/experiment/defaults.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { CURRENT_VERSION } from '../engine/experiment/migrations/index.ts';
import { toHash } from '../exports/permalink.ts';
import { linkTo, openAddress } from './link.ts';

beforeEach(() => vi.stubGlobal('location', { hash: '' }));
afterEach(() => vi.unstubAllGlobals());

const linkWith = (policy: string) => `#v=${CURRENT_VERSION}&stopping.policy=${encodeURIComponent(policy)}`;

test('a link without a policy is open at once', async () => {
  const take = vi.fn();
  location.hash = '#v=1&seed=9';
  const opening = openAddress(take);
  expect(take).toHaveBeenCalledWith(expect.objectContaining({ seed: 9 }));
  await opening;
  expect(take).toHaveBeenCalledTimes(1);
});

test('an address that brings nothing is none of our business', () => {
  location.hash = '#/logs';
  expect(openAddress(() => expect.unreachable())).toBeNull();
});

test('a policy is opened in full, and its link brings the same', async () => {
  const taken: Experiment[] = [];
  location.hash = linkWith('{"any":[{"rule":"budget","epochs":30},{"rule":"gl"}]}');
  await openAddress((experiment) => taken.push(experiment));
  const [first] = taken;
  expect(first!.stopping.policy).toMatchObject({
    any: [
      { rule: 'budget', monitor: 'validation-loss', epochs: 30 },
      { rule: 'gl', alpha: 5 },
    ],
  });
  location.hash = toHash(first!);
  await openAddress((experiment) => taken.push(experiment));
  expect(taken).toEqual([first, first]);
});

test.each([
  ['{"rule":"budget","epochs":-1}', 'stopping.policy.epochs: -1 must be a whole number from 1 to 1000000.'],
  ['{"rule":"none"}', 'stopping.policy.rule: "none" must be one of keras,'],
  ['{"rule":', 'stopping.policy: "{\\"rule\\":" must be a policy such as'],
  ['{"any":[{"rule":"budget","monitor":"validation-f1"}]}', 'stopping.policy.any.0.monitor: "validation-f1" is'],
])('a link with the policy %s is refused, and changes nothing', async (policy, words) => {
  location.hash = linkWith(policy);
  await expect(openAddress(() => expect.unreachable())).rejects.toThrow(`The link could not be read. ${words}`);
});

test('a link that was left for another while its rules were on the way is given up', async () => {
  const taken: Experiment[] = [];
  location.hash = linkWith('{"rule":"budget"}');
  const slow = openAddress((experiment) => taken.push(experiment));
  location.hash = '#v=1&seed=9';
  const quick = openAddress((experiment) => taken.push(experiment));
  await Promise.all([slow, quick]);
  expect(taken).toEqual([expect.objectContaining({ seed: 9 })]);
});

test('what a link holds is the whole experiment', () => {
  const parsed = withDefaults({ stopping: { policy: { rule: 'budget', epochs: 30 } } });
  expect(parsed.ok && toHash(parsed.experiment)).toBe(linkWith('{"rule":"budget","epochs":30}'));
});

test('what the page wrote into the address is not read again', async () => {
  const taken: Experiment[] = [];
  const history = { state: null, replaceState: (_: unknown, __: string, to: string) => (location.hash = to) };
  vi.stubGlobal('history', history);
  location.hash = '#v=1&seed=9';
  await openAddress((experiment) => taken.push(experiment));
  linkTo({ ...taken[0]!, seed: 10 });
  expect(location.hash).toMatch(/^#\/workshop\?v=\d+&seed=10$/);
  const meetAgain = vi.fn();
  await openAddress(() => expect.unreachable(), meetAgain);
  expect(meetAgain).toHaveBeenCalledTimes(1);
  location.hash = '#v=1&seed=11';
  await openAddress((experiment) => taken.push(experiment));
  expect(taken.map(({ seed }) => seed)).toEqual([9, 11]);
});
