"""Has real fits of `MLPRegressor` and `MLPClassifier` judge every history.

With early_stopping the numbers of the history are what `_score` returns, which also makes the weights the number of the
epoch, so that those restored tell theirs; without, they are the loss that `_backprop` returns, of one batch. The rest is
the fit itself. Whether it stopped: it warns where it has used up its epochs instead.
"""

import warnings

import numpy
import sklearn
from sequences import conform, settings, told
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

ROWS = numpy.arange(16.0).reshape(-1, 1)
LABELS = numpy.arange(16) % 2


def scripted(estimator):
    class Scripted(estimator):
        script = ()
        higher = False

        def _score(self, X, y, sample_weight=None):
            value = self.script[self.n_iter_ - 1]
            for weights in self.coefs_:
                weights[...] = self.n_iter_ - 1
            return value if value is None or self.higher else -value

        def _backprop(self, *args):
            loss, coef_grads, intercept_grads = super()._backprop(*args)
            return loss if self.early_stopping else self.script[self.n_iter_], coef_grads, intercept_grads

    Scripted.__name__ = estimator.__name__  # for its errors
    return Scripted


ESTIMATORS = scripted(MLPRegressor), scripted(MLPClassifier)


def fit(estimator, values, options):
    options = dict(options)
    higher = options.pop("mode", "min") == "max"
    early_stopping = options.get("early_stopping", False)
    if not values:
        return [-1, False, -1, 0]
    model = estimator(hidden_layer_sizes=(), max_iter=len(values), random_state=1, **options)
    model.script, model.higher = values, higher
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            model.fit(ROWS, LABELS)
        except TypeError as error:
            if not hasattr(model, "n_iter_"):
                raise
            # The epoch counts before it is judged, but after its loss.
            last = model.n_iter_ - 1 if early_stopping else model.n_iter_
            return [last, True, best(model, False), model._no_improvement_count, told(error)]
    fired = not any(issubclass(warning.category, ConvergenceWarning) for warning in caught)
    return [model.n_iter_ - 1, fired, best(model, early_stopping), model._no_improvement_count]


def best(model, restored):
    """The epoch of the weights that were restored, else of the best score or loss: −1 while that is infinite."""
    if not model.early_stopping:
        return -1 if model.best_loss_ == numpy.inf else model.loss_curve_.index(model.best_loss_)
    if model.best_validation_score_ == -numpy.inf:
        return -1
    return int((model.coefs_ if restored else model._best_coefs)[0][0, 0])


def judge(values, options):
    answers = [fit(estimator, values, options) for estimator in ESTIMATORS]
    assert answers[0] == answers[1], (values, options, answers)
    return answers[0]


if __name__ == "__main__":
    conform(
        f"scikit-learn {sklearn.__version__}",
        judge,
        corners=[
            *settings({"n_iter_no_change": [1, 2, 3], "tol": [0.0, 0.1], "early_stopping": [False, True]}),
            {"n_iter_no_change": 2},
            {"n_iter_no_change": 1, "tol": 0.25, "early_stopping": True, "mode": "max"},
            {"n_iter_no_change": 1, "tol": 0.05, "early_stopping": True},
        ],
        grid={
            "tol": [0.0, 1e-4, 0.01, 0.05, 0.1],
            "early_stopping": [False, True],
            "n_iter_no_change": [1, 2, 3, 5, 9],
            "mode": ["min", "min", "max"],
        },
        keep=lambda values, options: options.get("early_stopping", False) or options.get("mode") != "max",
        refused=[
            {"n_iter_no_change": 0},
            {"n_iter_no_change": 1, "tol": -0.05},
            {"tol": None},
            {"early_stopping": "auto"},
        ],
    )
