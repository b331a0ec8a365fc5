/** @file The rule of Keras 3 with a patience that counts epochs, optimizer steps or training points. */
import { improves, observe } from '../../keras.ts';
import type { Direction, EpochValues, Rule, SettingsOf } from '../../rule.ts';
import { KerasCount } from '../keras.ts';
import { MODE } from '../limits.ts';
import { fourDigits, plural } from './observer.ts';
import { inUnits } from './units.ts';

const PARAMETERS = {
  patience: {
    kind: 'number',
    min: 0,
    max: 1e12,
    integer: true,
    default: 20,
    role: 'counter',
    unitIn: 'unit',
    help: 'How much without an improvement, in the unit, after which training stops; 0 is as one epoch.',
  },
  unit: {
    kind: 'choice',
    options: ['epochs', 'updates', 'examples'],
    default: 'epochs',
    help: 'What patience counts: epochs, optimizer steps or training points met; the last two do not change their meaning with the batch or the training set.',
  },
  minDelta: {
    kind: 'number',
    min: 0,
    max: 1000,
    default: 0,
    role: 'margin',
    help: 'Smaller changes do not count as improvement.',
  },
  mode: MODE,
  baseline: {
    kind: 'optional',
    min: -1e9,
    max: 1e9,
    default: null,
    help: 'An improvement counts only once it also beats this value; empty: it always does.',
  },
  startFromEpoch: {
    kind: 'number',
    min: 0,
    max: 1e6,
    integer: true,
    default: 0,
    role: 'warm-up',
    help: 'Earlier epochs are ignored by the rule.',
  },
  restoreBestWeights: {
    kind: 'flag',
    default: true,
    role: 'restores',
    help: 'Whether the run ends with the weights of its best epoch, also when nothing stopped it.',
  },
} as const;
type Settings = SettingsOf<typeof PARAMETERS>;

class UnitPatience extends KerasCount {
  /** The meter at the end of the last epoch. */
  #meter = 0;

  constructor(
    readonly settings: Settings,
    direction: Direction,
  ) {
    const { mode, minDelta, patience, baseline, startFromEpoch, restoreBestWeights } = settings;
    const decided = mode === 'auto' ? direction : mode;
    super({ mode: decided, minDelta, patience, baseline, startFromEpoch, restoreBestWeights });
  }

  /** An epoch counts for as much as its meter moved; one without a value for nothing, as in Keras. */
  observe(value: number | null, also: EpochValues): boolean {
    const { unit } = this.settings;
    const now = unit === 'epochs' ? this.state.epochs + 1 : (also[unit] ?? this.#meter);
    const passed = now - this.#meter;
    this.#meter = now;
    return observe(this.state, this.rule, value, passed);
  }

  why(): string {
    const { epochs, fired, best, bestValue, wait } = this.state;
    const { minDelta, patience, baseline, mode } = this.rule;
    const trained = `${fired ? 'Stopped' : 'Not stopped'} after ${plural(epochs)}:`;
    if (best === -1) return `${trained} no value yet.`;
    const margin = minDelta === 0 ? '' : ` by more than ${fourDigits(minDelta)}`;
    const unmet = baseline !== null && !improves(bestValue, baseline, mode === 'min' ? 1 : -1, minDelta);
    const goal = unmet ? ` that also beats the baseline ${fourDigits(baseline)}` : '';
    const unit = this.settings.unit;
    return `${trained} best ${fourDigits(bestValue)} at epoch ${best + 1}, ${inUnits(wait, unit)} without an improvement${margin}${goal} (patience ${inUnits(patience, unit)}).`;
  }
}

export const PATIENCE_IN_UNITS: Rule<typeof PARAMETERS> = {
  label: 'Patience in other units',
  version: '',
  help: 'The rule of Keras 3 with a unit: patience counted in updates or examples means the same whatever the batch or the training set.',
  parameters: PARAMETERS,
  needs: ({ unit }) => (unit === 'epochs' ? [] : [unit]),
  restores: ({ restoreBestWeights }) => restoreBestWeights,
  start: (settings, direction = 'min') => new UnitPatience(settings, direction),
  isBetter: (value, best, sign, { minDelta }) => improves(value, best, sign, minDelta),
};
