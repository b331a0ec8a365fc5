/** @file What the current policy would have done with the tape on screen: everything here follows, nothing trains. */
import { OutcomeReader, type Outcome } from '../decomposition/outcome.ts';
import { verdict, type Verdict } from '../decomposition/verdict.ts';
import type { Landscape } from '../stopping/landscape.ts';
import { LandscapeScheduler } from './landscape-scheduler.ts';
import type { Look } from './look.svelte.ts';
import type { Run } from './run.svelte.ts';
import type { Settings } from './settings.svelte.ts';

export class Replays {
  #landscape = $state.raw<Landscape | null>(null);
  readonly #scheduler = new LandscapeScheduler((landscape) => (this.#landscape = landscape));
  #reader: { for: unknown; reader: OutcomeReader } | null = null;

  readonly outcome: Outcome | null = $derived.by(() => {
    const { tape, curves, material, status } = this.run;
    if (!tape || !curves || !material || tape.length === 0) return null;
    // One epoch says nothing yet; the curves are put up first, what is read from them with the next block.
    if (tape.length === 1 && status === 'training') return null;
    if (this.#reader?.for !== curves) {
      this.#reader = { for: curves, reader: new OutcomeReader(tape, curves, material.target) };
    }
    return this.#reader.reader.read(this.settings.experiment.stopping);
  });

  readonly verdict: Verdict | null = $derived.by(() => {
    const { tape, material, status } = this.run;
    if (!this.outcome || !tape || !material) return null;
    return verdict(this.outcome, tape, {
      settings: this.settings.experiment.stopping,
      training: status === 'training',
      replica: this.look.replica,
      known: material.target.known,
    });
  });

  constructor(
    private readonly run: Run,
    private readonly settings: Settings,
    private readonly look: Look,
  ) {
    $effect.root(() => {
      $effect(() => {
        const { tape, status } = this.run;
        const { patience: _, minDelta: __, ...others } = this.settings.experiment.stopping;
        this.#scheduler.want(tape, others, status === 'training');
      });
    });
  }

  /** Test error for every patience and min delta of the rule; null until there is a tape. */
  get landscape(): Landscape | null {
    return this.#landscape;
  }
}
