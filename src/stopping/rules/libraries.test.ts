/**
 * @file The rules of libraries against what the libraries themselves did. Long: each library has its way of being asked.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../policy.ts';
import type { Direction, Parameter, Rule, Watch } from '../rule.ts';
import { ALLENNLP } from './allennlp.ts';
import { CATBOOST } from './catboost.ts';
import { FASTAI } from './fastai.ts';
import { HUGGING_FACE } from './hugging-face.ts';
import { IGNITE } from './ignite.ts';
import { KERAS } from './keras.ts';
import { OLDER_KERAS } from './index.ts';
import { LIGHTGBM } from './lightgbm.ts';
import { LIGHTNING } from './lightning.ts';
import { MMENGINE } from './mmengine.ts';
import { SKLEARN_GRADIENT_BOOSTING } from './sklearn-gradient-boosting.ts';
import { SKLEARN_HIST_GRADIENT_BOOSTING } from './sklearn-hist-gradient-boosting.ts';
import { SKLEARN_MLP, SKLEARN_SGD } from './sklearn.ts';
import { SKORCH } from './skorch.ts';
import { SPACY } from './spacy.ts';
import { ULTRALYTICS } from './ultralytics.ts';
import { disagreements, judge, numbers, started, type Fixture } from './library-fixtures.testing.ts';
import { TF_KERAS } from './tf-keras.ts';
import { TFJS } from './tfjs.ts';
import { XGBOOST } from './xgboost.ts';

const RULES = {
  ...OLDER_KERAS,
  tfjs: TFJS,
  lightning: LIGHTNING,
  fastai: FASTAI,
  'hugging-face': HUGGING_FACE,
  ignite: IGNITE,
  skorch: SKORCH,
  mmengine: MMENGINE,
  ultralytics: ULTRALYTICS,
  spacy: SPACY,
  allennlp: ALLENNLP,
  'sklearn-mlp': SKLEARN_MLP,
  'sklearn-sgd': SKLEARN_SGD,
  'sklearn-gradient-boosting': SKLEARN_GRADIENT_BOOSTING,
  'sklearn-hist-gradient-boosting': SKLEARN_HIST_GRADIENT_BOOSTING,
  xgboost: XGBOOST,
  lightgbm: LIGHTGBM,
  catboost: CATBOOST,
} as const;
const fixtureOf = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));
const names = Object.keys(RULES) as (keyof typeof RULES)[];
const ruleOf = (name: keyof typeof RULES) => RULES[name] as unknown as Rule;

describe('against the libraries themselves', () => {
  it.each(names)('%s: equal on every history', (name) => {
    const fixture = fixtureOf(name) as Fixture;
    expect(fixture.cases.length).toBeGreaterThan(500);
    expect(disagreements(ruleOf(name), fixture)).toEqual([]);
    expect(ruleOf(name).version).toBe(fixture.library);
  });

  it('Keras 3: equal through the rule as through the replay', () => {
    const { cases, keras } = JSON.parse(readFileSync(new URL('../fixtures/keras.json', import.meta.url), 'utf8')) as {
      keras: string;
      cases: {
        options: Record<string, unknown>;
        values: (number | string | null)[];
        expected: [number, boolean, number, number];
      }[];
    };
    expect(KERAS.version).toBe(`keras ${keras}`);
    for (const { options, values, expected } of cases) {
      const watch = started(KERAS, { restore_best_weights: true, ...options });
      const { last, fired, best, counter } = judge(watch, numbers(values));
      const restores = options.restore_best_weights !== false && best !== -1;
      expect([last, fired, restores ? best : last, counter]).toEqual(expected);
    }
  });
});

/** The last epoch trained if the rule stopped there, else null. */
function stopOf(watch: Watch, values: readonly (number | null)[]) {
  const { last, fired } = judge(watch, values);
  return fired ? last : null;
}

describe('what the libraries publish in their own tests', () => {
  it.each([
    [{ patience: 3 }, [6, 5, 5, 5, 5, 5], 4],
    [{ patience: 1 }, [6, 5, 4, 4, 3, 3], 3],
    [{ patience: 3 }, [6, 5, 6, 5, 5, 5], 4],
    [{}, [8, 4, 2, 3, 4, 5, 8, 10], 5],
    [{ stopping_threshold: 2.9 }, [9, 8, 7, 6, 5, 6, 4, 3, 2, 1], 8],
    [{ divergence_threshold: 15.9 }, [9, 4, 2, 16, 32, 64], 3],
    [{}, [4, 3, Infinity, 2, 1], 2],
    [{}, [4, 3, NaN, 2, 1], 2],
  ])('Lightning %j on %j stops at %d', (settings, values, stop) => {
    expect(stopOf(started(LIGHTNING, settings), values)).toBe(stop);
  });

  it.each([
    [{}, [10, 9, 9.5], 2],
    [{}, [10, 9, 9], 2],
    [{ minDelta: 1 }, [10, 8, 7.5], 2],
    [{ baseline: 5 }, [6], 0],
    [{ baseline: 5 }, [4, 4.5], 1],
    [{ patience: 2 }, [10, 9, 9.5, 9.6], 3],
    [{ minDelta: 5, mode: 'max' as const }, [100, 120, 122], 2],
    [{ minDelta: -5, mode: 'max' as const }, [100, 120, 122], 2],
    [{ minDelta: 0.25 }, [1, 0.734, 0.549, 0.421], 2],
    [{ mode: 'max' as const }, Array<number>(9).fill(0.5), 1],
    [{ mode: 'max' as const, patience: 4 }, Array<number>(9).fill(0.5), 4],
  ])('TensorFlow.js %j on %j stops at %d', (settings, values, stop) => {
    expect(stopOf(started(TFJS, settings), values)).toBe(stop);
  });

  it.each([
    [Array(5).fill(1), 5, 0, null],
    [[1, 2, 3, 4, 5, 6], 5, 0.999, null],
    [[1, 2, 3, 4, 5, 6], 5, 5 - 1e-5, null],
    [Array(6).fill(1), 5, 0, 5],
    [Array(6).fill(1), 5, 0.001, 5],
    [Array(6).fill(1), 5, 5, 5],
  ])('HistGradientBoosting: the scores %j with n_iter_no_change %d, tol %d', (values, n_iter_no_change, tol, stop) => {
    expect(stopOf(started(SKLEARN_HIST_GRADIENT_BOOSTING, { n_iter_no_change, tol, mode: 'max' }), values)).toBe(stop);
  });

  it.each([1, 2, 3])('tf.keras with patience %d', (patience) => {
    const values = [10, 9, 8, 9, 8.9, 8.8, 8.7, 8.6, 8.5];
    expect(stopOf(started(TF_KERAS, { patience }), values)).toBe(patience + 2);
  });
});

describe('tf.keras 2 looks at the patience also after an improvement, Keras 3 does not', () => {
  it.each([{ patience: 2, baseline: 0.5 }, { patience: 0 }])('with %j', (settings) => {
    const values = [0.9, 0.8, 0.7, 0.65, 0.62, 0.61, 0.6];
    expect(stopOf(started(TF_KERAS, settings), values)).toBe(1);
    expect(stopOf(started(KERAS, settings), values)).toBeNull();
  });
});

describe('the weights that a run ends with', () => {
  const restores = (rule: Rule, settings: object, fired: boolean) => rule.restores!(settings as never, fired);

  it('are the best ones where the library restores them', () => {
    const best = { restore_best_weights: true };
    expect([true, false].map((fired) => restores(KERAS as unknown as Rule, best, fired))).toEqual([true, true]);
    expect([true, false].map((fired) => restores(TF_KERAS as unknown as Rule, best, fired))).toEqual([true, false]);
    expect(restores(ruleOf('hugging-face'), { load_best_model_at_end: true }, false)).toBe(true);
    expect([true, false].map((early_stopping) => restores(ruleOf('sklearn-mlp'), { early_stopping }, false))).toEqual([
      true,
      false,
    ]);
    expect([true, false].map((save_best) => restores(ruleOf('xgboost'), { save_best }, false))).toEqual([true, false]);
    expect([1, 0].map((stopping_rounds) => restores(ruleOf('lightgbm'), { stopping_rounds }, false))).toEqual([
      true,
      false,
    ]);
    const none = ['tfjs', 'lightning', 'fastai', 'ignite', 'sklearn-sgd', 'sklearn-hist-gradient-boosting'] as const;
    for (const name of none) {
      expect(restores(ruleOf(name), {}, true)).toBe(false);
    }
  });
});

describe('settings that a library refuses', () => {
  const refusedBy = (name: (typeof names)[number]) => (fixtureOf(name) as Fixture).refused;

  it.each(names.filter((name) => refusedBy(name).length === 0))('%s refuses none, nor do we in its name', (name) => {
    for (const { refusal } of Object.values(ruleOf(name).parameters)) expect(refusal).toBeUndefined();
  });

  it.each(names.filter((name) => refusedBy(name).length > 0))('%s: so do we, in its own words', (name) => {
    const rule = ruleOf(name);
    for (const [settings, error] of refusedBy(name)) {
      const result = parsePolicy({ rule: name, ...settings }, { [name]: rule });
      const remedies = result.ok ? [] : result.problems.map(({ remedy }) => remedy);
      expect(remedies).toHaveLength(1);
      const { refusal } = rule.parameters[Object.keys(settings).at(-1)!] ?? {};
      if (refusal === undefined) expect(remedies[0]).toContain('is not a known field');
      else expect([remedies[0], error]).toEqual([expect.stringContaining(refusal), expect.stringContaining(refusal)]);
    }
  });
});

describe('every rule', () => {
  const value = fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 0, max: 16 }).map((n) => n / 8) },
    { weight: 1, arbitrary: fc.constantFrom(null, NaN, Infinity) },
  );
  const history = fc.array(value, { minLength: 1, maxLength: 30 });
  const patienceOf = (rule: Rule) =>
    Object.keys(rule.parameters).find((name) => /patience$|rounds$|^n_iter_no_change$|^od_wait$/.test(name))!;

  it.each([...names.map((name) => [name, ruleOf(name)] as const), ['keras', KERAS as unknown as Rule] as const])(
    '%s: never stops earlier with more patience, and stops at the same epoch upside down',
    (_name, rule) => {
      const patience = patienceOf(rule);
      const [key, said] = Object.entries(rule.parameters).find(([, { role }]) => role === 'direction')!;
      // A share of the value is more above 0 than below.
      const difference = 'threshold_mode' in rule.parameters && { threshold_mode: 'abs' };
      const turned = (direction: Direction) => ({
        ...difference,
        [key]: (said as Extract<Parameter, { role: 'direction' }>).words[direction],
      });
      fc.assert(
        fc.property(history, fc.integer({ min: 1, max: 6 }), fc.nat(4), (values, n, more) => {
          const stop = (count: number, direction: Direction, history: typeof values) =>
            stopOf(started(rule, { ...turned(direction), [patience]: count }, direction), history) ?? Infinity;
          const less = stop(n, 'min', values);
          expect(stop(n + more, 'min', values)).toBeGreaterThanOrEqual(less);
          const flipped = values.map((x) => (x === null ? null : -x));
          expect(stop(n, 'max', flipped)).toBe(less);
        }),
      );
    },
  );

  it.each(names)('%s: an improvement is a value beyond the reference that it told before', (name) => {
    const rule = ruleOf(name);
    const finite = fc.array(
      fc.integer({ min: 0, max: 16 }).map((n) => n / 8),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(finite, (values) => {
        const watch = started(rule, { [patienceOf(rule)]: 3 });
        for (const x of values) {
          const before = watch.reference!;
          const stops = watch.observe(x, {});
          expect(watch.wait === 0).toBe(before === null || x < before);
          if (stops) break;
        }
      }),
    );
  });
});

describe('why', () => {
  const words = (watch: Watch, values: (number | null)[]) => {
    judge(watch, values);
    return watch.why();
  };

  it('counts epochs trained and names what ended the run', () => {
    expect(words(started(FASTAI, { patience: 2 }), [0.9, 0.7, 0.8, 0.75])).toBe(
      'Stopped after 4 epochs: best 0.7 at epoch 2, 2 epochs without an improvement (patience 2).',
    );
    expect(words(started(LIGHTNING), [0.9, NaN])).toContain('Stopped after 2 epochs: the value is NaN, not finite;');
    expect(words(started(LIGHTNING, { stopping_threshold: 0.5 }), [0.4])).toContain('stopping threshold 0.5 reached');
    expect(words(started(LIGHTNING), [null])).toContain(
      'aborted by RuntimeError: Early stopping conditioned on metric',
    );
    expect(words(started(SKLEARN_MLP, { n_iter_no_change: 1 }), [0.9, 1, 1])).toBe(
      'Stopped after 3 epochs: best 0.9 at epoch 1, 2 epochs without an improvement (patience 2).',
    );
    expect(words(started(SKLEARN_HIST_GRADIENT_BOOSTING, { n_iter_no_change: 2 }), [0.8, 0.9, 0.95, 0.9])).toBe(
      'Stopped after 3 epochs: compared with 0.8 of epoch 1, 2 epochs without an improvement (patience 2).',
    );
    expect(words(started(XGBOOST, { rounds: 0 }), [NaN])).toContain('Stopped after 1 epoch: best NaN at epoch 1');
    expect(words(started(LIGHTGBM, { stopping_rounds: 0 }), [0.9, 1])).toBe(
      'Not stopped after 2 epochs: with stopping_rounds 0 the rule is off.',
    );
    expect(words(started(IGNITE), [])).toBe(
      'Not stopped after 0 epochs: no value yet, 0 epochs without an improvement (patience 10).',
    );
  });
});
