"""Has the real `lightgbm.train` with its `early_stopping` judge every history.

`feval` returns the numbers of the history; a value that was not reported is a round in which it returns no metric.
Whether it stopped is what the library itself says of it: at the last round it ends the run in either case.
"""

import lightgbm
import numpy
from sequences import conform, settings, told

PARAMS = {"objective": "regression", "metric": "None", "verbosity": 0, "num_threads": 1, "num_leaves": 2}
PARAMS |= {"min_data_in_leaf": 1, "min_data_in_bin": 1}
ROWS = numpy.arange(8.0).reshape(-1, 1)


class Log:
    """What the library said last."""

    said = []

    def info(self, message):
        self.said.append(message)

    def warning(self, message):
        pass


lightgbm.register_logger(Log())


def judge(values, options):
    options = {"stopping_rounds": 10, **options}
    higher = options.pop("mode", "min") == "max"
    callback = lightgbm.early_stopping(**options)
    train = lightgbm.Dataset(ROWS, label=ROWS.ravel())
    valid = lightgbm.Dataset(ROWS, label=ROWS.ravel(), reference=train)
    seen = []

    def feval(*_):
        seen.append(values[len(seen)])
        return [] if seen[-1] is None else [("loss", seen[-1], higher)]

    if not values:
        return [-1, False, -1, None]
    Log.said.clear()
    try:
        model = lightgbm.train(PARAMS, train, len(values), valid_sets=[valid], feval=feval, callbacks=[callback])
    except ValueError as error:
        if seen[-1] is not None:
            raise
        return [len(seen) - 1, True, -1, None, told(error)]
    if not callback.enabled:
        assert model.best_iteration <= 0
        return [len(seen) - 1, False, -1, None]
    ended = [word for word in Log.said if word.startswith(("Early stopping, best", "Did not meet early stopping"))]
    best = callback.best_iter[0]
    # A run whose last round reports nothing ends without its verdict.
    assert len(ended) == (seen[-1] is not None)
    assert model.best_iteration == (best + 1 if ended else 0)
    return [len(seen) - 1, bool(ended) and ended[0].startswith("Early"), best, None]


if __name__ == "__main__":
    conform(
        f"lightgbm {lightgbm.__version__}",
        judge,
        corners=[
            *settings({"stopping_rounds": [1, 2, 3], "min_delta": [0.0, 0.1]}),
            {"stopping_rounds": 0},
            {"stopping_rounds": 2, "min_delta": 0.25, "mode": "max"},
            {"stopping_rounds": 1, "min_delta": 0.05},
        ],
        grid={
            "stopping_rounds": [0, 1, 2, 3, 5, 9],
            "min_delta": [0.0, 0.0, 0.01, 0.05, 0.1],
            "mode": ["min", "min", "max"],
        },
        refused=[{"stopping_rounds": 1, "min_delta": -0.05}],
    )
