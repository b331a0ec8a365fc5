/** @file The view state of a policy landscape: its axes, its colours, and the cell that the reader points at. */
import type { Curves } from '../decomposition/curves.ts';
import type { Estimate } from '../decomposition/estimate.ts';
import type { QuantityName } from '../evaluation/landscape-values.ts';
import type { StoppingSettings } from '../engine/experiment/experiment.ts';
import { axesOf, kerasAxes, numberAt, type Axes, type Axis } from '../stopping/axes.ts';
import type { Landscape } from '../stopping/landscape.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import type { ActiveRule } from './active-rule.svelte.ts';
import { LandscapeScheduler, type LandscapePlan, type ColouredLandscape, type Source } from './landscape-scheduler.ts';
import type { LandscapeLook } from './view-state.svelte.ts';
import type { Settings } from './settings.svelte.ts';

/** What a landscape is of. */
export interface LandscapeData {
  /** Null: there is nothing, or the rule cannot be replayed on it. */
  readonly source: Source | null;
  /** The source as it is now. */
  records(): readonly ReplicaRecord[];
  /** Whether it is being trained. */
  readonly growing: boolean;
  /** The rule as it looks at the records. */
  readonly stopping: StoppingSettings;
  /** Epochs of the whole training. */
  readonly epochs: number;
  /** What an axis has of the patience of Keras. */
  readonly patience: Axis;
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
    const { stopping, epochs, patience } = this.data;
    const { policy } = stopping;
    const options =
      policy === null ? kerasAxes(stopping, epochs, patience) : this.rule.book?.policyAxes(policy, epochs);
    return options ? axesOf(options, this.look()) : null;
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
    private readonly look: () => LandscapeLook,
    private readonly settings: Settings,
    private readonly rule: ActiveRule,
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
    return this.look().colour;
  }

  /** The number of the rule on an axis. */
  at(axis: Axis): number | null {
    const { stopping } = this.data;
    return numberAt(stopping.policy ?? stopping, axis.path);
  }

  /** A number of the rule as it is; null while it cannot be told, and where nothing counts. */
  here(name: QuantityName): Estimate | null {
    if (!this.#cell) return null;
    const quantity = new this.rule.reading!.LandscapeQuantity(this.#cell, name, this.data.curves);
    quantity.next();
    return quantity.at(0);
  }

  /** Sets numbers of the rule by the paths of their axes. */
  choose(byPath: Readonly<Record<string, number>>): void {
    const { policy } = this.settings.experiment.stopping;
    const entries = Object.entries(byPath);
    if (policy === null) {
      this.settings.changeAll(Object.fromEntries(entries.map(([path, value]) => [`stopping.${path}`, value])));
      return;
    }
    const { book } = this.rule;
    if (!book) return;
    const changed = entries.reduce((whole, [path, value]) => book.withNumber(whole, path, value), policy);
    this.settings.change('stopping.policy', changed);
  }

  /** Null while there is nothing to compute it with. */
  #plan(x: Axis, y: Axis | null, colour: QuantityName): LandscapePlan | null {
    const { reading, book } = this.rule;
    const { data } = this;
    const { stopping, curves } = data;
    const { policy, ...sliders } = stopping;
    if (!reading || (policy !== null && !book)) return null;
    // The numbers on the axes do not matter: the map holds all of them.
    const paths = [x.path, y?.path ?? x.path];
    const others =
      policy === null
        ? { ...sliders, ...Object.fromEntries(paths.map((path) => [path, 0])) }
        : paths.reduce((whole, path) => book!.withNumber(whole, path, 0), policy);
    return {
      key: JSON.stringify([others, x.path, x.values, y?.path, y?.values]),
      landscape: () =>
        policy === null
          ? reading.kerasLandscape(data.records(), stopping, x, y)
          : book!.policyLandscape(data.records(), policy, x, y),
      quantityKey: colour,
      quantity: (landscape) => new reading.LandscapeQuantity(landscape, colour, curves),
    };
  }
}

const same = (a: Axis | null, b: Axis | null) =>
  a === b || (a !== null && b !== null && a.path === b.path && a.values.join() === b.values.join());
