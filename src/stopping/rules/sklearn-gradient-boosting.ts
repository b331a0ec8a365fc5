/**
 * @file Early stopping of `GradientBoostingClassifier` and `GradientBoostingRegressor` of scikit-learn 1.9, proven by
 * conformance/ask_sklearn_gradient_boosting.py.
 *
 * Training goes on while the loss is better by more than tol than any of the last n_iter_no_change losses, not than the best
 * of them: it stops at the first loss that is not. It is not the rule of HistGradientBoosting.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { fourDigits, plural, signOf } from './research/observer.ts';
import { SKLEARN_MODE, SKLEARN_N_ITER_NO_CHANGE, SKLEARN_TOL } from './sklearn.ts';

const PARAMETERS = {
  n_iter_no_change: {
    ...SKLEARN_N_ITER_NO_CHANGE,
    default: 10,
    help: 'Training stops at the first loss that is better than none of this many before it; by default it is None, which turns the rule off.',
  },
  tol: { kind: 'number', ...SKLEARN_TOL, default: 1e-4, help: 'Better is better by more than this.' },
  mode: {
    ...SKLEARN_MODE,
    help: `${SKLEARN_MODE.help.split(' scikit-learn')[0]} scikit-learn has no mode: here it watches a loss, which a score is with its sign turned.`,
  },
} as const;

class AnyOfLastWatch extends Patience {
  /** The last losses, as many as are compared. */
  readonly #window: number[] = [];

  constructor(
    private readonly settings: SettingsOf<typeof PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction), settings.n_iter_no_change);
  }

  protected take(value: number | null): boolean {
    if (value === null) return this.abort('TypeError: there is no value to compare');
    const { n_iter_no_change, tol } = this.settings;
    const loss = this.sign * value;
    const window = this.#window;
    // Until it is full the rest of it is infinite.
    const goesOn = window.length < n_iter_no_change ? loss + tol < Infinity : window.some((last) => loss + tol < last);
    this.wait = goesOn ? 0 : 1;
    if (!goesOn) return true;
    window.push(loss);
    if (window.length > n_iter_no_change) window.shift();
    return false;
  }

  override get reference(): number | null {
    const { n_iter_no_change, tol } = this.settings;
    return this.#window.length < n_iter_no_change ? null : this.sign * (Math.max(...this.#window) - tol);
  }

  protected override reason(): string {
    const { n_iter_no_change } = this.settings;
    if (this.#window.length < n_iter_no_change && !this.fired)
      return `fewer than ${plural(n_iter_no_change)} to compare with`;
    const worst = fourDigits(this.sign * Math.max(...this.#window));
    const many = n_iter_no_change === 1 ? 'the epoch' : `any of the ${n_iter_no_change} epochs`;
    return `${this.fired ? 'not better' : 'better'} than ${many} before (the worst is ${worst})`;
  }
}

export const SKLEARN_GRADIENT_BOOSTING: Rule<typeof PARAMETERS> = {
  label: 'scikit-learn GradientBoosting',
  version: 'scikit-learn 1.9.1',
  help: 'Stops at the first loss that is better by more than tol than none of the last n_iter_no_change: it is enough to beat the worst of them. It knows no best, and keeps all its trees.',
  parameters: PARAMETERS,
  restores: () => false,
  start: (settings, direction) => new AnyOfLastWatch(settings, direction),
};
