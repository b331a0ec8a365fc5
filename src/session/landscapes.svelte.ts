/** @file The policy landscapes of the tape: that of the rule that decides, and that of the two sliders. */
import type { Curves } from '../decomposition/curves.ts';
import type { StoppingSettings } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { MIN_DELTA, PATIENCE } from '../stopping/axes.ts';
import type { Landscape } from '../stopping/landscape.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import type { ActiveRule } from './active-rule.svelte.ts';
import type { ViewState } from './view-state.svelte.ts';
import type { Run } from './run.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import { LandscapeView, type LandscapeData } from './landscape-view.svelte.ts';

class TapeLandscapeData implements LandscapeData {
  readonly patience = PATIENCE;

  constructor(
    readonly run: Run,
    readonly settings: Settings,
    readonly rule: ActiveRule,
  ) {}

  get source(): Tape | null {
    return this.rule.ready ? this.run.tape : null;
  }

  records(): ReplicaRecord[] {
    return this.rule.reading!.recordsOf(this.run.tape!);
  }

  get growing(): boolean {
    return this.run.status === 'training';
  }

  get stopping(): StoppingSettings {
    return this.settings.experiment.stopping;
  }

  get epochs(): number {
    return this.settings.experiment.training.epochs;
  }

  get curves(): Curves | null {
    return this.run.curves;
  }
}

/** For the sliders of Keras, whatever rule decides; nothing while the other landscape is theirs. */
class SlidersLandscapeData extends TapeLandscapeData {
  constructor(
    readonly chosen: LandscapeView,
    ...of: ConstructorParameters<typeof TapeLandscapeData>
  ) {
    super(...of);
  }

  override get source(): Tape | null {
    const { axes } = this.chosen;
    const theirs = super.stopping.policy === null && axes?.x === PATIENCE && axes.y === MIN_DELTA;
    return theirs ? null : this.run.tape;
  }

  override get stopping(): StoppingSettings {
    return { ...super.stopping, policy: null };
  }
}

export class Landscapes {
  /** Of the axes and colours that the reader chose. */
  readonly chosen: LandscapeView;
  readonly #sliders: LandscapeView;

  constructor(run: Run, settings: Settings, view: ViewState, rule: ActiveRule) {
    this.chosen = new LandscapeView(new TapeLandscapeData(run, settings, rule), () => view.landscape, settings, rule);
    this.#sliders = new LandscapeView(
      new SlidersLandscapeData(this.chosen, run, settings, rule),
      () => ({ x: PATIENCE.path, y: MIN_DELTA.path, colour: 'error' }),
      settings,
      rule,
    );
    $effect.root(() => {
      $effect(() => this.#sliders.attend());
      $effect(() => this.chosen.attend());
    });
  }

  /** Test error for every patience and min delta of the rule of Keras, whatever is on the axes. */
  get sliders(): Landscape | null {
    const both = [this.chosen.last?.landscape, this.#sliders.last?.landscape];
    return both.find((shown) => shown?.x === PATIENCE && shown.y === MIN_DELTA) ?? null;
  }
}
