/** @file The kept runs: list, save, load, rename, delete with undo, and which ones are compared. */
import type { CheckpointMeta } from '../checkpoints/format.ts';
import type { Session } from './session.svelte.ts';

export class Shelf {
  #checkpoints = $state.raw<readonly CheckpointMeta[]>([]);
  #unreadable = $state.raw<readonly { id: string; reason: string }[]>([]);
  #compared = $state.raw<ReadonlySet<string>>(new Set());
  #trouble = $state('');

  constructor(private readonly session: Session) {}

  /** Newest first. */
  get checkpoints(): readonly CheckpointMeta[] {
    return this.#checkpoints;
  }

  get unreadable(): readonly { id: string; reason: string }[] {
    return this.#unreadable;
  }

  /** The checkpoints laid over the run on screen. */
  get compared(): readonly CheckpointMeta[] {
    return this.#checkpoints.filter(({ id }) => this.#compared.has(id));
  }

  get trouble(): string {
    return this.#trouble;
  }

  compare(id: string, on: boolean): void {
    const next = new Set(this.#compared);
    if (on) next.add(id);
    else next.delete(id);
    this.#compared = next;
  }
}
