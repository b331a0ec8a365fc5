/** @file What a reader set of the rules so far, so that another rule takes it over and a former one comes back as it was left. */
import type { Monitor, Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import { ruleNamed } from '../stopping/edit-policy.ts';
import { isRule, ruleOf, type Descriptions } from '../stopping/policy.ts';
import { chosenIn, withChosen, type Chosen } from '../stopping/roles.ts';

export class RuleMemory {
  /** By role, whatever rule it was set of. */
  #chosen: Chosen = {};
  readonly #last = new Map<string, RulePolicy>();

  /** Takes note of the rule that decides; a group says nothing of what a single rule should be set to. */
  note(policy: Policy, rules: Descriptions): void {
    if (!isRule(policy)) return;
    this.#chosen = { ...this.#chosen, ...chosenIn(policy, rules) };
    this.#last.set(policy.rule, policy);
  }

  /**
   * A rule by its name, as it was left or else as its library has it, watching `monitor` where it makes sense of that; what
   * was set since of another rule, and does the same in this one, is set in this one too.
   */
  rule(name: string, monitor: Monitor, rules: Descriptions): RulePolicy {
    const left = this.#last.get(name);
    if (!left) return withChosen(ruleNamed(name, monitor, rules), this.#chosen, rules);
    const takes = ruleOf(left, rules).monitors?.includes(monitor) ?? true;
    return withChosen({ ...left, ...(takes && { monitor }) }, this.#chosen, rules);
  }
}
