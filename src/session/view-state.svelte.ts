/** @file Where the reader looks: the highlighted replica, the epoch under the crosshair, the axes of charts and landscape. */
import type { ErrorLossName } from '../decomposition/losses/index.ts';
import type { QuantityName } from '../evaluation/landscape-values.ts';
import type { ChosenAxes } from '../stopping/axes.ts';

export type EpochAxis = 'linear' | 'log';
/** What the numbers of the epoch axis count. */
export type AxisUnit = 'epochs' | 'updates' | 'examples' | 'FLOPs';

/** What stands on the axes of the policy landscape, and what its colours mean. */
export interface LandscapeChoice extends ChosenAxes {
  colour: QuantityName;
}

export class ViewState {
  #chosen = $state(0);
  #peeked = $state<number | null>(null);
  #hovered = $state<number | null>(null);
  #pinned = $state<number | null>(null);
  #axis = $state<EpochAxis>('linear');
  #unit = $state<AxisUnit>('epochs');
  #errorLoss = $state<ErrorLossName | null>(null);
  #landscape = $state.raw<LandscapeChoice>({ x: null, y: null, colour: 'error' });

  /** The replica to highlight: the one under the pointer, else the chosen one. Counted from 0. */
  get replica(): number {
    return this.#peeked ?? this.#chosen;
  }

  /** The epoch that all charts show, counted from 0; null means "as stopped". */
  get epoch(): number | null {
    return this.#hovered ?? this.#pinned;
  }

  /** The pinned epoch, whatever the pointer hovers. */
  get pinned(): number | null {
    return this.#pinned;
  }

  get axis(): EpochAxis {
    return this.#axis;
  }

  get unit(): AxisUnit {
    return this.#unit;
  }

  get landscape(): LandscapeChoice {
    return this.#landscape;
  }

  /** The loss by which the error is taken apart; null for squared error, of values or probabilities. */
  get errorLoss(): ErrorLossName | null {
    return this.#errorLoss;
  }

  takeApartBy(loss: ErrorLossName | null): void {
    this.#errorLoss = loss;
  }

  choose(replica: number): void {
    this.#chosen = replica;
  }

  peek(replica: number | null): void {
    this.#peeked = replica;
  }

  hover(epoch: number | null): void {
    this.#hovered = epoch;
  }

  pin(epoch: number): void {
    this.#pinned = epoch;
  }

  /** Back to "as stopped". */
  release(): void {
    this.#pinned = null;
    this.#hovered = null;
  }

  scale(axis: EpochAxis): void {
    this.#axis = axis;
  }

  count(unit: AxisUnit): void {
    this.#unit = unit;
  }

  /** Looks at other numbers of the rule, or at other colours. */
  viewLandscape(change: Partial<LandscapeChoice>): void {
    this.#landscape = { ...this.#landscape, ...change };
  }
}
