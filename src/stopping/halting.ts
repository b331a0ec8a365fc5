/** @file The rule at work while an ensemble trains: watches every replica and tells when all of them have stopped. */
import type { Monitor, StoppingSettings } from '../engine/experiment.ts';
import type { Block } from '../engine/tape.ts';
import { begin, kerasRule, observe, type KerasRule, type KerasState } from './keras.ts';
import { watched } from './monitors.ts';

export class Halting {
  readonly #rule: KerasRule;
  readonly #monitor: Monitor;
  readonly #states: KerasState[];
  readonly #history: Float32Array[] = [];

  /** `history` is `[epochs trained, R]`, of a run that goes on. */
  constructor(settings: StoppingSettings, replicas: number, history: Float32Array = new Float32Array(0)) {
    this.#rule = kerasRule(settings);
    this.#monitor = settings.monitor;
    this.#states = Array.from({ length: replicas }, begin);
    this.#observe(history.slice());
  }

  /** Takes the next epochs into account; true once every replica has stopped. */
  observe(block: Block): boolean {
    const values = watched(block.curves, this.#monitor);
    if (!values) throw new Error(`stopping.monitor: this run records no ${this.#monitor}`);
    this.#observe(values.slice());
    return this.#states.every((state) => state.fired);
  }

  /** Everything observed, `[epochs trained, R]`. */
  history(): Float32Array {
    const all = new Float32Array(this.#history.reduce((length, values) => length + values.length, 0));
    let at = 0;
    for (const values of this.#history) {
      all.set(values, at);
      at += values.length;
    }
    return all;
  }

  #observe(values: Float32Array): void {
    this.#history.push(values);
    values.forEach((value, i) => {
      const state = this.#states[i % this.#states.length]!;
      if (!state.fired) observe(state, this.#rule, value);
    });
  }
}
