/** @file Maps of all replicas' predictions over two inputs: asks the engine, and keeps only the newest question. */
import type { GeneratedDataset } from '../../datasets/contract.ts';
import { datasetOf } from '../../datasets/index.ts';
import type { MapReply } from '../engine/protocol.ts';
import { pageTimer } from './timer.ts';
import { drawnDomain } from './drawn-domain.ts';
import { Latest } from './latest.ts';
import type { ViewState } from './view-state.svelte.ts';
import { mapGrid, truthOn, type MapGrid } from './map-grid.ts';
import type { Material } from './material.ts';
import type { Replays } from './replays.svelte.ts';
import type { Run } from './run.svelte.ts';

/** What the maps follow: a part of the session. */
interface Source {
  readonly material: Material | null;
  readonly run: Run;
  readonly view: ViewState;
  readonly replays: Replays;
}

interface Question {
  material: Material;
  grid: MapGrid;
  /** `[R]` */
  epochs: Int32Array;
}

export interface MapPicture extends MapReply {
  grid: MapGrid;
  /** The epochs that were asked for, `[R]`. */
  asked: Int32Array;
}

/** While a run trains, ms between an answer and the next question. */
const TRAINING_GAP_MS = 500;
/** ms of work on the truth at a time. */
const SLICE_MS = 5;

export class Maps {
  #answer = $state.raw<{ material: Material; picture: MapPicture } | null>(null);
  #truth = $state.raw<{ key: string; values: Float64Array } | null>(null);
  #trouble = $state.raw<{ material: Material; message: string } | null>(null);
  readonly #questions = new Latest<Question>((question) => this.#ask(question), pageTimer);

  /** The dataset, if it has two inputs and a known law. */
  readonly dataset: GeneratedDataset | null = $derived.by(() => {
    const { experiment } = this.source.material ?? {};
    const dataset = experiment && datasetOf(experiment.data.source);
    return dataset?.kind === 'generated' && dataset.features === 2 ? dataset : null;
  });

  readonly grid: MapGrid | null = $derived.by(() => {
    const { material } = this.source;
    if (!material || !this.dataset) return null;
    const { standardisation } = material.replicas;
    return mapGrid(drawnDomain(this.dataset, material.experiment.data, standardisation), standardisation);
  });

  readonly #truthKey: string = $derived.by(() => {
    const { id } = this.dataset ?? {};
    const { noise, labelNoise, shift } = this.source.material?.experiment.data ?? {};
    return id ? JSON.stringify([id, noise, labelNoise, shift]) : '';
  });

  constructor(private readonly source: Source) {
    $effect.root(() => {
      $effect(() => this.#follow());
      $effect(() => void this.#learnTruth(this.#truthKey));
    });
  }

  /** What the run on screen says; null before the first answer. It may lag behind by the time the engine takes. */
  get picture(): MapPicture | null {
    return this.#answer && this.#answer.material === this.source.material ? this.#answer.picture : null;
  }

  /** `[G]`: the true probability of class 1 on the grid; null until it is computed. */
  get truth(): Float64Array | null {
    return this.#truth && this.#truth.key === this.#truthKey ? this.#truth.values : null;
  }

  /** Why the engine gave no map, in its words; empty when it did. */
  get trouble(): string {
    return this.#trouble && this.#trouble.material === this.source.material ? this.#trouble.message : '';
  }

  #follow(): void {
    const { run, view, replays } = this.source;
    const { material, status, epochs: recorded } = run;
    const { grid } = this;
    const open = status === 'training' || status === 'paused' || status === 'done';
    if (!material || !grid || !open || recorded === 0 || !replays.outcome) return this.#questions.cancel();
    const { restored } = replays.outcome.stop;
    const epochs = view.epoch === null ? restored : restored.map(() => Math.min(view.epoch!, recorded - 1));
    this.#questions.want({ material, grid, epochs }, status === 'training' ? TRAINING_GAP_MS : 0);
  }

  async #ask({ material, grid, epochs }: Question): Promise<void> {
    const known = this.#answer;
    if (known?.material === material && String(known.picture.asked) === String(epochs)) return;
    const current = () => this.source.run.material === material;
    if (!current()) return;
    try {
      const { map } = await this.source.run.ask('map', { epochs: epochs.slice(), points: grid.seen });
      if (!current()) return;
      this.#answer = { material, picture: { ...map, grid, asked: epochs } };
      this.#trouble = null;
    } catch (error) {
      // An answer that a newer run made pointless is no trouble.
      if (current()) this.#trouble = { material, message: error instanceof Error ? error.message : String(error) };
    }
  }

  async #learnTruth(key: string): Promise<void> {
    // Outside the effect: the key alone says when to begin again.
    await Promise.resolve();
    const { dataset, grid } = this;
    const { data } = this.source.material?.experiment ?? {};
    if (!dataset || !grid || !data || key !== this.#truthKey) return;
    const work = truthOn(grid, dataset, data);
    let from = pageTimer.now();
    let step = work.next();
    while (!step.done) {
      if (pageTimer.now() - from > SLICE_MS) {
        await new Promise<void>((go) => pageTimer.later(go, 0));
        if (key !== this.#truthKey) return;
        from = pageTimer.now();
      }
      step = work.next();
    }
    this.#truth = { key, values: step.value };
  }
}
