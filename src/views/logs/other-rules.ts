/** @file The other rules that the verdict holds against the one in use; computed once for each of them. */
import { otherRules, type OtherRule, type Reason } from '../../evaluation/other-rules.ts';
import type { LogRule } from '../../session/logs/log-rule.svelte.ts';
import { RULES } from '../../stopping/rules/index.ts';

let last: { records: unknown; counting: string; rules: OtherRule[] } | null = null;

export function otherRulesOf({ records, bests, counting, counters }: LogRule): OtherRule[] {
  const key = JSON.stringify(counting);
  if (last?.records !== records || last.counting !== key)
    last = { records, counting: key, rules: otherRules(records, bests, counting, RULES, counters) };
  return last.rules;
}

export const REASONS: Readonly<Record<Reason, string>> = {
  quickest: 'the quickest that keeps as much',
  most: 'keeps most',
  'same-for-all': 'always the same',
  'waits-for-a-rise': 'waits for a rise, not for time',
};
