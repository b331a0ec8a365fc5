/** @file A policy as code of a library: rules that are its own, those of others that stop where it can, and groups. */
import type { Policy, RulePolicy } from '../../engine/experiment/experiment.ts';
import { isRule, membersOf, ruleOf, type Rules } from '../policy.ts';
import { settingsOf } from '../roles.ts';
import { RULES } from '../rules/index.ts';
import { AFTER_ITS_UPDATES } from '../training-loss.ts';
import { commonForm, formByRoles } from './form.ts';
import { none, use } from './notes.ts';
import { listCode, plain, type CodePart, type Note, type Several, type Snippet, type Writer } from './snippet.ts';

export function policyCode(policy: Policy, writer: Writer): Snippet {
  const { label, epochs, several } = writer;
  const rules = firstOf(policy);
  if (rules === null) return none(label, 'it cannot wait for the last of several rules');
  const budgets = rules.filter(isBudget).map((budget) => Number(budget.epochs));
  const others = rules.filter((rule) => !isBudget(rule));
  const lasting =
    budgets.length === 0 ? [] : [use(`The budget is the number of epochs: ${epochs(Math.min(...budgets))}.`)];
  const [only, ...more] = others;
  if (only === undefined) {
    const best = use('No rule is needed; the weights of the best epoch are yours to keep.');
    return { imports: '', parts: [], notes: [...lasting, best] };
  }
  const snippet =
    more.length === 0
      ? ruleCode(only, writer)
      : several === null
        ? none(label, 'it takes one, not several')
        : together(others, writer, several);
  return { ...snippet, notes: unique([...lasting, ...snippet.notes]) };
}

/** Rules that are that of Keras, without an edge. */
const AS_KERAS = ['keras', 'patience'];
const isBudget = ({ rule }: RulePolicy) => rule === 'budget';

/** Rules of which the first to stop decides; null where one has to wait for others. */
function firstOf(policy: Policy): RulePolicy[] | null {
  if (isRule(policy)) return [policy];
  const members = membersOf(policy);
  if ('all' in policy && members.length > 1) return null;
  const rules = members.map(firstOf);
  return rules.includes(null) ? null : rules.flatMap((some) => some!);
}

/** With what is to be said where the training loss decides which weights are kept. */
function ruleCode(policy: RulePolicy, writer: Writer, alone = true): Snippet {
  const snippet = snippetOf(policy, writer, alone);
  const tells = policy.monitor === 'training-loss' && restores(policy) && snippet.parts.length > 0;
  return tells ? { ...snippet, notes: [...snippet.notes, use(AFTER_ITS_UPDATES)] } : snippet;
}

/** `alone`: whether it is the only one. */
function snippetOf(policy: RulePolicy, writer: Writer, alone: boolean): Snippet {
  const { label, own, write, worse, creeps, several } = writer;
  const exact = own[policy.rule];
  if (exact) return exact.write(policy, formByRoles(policy));
  const form = commonForm(policy);
  if (typeof form === 'string') return none(label, form);
  const { rule, edges } = form;
  if (rule.minDelta < 0 && !worse)
    return none(label, 'to it a value that is worse than the best never counts as better');
  if (rule.creeps && !creeps) return none(label, 'its best does not follow improvements that are too small to count');
  const keeps = rule.restoreBestWeights && (alone || !several?.keeper);
  const snippet = write({ ...rule, restoreBestWeights: keeps });
  if (snippet.parts.length === 0 || AS_KERAS.includes(policy.rule)) return snippet;
  const origin = ruleOf(policy, RULES).label;
  const but = rule.creeps
    ? ', but for a best that follows every improvement'
    : rule.minDelta < 0
      ? ', but for a min delta below 0'
      : '';
  const as = use(`The rule of ${origin} can be written as that of Keras${but}: the notes compare with that.`);
  return { ...snippet, notes: unique([as, ...snippet.notes, ...edges]) };
}

function together(rules: readonly RulePolicy[], writer: Writer, { as, metrics, weights }: Several): Snippet {
  const { label } = writer;
  const members = rules.map((rule) => ruleCode(rule, writer, false));
  const refused = members.find(({ parts }) => parts.length === 0);
  if (refused) return refused;
  const different = new Set(members.map(({ metric }) => metric)).size;
  if (metrics === 'one' && different > 1) return none(label, 'all its rules watch one metric in one way');
  if (metrics === 'distinct' && different < members.length) {
    return none(
      label,
      'it takes one for each metric and mode, and these have theirs in common; its own has patience and thresholds in one',
    );
  }
  if (unique(members.map(({ imports }) => imports)).length > 1) return none(label, 'these are of two of its versions');
  const codes = members.map(({ parts }) => parts);
  return {
    ...members[0]!,
    parts: as === 'list' ? listCode(codes) : statements(codes),
    notes: [
      ...(weights !== undefined && rules.some(restores) ? [use(weights)] : []),
      ...members.flatMap(({ notes }) => notes),
    ],
  };
}

function restores(policy: RulePolicy): boolean {
  return ruleOf(policy, RULES as Rules).restores?.(settingsOf(policy), true) ?? true;
}

const statements = (codes: readonly CodePart[][]) =>
  codes.flatMap((parts, i) => (i === 0 ? parts : [plain('\n'), ...parts]));

/** Each line or note once, where it first comes. */
function unique<T extends string | Note>(entries: readonly T[]): T[] {
  const textOf = (entry: string | Note) => (typeof entry === 'string' ? entry : entry.text);
  return [...new Map(entries.toReversed().map((entry) => [textOf(entry), entry])).values()].toReversed();
}
