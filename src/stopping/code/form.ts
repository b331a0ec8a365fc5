/** @file Rules in the form of Keras's, where they stop at the same epochs: for the code of other libraries. */
import type { RulePolicy } from '../../engine/experiment/experiment.ts';
import { ruleOf, type Rules } from '../policy.ts';
import { chosenIn, counterOf, directionIn, settingsOf, warmUpOf } from '../roles.ts';
import { RULES, WRITERS } from '../rules/index.ts';
import type { RuleForCode, Note, OwnRule } from './snippet.ts';

/** What the roles of its parameters say of a rule. */
export function formByRoles(policy: RulePolicy): RuleForCode {
  const { margin = 0, direction = 'auto' } = chosenIn(policy, RULES);
  return {
    monitor: policy.monitor,
    mode: directionIn(policy, RULES),
    modeChosen: direction !== 'auto',
    patience: counterOf(policy, RULES)?.value ?? 0,
    minDelta: margin,
    creeps: false,
    baseline: null,
    startFromEpoch: warmUpOf(policy, RULES),
    restoreBestWeights: ruleOf(policy, RULES as Rules).restores?.(settingsOf(policy), true) ?? true,
  };
}

/** That of Keras by other names, where it counts epochs. */
const PATIENCE: Pick<OwnRule, 'form' | 'edges'> = {
  form: ({ unit, baseline }) =>
    unit === 'epochs' ? { baseline: baseline as number | null } : `it counts the patience in epochs, not in ${unit}`,
};

const ownOf = (name: string): Pick<OwnRule, 'form' | 'edges'> | undefined =>
  name === 'patience' ? PATIENCE : Object.values(WRITERS).find(({ own }) => Object.hasOwn(own, name))?.own[name];

/** The rule that stops where a policy does but for these edges; or why there is none, as the end of a sentence. */
export function commonForm(policy: RulePolicy): { rule: RuleForCode; edges: Note[] } | string {
  if (policy.rule === 'compute-budget') return 'no rule of it stops by what was spent at the end of an epoch';
  const own = ownOf(policy.rule);
  if (!own?.form) return `it has nothing like “${ruleOf(policy, RULES).label}”`;
  const base = formByRoles(policy);
  const form = own.form(policy, base);
  if (typeof form === 'string') return form;
  const rule = { ...base, ...form };
  return { rule, edges: own.edges?.(rule, policy) ?? [] };
}
