/** @file What a reader set of the rules so far, so that another rule takes it over and a former one comes back as it was left. */
import type { Monitor, Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import { ruleNamed } from '../stopping/edit-policy.ts';
import type { Reach } from '../stopping/axes.ts';
import { isRule, ruleOf, type Descriptions } from '../stopping/policy.ts';
import { chosenIn, counterOf, marginOf, withChosen, type Chosen } from '../stopping/roles.ts';

export class RuleMemory {
  /** By role, whatever rule it was set of. */
  #chosen: Chosen = {};
  readonly #last = new Map<string, RulePolicy>();
  #reach: { rule: string; by: Reach } = { rule: '', by: {} };

  /**
   * The least and the largest counter and margin since the rule in place was chosen: a map or a slider that has grown to
   * one of them stays, and does not change under the hand that moves it back.
   */
  get reach(): Reach {
    return this.#reach.by;
  }

  /** Takes note of the rule that decides; a group says nothing of what a single rule should be set to. */
  note(policy: Policy, rules: Descriptions): void {
    if (!isRule(policy)) return;
    this.#chosen = { ...this.#chosen, ...chosenIn(policy, rules) };
    this.#last.set(policy.rule, policy);
    const before = this.#reach.rule === policy.rule ? this.#reach.by : {};
    const ends = (value: number | undefined, known: readonly number[] = []) => {
      const all = value === undefined ? known : [...known, value];
      return all.length === 0 ? [] : [Math.min(...all), Math.max(...all)];
    };
    const by = {
      counter: ends(counterOf(policy, rules)?.value, before.counter),
      margin: ends(marginOf(policy, rules)?.value, before.margin),
    };
    this.#reach = { rule: policy.rule, by };
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
