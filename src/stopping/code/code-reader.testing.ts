/** @file For tests: the exported code read back as rules of ../rules with the parameters that the text names. */
import { CODE_LIBRARIES, plainCode, ruleCode, type Library, type Note } from '../code.ts';
import type { Monitor, Policy, RulePolicy, Setting } from '../../engine/experiment/experiment.ts';
import { grows } from '../monitors.ts';
import { leavesOf } from '../policy.ts';
import { directionIn } from '../roles.ts';
import type { Direction, Rule, Watch } from '../rule.ts';
import { RULES } from '../rules/index.ts';
import { defaultsOf } from '../rules/research/research.testing.ts';
import { judge, started } from '../rules/library-fixtures.testing.ts';

export const libraries = Object.keys(CODE_LIBRARIES) as Library[];

/** Those whose code does not say which way the metric is to go, because the metric does. */
const TOLD_BY_METRIC: readonly Library[] = [
  'keras',
  'sklearn',
  'lightgbm',
  'catboost',
  'ultralytics',
  'spacy',
  'allennlp',
];

/** Where the code of a rule begins. */
const BEGIN =
  /\b(?:EarlyStopping(?:Callback|Hook)?|early_stopping|earlyStopping|(?:MLP|SGD|(?:Hist)?GradientBoosting|CatBoost)Classifier|train)\(|^trainer: \{|^\[training\]/gm;
const BEGIN_OF_IGNITE = /\b(?:train_)?evaluator\.add_event_handler\(/g;

function valueOf(text: string): Setting {
  if (text === 'True' || text === 'False') return text === 'True';
  if (text === 'None') return null;
  if (text.startsWith('np.')) return text.slice('np.'.length);
  return /^['"]/.test(text) ? text.slice(1, -1) : Number(text);
}

/** What code of older versions of Keras says that it is for. */
const KERAS_VERSIONS = {
  'Keras 3.0 to 3.6': 'keras-3.0',
  'tf_keras 2.16 and later': 'tf-keras-2.16',
  'TensorFlow 2.12 to 2.15': 'tf-keras-2.12',
  'TensorFlow 2.7 to 2.11': 'tf-keras',
  'TensorFlow 2.5 and 2.6': 'tf-keras-2.5',
  'TensorFlow 2.1 to 2.4': 'tf-keras-2.1',
  'Keras 2.1 to 2.3': 'keras-2.1',
  'Keras 1.2 to 2.0.6': 'keras-1.2',
} as const;

/** The rule of Keras that code is of. */
export function kerasIn(text: string) {
  const versions = /# (.+)$/m.exec(text)?.[1];
  return versions === undefined ? 'keras' : KERAS_VERSIONS[versions as keyof typeof KERAS_VERSIONS];
}

function ruleOf(library: Library, text: string): Rule {
  if (library === 'keras') return RULES[kerasIn(text)];
  if (library !== 'sklearn') return RULES[library];
  return RULES[
    text.includes('MLP')
      ? 'sklearn-mlp'
      : text.includes('SGD')
        ? 'sklearn-sgd'
        : text.includes('Hist')
          ? 'sklearn-hist-gradient-boosting'
          : 'sklearn-gradient-boosting'
  ];
}

export interface Reading {
  rule: Rule;
  /** What the text says of the parameters of the rule. */
  settings: Record<string, Setting>;
  /** Epochs that the rule is not shown. */
  skipped: number;
  start(): Watch;
  /** Whether the run ends with the weights of its best epoch. */
  restores(fired: boolean): boolean;
}

const rulesOf = (policy: Policy): RulePolicy[] =>
  leavesOf(policy).flatMap(({ policy: rule }) => (rule.rule === 'budget' ? [] : [rule]));

/** How what the rules watch is to go where only the metric tells. */
export function directionsOf(policy: Policy, notes: readonly Note[]): Direction[] {
  const texts = notes.map(({ text }) => text);
  const returned = /(?:is_higher_better=|is_max_optimal of your metric returns )(True|False)/;
  const said = texts.map((text) => returned.exec(text)?.[1]).find((found) => found);
  const grown = texts.find((text) => text.includes('which grows: let that be'));
  const direction = (monitor: Monitor) => {
    if (grown !== undefined) return grown.includes('the negative of') ? 'min' : 'max';
    return (said ? said === 'True' : grows(monitor)) ? 'max' : 'min';
  };
  // Keras says its mode where that is not the usual one; the others leave it to the metric.
  return rulesOf(policy).map((rule) => (rule.rule === 'keras' ? directionIn(rule, RULES) : direction(rule.monitor)));
}

/** The rules of the code in their order; none where there is no code. */
export function readings(library: Library, policy: Policy): Reading[] {
  const code = ruleCode(library, policy);
  if (code.parts.length === 0) return [];
  const body = plainCode({ ...code, imports: '' });
  const begins = [...body.matchAll(library === 'ignite' ? BEGIN_OF_IGNITE : BEGIN)].map(({ index }) => index);
  const head = `${code.imports}\n${body.slice(0, begins[0])}`;
  const directions = directionsOf(policy, code.notes);
  return begins.map((begin, i) => {
    const [own] = body.slice(begin, begins[i + 1]).split(/\n\s*(?:ModelCheckpoint|SaveModelCallback)/);
    return read(library, `${head}${own}`, directions[i]!);
  });
}

/** Null where there is no code. */
export const reading = (library: Library, policy: Policy): Reading | null => readings(library, policy)[0] ?? null;

function read(library: Library, text: string, told: Direction): Reading {
  const rule = ruleOf(library, text);
  const settings: Record<string, Setting> = {};
  for (const [, spoken, spelt] of text.matchAll(/(\w+) ?(?:=\s*|: )([^,\s()]+)/g)) {
    // Its name is that of rules in a policy.
    const name = library === 'mmengine' && spoken === 'rule' ? 'mode' : spoken;
    const parameter = rule.parameters[name!];
    if (parameter === undefined) continue;
    const value = valueOf(spelt!);
    settings[name!] = parameter.kind === 'choice' ? String(value) : value;
  }
  const signed = /validation_metric: "([-+])/.exec(text)?.[1];
  const direction = signed ? (signed === '-' ? 'min' : 'max') : TOLD_BY_METRIC.includes(library) ? told : undefined;
  const delay = /eval_delay=(\d+)/.exec(text);
  const after = /trainer\.state\.epoch > (\d+)/.exec(text);
  const skipped = delay ? Number(delay[1]) - 1 : after ? Number(after[1]) : 0;
  const restores = (fired: boolean) => rule.restores!({ ...defaultsOf(rule), ...settings }, fired);
  return { rule, settings, skipped, start: () => started(rule, settings, direction), restores };
}

/** What the library does with the code on a history; epochs are indices from 0, −1 for none. */
export function follow({ start, skipped }: Reading, history: readonly (number | null)[]) {
  if (history.length <= skipped) return { last: history.length - 1, fired: false, best: -1 };
  const { last, fired, best } = judge(start(), history.slice(skipped));
  return { last: last + skipped, fired, best: best === -1 ? -1 : best + skipped };
}

/** What it does with several, all on one history: the first decides. */
export function followAll(several: readonly Reading[], history: readonly (number | null)[]) {
  const last = Math.min(...several.map((each) => follow(each, history).last));
  const seen = history.slice(0, last + 1);
  const each = several.map((one) => follow(one, seen));
  return { last, fired: each.some(({ fired }) => fired), each };
}
