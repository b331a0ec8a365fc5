/**
 * @file Splits the work of a chunk into slices that occupy the device only briefly; the size adapts to measured times.
 */
import type { Clock } from '../../clock.ts';
import type { Job } from '../trainer.ts';
import { tilesOf, type WorkgroupPlan } from './plan.ts';

export interface Slice {
  /** Tiles of minibatches that are learned from, counted from the beginning of the chunk, and by which replicas. */
  fromTile: number;
  untilTile: number;
  fromReplica: number;
  untilReplica: number;
  /** Tiles of points that are evaluated: of every epoch, of every replica. */
  fromItem: number;
  untilItem: number;
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
/** What a tile costs beside its multiplications. */
const OVERHEAD = 1000;

export class Slices {
  #budget = FIRST_COST;

  constructor(
    private readonly job: Job,
    private readonly clock: Clock,
  ) {}

  /** Cut anew before each slice, by what was learned until then. Points are evaluated once all epochs are trained. */
  *of(epochs: number, plan: WorkgroupPlan): Generator<Slice, void> {
    const { layout, replicas } = this.job;
    const R = replicas.count;
    const { ofEpoch, ofEvaluation } = tilesOf(this.job, plan);
    const point = layout.layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
    /** Of one replica. */
    const tileCost = 3 * plan.tile.training * point + 4 * layout.parameters + OVERHEAD;
    const itemCost = plan.tile.evaluation * point + OVERHEAD;
    const tiles = epochs * ofEpoch;
    const items = epochs * R * ofEvaluation;
    const whole = tiles * R * tileCost + items * itemCost;
    let [tile, replica, item, spent] = [0, 0, 0, 0];
    while (tile < tiles || item < items) {
      let cost = 0;
      const slice = {
        fromTile: tile,
        untilTile: tile,
        fromReplica: replica,
        untilReplica: R,
        fromItem: item,
        untilItem: item,
      };
      const forAll = Math.floor(this.#budget / (R * tileCost));
      if (tile < tiles && replica === 0 && forAll > 0) {
        slice.untilTile = tile = Math.min(tiles, tile + forAll);
        cost = (tile - slice.fromTile) * R * tileCost;
      } else if (tile < tiles) {
        // One tile is too much for all replicas at once: some after the others.
        const some = Math.max(1, Math.floor(this.#budget / tileCost));
        slice.untilReplica = Math.min(R, replica + some);
        slice.untilTile = tile + 1;
        cost = (slice.untilReplica - replica) * tileCost;
        replica = slice.untilReplica % R;
        if (replica === 0) tile++;
      }
      if (tile === tiles) {
        const room = Math.floor((this.#budget - cost) / itemCost);
        slice.untilItem = item = Math.min(items, item + Math.max(room, cost > 0 ? 0 : 1));
        cost += (item - slice.fromItem) * itemCost;
      }
      yield { ...slice, done: (epochs * spent) / whole, last: item === items, cost };
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
