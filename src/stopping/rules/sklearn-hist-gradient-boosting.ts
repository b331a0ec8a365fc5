/**
 * @file Early stopping of `HistGradientBoostingClassifier` and `HistGradientBoostingRegressor` of scikit-learn 1.9, proven
 * by conformance/ask_sklearn_hist_gradient_boosting.py.
 *
 * It has neither a best nor a counter: of the last n_iter_no_change + 1 values none after the first may be better than that
 * by more than tol. Its own list begins with the score before the first iteration. A history that begins with the first
 * epoch begins one later: the untrained model is then not compared with.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { fourDigits, signOf } from './research/observer.ts';
import { SKLEARN_MODE, SKLEARN_N_ITER_NO_CHANGE, SKLEARN_TOL } from './sklearn.ts';

const PARAMETERS = {
  n_iter_no_change: {
    ...SKLEARN_N_ITER_NO_CHANGE,
    default: 10,
    help: 'Training stops if none of this many values is better than the one before them.',
  },
  tol: {
    kind: 'number',
    ...SKLEARN_TOL,
    default: 1e-7,
    help: 'Better is better by more than this.',
  },
  mode: SKLEARN_MODE,
} as const;

class WindowWatch extends Patience {
  /** The last values, as many as are compared. */
  readonly #window: (number | null)[] = [];

  constructor(
    private readonly settings: SettingsOf<typeof PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction), settings.n_iter_no_change);
  }

  protected take(value: number | null): boolean {
    const { n_iter_no_change } = this.settings;
    const bar = this.sign * (this.reference ?? NaN);
    const window = this.#window;
    window.push(value);
    if (window.length > n_iter_no_change + 1) window.shift();
    const full = window.length === n_iter_no_change + 1;
    if (full && window.includes(null)) return this.abort('TypeError: there is no value to compare');
    this.wait = window.length - 1 - window.findLastIndex((x, i) => i === 0 || (x !== null && this.sign * x < bar));
    return this.wait === n_iter_no_change;
  }

  override get reference(): number | null {
    const first = this.#window[this.#window.length > this.settings.n_iter_no_change ? 1 : 0] ?? null;
    return first === null ? null : first - this.sign * this.settings.tol;
  }

  /** It has no best value. */
  protected override bestSoFar(): string {
    const [first = null] = this.#window;
    if (first === null) return 'nothing to compare with';
    return `compared with ${fourDigits(first)} of epoch ${this.epochs - this.#window.length + 1}`;
  }
}

export const SKLEARN_HIST_GRADIENT_BOOSTING: Rule<typeof PARAMETERS> = {
  label: 'scikit-learn HistGradientBoosting',
  version: 'scikit-learn 1.9.1',
  help: 'Compares the last n_iter_no_change values with the one before them and knows no best: the reference moves along, also upwards. It keeps all its trees. An epoch without a value aborts the run once it is compared.',
  parameters: PARAMETERS,
  restores: () => false,
  start: (settings, direction) => new WindowWatch(settings, direction),
};
