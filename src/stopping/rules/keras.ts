/** @file The rule of Keras 3 `EarlyStopping` by Keras's own names, so that it can stand in a policy: see ../keras.ts. */
import { begin, explain, improves, observe, referenceOf, replayKeras, type KerasRule } from '../keras.ts';
import { sweepPatience } from '../patience-sweep.ts';
import type { Rules } from '../policy.ts';
import type { Direction, EpochValues, Rule, SettingsOf, Watch } from '../rule.ts';
import { KERAS_DESCRIPTION, type KERAS_PARAMETERS } from './keras-description.ts';

type Settings = SettingsOf<typeof KERAS_PARAMETERS>;

/** The settings with the direction decided: `auto` as the watched metric improves. */
export const kerasRule = (settings: Settings, direction: Direction): KerasRule => ({
  mode: settings.mode === 'auto' ? direction : settings.mode,
  minDelta: settings.min_delta,
  patience: settings.patience,
  baseline: settings.baseline,
  startFromEpoch: settings.start_from_epoch,
  restoreBestWeights: settings.restore_best_weights,
});

/** A watch that counts as Keras does, whatever the units of its patience. */
export abstract class KerasCount implements Watch {
  protected readonly state = begin();

  constructor(protected readonly rule: KerasRule) {}

  get best(): number {
    return this.state.best;
  }

  get wait(): number {
    return this.state.wait;
  }

  get reference(): number | null {
    return referenceOf(this.state, this.rule);
  }

  abstract observe(value: number | null, also: EpochValues): boolean;

  abstract why(): string;
}

class KerasWatch extends KerasCount {
  readonly #values: (number | null)[] = [];

  observe(value: number | null): boolean {
    this.#values.push(value);
    return observe(this.state, this.rule, value);
  }

  why(): string {
    const { epochs, fired, best, wait } = this.state;
    return explain({ stop: epochs - 1, fired, best, restored: best, wait }, this.rule, this.#values);
  }
}

export const KERAS: Rule<typeof KERAS_PARAMETERS> = {
  ...KERAS_DESCRIPTION,
  start: (settings, direction = 'min') => new KerasWatch(kerasRule(settings, direction)),
  isBetter: (value, best, sign, { min_delta }) => improves(value, best, sign, min_delta),
  replay(history, settings, direction) {
    const rule = kerasRule(settings, direction);
    const { stop, fired, best, restored, wait } = replayKeras(history, rule);
    return {
      ...{ stop, fired, best, restored, wait },
      get why() {
        return explain(this, rule, history);
      },
    };
  },
  sweep: (history, settings, direction, counters, into) =>
    sweepPatience(history, kerasRule(settings, direction), counters, into),
};

/** The rule with which a page begins. */
export const KERAS_ALONE = { keras: KERAS } as unknown as Rules;
