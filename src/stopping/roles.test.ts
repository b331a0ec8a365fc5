/** @file The roles of every rule's parameters, as the libraries and papers document them; and what is carried over by them. */
import { describe, expect, it } from 'vitest';
import type { RulePolicy } from '../engine/experiment/experiment.ts';
import { policyOf } from './edit-policy.ts';
import { chosenIn, directionIn, withChosen } from './roles.ts';
import type { Parameter, ParameterRole } from './rule.ts';
import { RULES } from './rules/index.ts';

/** By rule: counter, margin, direction, warm-up, restores; an empty string where it has no such parameter. */
const DOCUMENTED: Record<keyof typeof RULES, [string, string, string, string, string]> = {
  keras: ['patience', 'min_delta', 'mode', 'start_from_epoch', 'restore_best_weights'],
  'tf-keras': ['patience', 'min_delta', 'mode', 'start_from_epoch', 'restore_best_weights'],
  'keras-3.0': ['patience', 'min_delta', 'mode', 'start_from_epoch', 'restore_best_weights'],
  'tf-keras-2.16': ['patience', 'min_delta', 'mode', 'start_from_epoch', 'restore_best_weights'],
  'tf-keras-2.12': ['patience', 'min_delta', 'mode', 'start_from_epoch', 'restore_best_weights'],
  'tf-keras-2.5': ['patience', 'min_delta', 'mode', '', 'restore_best_weights'],
  'tf-keras-2.1': ['patience', 'min_delta', 'mode', '', 'restore_best_weights'],
  'keras-2.1': ['patience', 'min_delta', 'mode', '', 'restore_best_weights'],
  'keras-1.2': ['patience', 'min_delta', 'mode', '', ''],
  tfjs: ['patience', 'minDelta', 'mode', '', ''],
  lightning: ['patience', 'min_delta', 'mode', '', ''],
  fastai: ['patience', 'min_delta', 'comp', '', ''],
  'hugging-face': [
    ...(['early_stopping_patience', 'early_stopping_threshold', 'greater_is_better'] as const),
    ...(['', 'load_best_model_at_end'] as const),
  ],
  ignite: ['patience', 'threshold', 'mode', '', ''],
  'sklearn-mlp': ['n_iter_no_change', 'tol', 'mode', '', ''],
  'sklearn-sgd': ['n_iter_no_change', 'tol', 'mode', '', ''],
  'sklearn-hist-gradient-boosting': ['n_iter_no_change', 'tol', 'mode', '', ''],
  xgboost: ['rounds', 'min_delta', 'maximize', '', 'save_best'],
  lightgbm: ['stopping_rounds', 'min_delta', 'mode', '', ''],
  skorch: ['patience', 'threshold', 'lower_is_better', '', 'load_best'],
  mmengine: ['patience', 'min_delta', 'mode', '', ''],
  ultralytics: ['patience', '', 'mode', '', ''],
  spacy: ['', '', 'mode', '', ''],
  allennlp: ['patience', '', 'mode', '', ''],
  'sklearn-gradient-boosting': ['n_iter_no_change', 'tol', 'mode', '', ''],
  catboost: ['od_wait', '', 'mode', '', 'use_best_model'],
  gl: ['', '', 'mode', '', ''],
  pq: ['', '', 'mode', '', ''],
  up: ['', '', 'mode', '', ''],
  patience: ['patience', 'minDelta', 'mode', 'startFromEpoch', 'restoreBestWeights'],
  'ema-patience': ['patience', 'minDelta', 'mode', '', ''],
  'median-patience': ['patience', 'minDelta', 'mode', '', ''],
  gap: ['patience', '', '', '', ''],
  threshold: ['', '', 'mode', '', ''],
  slope: ['', '', 'mode', '', ''],
  evidence: ['patience', '', '', '', ''],
  'gradient-disparity': ['patience', '', '', '', ''],
  'label-wave': ['patience', '', '', '', ''],
  discrepancy: ['', '', '', '', ''],
  budget: ['', '', 'mode', '', ''],
  'compute-budget': ['', '', 'mode', '', ''],
};
const ROLES: readonly ParameterRole[] = ['counter', 'margin', 'direction', 'warm-up', 'restores'];

const rule = (input: unknown) => policyOf(input, RULES) as RulePolicy;

describe('roles', () => {
  it.each(Object.entries(RULES))('%s declares what its parameters do', (name, { parameters }) => {
    const found = ROLES.map((role) =>
      Object.entries<Parameter>(parameters).flatMap(([key, parameter]) => (parameter.role === role ? [key] : [])),
    );
    expect(found).toEqual(DOCUMENTED[name as keyof typeof RULES].map((key) => (key === '' ? [] : [key])));
  });

  it.each([
    [{ rule: 'fastai', comp: 'greater' }, 'max'],
    [{ rule: 'hugging-face', greater_is_better: 'false', monitor: 'validation-accuracy' }, 'min'],
    [{ rule: 'keras', monitor: 'validation-accuracy' }, 'max'],
    // Its auto lets only what begins with auc, pre, map or ndcg grow.
    [{ rule: 'xgboost', monitor: 'validation-accuracy' }, 'min'],
    [{ rule: 'xgboost', maximize: 'true' }, 'max'],
    [{ rule: 'evidence' }, 'min'],
  ])('%j watches a metric whose best is its %s', (input, direction) => {
    expect(directionIn(rule(input), RULES)).toBe(direction);
  });
});

describe('what was chosen of a rule', () => {
  const carried = (from: unknown, to: unknown) => withChosen(rule(to), chosenIn(rule(from), RULES), RULES);
  const keras = { rule: 'keras', patience: 7, min_delta: -0.01, restore_best_weights: true, start_from_epoch: 3 };

  it.each([
    [keras, { rule: 'lightgbm' }, { stopping_rounds: 7, min_delta: 0.01, mode: 'auto' }],
    [keras, { rule: 'tf-keras' }, { patience: 7, min_delta: 0.01, start_from_epoch: 3, restore_best_weights: true }],
    [keras, { rule: 'lightning' }, { patience: 7, min_delta: 0.01, mode: 'min' }],
    [keras, { rule: 'budget' }, { epochs: 100, mode: 'auto' }],
    [{ ...keras, mode: 'max' }, { rule: 'hugging-face' }, { greater_is_better: 'true', load_best_model_at_end: true }],
    [{ rule: 'lightning', min_delta: -0.1 }, { rule: 'ignite' }, { patience: 3, threshold: 0, mode: 'min' }],
    [{ rule: 'keras', patience: 0 }, { rule: 'sklearn-mlp' }, { n_iter_no_change: 1, tol: 0 }],
    // A share of the best is no difference, updates are no epochs.
    [{ rule: 'ignite', threshold: 0.1, threshold_mode: 'rel' }, { rule: 'fastai' }, { patience: 10, min_delta: 0 }],
    [{ rule: 'patience', patience: 500, unit: 'updates' }, { rule: 'fastai' }, { patience: 1 }],
  ])('%j goes over to %j as far as that has it', (from, to, settings) => {
    expect(carried(from, to)).toMatchObject(settings);
  });

  it('takes the direction that the metric has, also where another library would not', () => {
    const accuracy = { monitor: 'validation-accuracy' };
    expect(carried({ rule: 'keras', ...accuracy }, { rule: 'xgboost', ...accuracy }).maximize).toBe('true');
    expect(carried({ rule: 'xgboost', ...accuracy }, { rule: 'keras', ...accuracy }).mode).toBe('min');
  });
});
