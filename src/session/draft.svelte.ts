/** @file The material of the settings as they are now: data are drawn anew only where the settings ask for others. */
import { tick, untrack } from 'svelte';
import { dataKey, runKey } from '../engine/experiment/keys.ts';
import { draw } from './draw-material.ts';
import { materialOf, type Material } from './material.ts';
import type { Settings } from './settings.svelte.ts';

export class Draft {
  #material = $state.raw<Material | null>(null);
  #trouble = $state('');
  #turn = 0;
  #drawing = Promise.resolve();
  /** All that decides what is drawn and trained; moving a stopping rule leaves it as it is. */
  readonly runKey: string = $derived.by(() => runKey(this.settings.experiment));

  /** `drawn` is called whenever there is new material. */
  constructor(
    private readonly settings: Settings,
    private readonly drawn: () => void,
  ) {
    $effect.root(() => {
      $effect(() => {
        // The reader's rows may come later than the settings that ask for them.
        void [this.runKey, this.settings.own];
        this.#drawing = untrack(() => this.#draw());
      });
    });
  }

  /** Null before the first is drawn, and where none can be. */
  get material(): Material | null {
    return this.#material;
  }

  /** Why no data can be drawn with these settings; empty when they can. */
  get trouble(): string {
    return this.#trouble;
  }

  /** The material of the settings as they are now, once it is drawn; null if it cannot be, or if they changed again. */
  async current(): Promise<Material | null> {
    if (!this.#isCurrent()) {
      // Settings that changed a moment ago are drawn once the effects have run.
      await tick();
      await this.#drawing;
    }
    return this.#isCurrent() ? this.#material : null;
  }

  /** Takes over what was drawn for the settings as they are now; it is not drawn again. */
  take(material: Material): void {
    // A run that was kept may have another number of points than a new one would.
    this.#put(materialOf(material.experiment, material.table, material));
  }

  #put(material: Material): void {
    this.#material = material;
    this.#trouble = '';
  }

  #isCurrent(): boolean {
    return this.#material !== null && runKey(this.#material.experiment) === this.runKey;
  }

  #isOfOtherData(): boolean {
    const [{ source, own }, drawn] = [this.settings.experiment.data, this.#material?.experiment.data];
    return drawn !== undefined && (drawn.source !== source || drawn.own?.sha256 !== own?.sha256);
  }

  async #draw(): Promise<void> {
    const turn = ++this.#turn;
    if (this.#isCurrent()) return;
    // Points, noise and scale of other data would be wrong until these are drawn.
    if (this.#isOfOtherData()) this.#material = null;
    try {
      const { experiment, own } = this.settings;
      const known = this.#material;
      const material =
        known && dataKey(known.experiment) === dataKey(experiment)
          ? materialOf(experiment, known.table, known)
          : await draw(experiment, own);
      if (turn !== this.#turn) return;
      this.#put(material);
      this.drawn();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#material = null;
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
  }
}
