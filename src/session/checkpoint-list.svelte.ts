/** @file The kept runs: list, save, load, rename, delete with undo, and which ones are compared. */
import type { Table } from '../../datasets/contract.ts';
import type { CheckpointMeta } from '../checkpoints/checkpoint.ts';
import type { Removed } from '../checkpoints/store.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { EngineState } from '../engine/protocol.ts';
import type { Tape, TapeShape } from '../engine/record/tape.ts';
import { outcomeOf, type OnScreen } from './export-run.ts';

/** Whose runs are kept and put back: a part of the session. */
interface Source extends OnScreen {
  putBack(
    experiment: Experiment,
    own: Table | null,
    tape: (shape: TapeShape) => Tape,
    state: EngineState,
  ): Promise<void>;
}

export class CheckpointList {
  /** Its code comes after the first paint. */
  readonly #opening = import('../checkpoints/store.ts').then(({ openCheckpoints }) => openCheckpoints());
  #checkpoints = $state.raw<readonly CheckpointMeta[]>([]);
  #unreadable = $state.raw<readonly { id: string; reason: string }[]>([]);
  #compared = $state.raw<ReadonlySet<string>>(new Set());
  #current = $state<string | null>(null);
  #removed = $state.raw<Removed | null>(null);
  #busy = $state<'' | 'saving' | 'loading'>('');
  #trouble = $state('');

  constructor(private readonly session: Source) {
    void this.#attempt('', async () => void (await this.#opening).watch(() => void this.refresh()));
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
    return this.#trouble;
  }

  get undoable(): boolean {
    return this.#removed !== null;
  }

  /** A name for the run on screen: what differs from the newest checkpoint. */
  async suggestedName(): Promise<string> {
    const { describeChange } = await import('../words/setting-names.ts');
    const experiment = this.#experiment();
    return experiment ? describeChange(experiment, this.#checkpoints[0]?.experiment ?? null) : '';
  }

  /** Keeps the run on screen as it is at this epoch, with the stopping rule of this moment. */
  async save(name: string): Promise<void> {
    const { run } = this.session;
    const experiment = this.#experiment();
    const training = run.status === 'training';
    await this.#attempt('saving', async () => {
      if (training) await run.rest();
      const { tape, curves, material, device } = run;
      const outcome = await outcomeOf(this.session);
      if (!experiment || !tape || !curves || !material || !outcome || !device)
        throw new Error('There is nothing to save yet: press Train first.');
      const { state } = await run.ask('snapshot', {});
      const { tapeToBulk } = await import('../checkpoints/tape-columns.ts');
      const { decomposition } = outcome.stop;
      const meta = await (
        await this.#opening
      ).save(
        {
          id: crypto.randomUUID(),
          name,
          savedAt: new Date().toISOString(),
          experiment,
          epochs: tape.length,
          device: {
            backend: device.chosen.backend,
            adapter: device.chosen.adapter,
          },
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
        {
          tape: tapeToBulk(tape),
          state,
          table: material.experiment.data.own ? material.table : null,
        },
      );
      this.#current = meta.id;
    });
    if (training) run.train(this.session.settings.experiment.training.epochs);
  }

  /** Puts a kept run back on screen, ready to go on where it was. */
  async load(id: string): Promise<void> {
    await this.#attempt('loading', async () => {
      const { meta, bulk } = await (await this.#opening).load(id);
      const { tapeFromBulk } = await import('../checkpoints/tape-columns.ts');
      await this.session.putBack(meta.experiment, bulk.table, (shape) => tapeFromBulk(shape, bulk.tape), bulk.state);
      this.#current = id;
    });
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#attempt('', async () => (await this.#opening).rename(id, name.trim()));
  }

  /** Deletes; `undo` brings it back until the next deletion. */
  async remove(id: string): Promise<void> {
    await this.#attempt('', async () => {
      this.#removed = await (await this.#opening).remove(id);
      this.compare(id, false);
      if (this.#current === id) this.#current = null;
    });
  }

  async undo(): Promise<void> {
    const removed = this.#removed;
    if (!removed) return;
    await this.#attempt('', async () => (await this.#opening).restore(removed));
    this.#removed = null;
  }

  compare(id: string, on: boolean): void {
    const next = new Set(this.#compared);
    if (on) next.add(id);
    else next.delete(id);
    this.#compared = next;
  }

  /** The run on screen is not, or no longer, one of the kept ones. */
  detach(): void {
    this.#current = null;
  }

  async refresh(): Promise<void> {
    await this.#attempt('', async () => {
      const { checkpoints, unreadable } = await (await this.#opening).list();
      this.#checkpoints = checkpoints;
      this.#unreadable = unreadable;
    });
  }

  /** The run's experiment with the stopping rule as it stands now: that one never needs a new run. */
  #experiment() {
    const ran = this.session.run.material?.experiment;
    return ran && { ...ran, stopping: this.session.settings.experiment.stopping };
  }

  async #attempt(busy: '' | 'saving' | 'loading', work: () => Promise<void>): Promise<void> {
    if (busy && this.#busy) return;
    if (busy) this.#busy = busy;
    try {
      await work();
      this.#trouble = '';
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
    } finally {
      if (busy) this.#busy = '';
    }
  }
}
