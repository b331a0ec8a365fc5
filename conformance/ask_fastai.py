"""Has the real `EarlyStoppingCallback` of fastai judge every history; a stand-in for the Learner holds the record."""

import contextlib
import io
from importlib.metadata import version
from types import SimpleNamespace

import numpy as np
from fastai.callback.core import CancelFitException
from fastai.callback.tracker import EarlyStoppingCallback
from sequences import conform, settings, told

COMP = {"auto": None, "less": np.less, "greater": np.greater}


def judge(values, options):
    callback = EarlyStoppingCallback(**{**options, "comp": COMP[options.get("comp", "auto")]})
    recorder = SimpleNamespace(metric_names=["epoch", "train_loss", "valid_loss", "time"], values=[])
    callback.learn = SimpleNamespace(recorder=recorder)
    callback.before_fit()
    best = -1
    for epoch, value in enumerate(values):
        callback.learn.epoch = epoch
        # The Recorder takes `.item()` of what it averaged, a Python float; None where no batch was validated.
        recorder.values.append([0.0, value])
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                callback.after_epoch()
        except CancelFitException:
            return [epoch, True, best, callback.wait]
        except TypeError as error:
            return [epoch, True, best, callback.wait, told(error)]
        if callback.new_best:
            best = epoch
    return [len(values) - 1, False, best, callback.wait]


if __name__ == "__main__":
    conform(
        f"fastai {version('fastai')}",
        judge,
        corners=[
            *settings({"patience": [0, 1, 2, 3], "min_delta": [0.0, 0.1]}),
            {},
            {"patience": 1, "min_delta": -0.05},
            {"patience": 2, "min_delta": 0.25, "comp": "greater"},
        ],
        grid={
            "comp": ["auto", "less", "greater"],
            "min_delta": [0.0, 0.0, 0.01, 0.05, 0.1, -0.05],
            "patience": [0, 1, 2, 3, 5, 9],
        },
    )
