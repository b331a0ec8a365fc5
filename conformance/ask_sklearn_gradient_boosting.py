"""Has the real `GradientBoostingRegressor` of scikit-learn judge every history.

Its validation loss is made to be the numbers of the history; one that is to grow is given with its sign turned.
"""

import warnings

import numpy
import sklearn
from sequences import conform, settings
from sklearn.ensemble import GradientBoostingRegressor

ROWS = numpy.arange(20.0).reshape(-1, 1)


class Scripted:
    """The loss of the estimator, whose value on the part that is held out is made up."""

    def __init__(self, loss, values):
        self.loss, self.values, self.seen = loss, values, 0

    def __getattr__(self, name):
        return getattr(self.loss, name)

    def __call__(self, y_true, *args, **kwargs):
        if len(y_true) != 2:
            return self.loss(y_true, *args, **kwargs)
        self.seen += 1
        return self.values[self.seen - 1]


def judge(values, options):
    options = {"n_iter_no_change": 10, **options}
    sign = -1 if options.pop("mode", "min") == "max" else 1
    if not values:
        return [-1, False, None, None]
    # One more than the history: a run that gets there was not stopped.
    script = [*(sign * value for value in values), 0.0]

    class Estimator(GradientBoostingRegressor):
        def _get_loss(self, sample_weight):
            self.script = Scripted(super()._get_loss(sample_weight), script)
            return self.script

    model = Estimator(n_estimators=len(script), max_depth=1, validation_fraction=0.1, random_state=0, **options)
    model.fit(ROWS, ROWS.ravel())
    seen = model.script.seen
    return [min(seen, len(values)) - 1, seen <= len(values), None, None]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    conform(
        f"scikit-learn {sklearn.__version__}",
        judge,
        corners=[
            *settings({"n_iter_no_change": [1, 2, 3], "tol": [0.0, 0.1]}),
            {"n_iter_no_change": 2, "tol": 0.25, "mode": "max"},
            {"n_iter_no_change": 2},
        ],
        grid={
            "n_iter_no_change": [1, 2, 3, 5, 9],
            "tol": [0.0, 1e-4, 0.01, 0.05, 0.1],
            "mode": ["min", "min", "max"],
        },
        refused=[{"n_iter_no_change": 0}, {"n_iter_no_change": 2, "tol": -0.1}],
        keep=lambda values, _: None not in values,
        count=120,
    )
