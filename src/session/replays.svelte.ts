/** @file The current policy replayed on the tape on screen; changing the rule never trains. */
import type { Outcome, OutcomeReader } from '../evaluation/outcome.ts';
import type { Verdict } from '../words/verdict.ts';
import type { Landscape } from '../stopping/landscape.ts';
import { warmUpOf } from '../stopping/roles.ts';
import { ActiveRule } from './active-rule.svelte.ts';
import type { Landscapes } from './landscapes.svelte.ts';
import { notices } from './notices.svelte.ts';
import type { ViewState } from './view-state.svelte.ts';
import type { Run } from './run.svelte.ts';
import type { Settings } from './settings.svelte.ts';

export class Replays {
  #reader: { for: unknown; reader: OutcomeReader } | null = null;

  /** The rule that decides. */
  readonly rule: ActiveRule;

  #landscapes = $state.raw<Landscapes | null>(null);

  readonly outcome: Outcome | null = $derived.by(() => {
    const { tape, curves, material, status } = this.run;
    if (!tape || !curves || !material || tape.length === 0) return null;
    // One epoch says nothing yet; the curves are put up first, what is read from them with the next block.
    if (tape.length === 1 && status === 'training') return null;
    const { reading } = this.rule;
    const replays = this.rule.replays(tape);
    if (!reading || !replays) return null;
    if (this.#reader?.for !== curves) {
      this.#reader = { for: curves, reader: new reading.OutcomeReader(tape, curves, material.target) };
    }
    return this.#reader.reader.read(replays);
  });

  readonly verdict: Verdict | null = $derived.by(() => {
    const { tape, material, status } = this.run;
    const { reading } = this.rule;
    if (!this.outcome || !tape || !material || !reading) return null;
    const training = status === 'training';
    const { replica } = this.view;
    const { policy, name, counter, isDefault, rules } = this.rule;
    return reading.verdict(this.outcome, tape, {
      name,
      patience: isDefault && counter ? { epochs: counter.value, startFromEpoch: warmUpOf(policy, rules) } : null,
      why: (training && this.rule.stateOf(tape, replica, tape.length)?.why) || '',
      training,
      replica,
      known: material.target.known,
    });
  });

  constructor(
    private readonly run: Run,
    settings: Settings,
    private readonly view: ViewState,
  ) {
    this.rule = new ActiveRule(run, settings);
    this.rule.whenReading.then(
      () => this.#loadLandscapes(settings),
      () => {}, // The rule says so.
    );
  }

  async #loadLandscapes(settings: Settings): Promise<void> {
    const part = await notices.part(import('./landscapes.svelte.ts'));
    if (part) this.#landscapes = new part.Landscapes(this.run, settings, this.view, this.rule);
  }

  /** The policy landscapes of the tape; null until a tape can be read. */
  get landscapes(): Landscapes | null {
    return this.#landscapes;
  }

  /** Test error for every value of the two sliders; null until there is a tape, and for a rule that has not both. */
  get landscape(): Landscape | null {
    return this.#landscapes?.sliders ?? null;
  }
}
