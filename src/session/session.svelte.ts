/** @file What is happening now: the settings, the run, its replays, the reader's view and the kept runs, and the verbs. */
import { loadTable } from '../engine/load-table.ts';
import { drawReplicas } from '../engine/replicas.ts';
import type { Experiment } from '../engine/experiment.ts';
import type { BackendName } from '../engine/trainer.ts';
import { Look } from './look.svelte.ts';
import { Replays } from './replays.svelte.ts';
import { materialOf, Run, type Material } from './run.svelte.ts';
import { Settings } from './settings.svelte.ts';
import { Shelf } from './shelf.svelte.ts';

export class Session {
  readonly settings = new Settings();
  readonly run = new Run();
  readonly look = new Look();
  readonly replays = new Replays(this.run, this.settings, this.look);
  readonly shelf = new Shelf(this);

  #backend = $state<BackendName | 'auto'>('auto');
  #draft = $state.raw<Material | null>(null);
  #trouble = $state('');
  #drawn = 0;

  constructor() {
    $effect.root(() => {
      $effect(() => void this.#draw(this.settings.experiment));
    });
  }

  get backend(): BackendName | 'auto' {
    return this.#backend;
  }

  /** What the charts are about: the material of the run, before one the material of the settings. */
  get material(): Material | null {
    return this.run.material ?? this.#draft;
  }

  /** Why no data can be drawn with these settings; empty when they can. */
  get trouble(): string {
    return this.#trouble;
  }

  /** Whether the settings differ from those of the run, the stopping rule aside: that one never retrains. */
  get changed(): boolean {
    const ran = this.run.material?.experiment;
    return ran !== undefined && key(ran) !== key(this.settings.experiment);
  }

  /** Train, or go on: a fresh run when there is none, when it is done, or when the settings changed. */
  train(): void {
    this.#go(this.settings.experiment.training.epochs);
  }

  pause(): void {
    this.run.pause();
  }

  toggle(): void {
    if (this.run.status === 'training') this.pause();
    else this.train();
  }

  /** One epoch. */
  step(): void {
    const fresh = this.#needsFresh();
    this.#go(fresh ? 1 : Math.min(this.run.epochs + 1, this.settings.experiment.training.epochs));
  }

  /** Forgets the run on screen; kept checkpoints stay. */
  reset(): void {
    this.run.clear();
    this.look.release();
  }

  chooseBackend(backend: BackendName | 'auto'): void {
    this.#backend = backend;
  }

  #needsFresh(): boolean {
    return this.run.material === null || this.changed || this.run.status === 'done' || this.run.status === 'failed';
  }

  #go(until: number): void {
    const { status } = this.run;
    if (status === 'training' || (status === 'preparing' && !this.#needsFresh())) return;
    if (!this.#needsFresh()) return this.run.train(until);
    if (!this.#draft || this.#draft.experiment !== this.settings.experiment) return;
    this.look.release();
    if (this.look.replica >= this.#draft.replicas.count) this.look.choose(0);
    this.run.begin(this.#draft, this.#backend, until);
  }

  async #draw(experiment: Experiment): Promise<void> {
    const turn = ++this.#drawn;
    try {
      const table = experiment.data.own ? this.settings.own : await loadTable(experiment);
      if (turn !== this.#drawn) return;
      this.#draft = materialOf(experiment, table, drawReplicas(experiment, table));
      this.#trouble = '';
    } catch (error) {
      if (turn !== this.#drawn) return;
      this.#draft = null;
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
  }
}

/** What has to be the same for a tape to belong to an experiment. */
function key({ stopping, training, ...rest }: Experiment): string {
  const halts = training.haltWhenStopped ? stopping : null;
  return JSON.stringify([rest, training, halts]);
}
