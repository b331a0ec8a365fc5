/** @file The kept runs: list, save, load, rename, delete with undo, and which ones are compared. */
import type { CheckpointMeta } from '../checkpoints/checkpoint.ts';
import type { CheckpointStore, Removed } from '../checkpoints/store.ts';
import { tapeToBulk } from '../checkpoints/tape-columns.ts';
import { outcomeOf, type OnScreen } from './outcome-of.ts';
import { loadPart } from './load-part.ts';
import { newId } from './new-id.ts';
import type { KeptRun } from './kept-run.ts';

/** Whose runs are kept and put back: a part of the session. */
interface Source extends OnScreen {
  putBack(loading: Promise<KeptRun>): Promise<void>;
}

export class CheckpointList {
  /** Its code comes after the first paint; where it did not, it is asked for again. */
  #opening: Promise<CheckpointStore> | null = null;
  #checkpoints = $state.raw<readonly CheckpointMeta[]>([]);
  #unreadable = $state.raw<readonly { id: string; reason: string }[]>([]);
  #compared = $state.raw<ReadonlySet<string>>(new Set());
  #current = $state<string | null>(null);
  #removed = $state.raw<Removed | null>(null);
  #busy = $state<'' | 'saving' | 'loading'>('');
  #trouble = $state('');
  #unlisted = $state('');

  constructor(private readonly session: Source) {
    void this.refresh();
  }

  /** Newest first. */
  get all(): readonly CheckpointMeta[] {
    return this.#checkpoints;
  }

  /** Records that could not be read; they were left as they are. */
  get unreadable(): readonly { id: string; reason: string }[] {
    return this.#unreadable;
  }

  /** The checkpoints laid over the run on screen. */
  get compared(): readonly CheckpointMeta[] {
    return this.#checkpoints.filter(({ id }) => this.#compared.has(id));
  }

  /** The checkpoint that the run on screen was saved as or loaded from, as long as nothing was trained since. */
  get current(): string | null {
    return this.#current;
  }

  get busy(): '' | 'saving' | 'loading' {
    return this.#busy;
  }

  /** What went wrong last, with the remedy; empty when nothing did. */
  get trouble(): string {
    return this.#trouble || this.#unlisted;
  }

  get undoable(): boolean {
    return this.#removed !== null;
  }

  /** A name for the run on screen: what differs from the newest checkpoint. */
  async suggestedName(): Promise<string> {
    const { describeChange } = await loadPart(() => import('../words/setting-names.ts'));
    const experiment = this.#experiment();
    return experiment ? describeChange(experiment, this.#checkpoints[0]?.experiment ?? null) : '';
  }

  /** Keeps the run on screen as it is at this epoch, with the stopping rule of this moment; training then goes on. */
  async save(name: string): Promise<void> {
    const { run } = this.session;
    await this.#attempt('saving', async () => {
      const { id, saved } = await run.atRest(async () => ({ id: run.id, saved: await this.#save(name) }));
      if (id === run.id) this.#current = saved;
    });
  }

  async #save(name: string): Promise<string> {
    const { run } = this.session;
    const store = await this.#store();
    const state = await run.engineState();
    const outcome = await outcomeOf(this.session);
    const { tape, curves, material, recordedOn } = run;
    const experiment = this.#experiment();
    if (!experiment || !tape || !curves || !material || !outcome || !recordedOn)
      throw new Error('There is nothing to save yet: press Train first.');
    if (state.trainer.epoch !== tape.length)
      throw new Error('The run went on while it was being saved; save it again.');
    const { decomposition } = outcome.stop;
    const { id } = await store.save(
      {
        id: newId(),
        name,
        savedAt: new Date().toISOString(),
        experiment,
        epochs: tape.length,
        device: recordedOn,
        outcome: {
          error: decomposition?.error ?? NaN,
          se: decomposition?.errorSe ?? NaN,
          meanStop: outcome.meanStop,
          bias2: decomposition?.bias2 ?? NaN,
          variance: decomposition?.variance ?? NaN,
        },
        curves: {
          error: Float32Array.from(curves.error.subarray(0, tape.length)),
          bias2: Float32Array.from(curves.bias2.subarray(0, tape.length)),
          variance: Float32Array.from(curves.variance.subarray(0, tape.length)),
        },
      },
      { tape: tapeToBulk(tape), state, table: material.experiment.data.own ? material.table : null },
    );
    return id;
  }

  /** Puts a kept run back on screen, ready to go on where it was. */
  async load(id: string): Promise<void> {
    await this.#attempt('loading', async () => {
      await this.session.putBack(this.#read(id));
      this.#current = id;
    });
  }

  async #read(id: string): Promise<KeptRun> {
    const { meta, bulk } = await (await this.#store()).load(id);
    const { experiment, device } = meta;
    const { table, tape, state } = bulk;
    return { experiment, device, table, tape, state };
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#attempt('', async () => (await this.#store()).rename(id, name.trim()));
  }

  /** Deletes; `undo` brings it back until the next deletion. */
  async remove(id: string): Promise<void> {
    await this.#attempt('', async () => {
      this.#removed = await (await this.#store()).remove(id);
      this.compare(id, false);
      if (this.#current === id) this.#current = null;
    });
  }

  /** Whether what was deleted last is there again; where it is not, `trouble` says why, and it can be tried again. */
  async undo(): Promise<boolean> {
    const removed = this.#removed;
    if (!removed) return true;
    const restored = await this.#attempt('', async () => (await this.#store()).restore(removed));
    if (restored && this.#removed === removed) this.#removed = null;
    return restored;
  }

  compare(id: string, on: boolean): void {
    const next = new Set(this.#compared);
    if (on) next.add(id);
    else next.delete(id);
    this.#compared = next;
  }

  /** The run on screen is this checkpoint again, if that is still kept; null: it was never kept. */
  attach(id: string | null): void {
    this.#current = this.#checkpoints.some((checkpoint) => checkpoint.id === id) ? id : null;
  }

  /** The run on screen is not, or no longer, one of the kept ones. */
  detach(): void {
    this.#current = null;
  }

  async refresh(): Promise<void> {
    try {
      const { checkpoints, unreadable } = await (await this.#store()).list();
      this.#checkpoints = checkpoints;
      this.#unreadable = unreadable;
      this.#unlisted = '';
    } catch (error) {
      this.#unlisted = wordsOf(error);
    }
  }

  #store(): Promise<CheckpointStore> {
    this.#opening ??= loadPart(() => import('../checkpoints/store.ts')).then(
      ({ openCheckpoints }) => {
        const store = openCheckpoints();
        store.watch(() => void this.refresh());
        return store;
      },
      (error: unknown) => {
        this.#opening = null;
        throw error;
      },
    );
    return this.#opening;
  }

  /** The run's experiment with the stopping rule as it stands now: that one never needs a new run. */
  #experiment() {
    const ran = this.session.run.material?.experiment;
    return ran && { ...ran, stopping: this.session.settings.experiment.stopping };
  }

  /** Whether it was done; two that take time are not done at once. */
  async #attempt(busy: '' | 'saving' | 'loading', work: () => Promise<void>): Promise<boolean> {
    if (busy && this.#busy) return false;
    if (busy) this.#busy = busy;
    try {
      await work();
      this.#trouble = '';
      return true;
    } catch (error) {
      this.#trouble = wordsOf(error);
      return false;
    } finally {
      if (busy) this.#busy = '';
    }
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
