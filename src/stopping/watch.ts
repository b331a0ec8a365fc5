/**
 * @file A policy at work on one replica, epoch by epoch. `any` stops with the first of its members, `all` with the last.
 *
 * A member that has stopped stays stopped and looks no further. The member that decides is the one with which the group
 * stops; of several at the same epoch, the first in the list. While nothing has stopped it is the first in the list. The
 * group keeps the best epoch, the counter and the reason of the member that decides, and restores what that one would.
 */
import { SIGNALS, type Monitor, type Policy, type RulePolicy } from '../engine/experiment/experiment.ts';
import { isRule, membersOf, ruleOf, type Rules } from './policy.ts';
import { directionOf, settingsOf } from './roles.ts';
import type { EpochValues, Watch } from './rule.ts';

export interface PolicyWatch {
  /** Takes the next epoch and tells whether training stops after it. */
  observe(values: EpochValues): boolean;
  readonly fired: boolean;
  /** The rule that decides, see above. */
  readonly decider: RuleWatch;
  /** All its rules, in the order of the policy. */
  rules(): RuleWatch[];
}

/** A policy must have been parsed with the same rules. */
export function watchPolicy(policy: Policy, rules: Rules): PolicyWatch {
  if (isRule(policy)) return new RuleWatch(policy, rules);
  const members = membersOf(policy).map((member) => watchPolicy(member, rules));
  return new GroupWatch(members, 'all' in policy);
}

/** Whether a NaN of it says that it was not measured. */
export const isSignal = (monitor: Monitor): boolean => (SIGNALS as readonly Monitor[]).includes(monitor);

export class RuleWatch implements PolicyWatch {
  fired = false;
  readonly watch: Watch;
  readonly #restores: () => boolean;
  readonly #signal: boolean;

  constructor(
    readonly policy: RulePolicy,
    rules: Rules,
  ) {
    const settings = settingsOf(policy);
    const rule = ruleOf(policy, rules);
    this.watch = rule.start(settings, directionOf(policy.monitor));
    this.#signal = isSignal(policy.monitor);
    this.#restores = () => rule.restores?.(settings, this.fired) ?? true;
  }

  get decider(): RuleWatch {
    return this;
  }

  observe(values: EpochValues): boolean {
    return this.look(values[this.policy.monitor] ?? null, values);
  }

  /** Takes the next epoch by what the rule watches, and what else it needs. */
  look(value: number | null, also: EpochValues): boolean {
    this.fired ||= this.watch.observe(this.reported(value), also);
    return this.fired;
  }

  /** What a recorded value tells the rule: a signal of NaN was not measured, which is null. */
  reported(value: number | null): number | null {
    return this.#signal && Number.isNaN(value) ? null : value;
  }

  rules(): RuleWatch[] {
    return [this];
  }

  /** The epoch whose weights are kept if training ends after `stop`. */
  restored(stop: number): number {
    return this.#restores() && this.watch.best !== -1 ? this.watch.best : stop;
  }
}

class GroupWatch implements PolicyWatch {
  fired = false;
  #decider: PolicyWatch;

  constructor(
    readonly members: readonly PolicyWatch[],
    readonly all: boolean,
  ) {
    this.#decider = members[0]!;
  }

  get decider(): RuleWatch {
    return this.#decider.decider;
  }

  rules(): RuleWatch[] {
    return this.members.flatMap((member) => member.rules());
  }

  observe(values: EpochValues): boolean {
    if (this.fired) return true;
    let stopped = 0;
    let first: PolicyWatch | null = null;
    for (const member of this.members) {
      const before = member.fired;
      if (!before && member.observe(values)) first ??= member;
      if (member.fired) stopped++;
    }
    this.fired = this.all ? stopped === this.members.length : stopped > 0;
    if (this.fired && first) this.#decider = first;
    return this.fired;
  }
}
