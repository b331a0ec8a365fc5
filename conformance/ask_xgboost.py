"""Has the real `xgboost.train` with its `EarlyStopping` judge every history.

`custom_metric` returns the numbers of the history, which XGBoost prints with `%f` and reads back. Its own metrics come
as text with all digits from C++: for those `Booster.eval_set` is replaced by one that writes the numbers in the same
form. A value that was not reported is a metric that is absent from that round.
"""

from unittest.mock import patch

import numpy
import xgboost
from sequences import conform, settings, told
from xgboost.callback import EarlyStopping

DATA = xgboost.DMatrix(numpy.array([[0.0], [1.0]]), label=numpy.array([0.0, 1.0]), nthread=1)
DATA.num_row()  # built now
PARAMS = {"max_depth": 1, "nthread": 1, "disable_default_eval_metric": True, "seed": 1}
MAXIMIZE = {"auto": None, "true": True, "false": False}


class Noted(EarlyStopping):
    """Remembers what it answered."""

    rounds_seen, stopped = 0, False

    def after_iteration(self, model, epoch, evals_log):
        self.rounds_seen = epoch + 1
        self.stopped = super().after_iteration(model, epoch, evals_log)
        return self.stopped


def judge(values, options):
    options = {"rounds": 10, **options}
    custom = options.pop("custom_metric", False)
    options["maximize"] = MAXIMIZE[options.get("maximize", "auto")]
    callback = Noted(**options)
    if not values:
        return [-1, False, -1, callback.current_rounds]
    script = iter(values)

    def scripted(*_):
        value = next(script)
        return [] if value is None else [("loss", value)]

    def eval_set(booster, evals, iteration, *_):
        return f"[{iteration}]" + "".join(f"\tvalid-{name}:{value!r}" for name, value in scripted())

    rounds = {"num_boost_round": len(values), "evals": [(DATA, "valid")], "verbose_eval": False}
    try:
        if custom:
            model = xgboost.train(PARAMS, DATA, callbacks=[callback], custom_metric=scripted, **rounds)
        else:
            with patch.object(xgboost.Booster, "eval_set", eval_set):
                model = xgboost.train(PARAMS, DATA, callbacks=[callback], **rounds)
    except ValueError as error:
        return [callback.rounds_seen - 1, True, -1, callback.current_rounds, told(error)]
    best = model.best_iteration
    assert model.num_boosted_rounds() == (best + 1 if options.get("save_best") else callback.rounds_seen)
    return [callback.rounds_seen - 1, bool(callback.stopped), best, callback.current_rounds]


if __name__ == "__main__":
    conform(
        f"xgboost {xgboost.__version__}",
        judge,
        corners=[
            *settings({"rounds": [0, 1, 2, 3], "min_delta": [0.0, 0.1]}),
            {"rounds": 2, "min_delta": 0.25, "maximize": "true"},
            {"rounds": 2, "save_best": True},
            {"rounds": 2, "custom_metric": True},
            {"rounds": 1, "min_delta": 0.05, "custom_metric": True},
        ],
        grid={
            "rounds": [0, 1, 2, 3, 5, 9],
            "maximize": ["auto", "false", "true"],
            "save_best": [False, True],
            "min_delta": [0.0, 0.0, 0.01, 0.05, 0.1],
            "custom_metric": [False, True],
        },
        refused=[{"rounds": 1, "min_delta": -0.05}],
        # Ties of the sixth decimal: the print goes to the even digit.
        more=[[0.007813, 1 / 128], [-0.007812, -1 / 128], [0.023438, 3 / 128], [1e6 + 0.007813, 1e6 + 1 / 128]],
    )
