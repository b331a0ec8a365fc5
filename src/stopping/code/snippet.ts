/** @file What the rule as code is made of: stretches of text, and sentences on what the code does not say. */
import type { Monitor } from '../../engine/experiment.ts';
import type { KerasRule } from '../keras.ts';

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
  /** Empty where the library cannot express the rule; a note of kind `stop` then says why. */
  parts: CodePart[];
  notes: Note[];
}

/** The active rule, its direction decided. */
export interface ActiveRule extends KerasRule {
  monitor: Monitor;
  /** Whether the direction is the visitor's own choice. */
  modeChosen: boolean;
}

/** An argument by keyword; `strong` if the value is one that a reader chose. */
export type Argument = [name: string, value: string, strong: boolean];

export const plain = (text: string): CodePart => ({ text, strong: false });

/** Of name and value together, so that an argument fits the settings column; a value too long for it goes below. */
const WIDTH = 26;

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
export const number = (x: number) => String(x);
