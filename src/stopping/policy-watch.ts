/**
 * @file A policy at work on one replica, epoch by epoch. `any` stops with the first of its members, `all` with the last.
 *
 * A member that has stopped stays stopped and looks no further. The member that decides is the one with which the group
 * stops; of several at the same epoch, the first in the list. While nothing has stopped it is the first in the list. The
 * group keeps the best epoch, the counter and the reason of the member that decides, and restores what that one would.
 */
import { SIGNALS, type Monitor, type Policy, type RulePolicy } from '../engine/experiment/experiment.ts';
import { grows } from './monitors.ts';
import { isRule, membersOf, type Rules } from './policy.ts';
import type { Direction, EpochValues, Measure, Watch } from './rule.ts';

export interface PolicyWatch {
  /** Takes the next epoch and tells whether training stops after it. */
  observe(values: EpochValues): boolean;
  readonly fired: boolean;
  /** The rule that decides, see above. */
  readonly decider: RuleWatch;
  /** All its rules, in the order of the policy. */
  rules(): RuleWatch[];
}

/** How a monitor improves. */
export const directionOf = (monitor: Monitor): Direction => (grows(monitor) ? 'max' : 'min');

/** A policy must have been parsed with the same rules. */
export function watchPolicy(policy: Policy, rules: Rules): PolicyWatch {
  if (isRule(policy)) return new RuleWatch(policy, rules);
  const members = membersOf(policy).map((member) => watchPolicy(member, rules));
  return new GroupWatch(members, 'all' in policy);
}

/** What a policy needs to have been recorded. */
export function metricsOf(policy: Policy, rules: Rules): Set<Measure> {
  if (!isRule(policy)) return new Set(membersOf(policy).flatMap((member) => [...metricsOf(member, rules)]));
  const { rule, monitor, ...settings } = policy;
  return new Set<Measure>([monitor, ...(rules[rule]!.needs?.(settings) ?? [])]);
}

export class RuleWatch implements PolicyWatch {
  fired = false;
  readonly watch: Watch;
  readonly #restores: () => boolean;
  readonly #signal: boolean;

  constructor(
    readonly policy: RulePolicy,
    rules: Rules,
  ) {
    const { rule: name, monitor, ...settings } = policy;
    const rule = rules[name]!;
    this.watch = rule.start(settings, directionOf(monitor));
    this.#signal = (SIGNALS as readonly Monitor[]).includes(monitor);
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
