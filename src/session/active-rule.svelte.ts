/**
 * @file The rule that decides on the page: that of Keras by its sliders, or a policy in its place. What knows the other
 * rules is loaded when a policy is set; until then nothing is said of what it does, rather than something wrong.
 */
import { STOPPING } from '../engine/experiment/settings/stopping.ts';
import type { Monitor, Policy } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import type { Refusals } from '../stopping/edit-policy.ts';
import type { GrowingReplay } from '../stopping/growing-replay.ts';
import type { ReplicaReplay } from '../stopping/keras.ts';
import type { Counter } from '../stopping/policy-name.ts';
import type { RuleState } from '../stopping/standing.ts';
import type * as reading from './tape-readers.ts';
import type * as ruleBook from './rule-loader.ts';
import type { Run } from './run.svelte.ts';
import type { Settings } from './settings.svelte.ts';

export type RuleBook = typeof ruleBook;

type Reading = typeof reading;

const MISSING = 'A part of the page could not be loaded. Reload the page.';

export class ActiveRule {
  #reading = $state.raw<Reading | null>(null);
  #book = $state.raw<RuleBook | null>(null);
  #loading: Promise<void> | null = null;
  #failed = $state(false);
  #refused = $state.raw<{ of: Policy | null; byKey: Refusals }>({ of: null, byKey: {} });

  /** The policy on the tape, as far as both were last looked at. */
  #growing: GrowingReplay | null = null;

  readonly #stopping = $derived.by(() => this.settings.experiment.stopping);

  /** Why the rule cannot be replayed, and the remedy; null if it can, or once it is known. */
  readonly trouble: string | null = $derived.by(() => {
    if (this.#failed) return MISSING;
    const { policy } = this.#stopping;
    if (policy === null) return null;
    const book = this.#book;
    if (!book) return null;
    const { tape, epochs } = this.run;
    const next = book.measuresIn(this.settings.experiment);
    return book.missingInWords(policy, tape && epochs > 0 ? book.recordedOn(tape) : null, next);
  });

  /** `Patience 20`, `LightGBM, rounds 10`; an ellipsis while a policy's rule is not known yet. */
  readonly name: string = $derived.by(() => {
    const { policy, patience } = this.#stopping;
    return policy === null ? `Patience ${patience}` : (this.#book?.shortName(policy) ?? '…');
  });

  /** What stands at the stop of a replica, e.g. `patience 20`; empty where there is nothing short to say. */
  readonly mark: string = $derived.by(() => {
    const { policy, patience } = this.#stopping;
    if (policy === null) return `patience ${patience}`;
    return this.#book?.isRule(policy) ? this.#book.mainSetting(policy) : '';
  });

  /** What it watches; of a group what its first rule does. */
  readonly monitor: Monitor = $derived.by(() => {
    const { policy, monitor } = this.#stopping;
    return policy === null ? monitor : (this.#book?.watchedFirst(policy) ?? monitor);
  });

  /** The number of epochs that the rule waits for, if it is such a rule. */
  readonly counter: Counter | null = $derived.by(() => {
    const { policy, patience } = this.#stopping;
    if (policy !== null) return this.#book?.counterOf(policy) ?? null;
    const { min, max } = STOPPING.patience;
    return { key: 'patience', label: 'patience', value: patience, min, max };
  });

  constructor(
    private readonly run: Run,
    private readonly settings: Settings,
  ) {
    settings.suitPolicy = (policy, recorded) => {
      const book = this.#book;
      const suited = book ? book.watchingOnly(policy, recorded) : policy;
      return suited && book && book.missing(suited, recorded).length > 0 ? null : suited;
    };
    import('./tape-readers.ts').then(
      (reading) => (this.#reading = reading),
      () => (this.#failed = true),
    );
    $effect.root(() => {
      $effect(() => {
        if (this.#stopping.policy !== null) void this.load();
      });
    });
  }

  /** Null: the rule of Keras, by its sliders. */
  get policy(): Policy | null {
    return this.#stopping.policy;
  }

  /** What knows the rules; null until it is loaded. */
  get book(): RuleBook | null {
    return this.#book;
  }

  /** What reads a tape; null until it is loaded. */
  get reading(): Reading | null {
    return this.#reading;
  }

  /** Whether it can be told what the rule does. */
  get ready(): boolean {
    return this.#reading !== null && this.trouble === null && (this.policy === null || this.#book !== null);
  }

  /** What was refused of the policy's settings, by parameter. */
  get refused(): Refusals {
    return this.#refused.of === this.policy ? this.#refused.byKey : {};
  }

  /** Brings what knows the rules; where it does not come, `trouble` says so. */
  load(): Promise<void> {
    this.#loading ??= import('./rule-loader.ts').then(
      (book) => void (this.#book = book),
      () => {
        this.#failed = true;
        this.#loading = null;
      },
    );
    return this.#loading;
  }

  /** Lets a policy decide; one of the rule of Keras goes to the sliders as far as these reach. Null: the sliders again. */
  async take(policy: Policy | null): Promise<void> {
    await this.load();
    const sliders = policy && this.#book?.slidersOf(policy);
    if (!sliders) {
      this.settings.change('stopping.policy', policy);
      return;
    }
    const all = { policy: null, ...sliders };
    const byPath = Object.fromEntries(Object.entries(all).map(([key, value]) => [`stopping.${key}`, value]));
    if (this.settings.changeAll(byPath)) return;
    this.settings.change('stopping.policy', policy);
  }

  /** Sets one parameter of the policy; what is refused stays beside it. */
  change(key: string, value: unknown): void {
    const { policy, refused } = this;
    if (!policy || !this.#book?.isRule(policy)) return;
    const next = this.#book.edited(policy, refused, key, value);
    if (next.policy !== policy) this.settings.change('stopping.policy', next.policy);
    this.#refused = { of: this.policy, byKey: next.refused };
  }

  /** Sets how many epochs the rule waits, as far as it lets itself. */
  wait(epochs: number): void {
    const { counter, policy } = this;
    if (!counter) return;
    const next = Math.round(Math.min(counter.max, Math.max(counter.min, epochs)));
    if (next === counter.value) return;
    if (policy === null) this.settings.change('stopping.patience', next);
    else this.change(counter.key, next);
  }

  /** Lets Keras decide with this patience. */
  takePatience(epochs: number): void {
    this.settings.changeAll({ 'stopping.patience': epochs, 'stopping.policy': null });
  }

  /** The rule on every replica, as far as the tape goes; null while it cannot be told. */
  replays(tape: Tape): ReplicaReplay[] | null {
    if (!this.ready) return null;
    const { policy } = this;
    if (policy === null) return this.#reading!.replay(tape, this.#stopping);
    if (this.#growing?.tape !== tape || this.#growing.policy !== policy) {
      this.#growing = new this.#book!.GrowingReplay(tape, policy);
    }
    return this.#growing.read();
  }

  /** How it stands with a replica after so many epochs; null while it cannot be told. */
  stateOf(tape: Tape, replica: number, epochs: number): RuleState | null {
    if (!this.ready) return null;
    const { policy } = this;
    return policy === null
      ? this.#reading!.kerasState(tape, this.#stopping, replica, epochs)
      : this.#book!.policyState(tape, policy, replica, epochs);
  }
}
