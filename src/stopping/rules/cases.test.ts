/** @file Histories that people asked about in public, and what the libraries really do with them. Epochs count from 0. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../rule.ts';
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

const CASES: [title: string, file: string, rule: Name, settings: object, answer: Answer][] = [
  // TensorFlow#49227, Keras#17305: a metric that improves, and patience 0.
  ...OLD.map((rule) => ['patience 0', '01-tf-keras-patience-0/input', rule, {}, [4]] satisfies (typeof CASES)[number]),
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
});
