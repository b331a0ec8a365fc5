/** @file The engine's state of some recorded epoch, fetched now and then, so that a run outlives its engine. */
import type { Clock } from '../engine/clock.ts';
import type { EngineState } from '../engine/protocol.ts';

/** While a run trains, its state is fetched this often, ms, and not for more than this share of the time. */
const EVERY_MS = 1000;
const SHARE = 0.05;

export class KeptState {
  #state: EngineState | null = null;
  #fetching = false;
  #dueAt = 0;
  /** Counts the runs: a state that arrives after its run is gone is dropped. */
  #run = 0;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly ask: () => Promise<EngineState>,
  ) {}

  /** Null before the first. */
  get state(): EngineState | null {
    return this.#state;
  }

  get epochs(): number {
    return this.#state?.trainer.epoch ?? 0;
  }

  /** Whether it is time for another one. */
  get isDue(): boolean {
    return this.#state === null || this.clock.now() >= this.#dueAt;
  }

  /** Of another run, with the state that it was kept with, if any. */
  put(state: EngineState | null): void {
    this.#run += 1;
    this.#state = state;
  }

  /** Fetches the state, one at a time; false if that is under way already, or if the engine does not give it. */
  async fetch(): Promise<boolean> {
    if (this.#fetching) return false;
    const run = this.#run;
    const from = this.clock.now();
    this.#fetching = true;
    try {
      const state = await this.ask();
      if (run === this.#run) this.#state = state;
      return true;
    } catch {
      return false; // The engine is gone, or the run is: either is told to those whom it concerns.
    } finally {
      this.#fetching = false;
      this.#dueAt = this.clock.now() + Math.max(EVERY_MS, (this.clock.now() - from) / SHARE);
    }
  }
}
