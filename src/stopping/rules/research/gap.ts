/** @file The generalisation gap: how far the validation loss has moved away from the training loss. */
import type { EpochValues, Rule, SettingsOf } from '../../rule.ts';
import { fourDigits, Observer, PATIENCE_LIMITS, plural, trainLossOf } from './observer.ts';

const PARAMETERS = {
  maxGap: {
    kind: 'number',
    min: 0,
    max: 1e6,
    default: 0.5,
    help: 'The largest gap that is tolerated: in units of the loss, or as a share of the training loss.',
  },
  relative: { kind: 'flag', default: true, help: 'Whether the gap is measured as a share of the training loss.' },
  patience: {
    kind: 'number',
    ...PATIENCE_LIMITS,
    default: 3,
    role: 'counter',
    help: 'Epochs in a row with a larger gap after which training stops.',
  },
} as const;
type Settings = SettingsOf<typeof PARAMETERS>;

/** `wait` counts epochs in a row with too large a gap; a gap that is not a number ends the row. */
class Gap extends Observer {
  #gap = NaN;

  constructor(readonly settings: Settings) {
    super(1);
  }

  protected take(value: number | null, also: EpochValues): boolean {
    if (value === null) return false;
    const trainLoss = trainLossOf(also);
    this.improves(value);
    const { maxGap, relative, patience } = this.settings;
    this.#gap = (value - trainLoss) / (relative ? Math.abs(trainLoss) : 1);
    this.wait = this.#gap > maxGap ? this.wait + 1 : 0;
    return this.wait >= patience;
  }

  protected reason(): string {
    const { maxGap, relative, patience } = this.settings;
    const unit = relative ? ' of the training loss' : '';
    return `gap ${fourDigits(this.#gap)}${unit}, ${plural(this.wait)} in a row above ${fourDigits(maxGap)} (patience ${patience}), ${this.bestSoFar()}`;
  }
}

export const GAP: Rule<typeof PARAMETERS> = {
  label: 'Generalisation gap',
  version: '',
  help: 'Stops when the validation loss stays too far above the training loss. A small gap does not mean a good network, only one that does not overfit.',
  parameters: PARAMETERS,
  needs: () => ['training-loss'],
  monitors: ['validation-loss'],
  start: (settings) => new Gap(settings),
};
