/** @file The policy landscapes of the tape: that of the rule that decides, and that of the two sliders. */
import type { Curves } from '../decomposition/curves.ts';
import type { Policy } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { PATIENCES, sliderAxes, type Axes } from '../stopping/axes.ts';
import type { Landscape } from '../stopping/landscape.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import type { ActiveRule } from './active-rule.svelte.ts';
import type { ViewState } from './view-state.svelte.ts';
import type { Run } from './run.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import { LandscapeView, type LandscapeData } from './landscape-view.svelte.ts';

class TapeLandscapeData implements LandscapeData {
  readonly counters = PATIENCES;

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

  get policy(): Policy {
    return this.rule.policy;
  }

  get epochs(): number {
    return this.settings.experiment.training.epochs;
  }

  get curves(): Curves | null {
    return this.run.curves;
  }
}

/** For the sliders of the rule; nothing while the other landscape is theirs. */
class SlidersLandscapeData extends TapeLandscapeData {
  constructor(
    readonly chosen: LandscapeView,
    ...of: ConstructorParameters<typeof TapeLandscapeData>
  ) {
    super(...of);
  }

  override get source(): Tape | null {
    const { axes } = this.chosen;
    return axes && areSliders(axes) ? null : super.source;
  }
}

const areSliders = ({ x, y }: Pick<Axes, 'x' | 'y'>) => x.role === 'counter' && y?.role === 'margin';

export class Landscapes {
  /** Of the axes and colours that the reader chose. */
  readonly chosen: LandscapeView;
  readonly #sliders: LandscapeView;

  constructor(run: Run, settings: Settings, view: ViewState, rule: ActiveRule) {
    this.chosen = new LandscapeView(new TapeLandscapeData(run, settings, rule), () => view.landscape, settings, rule);
    this.#sliders = new LandscapeView(
      new SlidersLandscapeData(this.chosen, run, settings, rule),
      () => ({ x: null, y: null, colour: 'error' }),
      settings,
      rule,
      sliderAxes,
    );
    $effect.root(() => {
      $effect(() => this.#sliders.attend());
      $effect(() => this.chosen.attend());
    });
  }

  /** Test error for every value of the two sliders of the rule, whatever is on the axes; null for a rule without them. */
  get sliders(): Landscape | null {
    const both = [this.chosen.coloured?.landscape, this.#sliders.coloured?.landscape];
    return both.find((shown) => shown && areSliders(shown)) ?? null;
  }
}
