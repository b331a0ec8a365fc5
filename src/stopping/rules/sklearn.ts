/**
 * @file Early stopping of scikit-learn 1.9 in `MLPClassifier`, `MLPRegressor` (conformance/ask_sklearn_mlp.py), and in
 * `SGDClassifier`, `SGDRegressor` (conformance/ask_sklearn_sgd.py).
 *
 * Both ask whether a value fails its best by tol, so an improvement of exactly tol counts, with tol 0 a plateau does, and
 * NaN, which compares with nothing, sets the counter back. The best follows every improvement. What is compared is a score
 * that grows, with early_stopping, or the loss of the training; by symmetry these are one rule. What `adaptive` does
 * with the learning rate instead of stopping belongs to the training.
 */
import type { Direction, Parameter, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { EPOCHS, MODE } from './limits.ts';
import { signOf } from './research/observer.ts';

const EARLY_STOPPING = {
  kind: 'flag',
  default: false,
  refusal: "must be an instance of 'bool'",
} as const;
/** Of all rules of scikit-learn. */
export const SKLEARN_TOL = {
  role: 'margin',
  min: 0,
  max: Number.MAX_VALUE,
  refusal: 'must be a float in the range [0.0, inf)',
} as const;

export const SKLEARN_N_ITER_NO_CHANGE = {
  kind: 'number',
  role: 'counter',
  short: 'iterations',
  ...EPOCHS,
  min: 1,
  refusal: 'must be an int in the range [1, inf)',
} as const;

/** scikit-learn has no mode. */
export const SKLEARN_MODE = {
  ...MODE,
  help: `${MODE.help} scikit-learn has no mode: it wants a score that grows, which a loss is with its sign turned.`,
} as const satisfies Parameter;

const MLP_PARAMETERS = {
  tol: {
    kind: 'number',
    ...SKLEARN_TOL,
    default: 1e-4,
    help: 'The metric has to beat its best by at least this to set the counter back; its best follows any improvement.',
  },
  early_stopping: {
    ...EARLY_STOPPING,
    help: 'Whether it watches a score on data held out, and ends with the weights of its best epoch in any case; if not, it watches the training loss and ends with its last weights.',
  },
  n_iter_no_change: {
    ...SKLEARN_N_ITER_NO_CHANGE,
    default: 10,
    help: 'Epochs in a row without an improvement that it bears: it stops at one more.',
  },
  mode: SKLEARN_MODE,
} as const;

const SGD_PARAMETERS = {
  tol: {
    kind: 'optional',
    ...SKLEARN_TOL,
    default: 1e-3,
    help: 'The metric has to beat its best by at least this to set the counter back; its best follows any improvement. None never stops.',
  },
  early_stopping: {
    ...EARLY_STOPPING,
    help: 'Whether it watches a score on data held out; if not, its objective on the training data: the loss with its penalty.',
  },
  n_iter_no_change: {
    ...SKLEARN_N_ITER_NO_CHANGE,
    default: 5,
    help: 'Epochs in a row without an improvement after which training stops.',
  },
  mode: SKLEARN_MODE,
} as const;

/** Written as it is asked: whether a value fails its best by tol, which NaN never does. */
const fails = (value: number, best: number, sign: 1 | -1, tol: number) => sign * value > sign * best - tol;

/** With tol 0 an equal value counts too. */
const isBetter = (value: number, best: number, sign: 1 | -1, tol: number | null) =>
  sign * value <= sign * best - (tol ?? 0);

class ToleranceWatch extends Patience {
  constructor(
    sign: 1 | -1,
    patience: number,
    private readonly tol: number | null,
  ) {
    super(sign, patience);
    this.bestValue = sign * Infinity;
  }

  protected take(value: number | null): boolean {
    if (value === null) return this.abort('TypeError: there is no value to compare');
    const { sign, bestValue, tol } = this;
    if (sign * value < sign * bestValue) {
      this.best = this.epochs;
      this.bestValue = value;
    }
    if (tol !== null && fails(value, bestValue, sign, tol)) return this.waited();
    this.wait = 0;
    return false;
  }

  override get reference(): number | null {
    return this.best === -1 || this.tol === null ? null : this.bestValue - this.sign * this.tol;
  }
}

/** The objective is NaN only with weights that are no numbers either, which end the fit. */
class SgdWatch extends ToleranceWatch {
  constructor(
    private readonly settings: SettingsOf<typeof SGD_PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction), settings.n_iter_no_change, settings.tol);
  }

  protected override take(value: number | null): boolean {
    if (value !== null && Number.isNaN(value) && !this.settings.early_stopping) {
      return this.abort(`ValueError: Floating-point under-/overflow occurred at epoch #${this.epochs + 1}`);
    }
    return super.take(value);
  }
}

export const SKLEARN_MLP: Rule<typeof MLP_PARAMETERS> = {
  label: 'scikit-learn MLP',
  version: 'scikit-learn 1.9.1',
  help: 'Stops at one epoch more without an improvement than n_iter_no_change. An improvement of exactly tol counts, with tol 0 a plateau never stops, and NaN sets the counter back. Its best follows every improvement, so a slow creep stops.',
  parameters: MLP_PARAMETERS,
  restores: ({ early_stopping }) => early_stopping,
  start: ({ mode, n_iter_no_change, tol }, direction) =>
    new ToleranceWatch(signOf(mode, direction), n_iter_no_change + 1, tol),
  isBetter: (value, best, sign, { tol }) => isBetter(value, best, sign, tol),
};

export const SKLEARN_SGD: Rule<typeof SGD_PARAMETERS> = {
  label: 'scikit-learn SGD',
  version: 'scikit-learn 1.9.1',
  help: 'An improvement of exactly tol counts, with tol 0 a plateau never stops, and a score of NaN sets the counter back. Its best follows every improvement, so a slow creep stops. It restores no weights.',
  parameters: SGD_PARAMETERS,
  restores: () => false,
  start: (settings, direction) => new SgdWatch(settings, direction),
  isBetter: (value, best, sign, { tol }) => isBetter(value, best, sign, tol),
};
