/** @file The rule of the reader's logs, which is not that of the workshop, and what it would have done with the runs. */
import type { Policy, RulePolicy } from '../../engine/experiment/experiment.ts';
import { bestOf, outcomesOf, ruleSummary, type RunOutcomes } from '../../evaluation/run-outcomes.ts';
import { monitorFor, recordsOfLog } from '../../logs/run-records.ts';
import { patiencesUpTo } from '../../stopping/axes.ts';
import { measuresInWords } from '../../stopping/missing.ts';
import { isDefaultRule, isRule, missing } from '../../stopping/policy.ts';
import { mainSetting, policyLine, shortName } from '../../stopping/policy-words.ts';
import { counterOf } from '../../stopping/roles.ts';
import { RULES } from '../../stopping/rules/index.ts';
import { loggedByAll, suitedTo } from '../../stopping/suited-policy.ts';
import { countOf } from '../../words/numbers.ts';
import { ActiveRule } from '../active-rule.svelte.ts';
import { lasting } from '../lasting.svelte.ts';
import type { RuleDesk } from '../rule-desk.ts';
import { Settings } from '../settings.svelte.ts';
import { ViewState } from '../view-state.svelte.ts';
import { logs, type Logs } from './logs.svelte.ts';

/** What a job is likely to have, or the longest that can stop the runs. */
const USUAL_PATIENCE = 3;

export class LogRule implements RuleDesk {
  readonly settings = new Settings();
  readonly view = new ViewState();
  readonly rule: ActiveRule;
  #preview = $state.raw<Policy | null>(null);

  readonly records = $derived.by(() => {
    const { log, direction } = this.logs;
    return log ? recordsOfLog(log, direction ?? 'min') : [];
  });
  /** What every run has logged, by the names that rules have for it. */
  readonly logged = $derived.by(() => loggedByAll(this.records));
  readonly monitor = $derived.by(() => monitorFor(this.logs.direction ?? 'min'));
  /** Evaluations of the longest run. */
  readonly longest: number = $derived.by(() => this.records.reduce((most, { epochs }) => Math.max(most, epochs), 0));
  readonly counters: readonly number[] = $derived.by(() => patiencesUpTo(Math.ceil(this.longest / 2)));
  /** Where each run has its best. */
  readonly bests: Int32Array = $derived.by(() => bestOf(this.records));

  /** The rule as it looks at the runs; null where it makes no sense of what is watched. */
  readonly policy: Policy | null = $derived.by(() => this.watching(this.rule.policy));
  /** Why it cannot be replayed; null if it can. */
  readonly trouble: string | null = $derived.by(() => this.troubleOf(this.policy));
  /** The rule whose counter can be varied: the one in use, or where it has none that of Keras. */
  readonly counting: RulePolicy = $derived.by(() => {
    const { policy } = this;
    if (policy && isRule(policy) && counterOf(policy, RULES) && this.trouble === null) return policy;
    return this.watching(this.settings.ruleInPlace('keras', this.monitor)) as RulePolicy;
  });

  /** What the rule in use comes to; null where it cannot be told, and while nobody knows which way is better. */
  readonly outcomes: RunOutcomes | null = $derived.by(() => this.outcomesOf(this.policy));
  readonly summary = $derived.by(() => this.outcomes && ruleSummary(this.outcomes, this.records, this.bests));
  /** What curves and table show: the previewed rule, else the one in use. */
  readonly shown: RunOutcomes | null = $derived.by(() => {
    const previewed = this.#preview && this.outcomesOf(this.#preview);
    return previewed ?? this.outcomes;
  });

  constructor(private readonly logs: Logs) {
    this.settings.change('stopping.policy', {
      ...(this.settings.experiment.stopping.policy as RulePolicy),
      patience: USUAL_PATIENCE,
      min_delta: 0,
      restore_best_weights: true,
    });
    const reach = () => ({ epochs: this.longest, counters: this.counters });
    this.rule = new ActiveRule({ tape: null, epochs: 0 }, this.settings, reach);
    void this.rule.load();
  }

  get preview(): Policy | null {
    return this.#preview;
  }

  /** Looks at another rule without taking it; null for the one in use. */
  look(policy: Policy | null): void {
    this.#preview = policy;
  }

  async take(policy: Policy): Promise<void> {
    this.#preview = null;
    await this.rule.take(policy);
  }

  /** A policy on these runs; null where it makes no sense of what is watched. */
  watching(policy: Policy): Policy | null {
    return suitedTo(policy, RULES, this.logged, this.monitor);
  }

  troubleOf(policy: Policy | null): string | null {
    if (!policy) return `The rule cannot watch ${measuresInWords([this.monitor])}: choose another rule.`;
    const lacks = missing(policy, RULES, this.logged);
    if (lacks.length === 0) return null;
    return `The rule needs ${measuresInWords(lacks)}, which these runs have not logged: log that too, or choose another rule.`;
  }

  outcomesOf(policy: Policy | null): RunOutcomes | null {
    const { records, bests } = this;
    if (records.length === 0 || this.logs.direction === null || !policy || this.troubleOf(policy) !== null) return null;
    return outcomesOf(records, bests, policy, RULES);
  }

  /** `Patience 12`, `GL 20`, `LightGBM, rounds 10`: short, as sentences call a rule. */
  nameOf(policy: Policy, one = 'evaluation'): string {
    if (!isRule(policy)) return shortName(policy, RULES);
    const whole: Policy = policy;
    const usual = isDefaultRule(whole);
    const name = usual ? mainSetting(policy, RULES) : NAMES[policy.rule]?.(policy, one);
    if (name === undefined) return shortName(policy, RULES).replace(/, on validation accuracy$/, '');
    const margin = usual && policy.min_delta !== 0 ? `, min delta ${String(policy.min_delta)}` : '';
    return `${name.replace(/^./, (first) => first.toUpperCase())}${margin}`;
  }

  /** With every setting. */
  longNameOf(policy: Policy): string {
    return policyLine(policy, RULES);
  }
}

/** What is commonly called by a symbol. */
const NAMES: Readonly<Record<string, (policy: RulePolicy, one: string) => string>> = {
  gl: ({ alpha }) => `GL ${String(alpha)} %`,
  budget: ({ epochs }, one) => countOf(Number(epochs), one),
};

let made: LogRule | undefined;

/** The one of the page. */
export const logRule = (): LogRule => (made ??= lasting(() => new LogRule(logs)));
