/** @file For tests: the exported code read back as a rule of ../rules with the parameters that the text names. */
import { LIBRARIES, plainCode, ruleCode, type Library } from '../code.ts';
import type { StoppingSettings } from '../../engine/experiment.ts';
import { kerasRule } from '../keras.ts';
import type { Rule, Setting, Watch } from '../rule.ts';
import { RULES } from '../rules/index.ts';
import { judge, started } from '../rules/testing.ts';

export const libraries = Object.keys(LIBRARIES) as Library[];

/** Those whose code does not say which way the metric is to go, because the metric does. */
const TOLD_BY_METRIC: readonly Library[] = ['keras', 'sklearn', 'lightgbm'];

function valueOf(text: string): Setting {
  if (text === 'True' || text === 'False') return text === 'True';
  if (text.startsWith('np.')) return text.slice('np.'.length);
  return /^['"]/.test(text) ? text.slice(1, -1) : Number(text);
}

function ruleOf(library: Library, text: string): Rule {
  const estimator = text.includes('MLP') ? 'sklearn-mlp' : 'sklearn-hist-gradient-boosting';
  return RULES[library === 'sklearn' ? estimator : library];
}

export interface Reading {
  rule: Rule;
  /** What the text says of the parameters of the rule. */
  settings: Record<string, Setting>;
  /** Epochs that the rule is not shown. */
  skipped: number;
  start(): Watch;
}

/** Null where there is no code. */
export function reading(library: Library, stopping: StoppingSettings): Reading | null {
  const code = ruleCode(library, stopping);
  if (code.parts.length === 0) return null;
  const text = plainCode(code);
  const rule = ruleOf(library, text);
  const settings: Record<string, Setting> = {};
  for (const [, name, spelt] of text.matchAll(/(\w+)(?:=\s*|: )([^,\s()]+)/g)) {
    const parameter = rule.parameters[name!];
    if (parameter === undefined) continue;
    const value = valueOf(spelt!);
    settings[name!] = parameter.kind === 'choice' ? String(value) : value;
  }
  const direction = TOLD_BY_METRIC.includes(library) ? kerasRule(stopping).mode : undefined;
  const delay = /eval_delay=(\d+)/.exec(text);
  const after = /trainer\.state\.epoch > (\d+)/.exec(text);
  const skipped = delay ? Number(delay[1]) - 1 : after ? Number(after[1]) : 0;
  return { rule, settings, skipped, start: () => started(rule, settings, direction) };
}

/** What the library does with the code on a history; epochs are indices from 0, −1 for none. */
export function follow({ start, skipped }: Reading, history: readonly (number | null)[]) {
  if (history.length <= skipped) return { last: history.length - 1, fired: false, best: -1 };
  const { last, fired, best } = judge(start(), history.slice(skipped));
  return { last: last + skipped, fired, best: best === -1 ? -1 : best + skipped };
}
