/** @file Early stopping by gradient disparity: Forouzesh and Thiran 2021 (arXiv 2107.06665). */
import type { Rule, SettingsOf } from '../../rule.ts';
import { fourDigits, Observer, PATIENCE_LIMITS, plural } from './observer.ts';

const PARAMETERS = {
  patience: {
    kind: 'number',
    ...PATIENCE_LIMITS,
    default: 5,
    role: 'counter',
    help: 'Epochs with a larger disparity than the epoch before after which training stops.',
  },
  consecutive: {
    kind: 'flag',
    default: false,
    help: 'Whether they have to follow one another; if not, they count from the beginning of training.',
  },
} as const;

/** `wait` counts the rises; best is the epoch with the smallest disparity. */
class GradientDisparity extends Observer {
  #last = NaN;

  constructor(readonly settings: SettingsOf<typeof PARAMETERS>) {
    super(1);
  }

  /** An epoch without a number is passed over: its neighbours are compared. */
  protected take(value: number | null): boolean {
    if (value === null || Number.isNaN(value)) return false;
    const { patience, consecutive } = this.settings;
    this.improves(value);
    if (value > this.#last) this.wait++;
    else if (consecutive) this.wait = 0;
    this.#last = value;
    return this.wait >= patience;
  }

  protected reason(): string {
    if (Number.isNaN(this.#last)) return 'the gradients of batches were not compared';
    const { patience, consecutive } = this.settings;
    const rises = `${plural(this.wait, 'rise')} ${consecutive ? 'in a row' : 'since the beginning'} (patience ${patience})`;
    return `gradient disparity ${fourDigits(this.#last)}, ${rises}, ${this.bestSoFar()}`;
  }
}

export const GRADIENT_DISPARITY: Rule<typeof PARAMETERS> = {
  label: 'Gradient disparity',
  version: '',
  help: 'Forouzesh and Thiran 2021: needs no validation set; stops when the gradients of different batches have moved apart in so many epochs. Keeps the weights of the stop.',
  parameters: PARAMETERS,
  monitors: ['gradient-disparity'],
  restores: () => false,
  start: (settings) => new GradientDisparity(settings),
};
