/** @file The tape of the page as the tools of the lab look at it. */
import { getContext, setContext } from 'svelte';
import { minIndex } from 'd3-array';
import { DEFAULT_POLICY, type Policy, type RulePolicy } from '../../engine/experiment/experiment.ts';
import type { Session } from '../session.svelte.ts';
import { isRule } from '../../stopping/policy.ts';
import { lacking } from '../../stopping/policy-words.ts';
import { recordedIn, recordsOf, type ReplicaRecord } from '../../stopping/records.ts';
import { counterOf } from '../../stopping/roles.ts';
import type { Measure } from '../../stopping/rule.ts';
import { RULES } from '../../stopping/rules/index.ts';

export class DataSource {
  /** Null while there are none; they may still grow. */
  readonly records: readonly ReplicaRecord[] | null = $derived.by(() => {
    const { tape, epochs } = this.session.run;
    return tape && epochs > 0 ? recordsOf(tape) : null;
  });

  /** The records when nothing is being trained that would change them. */
  readonly resting: readonly ReplicaRecord[] | null = $derived.by(() => {
    const { status } = this.session.run;
    return status === 'training' || status === 'preparing' ? null : this.records;
  });

  /** What all records have. */
  readonly recorded: readonly Measure[] = $derived.by(() => (this.records?.[0] ? recordedIn(this.records[0]) : []));

  /** Epochs of the whole training. */
  readonly planned: number = $derived.by(() => this.session.run.tape?.shape.epochs ?? 0);

  /** The common epoch of lowest mean error; null if there is none. */
  readonly bestEpoch: number | null = $derived.by(() => {
    const { curves, epochs } = this.session.run;
    const best = curves ? (minIndex(curves.error.subarray(0, epochs)) ?? -1) : -1;
    return best === -1 ? null : best;
  });

  /** The rule whose counter can be varied: that of the page, or where it has none that of Keras. */
  readonly counting: RulePolicy = $derived.by(() => {
    const { settings } = this.session;
    const { policy } = settings.experiment.stopping;
    if (isRule(policy) && counterOf(policy, RULES) && this.troubleOf(policy) === null) return policy;
    return settings.ruleInPlace(DEFAULT_POLICY.rule, DEFAULT_POLICY.monitor);
  });

  constructor(private readonly session: Session) {}

  /** Why a policy cannot be replayed here; null if it can. */
  troubleOf(policy: Policy): string | null {
    return this.records && lacking(policy, RULES, this.recorded);
  }
}

const KEY = Symbol('source of the lab');

export const provideDataSource = (source: DataSource): DataSource => setContext(KEY, source);
export const useDataSource = (): DataSource => getContext<DataSource>(KEY);
