/** @file The view state of a policy landscape: its axes, its colours, and the cell that the reader points at. */
import type { Curves } from '../decomposition/curves.ts';
import type { Estimate } from '../decomposition/estimate.ts';
import type { QuantityName } from '../evaluation/landscape-values.ts';
import type { Policy } from '../engine/experiment/experiment.ts';
import { axesIn, axesOf, numberAt, withNumber, type Axes, type Axis } from '../stopping/axes.ts';
import type { Landscape } from '../stopping/landscape.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import type { ActiveRule } from './active-rule.svelte.ts';
import { LandscapeScheduler, type LandscapePlan, type ColouredLandscape, type Source } from './landscape-scheduler.ts';
import type { LandscapeChoice } from './view-state.svelte.ts';
import type { Settings } from './settings.svelte.ts';

/** What a landscape is of. */
export interface LandscapeData {
  /** Null: there is nothing, or the rule cannot be replayed on it. */
  readonly source: Source | null;
  /** The source as it is now. */
  records(): readonly ReplicaRecord[];
  /** Whether it is being trained. */
  readonly growing: boolean;
  /** The policy as it looks at the records; null where it makes no sense of them. */
  readonly policy: Policy | null;
  /** Epochs of the whole training. */
  readonly epochs: number;
  /** What an axis has of a counter that can be swept. */
  readonly counters: readonly number[];
  /** Of a tape; null: runs logged elsewhere. */
  readonly curves: Curves | null;
}

/** An axis that changes nothing: a landscape of the one cell that is the rule as it is. */
const NOTHING: Axis = { path: '', label: '', values: [0], log: false, integer: false };

export class LandscapeView {
  #last = $state.raw<ColouredLandscape | null>(null);
  readonly #scheduler = new LandscapeScheduler((coloured) => (this.#last = coloured));

  /** What may stand on the axes and what does; null while the rule is not known, and where it has no number. */
  readonly axes: Axes | null = $derived.by(() => {
    const { policy, epochs, counters } = this.data;
    return policy && this.rule.known
      ? this.choose(axesIn(policy, this.rule.rules, epochs, counters, this.settings.reach), this.choice())
      : null;
  });

  /** The rule as it is; null while it cannot be told. */
  readonly #cell: Landscape | null = $derived.by(() => {
    const plan = this.data.source && this.#plan(NOTHING, null, 'error');
    if (!plan) return null;
    const cell = plan.landscape();
    while (!cell.done) cell.next();
    return cell;
  });

  constructor(
    private readonly data: LandscapeData,
    private readonly choice: () => LandscapeChoice,
    private readonly settings: Settings,
    private readonly rule: ActiveRule,
    private readonly choose: (options: readonly Axis[], choice: LandscapeChoice) => Axes | null = axesOf,
  ) {}

  /** Sees to it that what is looked at is computed: to be called in an effect. */
  attend(): void {
    const { axes } = this;
    const { source, growing } = this.data;
    this.#scheduler.want(source, axes && this.#plan(axes.x, axes.y, this.colour), growing);
  }

  /** What was computed last, whatever is on the axes now. */
  get last(): ColouredLandscape | null {
    return this.#last;
  }

  /** The map of the axes, in the last colours computed; null until it is computed. */
  get coloured(): ColouredLandscape | null {
    const { axes } = this;
    const shown = this.#last?.landscape;
    return shown && axes && same(shown.x, axes.x) && same(shown.y, axes.y) ? this.#last : null;
  }

  /** What the colours are to show. */
  get colour(): QuantityName {
    return this.choice().colour;
  }

  /** The number of the rule on an axis. */
  at(axis: Axis): number | null {
    return numberAt(this.data.policy, axis.path);
  }

  /** A number of the rule as it is; null while it cannot be told, and where nothing counts. */
  here(name: QuantityName): Estimate | null {
    if (!this.#cell) return null;
    const quantity = new this.rule.reading!.LandscapeQuantity(this.#cell, name, this.data.curves);
    quantity.next();
    return quantity.at(0);
  }

  /** Sets numbers of the rule by the paths of their axes. */
  set(byPath: Readonly<Record<string, number>>): void {
    const { policy } = this.settings.experiment.stopping;
    const changed = Object.entries(byPath).reduce((whole, [path, value]) => withNumber(whole, path, value), policy);
    this.settings.change('stopping.policy', changed);
  }

  /** Null while there is nothing to compute it with. */
  #plan(x: Axis, y: Axis | null, colour: QuantityName): LandscapePlan | null {
    const { reading, working: rules, known } = this.rule;
    const { policy, curves } = this.data;
    if (!reading || !rules || !policy || !known) return null;
    // The numbers on the axes do not matter: the map holds all of them.
    const others = [x, ...(y ? [y] : [])].reduce((whole, { path }) => withNumber(whole, path, 0), policy);
    return {
      key: JSON.stringify([others, x.path, x.values, y?.path, y?.values]),
      landscape: () => reading.landscapeOf(this.data.records(), policy, rules, x, y),
      quantityKey: colour,
      quantity: (landscape) => new reading.LandscapeQuantity(landscape, colour, curves),
    };
  }
}

const same = (a: Axis | null, b: Axis | null) =>
  a === b || (a !== null && b !== null && a.path === b.path && a.values.join() === b.values.join());
