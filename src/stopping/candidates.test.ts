/** @file The candidate rules of the search. */
import { describe, expect, it } from 'vitest';
import { candidates, candidateName, rivals, type Search } from './candidates.ts';
import { DEFAULT_POLICY, type RulePolicy } from '../engine/experiment/experiment.ts';
import { parsePolicy } from './policy.ts';
import { RULES } from './rules/index.ts';

const setting: Search = { monitor: 'validation-loss', recorded: ['validation-loss', 'training-loss'], epochs: 60 };
const all = candidates(setting);
/** Beside a page with the rule of Keras without a min delta. */
const named = (policy: RulePolicy) => candidateName(policy, rivals('validation-loss')[0]!);

describe('candidates', () => {
  it('are all different, and policies as a file may hold them', () => {
    expect(new Set(all.map((policy) => JSON.stringify(policy))).size).toBe(all.length);
    expect(new Set(all.map(named)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(100);
    for (const policy of all) {
      expect(parsePolicy(JSON.parse(JSON.stringify(policy)), RULES)).toEqual({ ok: true, policy });
    }
  });

  it('contain the rivals, which restore their best weights', () => {
    for (const rival of rivals('validation-loss')) expect(all).toContainEqual(rival);
    expect(
      rivals('training-loss').map(({ rule, patience, min_delta, restore_best_weights }) => [
        rule,
        patience,
        min_delta,
        restore_best_weights,
      ]),
    ).toEqual([5, 10, 20].map((patience) => ['keras', patience, 0, true]));
  });

  it('leave out what the record cannot answer', () => {
    // Without a training loss neither the five of PQ nor the five of the gap; GL and UP do without their complement.
    const alone = candidates({ ...setting, recorded: ['validation-loss'] });
    expect(alone).toHaveLength(all.length - 10);
    expect(alone.filter(({ rule }) => rule === 'gl' || rule === 'up').every((p) => p.minProgress === null)).toBe(true);
    const accuracy = candidates({ ...setting, monitor: 'validation-accuracy', recorded: ['validation-accuracy'] });
    expect(accuracy.some(({ rule }) => rule === 'gap')).toBe(false);
    expect(accuracy.every(({ monitor }) => monitor === 'validation-accuracy')).toBe(true);
    expect(candidates({ ...setting, recorded: [] })).toEqual([]);
  });

  it('have the rules of the training data alone where their signals are recorded, each on its own', () => {
    const signals = ['gradient-evidence', 'gradient-disparity', 'prediction-changes'] as const;
    const more = candidates({ ...setting, recorded: [...setting.recorded, ...signals] }).slice(all.length);
    expect(new Set(more.map(({ rule, monitor }) => `${rule} on ${monitor}`))).toEqual(
      new Set([
        'evidence on gradient-evidence',
        'gradient-disparity on gradient-disparity',
        'label-wave on prediction-changes',
      ]),
    );
    expect(more.map(named)).toContain('Label Wave, window 3, patience 5');
  });

  it('budget no more epochs than there are', () => {
    const budgets = (epochs: number) =>
      candidates({ ...setting, epochs }).flatMap((policy) => (policy.rule === 'budget' ? [policy.epochs] : []));
    expect(budgets(60)).toEqual([6, 12, 18, 24, 30, 36, 42, 48, 54, 60]);
    expect(budgets(3)).toEqual([1, 2, 3]);
  });
});

describe('nameOf', () => {
  it('says the rule and what was chosen for it', () => {
    expect(named(rivals('validation-loss')[1]!)).toBe('Keras 3, patience 10');
    expect(all.map(named)).toEqual(
      expect.arrayContaining([
        'Keras 3, patience 5, min delta 0.001',
        'Patience on a moving average, decay 0.8, patience 7',
        'Generalisation loss (GL), alpha 5',
        'Generalisation gap, gap 0.5, patience 3',
        'Budget of epochs, epochs 30',
      ]),
    );
  });

  it('says what else differs from the rule of the page', () => {
    expect(candidateName(rivals('validation-loss')[1]!, DEFAULT_POLICY)).toBe('Keras 3, patience 10, min delta 0');
    const page = { ...DEFAULT_POLICY, patience: 10, min_delta: 0, restore_best_weights: false, start_from_epoch: 5 };
    expect(candidateName(rivals('validation-loss')[1]!, page)).toBe(
      'Keras 3, patience 10, restore best weights, start from epoch 0',
    );
  });

  it('tells every two rules apart, whatever the rule of the page', () => {
    for (const page of [DEFAULT_POLICY, ...rivals('validation-loss'), all.at(-1)!])
      expect(new Set(all.map((policy) => candidateName(policy, page))).size).toBe(all.length);
  });
});
