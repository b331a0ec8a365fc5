"""Has the real `CatBoost` with its overfitting detector judge every history.

The metric that it evaluates on held-out data is one of ours, which returns the numbers of the history.
"""

import catboost
import numpy
from sequences import conform, settings

ROWS = numpy.arange(8.0).reshape(-1, 1)
HELD_OUT = 3


# What every iteration of the run was given, in order; CatBoost copies the metric, but not this.
SEEN = []


class Scripted:
    def __init__(self, values, higher):
        self.values, self.higher = values, higher

    def is_max_optimal(self):
        return self.higher

    def evaluate(self, approxes, target, weight):
        if len(target) != HELD_OUT:
            return 0.0, 1.0
        SEEN.append(self.values[len(SEEN)])
        return SEEN[-1], 1.0

    def get_final_error(self, error, weight):
        return error


def judge(values, options):
    options = {"use_best_model": True, **options}
    higher = options.pop("mode", "min") == "max"
    if options.get("od_type") == "Iter":
        # It refuses this beside it.
        options.pop("od_pval", None)
    if not values:
        return [-1, False, -1, None]
    # One more than the history, and never the best: a run that gets there was not stopped.
    metric = Scripted([*values, -1e30 if higher else 1e30], higher)
    SEEN.clear()
    model = catboost.CatBoost({
        "loss_function": "RMSE",
        "eval_metric": metric,
        "iterations": len(values) + 1,
        "depth": 1,
        "thread_count": 1,
        "allow_writing_files": False,
        "logging_level": "Silent",
        "boost_from_average": False,
        "learning_rate": 0.1,
        **options,
    })
    try:
        model.fit(ROWS, ROWS.ravel(), eval_set=(ROWS[:HELD_OUT], ROWS.ravel()[:HELD_OUT]))
    except catboost.CatBoostError as error:
        # It cannot write down what is not finite, after a training that ended as it would have.
        if "invalid float value" not in str(error):
            raise
        return [min(len(SEEN), len(values)) - 1, len(SEEN) <= len(values), None, None]
    best = model.get_best_iteration()
    if options["use_best_model"]:
        assert model.tree_count_ == best + 1
    return [min(len(SEEN), len(values)) - 1, len(SEEN) <= len(values), best, None]


if __name__ == "__main__":
    conform(
        f"catboost {catboost.__version__}",
        judge,
        corners=[
            *settings({"od_type": ["Iter"], "od_wait": [1, 3], "mode": ["min", "max"]}),
            {},
            {"od_type": "IncToDec", "od_pval": 0.1, "od_wait": 1},
            {"od_type": "IncToDec", "od_pval": 1e-3, "od_wait": 2, "use_best_model": False},
        ],
        grid={
            "od_type": ["Iter", "IncToDec", "IncToDec"],
            "od_pval": [0.0, 1e-3, 0.1, 0.4, 0.9],
            "od_wait": [1, 2, 3, 5],
            "mode": ["auto", "min", "max"],
            "use_best_model": [True, False],
        },
        refused=[
            {"od_type": "Iter", "od_wait": 0},
            {"od_pval": -0.1},
        ],
        keep=lambda values, _: None not in values and 1e39 not in values,
        count=150,
    )
