/** @file The data that the lab's tabs work on: the tape of the page or, in its place, runs that the reader brought. */
import { getContext, setContext } from 'svelte';
import { minIndex } from 'd3-array';
import { bestCommonEpoch } from '../../evaluation/own-runs.ts';
import { DEFAULT_POLICY, type Policy, type RulePolicy } from '../../engine/experiment/experiment.ts';
import type { Session } from '../session.svelte.ts';
import { isRule } from '../../stopping/policy.ts';
import { lacking } from '../../stopping/policy-words.ts';
import { recordedIn, recordsOf, type ReplicaRecord } from '../../stopping/records.ts';
import { counterOf } from '../../stopping/roles.ts';
import type { Measure } from '../../stopping/rule.ts';
import { RULES } from '../../stopping/rules/index.ts';
import { OwnRuns } from './own-runs.svelte.ts';

export class DataSource {
  readonly own = new OwnRuns();
  #preferred = $state<'tape' | 'own'>('own');
  #chosen = $state(0);

  /** Whether the tabs are about the reader's own runs. */
  readonly isOwn: boolean = $derived.by(() => this.#preferred === 'own' && this.own.runs.length > 0);

  /** Null while there are none; those of a tape may still grow. */
  readonly records: readonly ReplicaRecord[] | null = $derived.by(() => {
    if (this.isOwn) return this.own.records;
    const { tape, epochs } = this.session.run;
    return tape && epochs > 0 ? recordsOf(tape) : null;
  });

  /** The records when nothing is being trained that would change them. */
  readonly resting: readonly ReplicaRecord[] | null = $derived.by(() => {
    const { status } = this.session.run;
    return !this.isOwn && (status === 'training' || status === 'preparing') ? null : this.records;
  });

  /** What all records have. */
  readonly recorded: readonly Measure[] = $derived.by(() => {
    if (this.isOwn) return this.own.logged;
    return this.records?.[0] ? recordedIn(this.records[0]) : [];
  });

  /** Epochs of the whole training; of own runs those of the longest. */
  readonly planned: number = $derived.by(() =>
    this.isOwn ? this.own.epochs : (this.session.run.tape?.shape.epochs ?? 0),
  );

  /** Epochs recorded; of own runs those of the longest. */
  readonly epochs: number = $derived.by(() => (this.isOwn ? this.own.epochs : this.session.run.epochs));

  /** The common epoch of lowest mean error; null if there is none. */
  readonly bestEpoch: number | null = $derived.by(() => {
    if (this.isOwn) return bestCommonEpoch(this.own.records);
    const { curves, epochs } = this.session.run;
    const best = curves ? (minIndex(curves.error.subarray(0, epochs)) ?? -1) : -1;
    return best === -1 ? null : best;
  });

  /** The rule of the page on this source; null where it makes no sense of it. */
  readonly policy: Policy | null = $derived.by(() => this.watching(this.session.settings.experiment.stopping.policy));

  /** The rule whose counter can be varied here: that of the page, or where it has none that of Keras. */
  readonly counting: RulePolicy = $derived.by(() => {
    const { policy } = this;
    if (policy && isRule(policy) && counterOf(policy, RULES) && this.troubleOf(policy) === null) return policy;
    const { settings } = this.session;
    return this.watching(settings.ruleInPlace(DEFAULT_POLICY.rule, DEFAULT_POLICY.monitor)) as RulePolicy;
  });

  /** What one history is of, as a noun. */
  readonly one: 'run' | 'replica' = $derived.by(() => (this.isOwn ? 'run' : 'replica'));

  /** What the error that stops are judged by is called. */
  readonly error: string = $derived.by(() => (this.isOwn ? this.own.judge.error : 'test error'));

  /** A sentence on what own runs are judged by; empty for a tape. */
  readonly judged: string = $derived.by(() => (this.isOwn ? this.own.judge.words : ''));

  constructor(private readonly session: Session) {}

  /** The replica or run that the reader looks at. */
  get chosen(): number {
    return this.isOwn ? Math.min(this.#chosen, this.own.runs.length - 1) : this.session.view.replica;
  }

  /** Goes round to another run; replicas are chosen on the page. */
  step(by: number): void {
    const count = this.own.runs.length;
    this.#chosen = (this.chosen + by + count) % count;
  }

  /** Reads what the reader brought, and makes it what the tabs are about. */
  bring(text: string): void {
    this.own.text = text;
    this.#preferred = 'own';
    this.#chosen = 0;
  }

  turnTo(preferred: 'tape' | 'own'): void {
    this.#preferred = preferred;
  }

  /** The policy watching what there is to watch; null where it makes no sense of that. */
  watching(policy: Policy): Policy | null {
    return this.isOwn ? this.own.watching(policy) : policy;
  }

  /** Why a policy (null: none that makes sense) cannot be replayed here; null if it can. */
  troubleOf(policy: Policy | null): string | null {
    if (this.isOwn) return this.own.troubleOf(policy);
    return policy && this.records && lacking(policy, RULES, this.recorded);
  }
}

const KEY = Symbol('source of the lab');

export const provideDataSource = (source: DataSource): DataSource => setContext(KEY, source);
export const useDataSource = (): DataSource => getContext<DataSource>(KEY);
