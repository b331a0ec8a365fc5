/**
 * @file `EarlyStopping` of PyTorch-Ignite 0.5.5, proven by conformance/ask_ignite.py.
 *
 * It asks whether a value is no improvement, so NaN, which compares with nothing, always is one and becomes the best. To
 * 0.5.3 there was no `mode`, and `threshold` and `cumulative` were called `min_delta` and `cumulative_delta`.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS, FINITE, MODE } from './limits.ts';
import { signOf } from './research/observer.ts';

const PARAMETERS = {
  patience: {
    kind: 'number',
    ...EPOCHS,
    min: 1,
    default: 10,
    role: 'counter',
    help: 'Evaluations in a row without an improvement after which training stops; Ignite has no default.',
    refusal: 'Argument patience should be positive integer.',
  },
  threshold: {
    kind: 'number',
    ...FINITE,
    min: 0,
    default: 0,
    role: 'margin',
    shareIf: ['threshold_mode', 'rel'],
    help: 'The metric has to beat its best by more than this.',
    refusal: 'Argument threshold should not be a negative number.',
  },
  cumulative: {
    kind: 'flag',
    default: false,
    help: 'Whether improvements too small to count add up: its best then stays where the counter was last reset.',
  },
  threshold_mode: {
    kind: 'choice',
    options: ['abs', 'rel'],
    default: 'abs',
    help: 'Whether the threshold is a difference (abs) or a fraction of the best (rel).',
    refusal: "Argument threshold_mode should be either 'abs' or 'rel'.",
  },
  mode: { ...MODE, help: `${MODE.help} Ignite has no auto: its default is max, of a score that you compute.` },
} as const;

type Settings = SettingsOf<typeof PARAMETERS>;

/** What a value has to pass to count as an improvement on the best. */
function thresholdOf(best: number, sign: 1 | -1, { threshold, threshold_mode }: Settings): number {
  return threshold_mode === 'abs' ? best - sign * threshold : best * (1 - sign * threshold);
}

class IgniteWatch extends Patience {
  /** The first value is the best whatever it is. */
  #first = true;

  constructor(
    readonly settings: Settings,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction), settings.patience);
  }

  protected take(value: number | null): boolean {
    if (value === null) return this.abort('KeyError: the score function finds no value');
    if (!this.#first && this.sign * value >= this.sign * thresholdOf(this.bestValue, this.sign, this.settings)) {
      if (!this.settings.cumulative && this.sign * value < this.sign * this.bestValue) {
        this.best = this.epochs;
        this.bestValue = value;
      }
      return this.waited();
    }
    this.#first = false;
    this.improved(value);
    return false;
  }

  override get reference(): number | null {
    return this.best === -1 ? null : thresholdOf(this.bestValue, this.sign, this.settings);
  }
}

export const IGNITE: Rule<typeof PARAMETERS> = {
  label: 'Ignite',
  version: 'pytorch-ignite 0.5.5',
  help: 'NaN counts as an improvement and becomes the best. Unless cumulative, its best follows every improvement, so a slow creep never resets the counter. It restores no weights, and an evaluation without a value aborts the run.',
  parameters: PARAMETERS,
  restores: () => false,
  start: (settings, direction) => new IgniteWatch(settings, direction),
  isBetter: (value, best, sign, settings) => sign * value < sign * thresholdOf(best, sign, settings),
};
