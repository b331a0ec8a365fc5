"""Has real fits of `SGDRegressor` and `SGDClassifier` judge every history.

With early_stopping the numbers of the history are what `score` returns. Without, the compiled loop computes the loss
itself. There `SGDRegressor` fits one row with the loss exp(p) − y·p, where the prediction p is −1024 throughout, so that
the loss is 1024·y: what the loop prints at the beginning of an epoch (verbose) is the moment to put the next number into
y. What it prints at the end tells whether it stopped.
"""

import contextlib
import io
import warnings

import numpy
import sklearn
from sequences import conform, settings, told
from sklearn._loss._loss import CyHalfPoissonLoss
from sklearn.linear_model import SGDClassifier, SGDRegressor

ROWS = numpy.zeros((20, 1))
LABELS = numpy.arange(20) % 2


class Script:
    """The numbers to come: shared, because the loop scores a clone of the estimator."""

    values = ()
    higher = False
    taken = 0


def scored(estimator):
    class Scored(estimator):
        def score(self, X, y, sample_weight=None):
            value = Script.values[Script.taken]
            Script.taken += 1
            return value if value is None or Script.higher else -value

    Scored.__name__ = estimator.__name__  # for its errors
    return Scored


SCORED = scored(SGDRegressor), scored(SGDClassifier)


class WithLoss(SGDRegressor):
    def _get_loss_function(self, loss):
        return CyHalfPoissonLoss()


WithLoss.__name__ = SGDRegressor.__name__


class Targets(io.StringIO):
    """Takes what the loop prints; a new epoch gets the next number for its target."""

    def __init__(self, targets):
        super().__init__()
        self.targets = targets

    def write(self, text):
        if text.startswith("-- Epoch"):
            self.targets[0] = Script.values[Script.taken] / 1024
            Script.taken += 1
        return super().write(text)


def fit(model, rows, labels, out, **more):
    with contextlib.redirect_stdout(out), warnings.catch_warnings(action="ignore"):
        try:
            model.fit(rows, labels, **more)
        except (TypeError, ValueError) as error:
            if Script.taken == 0:
                raise
            return [Script.taken - 1, True, None, None, told(error)]
    return [model.n_iter_ - 1, "Convergence after" in out.getvalue(), None, None]


def judge(values, options):
    options = dict(options)
    Script.values, Script.taken, Script.higher = values, 0, options.pop("mode", "min") == "max"
    if not values:
        return [-1, False, None, None]
    options |= {"max_iter": len(values), "verbose": 1, "random_state": 1}
    if not options.get("early_stopping", False):
        targets = numpy.zeros(1)
        model = WithLoss(
            penalty=None, learning_rate="constant", eta0=1e-300, fit_intercept=False, shuffle=False, **options
        )
        return fit(model, numpy.array([[-1024.0]]), targets, Targets(targets), coef_init=numpy.ones(1))
    answers = []
    for estimator in SCORED:
        Script.taken = 0
        answers.append(fit(estimator(**options), ROWS, LABELS, io.StringIO()))
    assert answers[0] == answers[1], (values, options, answers)
    return answers[0]


if __name__ == "__main__":
    conform(
        f"scikit-learn {sklearn.__version__}",
        judge,
        corners=[
            *settings({"n_iter_no_change": [1, 2, 3], "tol": [0.0, 0.1], "early_stopping": [False, True]}),
            {"n_iter_no_change": 2},
            {"n_iter_no_change": 1, "tol": None, "early_stopping": True},
            {"n_iter_no_change": 1, "tol": 0.25, "early_stopping": True, "mode": "max"},
            {"n_iter_no_change": 1, "tol": 0.05, "early_stopping": True},
        ],
        grid={
            "tol": [None, 0.0, 0.001, 0.01, 0.05, 0.1],
            "early_stopping": [False, True],
            "n_iter_no_change": [1, 2, 3, 5, 9],
            "mode": ["min", "min", "max"],
        },
        # The loss that the loop computes is never missing, and it shrinks.
        keep=lambda values, options: (
            options.get("early_stopping", False) or (None not in values and options.get("mode") != "max")
        ),
        refused=[{"n_iter_no_change": 0}, {"n_iter_no_change": 1, "tol": -0.05}, {"early_stopping": "auto"}],
    )
