/** @file The list of compared rules: adding, removing, changing, and what is refused. */
import { describe, expect, it } from 'vitest';
import { MONITORS, type Policy } from '../../engine/experiment/experiment.ts';
import { ruleNamed } from '../../stopping/edit-policy.ts';
import { isRule, parsePolicy, refusalInWords } from '../../stopping/policy.ts';
import { lacking, policyIn, policyInWords } from '../../stopping/policy-words.ts';
import { RULES } from '../../stopping/rules/index.ts';
import { changed, added, firstRules, MOST_RULES, replaced, without, type ComparedRules } from './compared-rules.ts';

const gl = ruleNamed('gl', 'validation-loss', RULES);
const policyAt = (rules: ComparedRules, place: number) => rules.find((entry) => entry.place === place)!.policy;

describe('the rules', () => {
  it('begins with the rule of the page, Keras with patience 5, and two other libraries', () => {
    const first = firstRules();
    expect(first.map(({ policy }) => policy && isRule(policy) && policy.rule)).toEqual([
      null,
      'keras',
      'tf-keras',
      'lightgbm',
    ]);
    expect(policyAt(first, 1)).toMatchObject({ patience: 5, restore_best_weights: true });
  });

  it('takes up to six, each in the first free place, and places stay when others leave', () => {
    const full = [gl, gl, null].reduce<ComparedRules>((rules, policy) => added(rules, policy), firstRules());
    expect(full.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(full).toHaveLength(MOST_RULES);
    const fewer = without(without(full, 4), 1);
    expect(fewer.map(({ place }) => place)).toEqual([0, 2, 3, 5]);
    expect(added(fewer, gl).map(({ place }) => place)).toEqual([0, 2, 3, 5, 1]);
    expect(without([], 3)).toEqual([]);
  });

  it('changes one parameter, and keeps what is refused beside the unchanged rule until that field is right', () => {
    let rules = changed(firstRules(), 1, 'patience', -1);
    expect(policyAt(rules, 1)).toMatchObject({ patience: 5 });
    expect(rules[1]!.refused.patience).toEqual({
      path: 'policy.patience',
      value: -1,
      remedy: 'must be a whole number, 0 or more',
    });
    rules = changed(rules, 1, 'min_delta', 'much');
    rules = changed(rules, 1, 'mode', 'min');
    expect(Object.keys(rules[1]!.refused)).toEqual(['patience', 'min_delta']);
    rules = changed(rules, 1, 'patience', 7);
    expect(Object.keys(rules[1]!.refused)).toEqual(['min_delta']);
    expect(policyAt(rules, 1)).toMatchObject({ patience: 7, mode: 'min', min_delta: 0 });
    expect(changed(rules, 0, 'patience', 3)).toEqual(rules);
  });

  it('puts another policy in a place', () => {
    const rules = replaced(changed(firstRules(), 1, 'patience', -1), 1, gl);
    expect(rules[1]).toEqual({ place: 1, policy: gl, refused: {} });
  });
});

describe('ruleNamed', () => {
  it.each(Object.keys(RULES))('%s can be added, with its own defaults, as long as it takes the metric', (name) => {
    for (const monitor of MONITORS) {
      const policy = ruleNamed(name, monitor, RULES);
      expect(parsePolicy(policy, RULES)).toEqual({ ok: true, policy });
      if (isRule(policy)) {
        const monitors = (RULES as Record<string, { monitors?: readonly string[] }>)[name]!.monitors;
        expect(policy.monitor).toBe(monitors && !monitors.includes(monitor) ? monitors[0] : monitor);
      }
    }
  });
});

describe('a pasted policy', () => {
  it('is read', () => {
    expect(policyIn('{"rule": "gl"}', RULES)).toEqual({ ok: true, policy: gl });
  });

  it.each([
    ['patience: 5', /^policy: "patience: 5" must be JSON: .*; write \{"rule"/],
    ['{"rule": "keras", "patience": -1}', /^policy\.patience: -1 must be a whole number, 0 or more$/],
    ['{"rule": "kears"}', /^policy\.rule: "kears" must be one of keras, /],
    ['{"any": [{"rule": "gl", "beta": 1}]}', /^policy\.any\.0\.beta: 1 is not a known field of gl/],
  ])('%s is refused by field, with the remedy', (text, words) => {
    const parsed = policyIn(text, RULES);
    expect(!parsed.ok && refusalInWords(parsed.problems[0]!)).toMatch(words);
  });
});

describe('words', () => {
  const said = (input: unknown) => {
    const parsed = parsePolicy(input, RULES);
    const { label, settings } = policyInWords((parsed as { policy: Policy }).policy, RULES);
    return { label, settings: settings.join(', ') };
  };

  it.each([
    [{ rule: 'keras' }, 'Keras 3', ''],
    [{ rule: 'keras', patience: 5, restore_best_weights: true }, 'Keras 3', 'patience 5, restore best weights'],
    [{ rule: 'lightgbm' }, 'LightGBM', 'stopping rounds 10'],
    [
      { rule: 'lightning', check_finite: false, mode: 'max' },
      'PyTorch Lightning',
      'patience 3, mode max, no check finite',
    ],
    [{ rule: 'tfjs', minDelta: 0.01, monitor: 'training-loss' }, 'TensorFlow.js', 'min delta 0.01, on training loss'],
    [{ rule: 'sklearn-sgd', tol: null }, 'scikit-learn SGD', 'tol none, n iter no change 5'],
  ])('%o', (input, label, settings) => {
    expect(said(input)).toEqual({ label, settings });
  });

  it('says what a group is made of', () => {
    const input = { any: [{ rule: 'keras', patience: 5 }, { all: [{ rule: 'keras' }, { rule: 'budget' }] }] };
    expect(said(input)).toEqual({
      label: 'Any of',
      settings: 'Keras 3 (patience 5) or All of (Keras 3 and Budget of epochs (epochs 100))',
    });
  });

  it('says what a tape lacks', () => {
    const gap = ruleNamed('gap', 'validation-loss', RULES);
    expect(lacking(gl, RULES, ['validation-loss', 'training-loss'])).toBeNull();
    expect(lacking(gap, RULES, ['validation-loss'])).toBe(
      'monitor: this tape has no training-loss; watch validation-loss',
    );
    expect(lacking(ruleNamed('keras', 'validation-accuracy', RULES), RULES, ['validation-loss', 'training-loss'])).toBe(
      'monitor: this tape has no validation-accuracy; watch validation-loss or training-loss',
    );
  });
});
