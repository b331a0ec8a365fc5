/** @file The evidence-based criterion of Mahsereci, Balles, Lassner and Hennig 2017 (arXiv 1703.09580). */
import type { Rule, SettingsOf } from '../../rule.ts';
import { fourDigits, Observer, PATIENCE_LIMITS, plural } from './observer.ts';

const PARAMETERS = {
  patience: {
    kind: 'number',
    ...PATIENCE_LIMITS,
    default: 3,
    role: 'counter',
    help: 'Epochs in a row in which the gradient shows nothing but noise after which training stops; published: 1.',
  },
} as const;

/** Best is the last epoch at which the gradient was more than noise; `wait` counts the epochs in a row since. */
class Evidence extends Observer {
  #value = NaN;

  constructor(readonly settings: SettingsOf<typeof PARAMETERS>) {
    super(1);
  }

  protected take(value: number | null): boolean {
    if (value === null || Number.isNaN(value)) return false;
    this.#value = value;
    if (value > 0) this.wait++;
    else {
      this.wait = 0;
      this.best = this.epochs;
      this.bestValue = value;
    }
    return this.wait >= this.settings.patience;
  }

  override get reference(): number {
    return 0;
  }

  protected reason(): string {
    if (Number.isNaN(this.#value)) return 'the gradient was not looked at';
    const last = this.best === -1 ? '' : `, more than noise last at epoch ${this.best + 1}`;
    return `evidence criterion ${fourDigits(this.#value)}, ${plural(this.wait)} in a row above 0 (patience ${this.settings.patience})${last}`;
  }
}

export const EVIDENCE: Rule<typeof PARAMETERS> = {
  label: 'Evidence in the gradient',
  version: '',
  help: 'Mahsereci et al. 2017: needs no validation set; stops when the gradient of the training set is no larger than the differences between its points would make it by chance. Keeps the weights of the stop.',
  parameters: PARAMETERS,
  monitors: ['gradient-evidence'],
  restores: () => false,
  start: (settings) => new Evidence(settings),
};
