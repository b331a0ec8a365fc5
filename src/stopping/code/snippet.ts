/** @file What the rule as code is made of: stretches of text, and sentences on what the code does not say. */
import type { Monitor, RulePolicy, Setting } from '../../engine/experiment/experiment.ts';
import type { KerasRule } from '../keras.ts';
import type { Parameter } from '../rule.ts';

/** A stretch of code; `strong` marks the values a reader chose. */
export interface CodePart {
  text: string;
  strong: boolean;
}

/**
 * A sentence about the difference to the rule of the page. `stop`: the code may stop at another epoch. `edge`: it may do
 * so where a value is not finite or not reported, or is off by no more than a rounding. `use`: what is left to do, or what
 * the training ends with.
 */
export interface Note {
  kind: 'stop' | 'edge' | 'use';
  text: string;
}

export interface RuleCode {
  /** The lines that belong above the code. */
  imports: string;
  /** Empty where a note says why there is no code, or that none is needed. */
  parts: CodePart[];
  notes: Note[];
}

/** One rule as code of a library. */
export interface Snippet extends RuleCode {
  /** Stands once above the code of several rules; `parts` has it not. */
  setup?: CodePart[];
  /** What tells one watched metric from another in this library; absent where that does not matter to it. */
  metric?: string;
}

/** The rule of Keras, its direction decided; by two liberties also what it says otherwise than Keras. */
export interface RuleForCode extends KerasRule {
  monitor: Monitor;
  /** Whether the direction is the visitor's own choice. */
  modeChosen: boolean;
  /** Below 0 a value that is a little worse than the best counts as an improvement, where `Writer.worse` says so. */
  minDelta: number;
  /** Whether its best follows improvements below min delta too, which only a `Writer.creeps` can say. */
  creeps: boolean;
}

/** How a library takes several rules of which the first decides. */
export interface Several {
  /** As a list of callbacks, or each in a statement of its own. */
  as: 'list' | 'statements';
  /** Whether all have to watch one metric, or each its own. */
  metrics?: 'one' | 'distinct';
  /** What becomes of the best weights, where a rule restores them. */
  weights?: string;
  /** Whether the code of a rule alone keeps the best weights by a callback beside it, which is left out then. */
  keeper?: true;
}

/** A rule that a library has itself, or that it can say exactly. */
export interface OwnRule {
  /** The rule as it is; `form` is what its roles say of it. */
  write(policy: RulePolicy, form: RuleForCode): Snippet;
  /**
   * What it is in the form of Keras, where it stops at the same epochs: what its roles do not say, or why there is no such
   * form, as the end of a sentence. Absent: there is none.
   */
  form?(settings: RulePolicy, form: RuleForCode): Partial<RuleForCode> | string;
  /** What sets it apart from that form all the same, see edges.ts. */
  edges?(form: RuleForCode, settings: RulePolicy): Note[];
}

/** Text or imports with the estimator for numbers in place of the one for classes, which scikit-learn and CatBoost name alike. */
export const regressor = (text: string): string => text.replaceAll('Classifier', 'Regressor');

/** What writes rules as code of one library. */
export interface Writer {
  /** As sentences call it, and, where that is more exact, as a list does. */
  label: string;
  title?: string;
  /** A rule of the form of Keras, with notes on what is not the same. */
  write(rule: RuleForCode): Snippet;
  creeps?: true;
  worse?: true;
  /** By their names, the rules that are the library's own, and what else it says exactly. */
  own: Readonly<Record<string, OwnRule>>;
  /** Null where it takes only one. */
  several: Several | null;
  /** The same for a number to predict, where that is another estimator. */
  regression?(snippet: Snippet): Snippet;
  /** How it is told to train so many epochs. */
  epochs(n: number): string;
}

/** An argument by keyword; `strong` if the value is one that a reader chose. */
export type Argument = [name: string, value: string, strong: boolean];

export const plain = (text: string): CodePart => ({ text, strong: false });

/** Of name and value together, so that an argument fits the settings column; a value too long for it goes below. */
const WIDTH = 26;

/** Several pieces of code as a list, in Python and in JavaScript. */
export function listCode(members: readonly (readonly CodePart[])[]): CodePart[] {
  const indented = ({ text, strong }: CodePart) => ({ text: text.replaceAll('\n', '\n  '), strong });
  return [plain('['), ...members.flatMap((parts) => [plain('\n  '), ...parts.map(indented), plain(',')]), plain('\n]')];
}

/** A call in Python, an argument a line. */
export function call(name: string, args: readonly Argument[]): CodePart[] {
  const parts = [plain(`${name}(`)];
  args.forEach(([key, value, strong], i) => {
    const below = key.length + value.length > WIDTH ? '\n    ' : '';
    parts.push(plain(`\n  ${key}=${below}`), { text: value, strong }, plain(i === args.length - 1 ? ')' : ','));
  });
  return parts;
}

export const quoted = (text: string) => `"${text}"`;
export const truth = (x: boolean) => (x ? 'True' : 'False');
/** JavaScript writes finite numbers as Python reads them. */
export const numberCode = (x: number) => String(x);
export const python = (x: Setting) =>
  x === null ? 'None' : typeof x === 'boolean' ? truth(x) : typeof x === 'number' ? numberCode(x) : quoted(x);

/** Arguments that are called as the settings are. */
export const given = (policy: RulePolicy, ...names: readonly string[]): Argument[] =>
  names.map((name) => [name, python(policy[name] as Setting), true]);

/** Of all settings but these, as arguments, those that are not what the library has by itself. */
export function changedArguments(
  policy: RulePolicy,
  parameters: Readonly<Record<string, Parameter>>,
  ...but: readonly string[]
): Argument[] {
  const names = Object.keys(parameters).filter((name) => !but.includes(name));
  return given(policy, ...names.filter((name) => policy[name] !== parameters[name]!.default));
}
