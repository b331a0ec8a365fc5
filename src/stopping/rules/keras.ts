/** @file The rule of Keras 3 `EarlyStopping` by Keras's own names, so that it can stand in a policy: see ../keras.ts. */
import { begin, explain, observe, referenceOf, type KerasRule } from '../keras.ts';
import type { Direction, EpochValues, Rule, SettingsOf, Watch } from '../rule.ts';
import { EPOCHS, FINITE } from './library.ts';

export const KERAS_PARAMETERS = {
  min_delta: {
    kind: 'number',
    ...FINITE,
    default: 0,
    help: 'The metric has to beat its best by more than this; the sign does not matter.',
  },
  patience: {
    kind: 'number',
    ...EPOCHS,
    default: 0,
    help: 'Epochs without improvement before training stops.',
  },
  mode: {
    kind: 'choice',
    options: ['auto', 'min', 'max'],
    default: 'auto',
    help: 'Whether the metric is to shrink or to grow.',
  },
  baseline: {
    kind: 'optional',
    ...FINITE,
    default: null,
    help: 'An improvement counts only once it also beats this value.',
  },
  restore_best_weights: {
    kind: 'flag',
    default: false,
    help: 'Whether the run ends with the weights of its best epoch, also when nothing stopped it.',
  },
  start_from_epoch: {
    kind: 'number',
    ...EPOCHS,
    default: 0,
    help: 'Earlier epochs are ignored.',
  },
} as const;

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

  constructor(settings: SettingsOf<typeof KERAS_PARAMETERS>, direction: Direction) {
    super({
      mode: settings.mode === 'auto' ? direction : settings.mode,
      minDelta: settings.min_delta,
      patience: settings.patience,
      baseline: settings.baseline,
      startFromEpoch: settings.start_from_epoch,
      restoreBestWeights: settings.restore_best_weights,
    });
  }

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
  label: 'Keras 3',
  version: 'keras 3.15.1',
  help: 'Counts the epochs since the last improvement by more than min delta. The first value always counts, a NaN too.',
  parameters: KERAS_PARAMETERS,
  restores: ({ restore_best_weights }) => restore_best_weights,
  start: (settings, direction = 'min') => new KerasWatch(settings, direction),
};
