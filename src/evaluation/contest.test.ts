/** @file Winners against every possible contest, counted one by one. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contestOf, lowestLook, winnersGap } from './contest.ts';

it('takes the lowest of the first looks, and what it is worth', () => {
  const looks = [0.5, NaN, 0.3, 0.4, 0.1];
  const truths = [0.6, 0.6, 0.45, 0.5, 0.4];
  expect(lowestLook(looks, truths)).toEqual({ promise: 0.1, truth: 0.4, epoch: 4, looks: 5 });
  expect(lowestLook(looks, truths, 4)).toEqual({ promise: 0.3, truth: 0.45, epoch: 2, looks: 4 });
  expect(lowestLook([NaN], [1])).toBeNull();
});

it('ranks the candidates, and finds the winner’s place by the truth', () => {
  const candidate = (promise: number, truth: number) => ({ promise, truth, epoch: 0, looks: 10 });
  const contest = contestOf([candidate(0.3, 0.3), null, candidate(0.1, 0.4), candidate(0.2, 0.2)])!;
  expect(contest.ranked.map(({ replica }) => replica)).toEqual([2, 3, 0]);
  expect(contest).toMatchObject({ rankByTruth: 3, looks: 30 });
  expect(contest.optimism.value).toBeCloseTo(-0.1, 12);
  expect(contestOf([null, null])).toBeNull();
});

it('expects the winner’s gap over every choice of candidates', () => {
  const value = fc.double({ min: 0, max: 1, noNaN: true });
  const candidates = fc.uniqueArray(fc.tuple(value, value), {
    minLength: 1,
    maxLength: 7,
    selector: ([promise]) => promise,
  });
  fc.assert(
    fc.property(candidates, (pairs) => {
      const all = pairs.map(([promise, truth]) => ({ promise, truth, epoch: 0, looks: 1 }));
      const contest = contestOf(all)!;
      for (let k = 1; k <= all.length; k++) {
        const gaps: number[] = [];
        for (let set = 1; set < 1 << all.length; set++) {
          const chosen = all.filter((_, i) => set & (1 << i));
          if (chosen.length !== k) continue;
          const winner = chosen.reduce((best, one) => (one.promise < best.promise ? one : best));
          gaps.push(winner.promise - winner.truth);
        }
        expect(winnersGap(contest, k)).toBeCloseTo(gaps.reduce((a, b) => a + b, 0) / gaps.length, 10);
      }
      expect(() => winnersGap(contest, all.length + 1)).toThrow('must be from 1 to');
    }),
  );
});
