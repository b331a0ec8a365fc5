/**
 * @file `EarlyStopping` of Ultralytics 8.4 (YOLO), proven by conformance/ask_ultralytics.py.
 *
 * It compares the number of the epoch with that of the best. The best begins at 0 in the first epoch, and while it is 0 any
 * value takes its place: a fitness that stays 0 is never waited for. NaN may so become the best, which nothing then beats.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS, MODE } from './limits.ts';
import { signOf } from './research/observer.ts';

const PARAMETERS = {
  patience: {
    kind: 'number',
    ...EPOCHS,
    default: 100,
    role: 'counter',
    help: 'Epochs without an improvement after which training stops; 0 turns the rule off.',
  },
  mode: {
    ...MODE,
    help: `${MODE.help} Ultralytics has no mode: its fitness grows, which a loss does with its sign turned.`,
  },
} as const;

class UltralyticsWatch extends Patience {
  /** The fitness of the best epoch, which begins as 0 in the first. */
  #fitness = 0;

  constructor(
    private readonly settings: SettingsOf<typeof PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction), settings.patience);
  }

  protected take(value: number | null): boolean {
    if (value === null) return false;
    const fitness = -this.sign * value;
    if (fitness > this.#fitness || this.#fitness === 0) {
      this.improved(value);
      this.#fitness = fitness;
    }
    this.wait = this.epochs - Math.max(0, this.best);
    return this.settings.patience > 0 && this.wait >= this.settings.patience;
  }

  protected override reason(): string {
    const off = this.settings.patience === 0;
    return off ? 'with patience 0 the rule is off' : super.reason();
  }

  /** While the fitness is 0 there is nothing to pass. */
  override get reference(): number | null {
    return this.#fitness === 0 ? null : this.bestValue;
  }
}

export const ULTRALYTICS: Rule<typeof PARAMETERS> = {
  label: 'Ultralytics YOLO',
  version: 'ultralytics 8.4.190',
  help: 'Watches its fitness, most of which is mAP50-95. While the best is 0 any value takes its place, so that a fitness of 0 is never waited for. It ends with the weights of its best epoch.',
  parameters: PARAMETERS,
  restores: () => true,
  start: (settings, direction) => new UltralyticsWatch(settings, direction),
};
