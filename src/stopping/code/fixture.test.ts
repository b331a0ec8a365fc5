/** @file The code against what the libraries did with it; conformance/rule_code.py asks them. */
import { describe, expect, it } from 'vitest';
import { plainCode, ruleCode, type Library } from '../code.ts';
import { MONITORS, type Policy } from '../../engine/experiment/experiment.ts';
import { kerasPolicy, type KerasSettings } from '../keras.testing.ts';
import { parsePolicy } from '../policy.ts';
import { RULES } from '../rules/index.ts';
import { watchPolicy } from '../watch.ts';
import { directionsOf, followAll, kerasIn, libraries, readings } from './code-reader.testing.ts';

/** What conformance/rule_code.py runs in the libraries themselves; written anew with `-u`. */
const FIXTURE = '../fixtures/code.json';

const HISTORIES = [
  [1, 0.8, 0.7, 0.75, 0.72, 0.71, 0.69, 0.68],
  [0.9, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8],
  [1, 0.96875, 0.9375, 0.90625, 0.875, 0.84375, 0.8125, 0.78125],
  [0.9, 0.8, NaN, 0.7, 0.75, 0.76, 0.77, 0.78],
  [0.9, 0.8, 0.45, 0.6, 0.6, 0.4, 0.6, 0.6, 0.6],
  [0.5, 0.4, 0.3, 0.6, 0.7, 0.8, 0.9],
  [1, 1.1, 1.1, 0.9, 1.2, 1.3, 1.4, 0.8, 1, 1],
  [0.5, 0.6, 0.55, 0.7, 0.68, 0.69, 0.66, 0.65],
];

const SETTINGS: Partial<KerasSettings>[] = [
  {},
  { patience: 3, min_delta: 0.05 },
  { patience: 0 },
  { patience: 3, monitor: 'training-loss' },
  { patience: 2, monitor: 'validation-accuracy' },
  { patience: 4, monitor: 'validation-error-rate', restore_best_weights: false },
  { patience: 2, monitor: 'validation-brier', mode: 'min' },
  { patience: 3, monitor: 'validation-f1', min_delta: 0.125 },
  { patience: 2, start_from_epoch: 2 },
  { patience: 2, baseline: 0.5, restore_best_weights: false },
];

/** Rules of the libraries with settings that are not their defaults, and groups of them. */
const POLICIES: unknown[] = [
  { rule: 'keras', monitor: 'validation-loss', min_delta: -0.0625, patience: 2, baseline: 0.75 },
  { rule: 'keras', monitor: 'validation-loss', patience: 3, start_from_epoch: 2, restore_best_weights: true },
  { rule: 'tf-keras', patience: 0 },
  { rule: 'tf-keras', patience: 2, baseline: 0.5, restore_best_weights: true },
  { rule: 'tf-keras', patience: 2, start_from_epoch: 1, min_delta: 0.0625, restore_best_weights: true },
  { rule: 'tf-keras-2.5', patience: 0, restore_best_weights: true },
  { rule: 'tf-keras-2.12', patience: 1, baseline: 0.5, restore_best_weights: true },
  { rule: 'tf-keras-2.16', patience: 2, start_from_epoch: 1, restore_best_weights: true },
  { rule: 'keras-3.0', patience: 2, min_delta: 0.0625, restore_best_weights: true },
  { rule: 'tf-keras-2.1', patience: 2, min_delta: -0.0625, restore_best_weights: true },
  { rule: 'keras-2.1', patience: 2, min_delta: -0.0625 },
  { rule: 'keras-2.1', patience: 2, baseline: 0.75 },
  { rule: 'keras-1.2', patience: 1 },
  { rule: 'tfjs', patience: 2, baseline: 0.75 },
  { rule: 'tfjs', patience: 3, minDelta: 0.03, mode: 'max' },
  { rule: 'lightning', patience: 2, stopping_threshold: 0.5 },
  { rule: 'lightning', patience: 3, divergence_threshold: 0.7, min_delta: -0.015625, check_finite: false },
  { rule: 'lightning', patience: 1, mode: 'max', strict: false },
  { rule: 'fastai', patience: 3, min_delta: -0.015625 },
  { rule: 'fastai', patience: 2, comp: 'greater', min_delta: 0.0625 },
  { rule: 'hugging-face', early_stopping_patience: 2, early_stopping_threshold: 0.04, load_best_model_at_end: true },
  { rule: 'hugging-face', early_stopping_patience: 0 },
  { rule: 'ignite', patience: 3, threshold: 0.04 },
  { rule: 'ignite', patience: 2, threshold: 0.1, threshold_mode: 'rel', cumulative: true },
  { rule: 'sklearn-mlp', monitor: 'training-loss', n_iter_no_change: 2, tol: 0.04 },
  { rule: 'sklearn-mlp', monitor: 'validation-accuracy', n_iter_no_change: 1, tol: 0, early_stopping: true },
  { rule: 'sklearn-sgd', monitor: 'validation-accuracy', n_iter_no_change: 2, tol: 0.04, early_stopping: true },
  { rule: 'sklearn-sgd', monitor: 'training-loss', n_iter_no_change: 3 },
  { rule: 'sklearn-hist-gradient-boosting', n_iter_no_change: 2, tol: 0.04 },
  { rule: 'sklearn-hist-gradient-boosting', monitor: 'training-loss', n_iter_no_change: 3, tol: 0 },
  { rule: 'sklearn-gradient-boosting', n_iter_no_change: 2, tol: 0.04, mode: 'min' },
  { rule: 'skorch', patience: 2, threshold: 0.04, load_best: true },
  { rule: 'skorch', patience: 3, threshold_mode: 'abs', lower_is_better: 'false' },
  { rule: 'mmengine', patience: 2, min_delta: 0.04, check_finite: false },
  { rule: 'mmengine', patience: 2, min_delta: 0, mode: 'greater', stopping_threshold: 0.93 },
  { rule: 'ultralytics', patience: 3, monitor: 'validation-accuracy' },
  { rule: 'spacy', patience: 300, eval_frequency: 100, monitor: 'validation-loss' },
  { rule: 'allennlp', patience: 2, mode: 'max' },
  { rule: 'catboost', od_type: 'Iter', od_wait: 2 },
  { rule: 'catboost', od_pval: 0.4, od_wait: 1, use_best_model: false },
  { rule: 'xgboost', rounds: 0 },
  { rule: 'xgboost', rounds: 2, maximize: 'true', save_best: true, min_delta: 0.03 },
  { rule: 'lightgbm', stopping_rounds: 0 },
  { rule: 'lightgbm', monitor: 'validation-accuracy', stopping_rounds: 3, min_delta: 0.03 },
  { rule: 'threshold', target: 0.55, divergence: 1.25 },
  {
    any: [
      { rule: 'keras', patience: 1, min_delta: 0.3, restore_best_weights: true },
      { rule: 'keras', monitor: 'training-loss', patience: 3, restore_best_weights: true },
    ],
  },
  {
    any: [
      { rule: 'xgboost', rounds: 3, save_best: true },
      { rule: 'keras', patience: 2, min_delta: 0.09375, restore_best_weights: true },
      { rule: 'budget', epochs: 100 },
    ],
  },
  {
    any: [
      { rule: 'hugging-face', early_stopping_patience: 3 },
      { rule: 'hugging-face', early_stopping_patience: 2, early_stopping_threshold: 0.09375 },
    ],
  },
  {
    any: [
      { rule: 'tf-keras', patience: 3 },
      { rule: 'tf-keras', patience: 6, baseline: 0.5 },
    ],
  },
];

const withDefaults = (change: Partial<KerasSettings>): Policy => kerasPolicy({ patience: 2, min_delta: 0, ...change });

/** Where the job keeps weights, not the rule. */
const WITHOUT_WEIGHTS: readonly Library[] = ['tfjs', 'ignite', 'mmengine', 'ultralytics', 'spacy', 'allennlp'];

/** The epoch that the training ends with; null where the code leaves that to the job. */
function ends(library: Library, s: Policy, history: readonly number[]): number | null {
  const several = readings(library, s);
  const { last, each } = followAll(several, history);
  const text = plainCode(ruleCode(library, s));
  if (library === 'lightning')
    return text.includes('ModelCheckpoint') ? lowest(text, history.slice(0, last + 1)) : null;
  const { best } = each[0]!;
  if (library === 'fastai') return text.includes('SaveModelCallback') ? best : last;
  // Its trees are kept, its networks restored.
  if (library === 'sklearn') return text.includes('MLP') && text.includes('early_stopping=True') ? best : null;
  if (WITHOUT_WEIGHTS.includes(library)) return null;
  // It fails when it is over.
  if (library === 'catboost' && history.includes(NaN)) return null;
  if (library === 'lightgbm' && several.length > 1) return null;
  const restored = each.flatMap((one, i) => (several[i]!.restores(one.fired) && one.best !== -1 ? [one.best] : []));
  if (library === 'xgboost') return Math.max(...(restored.length === 0 ? [last] : each.map((one) => one.best)));
  return restored.at(-1) ?? last;
}

/** The first epoch with the best value of all. */
function lowest(code: string, values: readonly number[]): number {
  const sign = code.includes('mode="min"') ? 1 : -1;
  const worth = values.map((x) => (Number.isNaN(x) ? Infinity : sign * x));
  return worth.indexOf(Math.min(...worth));
}

function expectedOf(library: Library, s: Policy) {
  return HISTORIES.map((history) => {
    const several = readings(library, s);
    const { last, fired } = followAll(several, history);
    // Which of several LightGBM asks first is open, and what the last round ends with is up to the first.
    const told = library === 'lightgbm' && several.length > 1 && last === history.length - 1 ? null : fired;
    return [last, told, ends(library, s, history)] as const;
  });
}

const ALL = [
  ...SETTINGS.map((change) => ({ settings: change, s: withDefaults(change) })),
  ...POLICIES.map((input) => {
    const parsed = parsePolicy(input, RULES);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return { settings: input as object, s: parsed.policy };
  }),
];

function cases() {
  return libraries.flatMap((library) =>
    ALL.flatMap(({ settings, s }) => {
      const { imports, parts, notes } = ruleCode(library, s);
      if (parts.length === 0) return [];
      const kinds = notes.map(({ kind }) => kind);
      const code = parts.map(({ text }) => text).join('');
      const written = {
        library: library === 'keras' ? kerasIn(imports) : library,
        ...{ settings, same: !kinds.includes('stop'), mode: directionsOf(s, notes)[0]!, imports, code },
        expected: expectedOf(library, s),
      };
      return [{ written, policy: s, exact: !kinds.includes('edge') }];
    }),
  );
}

/** What the page makes of a policy, whatever it watches. */
function page(policy: Policy, history: readonly number[]) {
  const watch = watchPolicy(policy, RULES);
  const stop = history.findIndex((x) => watch.observe(Object.fromEntries(MONITORS.map((monitor) => [monitor, x]))));
  return [stop === -1 ? history.length - 1 : stop, stop !== -1];
}

describe('the fixture of the code', () => {
  it('is what is written today', async () => {
    const spelt = JSON.stringify(HISTORIES, (_, x: unknown) => (Number.isNaN(x) ? 'NaN' : x));
    const lines = cases().map(({ written }) => JSON.stringify(written));
    const text = `{"histories":${spelt},\n"cases":[\n${lines.join(',\n')}\n]}\n`;
    await expect(text).toMatchFileSnapshot(FIXTURE);
  });

  it('expects the stops of the page where no note says otherwise', () => {
    let compared = 0;
    for (const { written, policy, exact } of cases()) {
      const { library, settings, same, expected } = written;
      if (!same) continue;
      HISTORIES.forEach((history, i) => {
        // NaN is another matter to most, as their notes on that say.
        if (!exact && history.includes(NaN)) return;
        const [last, fired] = expected[i]!;
        const [stop, stopped] = page(policy, history);
        expect([library, settings, last, fired]).toEqual([library, settings, stop, fired === null ? null : stopped]);
        compared++;
      });
    }
    expect(compared).toBeGreaterThan(1000);
  });
});
