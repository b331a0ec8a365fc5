/** @file The tape of the run on screen and the curves read from it: what it gains is shown frame by frame. */
import { cutColumns, tapeFromBulk, tapeToBulk } from '../checkpoints/tape-columns.ts';
import { Curves } from '../decomposition/curves.ts';
import type { DecompositionTarget } from '../decomposition/decompose.ts';
import { Tape, type Block } from '../engine/record/tape.ts';
import type { PageServices } from './page-services.ts';

export class RecordedTape {
  #tape = $state.raw<Tape | null>(null);
  #curves = $state.raw<Curves | null>(null);
  /** Counts what was appended to the tape: big data are not reactive, their version is. */
  #version = $state(0);
  #rate = $state<number | null>(null);
  #target: DecompositionTarget | null = null;
  /** Cancels the frame that will show what was appended since the last one. */
  #cancelFrame: (() => void) | null = null;

  /** `shown` is called once a frame has shown what was appended. */
  constructor(
    private readonly services: Pick<PageServices, 'clock' | 'frame'>,
    private readonly shown: () => void,
  ) {}

  /** Reading it also depends on what is appended to it. */
  get tape(): Tape | null {
    void this.#version;
    return this.#tape;
  }

  get curves(): Curves | null {
    void this.#version;
    return this.#curves;
  }

  /** Epochs per second of the latest blocks; null before the first. */
  get epochsPerSecond(): number | null {
    return this.#rate;
  }

  put(tape: Tape, target: DecompositionTarget): void {
    this.#target = target;
    this.#rate = null;
    this.#show(tape, target);
  }

  clear(): void {
    this.#stopFrame();
    this.#tape = null;
    this.#curves = null;
  }

  append(block: Block): void {
    this.#tape!.append(block);
    this.#curves!.extend();
    const rate = (1000 * block.count) / block.elapsedMs;
    this.#rate = this.#rate === null ? rate : this.#rate + 0.2 * (rate - this.#rate);
    this.#grown();
  }

  /** Gives up what came after so many epochs. */
  cutTo(epochs: number): void {
    const tape = this.#tape;
    if (!tape || !this.#target || tape.length === epochs) return;
    const { shape } = tape;
    this.#show(
      epochs === 0 ? new Tape(shape) : tapeFromBulk(shape, cutColumns(tapeToBulk(tape), epochs)),
      this.#target,
    );
  }

  /** Shows what was appended, without waiting for a frame. */
  update(): void {
    if (this.#cancelFrame === null) return;
    this.#stopFrame();
    this.#version += 1;
  }

  #show(tape: Tape, target: DecompositionTarget): void {
    this.#stopFrame();
    this.#tape = tape;
    this.#curves = new Curves(tape, target);
    this.#curves.extend();
    this.#version += 1;
  }

  /**
   * What the tape gained is shown with the second frame from now, together with all that comes until then: the frame
   * between belongs to the canvases, which draw what was shown before.
   */
  #grown(): void {
    const { frame, clock } = this.services;
    this.#cancelFrame ??= frame(() => {
      this.#cancelFrame = frame(() => {
        this.update();
        // A timer runs out after the frame is done.
        void clock.after(0).then(this.shown);
      });
    });
  }

  #stopFrame(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
  }
}
