/** @file The work of a chunk in slices that hold the device for a moment only, their size learned from those before. */
import { batchSizeOf } from '../../batches.ts';
import type { Clock } from '../../clock.ts';
import type { Job } from '../../trainer.ts';

export interface Slice {
  /** Optimizer steps of all replicas, counted from the beginning of the chunk. */
  fromStep: number;
  untilStep: number;
  /** Pairs of an epoch and a replica whose points are evaluated. */
  fromRow: number;
  untilRow: number;
  /** Epochs done before it, with a fraction. */
  done: number;
  /** Whether the chunk is done after it. */
  last: boolean;
  /** What it costs, about in multiplications. */
  cost: number;
}

/** A slice holds the device this long, so that a pause is answered and the page is painted in time. */
const SLICE_MS = 35;
/** The first slice, before anything is known of the device. */
const FIRST_COST = 2e6;
/** One slice is at most this many times the one before: what was measured on little may be wrong for much. */
const GROWTH = 4;
/** What a step or a row costs beside its multiplications. */
const OVERHEAD = 1000;

export class Slices {
  readonly #stepCost: number;
  readonly #rowCost: number;
  readonly #replicas: number;
  #budget = FIRST_COST;

  constructor(
    { experiment, layout, replicas }: Job,
    private readonly clock: Clock,
  ) {
    const { count, train, validation, test } = replicas;
    const point = layout.layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
    this.#replicas = count;
    this.#rowCost = (train.size + validation.size + test.size) * point + OVERHEAD;
    this.#stepCost = count * (3 * batchSizeOf(experiment, train.size) * point + 4 * layout.parameters + OVERHEAD);
  }

  /** Cut anew before each slice, by what was learned until then. */
  *of(epochs: number, steps: number): Generator<Slice, void> {
    const [stepsInAll, rowsInAll] = [epochs * steps, epochs * this.#replicas];
    const whole = stepsInAll * this.#stepCost + rowsInAll * this.#rowCost;
    let [step, row, spent] = [0, 0, 0];
    while (step < stepsInAll || row < rowsInAll) {
      const fromStep = step;
      const fromRow = row;
      let left = this.#budget;
      step = Math.min(stepsInAll, step + Math.max(1, Math.floor(left / this.#stepCost)));
      left -= (step - fromStep) * this.#stepCost;
      // Rows are evaluated once all epochs are trained.
      if (step === stepsInAll) {
        const room = Math.floor(left / this.#rowCost);
        row = Math.min(rowsInAll, row + (step > fromStep ? Math.max(0, room) : Math.max(1, room)));
      }
      const cost = (step - fromStep) * this.#stepCost + (row - fromRow) * this.#rowCost;
      const last = step === stepsInAll && row === rowsInAll;
      yield { fromStep, untilStep: step, fromRow, untilRow: row, done: (epochs * spent) / whole, last, cost };
      spent += cost;
    }
  }

  begin(): number {
    return this.clock.now();
  }

  learn({ cost }: Slice, begun: number): void {
    const wanted = (cost * SLICE_MS) / Math.max(this.clock.now() - begun, 0.1);
    this.#budget = Math.min(wanted, GROWTH * this.#budget);
  }
}
