/** @file The search for a rule against a plain search, and the paired t test that judges what it found. */
import type { RulePolicy } from '../engine/experiment/experiment.ts';
import { describe, expect, it } from 'vitest';
import { stream } from '../engine/random.ts';
import { candidates, rivals } from '../stopping/candidates.ts';
import { replayPolicy } from '../stopping/replay.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import { RULES } from '../stopping/rules/index.ts';
import { compare, COMPUTE_UNIT, criticalT, RuleSearch } from './find-rule.ts';

const EPOCHS = 60;
/** Error falls to its minimum at epoch 30 and rises again; validation is that with noise. */
function recordsWith(noise: number, replicas = 20): ReplicaRecord[] {
  return Array.from({ length: replicas }, (_, r) => {
    const random = stream(1, 'validation', r, 0);
    const error = Array.from({ length: EPOCHS }, (_, e) => 1 + ((e - 30) / 30) ** 2 + r / 100);
    const validation = error.map((value) => value + noise * random.normal());
    const curves = { 'validation-loss': validation, 'training-loss': validation };
    return { epochs: EPOCHS, curves, testLoss: error, error };
  });
}
const all = candidates({
  monitor: 'validation-loss',
  recorded: ['validation-loss', 'training-loss'],
  epochs: EPOCHS,
});
const three = rivals('validation-loss');
function searchOf(records: ReplicaRecord[], policies = all, against = three): RuleSearch {
  const search = new RuleSearch(records, policies, against);
  while (!search.done) search.next();
  return search;
}
const budget = (epochs: number): RulePolicy => ({ rule: 'budget', monitor: 'validation-loss', epochs, mode: 'auto' });

describe('RuleSearch', () => {
  it('holds out half of the replicas, and one more if their number is odd', () => {
    const { chosenOn, heldOut } = new RuleSearch(recordsWith(0, 9), all, three);
    expect([chosenOn, heldOut]).toEqual([4, 5]);
  });

  it('takes one replay a step', () => {
    const search = new RuleSearch(recordsWith(0.3, 8), all.slice(0, 3), three);
    for (let step = 0; step < 8 * 6; step++) {
      expect(search.done).toBe(false);
      expect(search.progress).toBe(Math.floor(step / 8) / 6);
      search.next();
    }
    expect([search.done, search.progress]).toEqual([true, 1]);
  });

  it.each([0, 0.5, 5])('finds what a plain search finds, λ = %d', (lambda) => {
    const records = recordsWith(0.3);
    const found = searchOf(records).find(lambda)!;
    const objectives = (policy: RulePolicy, odd: number) =>
      replayPolicy(records, policy, RULES)
        .map(({ stop, restored }, r) => (records[r]!.error as number[])[restored]! + (lambda * (stop + 1)) / 100)
        .filter((_, r) => r % 2 === odd);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const searched = all.map((policy) => mean(objectives(policy, 1)));
    expect(found.searched).toBeCloseTo(Math.min(...searched), 12);
    // The order of summation differs, so equal candidates are told apart by their value only.
    expect(searched[all.indexOf(found.policy)]).toBeCloseTo(found.searched, 12);

    const own = objectives(found.policy, 0);
    expect(found.objective!.value).toBeCloseTo(mean(own), 12);
    expect(found.error!.value + (lambda * found.epochs) / COMPUTE_UNIT).toBeCloseTo(mean(own), 12);
    expect(found.rivals.map(({ policy }) => policy)).toEqual(three);
    found.rivals.forEach((rival, i) => {
      const differences = objectives(three[i]!, 0).map((theirs, k) => theirs - own[k]!);
      const center = mean(differences);
      const se = Math.sqrt(mean(differences.map((d) => (d - center) ** 2)) / (differences.length - 1));
      expect(rival.difference!.value).toBeCloseTo(center, 12);
      expect(rival.difference!.se).toBeCloseTo(se, 12);
      // Ten held-out replicas and three rivals; 2.933 is tabulated for 9 degrees of freedom at a third of 5 %.
      const sure = Math.abs(center) > 2.933 * se;
      expect(rival.result).toBe(center === 0 ? 'same' : !sure ? 'level' : center > 0 ? 'behind' : 'ahead');
    });
  });

  it('does not look at the held-out replicas when it chooses', () => {
    const records = recordsWith(0.3);
    const swapped = records.map((record, r) =>
      r % 2 === 0 ? { ...record, error: (record.error as number[]).toReversed() } : record,
    );
    const [plain, other] = [searchOf(records).find(0.1)!, searchOf(swapped).find(0.1)!];
    expect(other.policy).toEqual(plain.policy);
    expect(other.searched).toBe(plain.searched);
    expect(other.error!.value).not.toBe(plain.error!.value);
  });

  it('stops at once where compute is all that counts, and trains long where it is free', () => {
    const search = searchOf(recordsWith(0.3));
    const dear = search.find(1000)!;
    expect(dear.epochs).toBeLessThan(search.find(0)!.epochs);
    expect(dear.rivals.map(({ result }) => result)).toEqual(['behind', 'behind', 'behind']);
  });

  it('finds no difference between a rule and itself', () => {
    const [rival] = searchOf(recordsWith(0.3), three.slice(0, 1), three.slice(0, 1)).find(0.1)!.rivals;
    expect(rival).toMatchObject({ difference: { value: 0, se: 0 }, result: 'same' });
  });

  it('of equal candidates takes the first', () => {
    const twice = [budget(20), { ...budget(20), mode: 'min' }];
    expect(searchOf(recordsWith(0), twice).find(0)!.policy).toBe(twice[0]);
  });

  it('does not prefer a candidate because its bad replicas diverged', () => {
    const records = recordsWith(0).map((record, r) => ({
      ...record,
      error: (record.error as number[]).map((value, e) => (e < 25 ? value : r % 4 < 2 ? NaN : 0)),
    }));
    expect(searchOf(records, [budget(20), budget(40)]).find(0)!.policy).toMatchObject({ epochs: 20 });
  });

  it('says when nothing can be found', () => {
    expect(() => new RuleSearch(recordsWith(0, 7), all, three)).toThrow('replicas: 7 are too few');
    expect(() => new RuleSearch(recordsWith(0, 8), all, three).find(0)).toThrow('search: 0 of');
    const lost = recordsWith(0).map((record) => ({ ...record, error: Array<number>(EPOCHS).fill(NaN) }));
    expect(searchOf(lost, three).find(0)).toBeNull();
    expect(searchOf(recordsWith(0), []).find(0)).toBeNull();
  });
});

describe('compare', () => {
  const of = (...differences: number[]) =>
    compare(Float64Array.from(differences), new Float64Array(differences.length)).result;

  it('asks for more than a paired t test at 5 % lets pass as chance', () => {
    // 1 ± d twice has mean 1 and standard error d/√3, so t = √3/d; the tabulated quantile for 3 freedoms is 3.182.
    const around = (d: number) => [1 - d, 1 + d, 1 - d, 1 + d];
    expect(of(...around(Math.sqrt(3) / 3.2))).toBe('behind');
    expect(of(...around(Math.sqrt(3) / 3.16))).toBe('level');
    expect(of(...around(Math.sqrt(3) / 3.2).map((v) => -v))).toBe('ahead');
    expect(of(1, 1, 1, 1)).toBe('behind');
    expect(of(0, 0, 0, 0)).toBe('same');
  });

  it('gives the interval that the test asks about', () => {
    // Of 1, 2, 3, 4: mean 2.5, standard error √(5/3)/2, tabulated quantile 3.1824; see criticalT for the tolerance.
    const { difference, reach } = compare(Float64Array.of(1, 2, 3, 4), new Float64Array(4));
    expect(difference!.value).toBe(2.5);
    expect(Math.abs(reach! - (3.1824 * Math.sqrt(5 / 3)) / 2)).toBeLessThan(0.003);
  });

  it('asks more of each of three comparisons than of one', () => {
    // Mean 2.5 of eight pairs, standard error √(10/7)/√8, so t = 5.9; less 1.4 of it, t = 2.6: beyond 2.36, not beyond 3.13.
    const [rival, found] = [Float64Array.of(1, 2, 3, 4, 1, 2, 3, 4), new Float64Array(8).fill(1.4)];
    expect(compare(rival, found).result).toBe('behind');
    expect(compare(rival, found, 3).result).toBe('level');
  });

  it('says nothing on fewer than four pairs', () => {
    expect(of(1, 1.1, 0.9, NaN)).toBe('unknown');
    expect(of(NaN, NaN, NaN, NaN)).toBe('unknown');
  });
});

describe('criticalT', () => {
  it.each([
    [3, 3.1824],
    [4, 2.7764],
    [7, 2.3646],
    [15, 2.1314],
    [31, 2.0395],
    [127, 1.9788],
  ])('of %d degrees of freedom is the tabulated %d', (freedom, tabulated) => {
    // The expansion is asymptotic: 0.004 off at 3 degrees of freedom, below 0.001 from 4 on.
    expect(Math.abs(criticalT(freedom) - tabulated)).toBeLessThan(freedom === 3 ? 0.004 : 0.001);
  });

  it.each([
    [3, 4.857],
    [5, 3.534],
    [7, 3.128],
    [15, 2.694],
    [30, 2.536],
  ])('of %d degrees of freedom at a third of 5 % is the tabulated %d', (freedom, tabulated) => {
    expect(Math.abs(criticalT(freedom, 0.05 / 3) - tabulated)).toBeLessThan(freedom === 3 ? 0.03 : 0.004);
  });
});
