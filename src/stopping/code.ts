/** @file The policy as code of the library that a real job would use. */
import type { Task } from '../../datasets/contract.ts';
import type { Policy } from '../engine/experiment/experiment.ts';
import { policyCode } from './code/policy.ts';
import { plain, type RuleCode, type Writer } from './code/snippet.ts';
import { WRITERS } from './rules/index.ts';

export type { CodePart, Note, RuleCode } from './code/snippet.ts';

export type Library = keyof typeof WRITERS;

/** How a list calls them. */
export const CODE_LIBRARIES = Object.fromEntries(
  Object.entries<Writer>(WRITERS).map(([id, { label, title = label }]) => [id, title]),
) as Readonly<Record<Library, string>>;

/** A policy must have been parsed; `task` is what the networks learn. */
export function ruleCode(library: Library, policy: Policy, task: Task = 'multiclass'): RuleCode {
  const writer: Writer = WRITERS[library];
  const snippet = policyCode(policy, writer);
  const { setup, imports, parts, notes } = task === 'regression' ? (writer.regression?.(snippet) ?? snippet) : snippet;
  return { imports, parts: setup ? [...setup, plain('\n'), ...parts] : parts, notes };
}

/** The whole text, as it is copied. */
export function plainCode({ imports, parts }: RuleCode): string {
  return `${imports}\n\n${parts.map(({ text }) => text).join('')}\n`;
}
