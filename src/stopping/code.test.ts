/**
 * @file The Keras sliders as code for every library, read back and run: it stops where the page does. Long: a case for
 * every library.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../engine/experiment/experiment.ts';
import { plainCode, ruleCode, type Library, type Note, type RuleCode } from './code.ts';
import { follow, libraries, reading } from './code/code-reader.testing.ts';
import { policyOf } from './edit-policy.ts';
import { RULES } from './rules/index.ts';
import { replayKeras } from './keras.ts';
import { kerasPolicy, kerasRuleOf, type KerasPolicy, type KerasSettings } from './keras.testing.ts';

const code = (library: Library, change: Partial<KerasSettings> = {}) =>
  plainCode(ruleCode(library, kerasPolicy(change)));
const notes = (library: Library, change: Partial<KerasSettings>, kind: Note['kind']) =>
  ruleCode(library, kerasPolicy(change)).notes.flatMap((note) => (note.kind === kind ? [note.text] : []));

const GOLDEN: Record<Library, string> = {
  keras: `from keras.callbacks import EarlyStopping

EarlyStopping(
  monitor="val_loss",
  patience=20,
  min_delta=0.001,
  restore_best_weights=True)
`,
  tfjs: `import * as tf from '@tensorflow/tfjs';

tf.callbacks.earlyStopping({
  monitor: 'val_loss',
  patience: 20,
  minDelta: 0.001,
  mode: 'min',
})
`,
  lightning: `from lightning.pytorch.callbacks import EarlyStopping, ModelCheckpoint

EarlyStopping(
  monitor="val_loss",
  mode="min",
  patience=20,
  min_delta=0.001,
  check_finite=False)
ModelCheckpoint(
  monitor="val_loss",
  mode="min")
`,
  fastai: `import numpy as np
from fastai.callback.tracker import EarlyStoppingCallback, SaveModelCallback

EarlyStoppingCallback(
  monitor="valid_loss",
  comp=np.less,
  min_delta=0.001,
  patience=20)
SaveModelCallback(
  monitor="valid_loss",
  comp=np.less,
  min_delta=0.001)
`,
  'hugging-face': `from transformers import EarlyStoppingCallback, TrainingArguments

TrainingArguments(
  eval_strategy="epoch",
  save_strategy="epoch",
  metric_for_best_model=
    "eval_loss",
  greater_is_better=False,
  load_best_model_at_end=True)
EarlyStoppingCallback(
  early_stopping_patience=20,
  early_stopping_threshold=
    0.001)
`,
  sklearn: `from sklearn.ensemble import HistGradientBoostingClassifier

HistGradientBoostingClassifier(
  early_stopping=True,
  scoring="loss",
  n_iter_no_change=20,
  tol=0.001)
`,
  xgboost: `from xgboost.callback import EarlyStopping

EarlyStopping(
  rounds=20,
  maximize=False,
  save_best=True,
  min_delta=0.001)
`,
  lightgbm: `from lightgbm import early_stopping

early_stopping(
  stopping_rounds=20,
  first_metric_only=True,
  min_delta=0.001)
`,
  ignite: `from ignite.engine import Events
from ignite.handlers import EarlyStopping

evaluator.add_event_handler(
  Events.COMPLETED,
  EarlyStopping(
    patience=20,
    score_function=lambda e:
      e.state.metrics["loss"],
    trainer=trainer,
    threshold=0.001,
    cumulative=True,
    mode="min"))
`,
  catboost: `from catboost import CatBoostClassifier

CatBoostClassifier(
  od_type="Iter",
  od_wait=20,
  use_best_model=True)
`,
  skorch: `from skorch.callbacks import EarlyStopping

EarlyStopping(
  monitor="valid_loss",
  patience=20,
  threshold=0.001,
  threshold_mode="abs",
  lower_is_better=True,
  load_best=True)
`,
  mmengine: `from mmengine.hooks import EarlyStoppingHook

EarlyStoppingHook(
  monitor="loss",
  rule="less",
  min_delta=0.001,
  check_finite=False,
  patience=20)
`,
  ultralytics: '\n\n\n',
  spacy: '\n\n\n',
  allennlp: `// In the configuration of the training.

trainer: {
  patience: 20,
  validation_metric: "-loss",
}
`,
};

describe('the code', () => {
  it.each(libraries)('for %s: the default rule', (library) => {
    expect(code(library)).toBe(GOLDEN[library]);
  });

  it('marks the values that were chosen', () => {
    const strong = (library: Library, change: Partial<KerasSettings> = {}) =>
      ruleCode(library, kerasPolicy(change)).parts.flatMap((part) => (part.strong ? [part.text] : []));
    expect(strong('keras')).toEqual(['20', '0.001', 'True']);
    expect(strong('xgboost')).toEqual(['20', 'True', '0.001']);
    expect(strong('ignite', { mode: 'max', start_from_epoch: 4 })).toEqual(['4', '20', '0.001', '"max"']);
  });

  it('fits the settings column where the library lets it: 29 characters of 11 px', () => {
    const long = { baseline: 0.25, start_from_epoch: 1000, min_delta: 0.00012 };
    for (const library of ['keras', 'tfjs', 'lightning', 'fastai', 'xgboost', 'lightgbm'] as const) {
      const { parts } = ruleCode(library, kerasPolicy(long));
      const text = parts.map((part) => part.text).join('');
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(29);
    }
  });

  it('for Keras names everything that is not as Keras has it by itself', () => {
    const text = code('keras', { monitor: 'training-loss', mode: 'max', baseline: 0, start_from_epoch: 5 });
    expect(text).toContain('monitor="loss"');
    for (const part of ['mode="max"', 'baseline=0', 'start_from_epoch=5']) expect(text).toContain(part);
    expect(code('keras', { mode: 'min' })).not.toContain('mode');
    expect(code('keras', { monitor: 'validation-accuracy', mode: 'max' })).not.toContain('mode');
    expect(code('keras', { monitor: 'validation-accuracy', mode: 'min' })).toContain('mode="min"');
    expect(code('keras', { monitor: 'validation-brier' })).toContain('mode="min"');
  });

  it('keeps the best weights only if they are to be restored', () => {
    for (const [library, word] of [
      ['lightning', 'ModelCheckpoint'],
      ['fastai', 'SaveModelCallback'],
    ] as const) {
      expect(code(library)).toContain(word);
      expect(code(library, { restore_best_weights: false })).not.toContain(word);
    }
    expect(code('hugging-face', { restore_best_weights: false })).toMatch(/load_best_model_at_end=\s*False/);
    expect(code('xgboost', { restore_best_weights: false })).toContain('save_best=False');
  });

  it('takes the estimator of scikit-learn that watches the same', () => {
    expect(code('sklearn', { monitor: 'training-loss' })).toMatch(/MLPClassifier\(\n {2}early_stopping=False,/);
    expect(code('sklearn', { monitor: 'validation-error-rate' })).toMatch(/MLPClassifier\(\n {2}early_stopping=True,/);
    expect(code('sklearn', { monitor: 'validation-brier' })).toContain('scoring="neg_brier_score"');
    for (const change of [
      { monitor: 'validation-calibration-error' },
      { monitor: 'validation-loss', mode: 'max' },
      { monitor: 'validation-accuracy', mode: 'min' },
    ] as const) {
      expect(ruleCode('sklearn', kerasPolicy(change))).toMatchObject({
        parts: [],
        notes: [{ kind: 'stop', text: expect.stringContaining('cannot express this rule') as string }],
      });
    }
  });
});

const grid = (n: number) => n / 64;
/** Every sum and difference of these is exact, also in float32. */
const value = fc.oneof(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 20, max: 26 })).map(grid);
const creep = fc.tuple(fc.integer({ min: 10, max: 64 }), fc.array(fc.integer({ min: -3, max: 2 }), { maxLength: 30 }));
const history = fc.oneof(
  fc.array(value, { minLength: 1, maxLength: 30 }),
  creep.map(([from, steps]) => steps.reduce<number[]>((all, step) => [...all, all.at(-1)! + grid(step)], [grid(from)])),
);

const settings: fc.Arbitrary<KerasPolicy> = fc.record({
  rule: fc.constant('keras' as const),
  monitor: fc.constantFrom(...METRICS),
  mode: fc.constantFrom('auto' as const, 'auto' as const, 'min' as const, 'max' as const),
  min_delta: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 24 }).map((n) => n / 128),
  ),
  patience: fc.nat(7),
  baseline: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value }),
  start_from_epoch: fc.oneof(fc.constant(0), fc.nat(5)),
  restore_best_weights: fc.boolean(),
});

const page = (s: KerasPolicy, values: readonly (number | null)[]) => {
  const { stop, fired, best } = replayKeras(values, kerasRuleOf(s));
  return { last: stop, fired, best };
};
/** The epoch it stops at; Infinity if it does not. */
const stopOf = ({ fired, last }: { fired: boolean; last: number }) => (fired ? last : Infinity);

describe('what the library does with the code', () => {
  it.each(libraries)('%s: stops where the page does unless a note says otherwise', (library) => {
    let same = 0;
    fc.assert(
      fc.property(settings, history, (s, values) => {
        const read = reading(library, s);
        const stops = ruleCode(library, s).notes.filter(({ kind }) => kind === 'stop');
        if (read === null) {
          expect(stops).toHaveLength(1);
          return;
        }
        const ours = page(s, values);
        const theirs = follow(read, values);
        if (stops.length === 0) {
          same++;
          expect(stopOf(theirs)).toBe(stopOf(ours));
          // HistGradientBoosting knows no best epoch.
          if (theirs.best !== -1) expect(theirs.best).toBe(ours.best);
        } else if (stops.every(({ text }) => text.endsWith('earlier, never later.'))) {
          // To an MLP an improvement of exactly tol counts, as another note says.
          const tie = library === 'sklearn' && Number.isInteger(s.min_delta * 64);
          if (!tie) expect(stopOf(theirs)).toBeLessThanOrEqual(stopOf(ours));
        }
      }),
      { numRuns: 1000 },
    );
    // These watch nothing but a score of their own.
    if (library === 'ultralytics' || library === 'spacy') expect(same).toBe(0);
    else expect(same).toBeGreaterThan(50);
  });

  it('Keras: the same on any history whatever', () => {
    const any = fc.oneof(value, fc.float(), fc.constantFrom(null, NaN, Infinity));
    fc.assert(
      fc.property(settings, fc.array(any, { maxLength: 20 }), (s, values) => {
        expect(ruleCode('keras', s).notes.filter(({ kind }) => kind !== 'use')).toEqual([]);
        expect(follow(reading('keras', s)!, values)).toEqual(page(s, values));
      }),
    );
  });

  it.each(['tfjs', 'lightning', 'fastai', 'xgboost', 'lightgbm', 'hugging-face'] as const)(
    '%s: NaN and infinity after the first value make no difference',
    (library) => {
      const later = fc.array(fc.oneof(value, fc.constantFrom(NaN, Infinity)), { maxLength: 20 });
      fc.assert(
        fc.property(settings, value, later, (s, first, rest) => {
          const plain = { ...s, min_delta: 0, baseline: null, start_from_epoch: 0 };
          const values = [first, ...rest];
          expect(stopOf(follow(reading(library, plain)!, values))).toBe(stopOf(page(plain, values)));
        }),
      );
    },
  );
});

/** With patience 2 and min delta 0, if not said otherwise. */
const DIFFERENT: [Library, note: RegExp, Partial<KerasSettings>, history: (number | null)[]][] = [
  ['tfjs', /no epoch to start from/, { start_from_epoch: 2 }, [1, 2, 2, 2, 2]],
  ['tfjs', /baseline is the best value/, { baseline: 0.5 }, [0.9, 0.8, 0.7]],
  ['tfjs', /A first value of NaN/, {}, [NaN, 1, 0.9, 0.8]],
  ['tfjs', /in float64/, { min_delta: 4e-8 }, [1, 1 - 2 ** -24, 1, 1]],
  ['lightning', /no epoch to start from/, { start_from_epoch: 2 }, [1, 2, 2, 2, 2]],
  ['lightning', /no baseline/, { baseline: 0.5, patience: 3 }, [0.9, 0.8, 0.7, 0.71]],
  ['lightning', /aborts a run/, {}, [1, null, 0.9]],
  ['lightning', /A first value of NaN/, {}, [NaN, 1, 0.9, 0.8]],
  ['fastai', /no epoch to start from/, { start_from_epoch: 2 }, [1, 2, 2, 2, 2]],
  ['fastai', /no baseline/, { baseline: 0.5, patience: 3 }, [0.9, 0.8, 0.7, 0.71]],
  ['fastai', /aborts a run/, {}, [1, null, 0.9]],
  ['fastai', /A first value of NaN/, {}, [NaN, 1, 0.9, 0.8]],
  ['fastai', /in float64/, { min_delta: 4e-8 }, [1, 1 - 2 ** -24, 1, 1]],
  ['hugging-face', /follows improvements below/, { min_delta: 0.1 }, [1, 0.94, 0.88, 0.82]],
  ['hugging-face', /no baseline/, { baseline: 0.5, patience: 3 }, [0.9, 0.8, 0.7, 0.71]],
  ['hugging-face', /aborts a run/, {}, [1, null, 0.9]],
  ['hugging-face', /A first value of NaN/, {}, [NaN, 1, 0.9, 0.8]],
  ['sklearn', /compares with the value/, { min_delta: 0.1 }, [1, 0.95, 0.89, 0.88, 0.78]],
  ['sklearn', /no iteration to start from/, { start_from_epoch: 2 }, [1, 2, 2, 2, 2]],
  ['sklearn', /compared with NaN/, {}, [1, 0.9, NaN, 0.8, 0.7]],
  ['sklearn', /waits at least 2 epochs/, { monitor: 'training-loss', patience: 1 }, [1, 2, 0.5]],
  ['sklearn', /follows improvements below/, { monitor: 'training-loss', min_delta: 0.1 }, [1, 0.94, 0.88, 0.82]],
  ['sklearn', /NaN sets/, { monitor: 'training-loss' }, [1, 2, NaN, 2]],
  ['sklearn', /exactly tol/, { monitor: 'training-loss', min_delta: 0.25 }, [1, 0.75, 0.8, 0.8]],
  ['sklearn', /below 1e-12/, { monitor: 'training-loss' }, [1e-14, 0.9e-14, 0.8e-14]],
  ['xgboost', /no round to start from/, { start_from_epoch: 2 }, [1, 2, 2, 2, 2]],
  ['xgboost', /first round without/, {}, [null, 1, 0.9]],
  ['xgboost', /in float64/, { min_delta: 4e-8 }, [1, 1 - 2 ** -24, 1, 1]],
  ['lightgbm', /first round without/, {}, [null, 1, 0.9]],
  ['lightgbm', /no baseline/, { baseline: 0.5, patience: 3 }, [0.9, 0.8, 0.7, 0.71]],
  ['lightgbm', /in float64/, { min_delta: 4e-8 }, [1, 1 - 2 ** -24, 1, 1]],
  ['ignite', /no baseline/, { baseline: 0.5, patience: 3 }, [0.9, 0.8, 0.7, 0.71]],
  ['ignite', /NaN is taken/, {}, [1, 2, NaN, 2]],
  ['ignite', /aborts a run/, {}, [1, null, 0.9]],
  ['ignite', /in float64/, { min_delta: 4e-8 }, [1, 1 - 2 ** -24, 1, 1]],
];

describe('the notes', () => {
  it.each(DIFFERENT)('%s, %s: with %j the code stops elsewhere on %j', (library, note, change, values) => {
    const s = kerasPolicy({ patience: 2, min_delta: 0, ...change });
    const all = ruleCode(library, s).notes.filter(({ kind }) => kind !== 'use');
    expect(all.map(({ text }) => text).join('\n')).toMatch(note);
    expect(stopOf(follow(reading(library, s)!, values))).not.toBe(stopOf(page(s, values)));
  });

  it('say that Lightning rounds min delta, where that changes it', () => {
    expect(notes('lightning', { min_delta: 0.25 }, 'edge').join()).not.toContain('rounds');
    expect(notes('lightning', { min_delta: 0.1 }, 'edge').join()).toContain('rounds min_delta to float32');
  });

  it('explain a number that is not the one of the page', () => {
    for (const library of ['hugging-face', 'xgboost', 'lightgbm', 'ignite', 'sklearn'] as const) {
      expect(notes(library, { patience: 0 }, 'use').join(), library).toContain('patience 0 is as 1');
      expect(notes(library, {}, 'use').join(), library).not.toContain('patience 0');
    }
    expect(code('sklearn', { monitor: 'training-loss' })).toContain('n_iter_no_change=19');
    expect(notes('sklearn', { monitor: 'training-loss' }, 'use').join()).toContain('19 for a patience of 20');
    expect(code('sklearn', { monitor: 'training-loss', min_delta: 0 })).toContain('tol=1e-12');
    expect(notes('sklearn', { monitor: 'training-loss', min_delta: 0 }, 'use').join()).toContain('With tol 0');
    expect(code('hugging-face', { start_from_epoch: 5 })).toContain('eval_delay=6');
    expect(notes('hugging-face', { start_from_epoch: 5 }, 'use').join()).toContain('eval_delay counts epochs trained');
  });

  it('say what becomes of the best weights where the library does not restore them', () => {
    const said = (library: Library, change: Partial<KerasSettings>) => notes(library, change, 'use').join(' ');
    expect(said('tfjs', {})).toContain('refuses restoreBestWeights');
    expect(said('lightning', {})).toContain('Load best_model_path');
    expect(said('lightning', { min_delta: 0 })).not.toContain('any improvement');
    expect(said('ignite', {})).toContain('restores no weights');
    expect(said('sklearn', {})).toContain('keeps all its trees');
    expect(said('sklearn', { monitor: 'training-loss' })).toContain('last weights');
    for (const library of ['xgboost', 'lightgbm'] as const) {
      expect(said(library, { restore_best_weights: false })).toContain('in any case');
    }
  });

  it('are sentences', () => {
    fc.assert(
      fc.property(fc.constantFrom(...libraries), settings, (library, s) => {
        for (const { text } of ruleCode(library, s).notes) expect(text).toMatch(/^\S.*[^.]\.$/);
      }),
    );
  });
});

describe('for a number to predict', () => {
  const SKLEARN = [
    { rule: 'keras', patience: 5, min_delta: 0.002, monitor: 'training-loss', restore_best_weights: true },
    { rule: 'keras', patience: 5, min_delta: 0, monitor: 'training-loss' },
    { rule: 'keras', patience: 5, min_delta: 0.002 },
    { rule: 'sklearn-mlp', early_stopping: false, tol: 0.002, monitor: 'training-loss' },
    { rule: 'sklearn-sgd', early_stopping: false, tol: 0.002, monitor: 'training-loss' },
    { rule: 'sklearn-hist-gradient-boosting', tol: 0.002 },
  ];
  const policies = SKLEARN.map((input) => policyOf(input, RULES));

  it('no library is given a classifier', () => {
    for (const policy of policies)
      for (const library of libraries) {
        const snippet = ruleCode(library, policy, 'regression');
        expect(plainCode(snippet), `${library} ${JSON.stringify(policy)}`).not.toMatch(/Classifier/);
      }
  });

  it('scikit-learn has tol halved, since its loss is half the squared error, and says so', () => {
    for (const policy of policies) {
      const [classes, values] = [ruleCode('sklearn', policy), ruleCode('sklearn', policy, 'regression')];
      const tolIn = (code: RuleCode) => Number(/tol=\s*([\d.e-]+)/.exec(plainCode(code))![1]);
      const halves = tolIn(classes) > 1e-12;
      expect(tolIn(values)).toBe(halves ? tolIn(classes) / 2 : tolIn(classes));
      expect(values.notes.some(({ text }) => text.includes('tol is half'))).toBe(halves);
      expect(values.notes.every(({ text }) => !text.includes('halve tol'))).toBe(true);
      expect(plainCode(values)).toBe(
        plainCode(classes)
          .replaceAll('Classifier', 'Regressor')
          .replace(/(tol=\s*)[\d.e-]+/, `$1${tolIn(values)}`),
      );
    }
  });
});
