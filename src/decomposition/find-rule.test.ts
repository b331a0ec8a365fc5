import { describe, expect, it } from 'vitest';
import { stream } from '../engine/random.ts';
import { candidates, rivals, type KerasPolicy, type Search } from '../stopping/candidates.ts';
import { replayPolicy } from '../stopping/policy-replay.ts';
import { parsePolicy, type Policy } from '../stopping/policy.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import { RESEARCH } from '../stopping/rules/research.ts';
import { isSignificant, RuleSearch } from './find-rule.ts';

const keras: KerasPolicy = (patience, minDelta) => ({ rule: 'ema-patience', decay: 0, patience, minDelta });
const EPOCHS = 60;
/** Error falls to its minimum at epoch 30 and rises again; validation is that with noise. */
function recordsWith(noise: number, replicas = 20, seed = 1): ReplicaRecord[] {
  return Array.from({ length: replicas }, (_, r) => {
    const random = stream(seed, 'validation', r, 0);
    const error = Array.from({ length: EPOCHS }, (_, e) => 1 + ((e - 30) / 30) ** 2 + r / 100);
    const validation = error.map((value) => value + noise * random.normal());
    return {
      epochs: EPOCHS,
      curves: { 'validation-loss': validation, 'training-loss': validation },
      testLoss: error,
      error,
    };
  });
}
const searchOf = (records: ReplicaRecord[], policies: Policy[], seed = 3) => {
  const search = new RuleSearch(records, policies, RESEARCH, EPOCHS, stream(seed, 'split', 0, 0));
  while (!search.done) search.next();
  return search;
};
const setting: Search = {
  monitor: 'validation-loss',
  recorded: ['validation-loss', 'training-loss'],
  planned: EPOCHS,
  rules: RESEARCH,
  keras,
};
const all = candidates(setting);
const three = rivals('validation-loss', RESEARCH, keras);

describe('RuleSearch', () => {
  it('splits the replicas into two random halves', () => {
    const { chosenOn, heldOut } = searchOf(recordsWith(0, 9), []);
    expect([chosenOn.length, heldOut.length]).toEqual([4, 5]);
    expect([...chosenOn, ...heldOut].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(searchOf(recordsWith(0, 9), []).chosenOn).toEqual(chosenOn);
    expect(searchOf(recordsWith(0, 9), [], 4).chosenOn).not.toEqual(chosenOn);
  });

  it.each([0, 0.5, 5])('finds what a plain search finds, λ = %d', (lambda) => {
    const records = recordsWith(0.3);
    const search = searchOf(records, all);
    const found = search.find(lambda, three)!;
    const objectives = (policy: Policy, replicas: readonly number[]) =>
      replayPolicy(records, policy, RESEARCH)
        .map(({ stop, restored }, r) => (records[r]!.error as number[])[restored]! + (lambda * (stop + 1)) / EPOCHS)
        .filter((_, r) => replicas.includes(r));
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const searched = all.map((policy) => mean(objectives(policy, search.chosenOn)));
    expect(found.searched).toBeCloseTo(Math.min(...searched), 12);
    // The order of summation differs, so equal candidates are told apart by their value only.
    expect(searched[all.indexOf(found.policy)]).toBeCloseTo(found.searched, 12);

    const own = objectives(found.policy, search.heldOut);
    expect(found.objective!.value).toBeCloseTo(mean(own), 12);
    found.rivals.forEach((rival, i) => {
      const differences = objectives(three[i]!, search.heldOut).map((theirs, k) => own[k]! - theirs);
      const center = mean(differences);
      const se = Math.sqrt(mean(differences.map((d) => (d - center) ** 2)) / (differences.length - 1));
      expect(rival.difference!.value).toBeCloseTo(center, 12);
      expect(rival.difference!.se).toBeCloseTo(se, 12);
      expect(rival.significant).toBe(Math.abs(center) > 2 * se);
    });
  });

  it('stops at once where compute is all that counts, and trains long where it is free', () => {
    const search = searchOf(recordsWith(0.3), all);
    expect(search.find(1000, [])!.epochs).toBeLessThan(search.find(0, [])!.epochs);
    expect(search.find(1000, three)!.rivals.every(({ difference }) => difference!.value <= 0)).toBe(true);
  });

  it('finds no significant difference between a rule and itself', () => {
    const search = searchOf(recordsWith(0.3), three.slice(0, 1));
    const [rival] = search.find(0.1, three.slice(0, 1))!.rivals;
    expect(rival).toMatchObject({ difference: { value: 0, se: 0 }, significant: false });
  });

  it('does not prefer a candidate because its bad replicas diverged', () => {
    const records = recordsWith(0).map((record, r) => ({
      ...record,
      error: (record.error as number[]).map((value, e) => (e < 25 ? value : r % 2 ? NaN : 0)),
    }));
    const parsed = (epochs: number) => {
      const policy = parsePolicy({ rule: 'budget', epochs }, RESEARCH);
      if (!policy.ok) throw new Error('not a policy');
      return policy.policy;
    };
    const found = searchOf(records, [parsed(20), parsed(40)]).find(0, [])!;
    expect(found.policy).toMatchObject({ epochs: 20 });
  });

  it('says when nothing can be found', () => {
    expect(() => searchOf(recordsWith(0, 3), [])).toThrow('replicas: 3 are too few');
    const lost = recordsWith(0).map((record) => ({ ...record, error: Array<number>(EPOCHS).fill(NaN) }));
    expect(searchOf(lost, three).find(0, three)).toBeNull();
    expect(searchOf(recordsWith(0), []).find(0, three)).toBeNull();
  });
});

describe('isSignificant', () => {
  it('asks for more than two standard errors', () => {
    expect(
      [{ value: 2, se: 1 }, { value: -2.1, se: 1 }, { value: 1, se: 0 }, { value: 9, se: null }, null].map(
        isSignificant,
      ),
    ).toEqual([false, true, true, false, false]);
  });
});

describe('candidates', () => {
  it('are all different and fit the registry', () => {
    expect(new Set(all.map((policy) => JSON.stringify(policy))).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(100);
    const { gl: _, ...rest } = RESEARCH;
    expect(candidates({ ...setting, rules: rest })).toHaveLength(all.length - 6);
    const alone = candidates({ ...setting, recorded: ['validation-loss'] });
    expect(alone).toHaveLength(all.length - 5);
    const records = recordsWith(0.3).map(({ curves, ...record }) => ({
      ...record,
      curves: { 'validation-loss': curves['validation-loss']! },
    }));
    expect(searchOf(records, alone).find(0, three)).not.toBeNull();
    expect(() => rivals('validation-loss', RESEARCH, () => ({ rule: 'gl', alpha: -1 }))).toThrow(
      'candidate.alpha: -1 must be',
    );
  });
});
