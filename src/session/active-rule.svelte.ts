/**
 * @file The rule that decides on the page. What knows rules other than that of Keras is loaded when one is named; until then
 * nothing is said of what it does, rather than something wrong.
 */
import { DEFAULT_POLICY, type Monitor, type Policy } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { axesIn, PATIENCES, type Axis } from '../stopping/axes.ts';
import type { Refusals } from '../stopping/edit-policy.ts';
import { measuresIn } from '../stopping/monitors.ts';
import { isDefaultRule, isRule, watchedFirst, type Descriptions, type Rules } from '../stopping/policy.ts';
import type { GrowingReplay } from '../stopping/replay.ts';
import { counterOf, marginOf, type RuleNumber } from '../stopping/roles.ts';
import type { ReplicaReplay } from '../stopping/rule.ts';
import type { RuleState } from '../stopping/rule-state.ts';
import { PART_MISSING } from './load-part.ts';
import type { Run } from './run.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import type * as reading from './tape-readers.ts';

type Reading = typeof reading;

/** A number of the rule on a slider. */
export interface RuleSlider extends RuleNumber {
  axis: Axis;
}

/** How far the numbers of a rule matter. */
export interface RuleReach {
  /** Epochs of what is stopped. */
  epochs: number;
  /** What a slider has of a counter that can be swept. */
  counters: readonly number[];
}

export class ActiveRule {
  #reading = $state.raw<Reading | null>(null);
  #failed = $state(false);
  #refused = $state.raw<{ of: Policy | null; byKey: Refusals }>({ of: null, byKey: {} });

  /** Settles when a tape can be read. */
  readonly whenReading: Promise<Reading>;

  /** The policy on the tape, as far as both were last looked at. */
  #growing: GrowingReplay | null = null;

  readonly policy: Policy = $derived.by(() => this.settings.experiment.stopping.policy);

  /** Whether all its rules are known. */
  readonly known: boolean = $derived.by(() => this.settings.book.knows(this.policy));

  /** Whether it is the rule with which a page begins, which needs no name. */
  readonly isDefault: boolean = $derived.by(() => isDefaultRule(this.policy));

  /** Why the rule cannot be replayed, and the remedy; null if it can, or once it is known. */
  readonly trouble: string | null = $derived.by(() => {
    const { book } = this.settings;
    if (this.#failed || (book.failed && !this.known)) return PART_MISSING;
    if (!this.#reading || !this.known) return null;
    const { tape, epochs } = this.run;
    const recorded = tape && epochs > 0 ? this.#reading.recordedOn(tape) : null;
    return this.#reading.missingInWords(this.policy, book.rules, recorded, measuresIn(this.settings.experiment));
  });

  /** `Patience 20`, `LightGBM, rounds 10`; an ellipsis while its rules are not known yet. */
  readonly name: string = $derived.by(() => {
    if (this.isDefault) return this.mark.replace(/^./, (first) => first.toUpperCase());
    return this.#reading && this.known ? this.#reading.shortName(this.policy, this.rules) : '…';
  });

  /** What stands at the stop of a replica, e.g. `patience 20`; empty where there is nothing short to say. */
  readonly mark: string = $derived.by(() => {
    if (this.counter) return `${this.counter.label} ${this.counter.value}`;
    return this.#reading && this.known && isRule(this.policy) ? this.#reading.mainSetting(this.policy, this.rules) : '';
  });

  /** What it watches; of a group what its first rule does. */
  readonly monitor: Monitor = $derived.by(() => watchedFirst(this.policy));

  /** The epochs that the rule waits, and how much better a value has to be, if it is a rule with such numbers. */
  readonly counter: RuleNumber | null = $derived.by(() => (this.known ? counterOf(this.policy, this.rules) : null));
  readonly margin: RuleNumber | null = $derived.by(() => (this.known ? marginOf(this.policy, this.rules) : null));

  /** Those of the two that there are, with the values that a slider has of them. */
  readonly sliders: readonly RuleSlider[] = $derived.by(() => {
    const { policy, counter, margin } = this;
    if (!this.known || !isRule(policy)) return [];
    const { epochs, counters } = this.reach();
    const axes = axesIn(policy, this.rules, epochs, counters, this.settings.reach);
    return [counter, margin].flatMap((number) => {
      const axis = number && axes.find(({ path }) => path === number.key);
      return axis ? [{ ...number, axis }] : [];
    });
  });

  /** @param reach what there is to stop; left out for the training that the settings ask for. */
  constructor(
    private readonly run: Pick<Run, 'tape' | 'epochs'>,
    private readonly settings: Settings,
    private readonly reach: () => RuleReach = () => ({
      epochs: settings.experiment.training.epochs,
      counters: PATIENCES,
    }),
  ) {
    this.whenReading = import('./tape-readers.ts');
    this.whenReading.then(
      (reading) => (this.#reading = reading),
      () => (this.#failed = true),
    );
    $effect.root(() => {
      $effect(() => {
        if (!this.known) void this.load();
      });
    });
  }

  /** What is said of the rules that are known. */
  get rules(): Descriptions {
    return this.settings.book.rules;
  }

  /** The rules that are known, with what they do; null until a tape can be read. */
  get working(): Rules | null {
    return this.#reading && (this.settings.book.all ?? this.#reading.KERAS_ALONE);
  }

  /** What reads a tape; null until it is loaded. */
  get reading(): Reading | null {
    return this.#reading;
  }

  /** Whether it can be told what the rule does. */
  get ready(): boolean {
    return this.#reading !== null && this.trouble === null && this.known;
  }

  /** What was refused of the rule's settings, by parameter. */
  get refused(): Refusals {
    return this.#refused.of === this.policy ? this.#refused.byKey : {};
  }

  /** Brings all rules; where they do not come, `trouble` says so. */
  load(): Promise<void> {
    return this.settings.book.load();
  }

  /** Lets a policy decide. */
  async take(policy: Policy): Promise<void> {
    await this.load();
    this.settings.change('stopping.policy', policy);
  }

  /** Lets a rule decide by its name, in the place of the one that did. */
  async choose(name: string): Promise<void> {
    await this.load();
    this.settings.change('stopping.policy', this.settings.ruleInPlace(name, this.monitor));
  }

  /** Sets one parameter of the rule; what is refused stays beside it. */
  change(key: string, value: unknown): void {
    const { policy, refused } = this;
    if (!isRule(policy) || !this.known || !this.#reading) return;
    const next = this.#reading.edited(policy, refused, key, value, this.rules);
    if (next.policy !== policy) this.settings.change('stopping.policy', next.policy);
    this.#refused = { of: this.policy, byKey: next.refused };
  }

  /** Sets how many epochs the rule waits, as far as it lets itself. */
  wait(epochs: number): void {
    const { counter } = this;
    if (!counter) return;
    const next = Math.round(Math.min(counter.max, Math.max(counter.min, epochs)));
    if (next !== counter.value) this.change(counter.key, next);
  }

  /** Lets the rule, or one that counts epochs in its place, wait so many. */
  takeCounter(epochs: number): void {
    if (!this.counter)
      this.settings.change('stopping.policy', this.settings.ruleInPlace(DEFAULT_POLICY.rule, this.monitor));
    this.wait(epochs);
  }

  /** The rule on every replica, as far as the tape goes; null while it cannot be told. */
  replays(tape: Tape): ReplicaReplay[] | null {
    if (!this.ready) return null;
    const { policy } = this;
    if (this.#growing?.tape !== tape || this.#growing.policy !== policy) {
      this.#growing = new this.#reading!.GrowingReplay(tape, policy, this.working!);
    }
    return this.#growing.read();
  }

  /** How it stands with a replica after so many epochs; null while it cannot be told. */
  stateOf(tape: Tape, replica: number, epochs: number): RuleState | null {
    return this.ready ? this.#reading!.ruleState(tape, this.policy, this.working!, replica, epochs) : null;
  }
}
