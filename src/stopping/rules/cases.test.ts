/** @file Histories that people asked about in public, and what the libraries really do with them. Epochs count from 0. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../rule.ts';
import { directionToXgboost } from './xgboost.ts';
import { RULES } from './index.ts';
import { judge, numbers, started } from './library-fixtures.testing.ts';

type Name = keyof typeof RULES;
/** The last epoch trained where the rule stops, else null; and the epoch that it holds for the best. */
type Answer = [stop: number | null, best?: number];

const historyOf = (file: string) =>
  numbers(
    JSON.parse(readFileSync(new URL(`../fixtures/cases/${file}.json`, import.meta.url), 'utf8')) as (number | string)[],
  );

const ruleOf = (name: Name) => RULES[name] as unknown as Rule;

function answer(name: Name, settings: object, file: string): [number | null, number] {
  const { last, fired, best } = judge(started(ruleOf(name), settings as never), historyOf(file));
  return [fired ? last : null, best];
}

const OLD = ['keras-2.1', 'tf-keras-2.1'] as const;

type Case = [title: string, file: string, rule: Name, settings: object, answer: Answer];

const CASES: Case[] = [
  // TensorFlow#49227, Keras#17305: a metric that improves, and patience 0.
  ...OLD.map((rule) => ['patience 0', '01-tf-keras-patience-0/input', rule, {}, [4]] satisfies Case),
  ['patience 0', '01-tf-keras-patience-0/input', 'tf-keras-2.5', {}, [0]],
  ['patience 0', '01-tf-keras-patience-0/input', 'tf-keras', {}, [1]],
  ['patience 0', '01-tf-keras-patience-0/input', 'tf-keras-2.12', {}, [4]],
  ['patience 0', '01-tf-keras-patience-0/input', 'tf-keras-2.16', {}, [4]],
  ['patience 0', '01-tf-keras-patience-0/input', 'keras-3.0', {}, [4]],
  ['patience 0', '01-tf-keras-patience-0/input', 'keras', {}, [4]],
  // The question about the meaning of patience.
  ['patience 2', '03-keras-2.0-patience-one-more/input', 'keras-1.2', { patience: 2 }, [4]],
  ['patience 2', '03-keras-2.0-patience-one-more/input', 'keras-2.1', { patience: 2 }, [3]],
  ['patience 2', '03-keras-2.0-patience-one-more/input', 'keras', { patience: 2 }, [3]],
  // TensorFlow#36241.
  ['a margin', '04-keras-min-delta-mnist/input', 'tf-keras-2.1', { patience: 3, min_delta: 0.001 }, [null, 2]],
  ['a margin', '04-keras-min-delta-mnist/input', 'keras', { patience: 3, min_delta: 0.001 }, [null, 2]],
  // PyTorch Lightning#9297: an improvement of exactly the margin is none.
  ['a tie', '20-lightning-exactly-min-delta/input', 'lightning', { patience: 2, min_delta: 0.125 }, [null, 2]],
  // XGBoost#343: the best is found in hindsight, not after a window.
  ['no window', '07-xgboost-no-window/input', 'xgboost', { rounds: 3 }, [3, 0]],
  // LightGBM#5196.
  ['plain', '10-lightgbm-plain/input', 'lightgbm', { stopping_rounds: 3 }, [6, 3]],
  // LightGBM#6123, #2371.
  [
    'a margin',
    '08-lightgbm-min-delta-auc/input',
    'lightgbm',
    { stopping_rounds: 5, min_delta: 0.001, mode: 'max' },
    [8, 3],
  ],
  ['savings', '11-lightgbm-savings/input', 'lightgbm', { stopping_rounds: 10, mode: 'max' }, [21, 11]],
  // CatBoost#846.
  ['od_wait', '12-catboost-od-wait/input', 'catboost', { od_type: 'Iter', od_wait: 3 }, [5, 2]],
  // YOLOv5#5971, Ultralytics#21123.
  ...(
    [
      ['flat', 3],
      ['zero-then-rising', null],
      ['all-zero', null],
      ['rise-then-plateau', 6],
    ] as const
  ).map(
    ([file, stop]) =>
      [file, `13-ultralytics-zero-warm-up/${file}`, 'ultralytics', { patience: 3, mode: 'max' }, [stop]] satisfies Case,
  ),
  // MMDetection#12302.
  ['its margin', '14-mmengine-default-min-delta/slow-rise', 'mmengine', { patience: 10, mode: 'greater' }, [10]],
  [
    'a plateau',
    '14-mmengine-default-min-delta/flat',
    'mmengine',
    { patience: 3, min_delta: 0, mode: 'greater' },
    [null],
  ],
  // AllenNLP#1246.
  ['a plateau', '16-allennlp/plateau', 'allennlp', { patience: 2 }, [3, 1]],
  // scikit-learn#7071.
  ['any of the last', '19-sklearn-gradient-boosting/input', 'sklearn-gradient-boosting', { n_iter_no_change: 2 }, [5]],
  [
    'any of the last',
    '19-sklearn-gradient-boosting/other',
    'sklearn-gradient-boosting',
    { n_iter_no_change: 2 },
    [null],
  ],
  // Keras#20323: on the training loss.
  ['training loss', '21-keras-restored-of-train-loss/input', 'keras', { patience: 20 }, [null, 5]],
];

describe('questions from the field', () => {
  it.each(CASES)('%s, %s: %s %j', (_, file, rule, settings, [stop, best]) => {
    const answered = answer(rule, settings, file);
    expect(answered).toEqual([stop, best ?? answered[1]]);
  });

  // Keras#13860.
  describe('a baseline that is never met, patience 3', () => {
    const file = '02-tf-keras-baseline-restore/input';
    const settings = { patience: 3, baseline: 0.4, restore_best_weights: true };

    it.each(OLD)('%s stops, and fails for want of best weights', (rule) => {
      const watch = started(ruleOf(rule), settings);
      expect(judge(watch, historyOf(file))).toMatchObject({ last: 2, fired: true, best: -1 });
      expect(watch.why()).toContain('aborted by TypeError');
    });

    it.each(['tf-keras-2.5', 'tf-keras'] as const)('%s stops with the weights of its last epoch', (rule) => {
      expect(answer(rule, settings, file)).toEqual([2, 2]);
      expect(RULES[rule].restores!(settings as never, true)).toBe(true);
    });

    it.each(['tf-keras-2.12', 'tf-keras-2.16', 'keras-3.0', 'keras'] as const)('%s never stops', (rule) => {
      expect(answer(rule, settings, file)).toEqual([null, 5]);
    });
  });

  it('waits once where the margin is not beaten', () => {
    expect(
      judge(started(RULES.keras, { patience: 3, min_delta: 0.001 }), historyOf('04-keras-min-delta-mnist/input'))
        .counter,
    ).toBe(1);
    expect(
      judge(
        started(RULES.lightning, { patience: 2, min_delta: 0.125 }),
        historyOf('20-lightning-exactly-min-delta/input'),
      ).counter,
    ).toBe(1);
  });

  // spaCy#7250, #7535.
  it.each([
    [300, 5, 2],
    [0, null, 2],
    [-1, 0, 0],
  ])('spaCy counts steps: patience %d', (patience, stop, best) => {
    const text = readFileSync(new URL('../fixtures/cases/17-spacy-steps/scores.csv', import.meta.url), 'utf8');
    const scores = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]));
    const watch = started(RULES.spacy, { patience, eval_frequency: 100, mode: 'max' });
    const judged = judge(watch, scores);
    expect([judged.fired ? judged.last : null, judged.best]).toEqual([stop, best]);
    if (patience === 300)
      expect(watch.why()).toBe(
        'Stopped after 6 evaluations: best 0.62 at step 200, 300 steps without a better score (patience 300 steps).',
      );
  });

  // skorch#214: better than best * (1 - 1e-4), and the best stays until then.
  it('skorch takes a share of the best', () => {
    const watch = started(RULES.skorch, { patience: 3 });
    const values = historyOf('18-skorch-relative-threshold/input') as number[];
    const bests = values.map((value) => {
      watch.observe(value, {});
      return watch.best;
    });
    expect(bests).toEqual([0, 0, 0, 3, 3]);
    expect(watch.reference).toBeCloseTo(values[3]! * (1 - 1e-4), 12);
  });

  // XGBoost#7052, #1226: the direction follows from how the name begins.
  it.each([
    ['mape', '05-xgboost-mape-prefix', { rounds: 5 }, null, 7],
    ['prediction_error', '05-xgboost-mape-prefix', { rounds: 5 }, 5, 0],
    ['auc', '06-xgboost-auc-default-direction', { rounds: 5 }, null, 5],
  ])('XGBoost and a metric called %s', (metric, folder, settings, stop, best) => {
    const maximize = directionToXgboost(metric) === 'max' ? 'true' : 'false';
    expect(answer('xgboost', { ...settings, maximize }, `${folder}/input`)).toEqual([stop, best]);
  });
});
