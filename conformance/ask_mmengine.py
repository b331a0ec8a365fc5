"""Has the real `EarlyStoppingHook` of MMEngine judge every history; of the package only the file that has it is run."""

import logging
import warnings
from importlib.metadata import version
from types import SimpleNamespace

from one_file_of import one_file_of
from sequences import conform, settings, told

EarlyStoppingHook = one_file_of("mmengine", "mmengine/hooks/early_stopping_hook.py").EarlyStoppingHook
RULES = {"auto": None, "less": "less", "greater": "greater"}


def judge(values, options):
    options = dict(options)
    return drive(EarlyStoppingHook("loss", rule=RULES[options.pop("mode", "auto")], **options), values)


def drive(hook, values):
    runner = SimpleNamespace(train_loop=SimpleNamespace(stop_training=False), logger=logging.getLogger())
    hook.before_run(runner)
    best = -1
    for epoch, value in enumerate(values):
        value = None if value is None else value * 1.0
        try:
            hook.after_val_epoch(runner, {} if value is None else {hook.monitor: value})
        except RuntimeError as error:
            return [epoch, True, best, hook.wait_count, told(error)]
        if value is not None and hook.best_score is value:
            best = epoch
        if runner.train_loop.stop_training:
            return [epoch, True, best, hook.wait_count]
    return [len(values) - 1, False, best, hook.wait_count]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    conform(
        f"mmengine {version('mmengine')}",
        judge,
        corners=[
            {},
            *settings({"patience": [0, 1, 3], "min_delta": [0.0, 0.1], "check_finite": [False]}),
            {"patience": 2, "min_delta": 0.25, "mode": "greater", "check_finite": False},
            {"patience": 2, "min_delta": -0.05, "strict": True},
            {"patience": 3, "stopping_threshold": 0.7},
        ],
        grid={
            "min_delta": [0.0, 0.0, 0.01, 0.05, 0.1, -0.05],
            "patience": [0, 1, 2, 3, 5, 9],
            "mode": ["auto", "less", "greater"],
            "strict": [False, False, True],
            "check_finite": [False, True],
            "stopping_threshold": [None, None, 0.3, 1.2],
        },
        count=150,
    )
