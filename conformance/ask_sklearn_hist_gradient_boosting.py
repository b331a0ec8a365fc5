"""Has real fits of `HistGradientBoostingRegressor` judge every history.

`scoring` is a function that returns the numbers of the history. The first is the score before the first iteration, which
the fit asks for as well. scikit-learn keeps neither a best nor a counter.
"""

import numpy
import sklearn
from sequences import conform, settings, told
from sklearn.ensemble import HistGradientBoostingRegressor

ROWS = numpy.arange(8.0).reshape(-1, 1)


class Ended(Exception):
    """The history is at its end and the fit is not."""


def judge(values, options):
    options = dict(options)
    higher = options.pop("mode", "min") == "max"
    seen = []

    def scoring(model, X, y):
        if len(seen) == len(values):
            raise Ended
        seen.append(values[len(seen)])
        return seen[-1] if seen[-1] is None or higher else -seen[-1]

    model = HistGradientBoostingRegressor(
        early_stopping=True, validation_fraction=None, scoring=scoring, max_iter=999, min_samples_leaf=1, **options
    )
    try:
        model.fit(ROWS, ROWS.ravel())
    except Ended:
        return [len(seen) - 1, False, None, None]
    except TypeError as error:
        if not seen:
            raise
        return [len(seen) - 1, True, None, None, told(error)]
    assert model.n_iter_ == len(seen) - 1 < 999
    return [len(seen) - 1, True, None, None]


if __name__ == "__main__":
    conform(
        f"scikit-learn {sklearn.__version__}",
        judge,
        corners=[
            *settings({"n_iter_no_change": [1, 2, 3], "tol": [0.0, 0.1]}),
            {"n_iter_no_change": 2},
            {"n_iter_no_change": 2, "tol": 0.25, "mode": "max"},
            {"n_iter_no_change": 1, "tol": 0.05},
        ],
        grid={
            "n_iter_no_change": [1, 2, 3, 5, 9],
            "tol": [0.0, 1e-7, 0.01, 0.05, 0.1],
            "mode": ["min", "min", "max"],
        },
        refused=[{"n_iter_no_change": 0}, {"n_iter_no_change": 1, "tol": -0.05}, {"tol": None}],
    )
