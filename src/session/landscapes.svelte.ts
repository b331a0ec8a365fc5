/** @file The policy landscape on screen: two numbers of the rule that decides, and what colours it. */
import { Shade, type ShadeName } from '../decomposition/landscape-shade.ts';
import type { Estimate } from '../decomposition/estimate.ts';
import type { StoppingSettings } from '../engine/experiment.ts';
import { axesOf, kerasAxes, MIN_DELTA, numberAt, PATIENCE, type Axes, type Axis } from '../stopping/axes.ts';
import { kerasLandscape } from '../stopping/keras-landscape.ts';
import type { Landscape } from '../stopping/landscape.ts';
import type { ActiveRule } from './active-rule.svelte.ts';
import { LandscapeScheduler, type Plan, type Shaded } from './landscape-scheduler.ts';
import type { Look } from './look.svelte.ts';
import type { Run } from './run.svelte.ts';
import type { Settings } from './settings.svelte.ts';

/** An axis that changes nothing: a landscape of the one cell that is the rule as it is. */
const NOTHING: Axis = { path: '', label: '', values: [0], log: false, integer: false };

export class Landscapes {
  #chosen = $state.raw<Shaded | null>(null);
  #sliders = $state.raw<Shaded | null>(null);
  readonly #forChosen = new LandscapeScheduler((shaded) => (this.#chosen = shaded));
  readonly #forSliders = new LandscapeScheduler((shaded) => (this.#sliders = shaded));

  /** What may stand on the axes and what does; null while the rule is not known, and where it has no number. */
  readonly axes: Axes | null = $derived.by(() => {
    const { stopping, training } = this.settings.experiment;
    const options =
      stopping.policy === null
        ? kerasAxes(stopping, training.epochs)
        : this.rule.book?.policyAxes(stopping.policy, training.epochs);
    return options ? axesOf(options, this.look.landscape) : null;
  });

  constructor(
    private readonly run: Run,
    private readonly settings: Settings,
    private readonly look: Look,
    private readonly rule: ActiveRule,
  ) {
    $effect.root(() => {
      $effect(() => {
        const { tape, status } = this.run;
        const training = status === 'training';
        const { stopping } = this.settings.experiment;
        const sliders = this.#usual ? null : this.#plan({ ...stopping, policy: null }, PATIENCE, MIN_DELTA, 'error');
        this.#forSliders.want(tape, sliders, training);
        const { axes } = this;
        const known = axes && (stopping.policy === null || this.rule.ready);
        this.#forChosen.want(
          tape,
          known ? this.#plan(stopping, axes.x, axes.y, this.look.landscape.colour) : null,
          training,
        );
      });
    });
  }

  /** The map of the axes, in the last colours computed; null until there is a tape, and until it is computed. */
  get shaded(): Shaded | null {
    const { axes } = this;
    const shown = this.#chosen?.landscape;
    return shown && axes && same(shown.x, axes.x) && same(shown.y, axes.y) ? this.#chosen : null;
  }

  /** Test error for every patience and min delta of the rule of Keras, whatever is on the axes. */
  get sliders(): Landscape | null {
    const both = [this.#chosen?.landscape, this.#sliders?.landscape];
    return both.find((shown) => shown?.x === PATIENCE && shown.y === MIN_DELTA) ?? null;
  }

  /** The number of the rule on an axis. */
  at(axis: Axis): number | null {
    const { stopping } = this.settings.experiment;
    return numberAt(stopping.policy ?? stopping, axis.path);
  }

  /** The share of the replicas whose stop by the rule in use is false; null while it cannot be told. */
  falseStops(): Estimate | null {
    const { tape } = this.run;
    const { stopping } = this.settings.experiment;
    const plan = this.rule.ready ? this.#plan(stopping, NOTHING, null, 'falseStops') : null;
    if (!tape || !plan) return null;
    const cell = plan.landscape(tape);
    while (!cell.done) cell.next();
    const shade = plan.shade(cell);
    shade.next();
    return shade.best();
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

  /** Whether the map is that of the two sliders. */
  get #usual(): boolean {
    const { axes } = this;
    return this.settings.experiment.stopping.policy === null && axes?.x === PATIENCE && axes.y === MIN_DELTA;
  }

  /** Null where there is nothing to compute it with. */
  #plan(stopping: StoppingSettings, x: Axis, y: Axis | null, colour: ShadeName): Plan | null {
    const { curves } = this.run;
    const { book } = this.rule;
    if (!curves) return null;
    // The numbers on the axes do not matter: the map holds all of them.
    const { policy, ...sliders } = stopping;
    const paths = [x.path, y?.path ?? x.path];
    const others =
      policy === null
        ? { ...sliders, ...Object.fromEntries(paths.map((path) => [path, 0])) }
        : book && paths.reduce((whole, path) => book.withNumber(whole, path, 0), policy);
    return {
      key: JSON.stringify([others, x.path, x.values, y?.path, y?.values]),
      landscape: (tape) =>
        policy === null || !book ? kerasLandscape(tape, stopping, x, y) : book.policyLandscape(tape, policy, x, y),
      shadeKey: colour,
      shade: (landscape) => new Shade(landscape, colour, curves),
    };
  }
}

const same = (a: Axis | null, b: Axis | null) =>
  a === b || (a !== null && b !== null && a.path === b.path && a.values.join() === b.values.join());
