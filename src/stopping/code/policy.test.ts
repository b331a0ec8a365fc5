/**
 * @file Policies as code for every library, read back and run: they stop where the page does. Long: a case for every
 * library.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy, RulePolicy, Setting } from '../../engine/experiment/experiment.ts';
import { plainCode, ruleCode, type Library, type Note } from '../code.ts';
import { parsePolicy } from '../policy.ts';
import type { Parameter } from '../rule.ts';
import { LIBRARIES, OLDER_KERAS, RULES } from '../rules/index.ts';
import { watchPolicy } from '../watch.ts';
import { follow, followAll, libraries, reading, readings } from './code-reader.testing.ts';

function policy(input: unknown): Policy {
  const parsed = parsePolicy(input, RULES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}
const written = (library: Library, input: unknown) => ruleCode(library, policy(input));
const code = (library: Library, input: unknown) => plainCode(written(library, input));
const notes = (library: Library, input: unknown, ...kinds: Note['kind'][]) =>
  written(library, input).notes.flatMap(({ kind, text }) => (kinds.includes(kind) ? [text] : []));

describe('the code of a rule of the library itself', () => {
  it('has its own names and values', () => {
    expect(code('lightning', { rule: 'lightning', patience: 4, strict: false, stopping_threshold: 0.2, mode: 'min' }))
      .toBe(`from lightning.pytorch.callbacks import EarlyStopping

EarlyStopping(
  monitor="val_loss",
  mode="min",
  patience=4,
  min_delta=0,
  strict=False,
  stopping_threshold=0.2)
`);
    expect(code('fastai', { rule: 'fastai', monitor: 'validation-accuracy', min_delta: -0.5 })).toBe(`import numpy as np
from fastai.callback.tracker import EarlyStoppingCallback

EarlyStoppingCallback(
  monitor="accuracy",
  comp=np.greater,
  min_delta=-0.5,
  patience=1)
`);
    expect(code('ignite', { rule: 'ignite', patience: 3, threshold: 0.25, threshold_mode: 'rel' })).toBe(
      `from ignite.engine import Events
from ignite.handlers import EarlyStopping

evaluator.add_event_handler(
  Events.COMPLETED,
  EarlyStopping(
    patience=3,
    score_function=lambda e:
      e.state.metrics["loss"],
    trainer=trainer,
    threshold=0.25,
    cumulative=False,
    threshold_mode="rel",
    mode="min"))
`,
    );
    expect(code('keras', { rule: 'keras', min_delta: -0.125, patience: 2 })).toContain('min_delta=-0.125');
    expect(code('keras', { rule: 'tf-keras', patience: 0 }))
      .toBe(`from tensorflow.keras.callbacks import EarlyStopping  # TensorFlow 2.7 to 2.11

EarlyStopping(
  monitor="val_loss",
  patience=0,
  min_delta=0,
  restore_best_weights=False)
`);
    expect(code('hugging-face', { rule: 'hugging-face', early_stopping_patience: 0 })).toContain(
      'early_stopping_patience=0',
    );
    expect(code('sklearn', { rule: 'sklearn-sgd', monitor: 'training-loss', tol: null })).toMatch(
      /SGDClassifier\(\n {2}early_stopping=False,\n {2}n_iter_no_change=5,\n {2}tol=None\)/,
    );
    expect(code('sklearn', { rule: 'sklearn-hist-gradient-boosting', monitor: 'training-loss' })).toContain(
      'validation_fraction=None',
    );
    expect(code('xgboost', { rule: 'xgboost', monitor: 'validation-accuracy' })).toContain('maximize=False');
    expect(code('lightgbm', { rule: 'lightgbm', stopping_rounds: 0 })).toContain('stopping_rounds=0');
    expect(code('tfjs', { rule: 'tfjs', baseline: 0.5 })).toContain('baseline: 0.5');
  });

  it('is refused where its estimator watches something else', () => {
    expect(notes('sklearn', { rule: 'sklearn-mlp' }, 'stop')).toEqual([
      'scikit-learn cannot express this rule: without early_stopping it watches its training loss, not the validation loss.',
    ]);
    expect(notes('sklearn', { rule: 'sklearn-sgd', early_stopping: true, monitor: 'training-loss' }, 'stop')).toEqual([
      'scikit-learn cannot express this rule: with early_stopping it watches the accuracy, not the training loss.',
    ]);
    expect(
      notes('sklearn', { rule: 'sklearn-hist-gradient-boosting', monitor: 'validation-f1', mode: 'min' }, 'stop'),
    ).toEqual(['scikit-learn cannot express this rule: it has no mode, and wants the F1 score to grow.']);
  });
});

const grid = (n: number) => n / 64;
const value = fc.oneof(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 20, max: 26 })).map(grid);
const creep = fc.tuple(fc.integer({ min: 30, max: 64 }), fc.array(fc.integer({ min: -3, max: 2 }), { maxLength: 25 }));
const finite = fc.oneof(
  fc.array(value, { minLength: 1, maxLength: 25 }),
  creep.map(([from, steps]) => steps.reduce<number[]>((all, step) => [...all, all.at(-1)! + grid(step)], [grid(from)])),
);
const any = fc.array(fc.oneof({ weight: 6, arbitrary: value }, fc.constantFrom(null, NaN, Infinity, -Infinity)), {
  maxLength: 25,
});

/** Off the grid, so that no improvement is one by exactly a delta. */
const delta = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 11 }).map((n) => (2 * n + 1) / 128),
);

function settingOf(name: string, parameter: Parameter): fc.Arbitrary<Setting> {
  switch (parameter.kind) {
    case 'flag':
      return name === 'custom_metric' ? fc.constant(false) : fc.boolean();
    case 'choice':
      return fc.constantFrom(...parameter.options);
    case 'optional':
      return fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, name === 'tol' ? delta : value);
    case 'number':
      if (parameter.integer) return fc.integer({ min: parameter.min, max: 6 });
      return parameter.min < 0 ? fc.tuple(delta, fc.constantFrom(1, 1, -1)).map(([x, sign]) => x * sign) : delta;
  }
}

const MONITORS = ['validation-loss', 'training-loss', 'validation-accuracy', 'validation-error-rate'] as const;

const policyOf = (name: keyof typeof RULES): fc.Arbitrary<RulePolicy> =>
  fc.record({
    rule: fc.constant(name as string),
    monitor: fc.constantFrom(...MONITORS),
    ...Object.fromEntries(
      Object.entries(RULES[name].parameters).map(([key, parameter]) => [key, settingOf(key, parameter as Parameter)]),
    ),
  });

/** What the page makes of it, whatever is watched. */
function page(policy: Policy, values: readonly (number | null)[]) {
  const watch = watchPolicy(policy, RULES);
  const everywhere = (x: number | null) => Object.fromEntries(MONITORS.map((monitor) => [monitor, x]));
  let last = -1;
  while (last + 1 < values.length && !watch.fired) watch.observe(everywhere(values[++last]!));
  return { last, fired: watch.fired, best: watch.decider.watch.best };
}
const stopOf = ({ fired, last }: { fired: boolean; last: number }) => (fired ? last : Infinity);

const LIBRARY_OF: Record<keyof typeof LIBRARIES, Library> = {
  ...(Object.fromEntries(libraries.map((library) => [library, library])) as Record<Library, Library>),
  ...(Object.fromEntries(Object.keys(OLDER_KERAS).map((name) => [name, 'keras'])) as Record<
    keyof typeof OLDER_KERAS,
    Library
  >),
  'sklearn-mlp': 'sklearn',
  'sklearn-sgd': 'sklearn',
  'sklearn-gradient-boosting': 'sklearn',
  'sklearn-hist-gradient-boosting': 'sklearn',
};
/** Rules that have no form in common with others, and libraries that say no rule but their own. */
const ALONE: readonly string[] = ['ultralytics', 'spacy', 'sklearn-gradient-boosting'];
/** Libraries that take one rule. */
const ONE: readonly Library[] = ['sklearn', 'catboost', 'ultralytics', 'spacy', 'allennlp'];
const names = Object.keys(LIBRARIES) as (keyof typeof LIBRARIES)[];

describe('what a library does with the code of a policy', () => {
  it.each(names)('%s, its own: exactly what the page does, on any history', (name) => {
    let read = 0;
    const library = LIBRARY_OF[name];
    fc.assert(
      fc.property(policyOf(name), any, (policy, values) => {
        const theirs = reading(library, policy);
        const { notes } = ruleCode(library, policy);
        if (theirs === null) return void expect(notes).toMatchObject([{ kind: 'stop' }]);
        read++;
        expect(theirs.rule).toBe(RULES[name]);
        expect(follow(theirs, values)).toEqual(page(policy, values));
      }),
      { numRuns: 400 },
    );
    expect(read).toBeGreaterThan(40);
  });

  it.each(libraries)('%s: any rule of another library stops where it says that it does', (library) => {
    const same = new Set<string>();
    const foreign = names.filter((name) => LIBRARY_OF[name] !== library);
    fc.assert(
      fc.property(fc.constantFrom(...foreign).chain(policyOf), finite, (policy, values) => {
        const theirs = reading(library, policy);
        const { notes } = ruleCode(library, policy);
        const stops = notes.filter(({ kind }) => kind === 'stop');
        if (theirs === null) return void expect(stops).toHaveLength(1);
        if (stops.length > 0) return;
        same.add(policy.rule);
        expect(stopOf(follow(theirs, values))).toBe(stopOf(page(policy, values)));
      }),
      { numRuns: 3000 },
    );
    // The best of an MLP or SGD follows every improvement, which most cannot express.
    const creeps = library === 'hugging-face' || library === 'ignite';
    // MMEngine has a margin, or takes a plateau for an improvement.
    const margin = !['hugging-face', 'sklearn', 'catboost', 'allennlp'].includes(library);
    const expected = foreign.filter(
      (name) =>
        !ALONE.includes(name) &&
        (margin || name !== 'mmengine') &&
        (creeps || !(name === 'sklearn-mlp' || name === 'sklearn-sgd')),
    );
    if (ALONE.includes(library)) return void expect([...same]).toEqual([]);
    expect([...same].sort()).toEqual(expected.sort());
  });
});

describe('a group', () => {
  it('of which any stops is a list of callbacks', () => {
    const any = [
      { rule: 'keras', patience: 20, restore_best_weights: true },
      { any: [{ rule: 'keras', monitor: 'training-loss', patience: 3 }] },
      { rule: 'budget', epochs: 80 },
    ];
    expect(code('keras', { any })).toBe(`from keras.callbacks import EarlyStopping

[
  EarlyStopping(
    monitor="val_loss",
    patience=20,
    min_delta=0,
    restore_best_weights=True),
  EarlyStopping(
    monitor="loss",
    patience=3,
    min_delta=0,
    restore_best_weights=False),
]
`);
    expect(notes('keras', { any }, 'use')).toEqual([
      'The budget is the number of epochs: epochs=80 of fit.',
      'Each rule that restores its best weights does so at the end: the last in the list stands.',
    ]);
    expect(code('tfjs', { any })).toMatch(/^\[\n {2}tf\.callbacks\.earlyStopping\(\{\n {4}monitor: 'val_loss',/m);
    // Of a rule alone it would have a checkpoint beside it.
    expect(code('lightning', { any })).not.toContain('ModelCheckpoint');
    expect(code('fastai', { any })).not.toContain('SaveModelCallback');
    expect(code('ignite', { any })).toMatch(/^evaluator\.add[^]*\ntrain_evaluator\.add/m);
  });

  it('has the arguments of Hugging Face once, and one metric', () => {
    const rule = (patience: number, early_stopping_threshold = 0, monitor = 'validation-loss') => ({
      ...{ rule: 'hugging-face', monitor, early_stopping_patience: patience, early_stopping_threshold },
    });
    expect(code('hugging-face', { any: [rule(3), rule(1, -0.5)] })).toMatch(
      /^TrainingArguments\([^[]*\)\n\[\n {2}EarlyStoppingCallback\([^]*\n\]\n$/m,
    );
    expect(notes('hugging-face', { any: [rule(3), rule(5, 0, 'training-loss')] }, 'stop')).toEqual([
      'Hugging Face cannot express this rule: all its rules watch one metric in one way.',
    ]);
  });

  it('is refused where the library takes one, or none of these', () => {
    const two = [{ rule: 'keras' }, { rule: 'keras', patience: 5 }];
    const stop = (library: Library, input: unknown) => notes(library, input, 'stop').join();
    expect(stop('sklearn', { any: two })).toBe('scikit-learn cannot express this rule: it takes one, not several.');
    expect(stop('lightning', { any: [two[0], { rule: 'lightning' }] })).toContain('it takes one for each metric');
    expect(stop('lightning', { any: two })).toContain('it takes one for each metric and mode');
    expect(stop('keras', { any: [two[0], { rule: 'tf-keras' }] })).toContain('these are of two of its versions');
    expect(code('keras', { any: [{ rule: 'tf-keras' }, { rule: 'tf-keras' }] })).toContain('from tensorflow.keras');
    expect(stop('keras', { all: two })).toContain('it cannot wait for the last of several rules');
    expect(stop('keras', { any: [two[0], { all: two }] })).toContain('it cannot wait');
    expect(code('keras', { all: [two[1]] })).toContain('patience=5');
    expect(stop('keras', { any: [two[0], { rule: 'gl' }] })).toBe(
      'Keras cannot express this rule: it has nothing like “Generalisation loss (GL)”.',
    );
  });

  it.each(libraries.filter((library) => !ALONE.includes(library)))(
    '%s: with any the first stops it, as on the page',
    (library) => {
      let read = 0;
      const member = fc.constantFrom(...names).chain(policyOf);
      const fair = (policy: RulePolicy) => !ruleCode(library, policy).notes.some(({ kind }) => kind === 'stop');
      // Each of its own metric, or all of one, which some libraries want.
      const group = fc
        .tuple(fc.array(member, { minLength: 2, maxLength: 3 }), fc.option(fc.constantFrom(...MONITORS)))
        .map(([rules, monitor]) => (monitor ? rules.map((rule) => ({ ...rule, monitor })) : rules))
        .filter((rules) => rules.every(fair));
      fc.assert(
        fc.property(group, finite, (any, values) => {
          const theirs = readings(library, { any });
          if (theirs.length === 0) return;
          read++;
          expect(theirs).toHaveLength(any.length);
          expect(stopOf(followAll(theirs, values))).toBe(stopOf(page({ any }, values)));
        }),
        { numRuns: 400 },
      );
      if (ONE.includes(library)) expect(read).toBe(0);
      else expect(read).toBeGreaterThan(20);
    },
  );
});

describe('a rule of research', () => {
  it('is the number of epochs, if it is a budget', () => {
    for (const library of libraries) {
      const { parts, notes } = written(library, { rule: 'budget', epochs: 30 });
      expect(parts).toEqual([]);
      expect(notes.map(({ kind }) => kind)).toEqual(['use', 'use']);
      expect(notes[0]!.text).toMatch(/^The budget is the number of epochs: \w+(=| = |: )30 of [\w. ]+\.$/);
    }
  });

  it('is a threshold of Lightning', () => {
    const threshold = { rule: 'threshold', target: 0.25, divergence: 4, stopOnNonFinite: false };
    expect(code('lightning', threshold)).toContain('stopping_threshold=0.25,\n  divergence_threshold=4)');
    fc.assert(
      fc.property(policyOf('threshold'), any, (policy, values) => {
        const target = policy.target as number | null;
        // At exactly the target they differ, as a note says.
        const other = values.filter((x) => x !== target);
        expect(stopOf(follow(reading('lightning', policy)!, other))).toBe(stopOf(page(policy, other)));
      }),
    );
  });

  it('is that of Keras, if its patience counts epochs', () => {
    const patience = { rule: 'patience', patience: 7, minDelta: 0.125, startFromEpoch: 2 };
    const same = { rule: 'keras', patience: 7, min_delta: 0.125, start_from_epoch: 2, restore_best_weights: true };
    for (const library of libraries) expect(written(library, patience)).toEqual(written(library, same));
    expect(notes('xgboost', { ...patience, unit: 'updates' }, 'stop')).toEqual([
      'XGBoost cannot express this rule: it counts the patience in epochs, not in updates.',
    ]);
  });

  it('is a plain sentence otherwise', () => {
    for (const rule of Object.keys(RULES).filter((name) => !(name in LIBRARIES))) {
      if (rule === 'budget' || rule === 'patience') continue;
      for (const library of libraries.filter((name) => rule !== 'threshold' || name !== 'lightning')) {
        const { parts, notes } = written(library, { rule });
        expect(parts).toEqual([]);
        expect(notes).toMatchObject([{ kind: 'stop' }]);
        expect(notes[0]!.text).toMatch(
          /cannot express this rule: (it has nothing like “.+”|no rule of it stops by .+)\.$/,
        );
      }
    }
  });
});

describe('the notes', () => {
  const expressible = fc.tuple(fc.constantFrom(...libraries), fc.constantFrom(...names).chain(policyOf));

  it('are sentences, each once', () => {
    fc.assert(
      fc.property(expressible, ([library, policy]) => {
        const texts = ruleCode(library, policy).notes.map(({ text }) => text);
        for (const text of texts) expect(text).toMatch(/^\S.*[^.]\.$/);
        expect(new Set(texts).size).toBe(texts.length);
      }),
    );
  });

  it('name what sets either library apart from Keras', () => {
    const edges = notes('hugging-face', { rule: 'lightning', min_delta: 0 }, 'edge');
    expect(edges.join(' ')).toContain('NaN or infinity stops a run of Lightning at once');
    expect(edges.join(' ')).toContain('a run of Hugging Face; Keras passes over it');
    expect(notes('fastai', { rule: 'lightning', strict: false }, 'edge').join()).not.toContain('a run of Lightning;');
    expect(notes('keras', { rule: 'fastai', patience: 3 }, 'use')).toContain(
      'The rule of fastai can be written as that of Keras: the notes compare with that.',
    );
  });
});
