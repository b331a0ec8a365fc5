"""Has the real `EarlyStopping` of Ignite judge every history; its score function returns the metric as it is."""

import logging
from importlib.metadata import version

from ignite.engine import Engine
from ignite.handlers import EarlyStopping
from sequences import conform, settings, told


def judge(values, options):
    trainer, evaluator = Engine(lambda engine, batch: None), Engine(lambda engine, batch: None)
    handler = EarlyStopping(
        score_function=lambda engine: engine.state.metrics["loss"], trainer=trainer, **{"mode": "min", **options}
    )
    best = -1
    for epoch, value in enumerate(values):
        evaluator.state.metrics = {} if value is None else {"loss": value}
        before = handler.best_score
        try:
            handler(evaluator)
        except KeyError as error:
            return [epoch, True, best, handler.counter, told(error)]
        if handler.counter == 0 or handler.best_score != before:
            best = epoch
        if trainer.should_terminate:
            return [epoch, True, best, handler.counter]
    return [len(values) - 1, False, best, handler.counter]


if __name__ == "__main__":
    logging.disable()  # it tells of every stop
    conform(
        f"pytorch-ignite {version('pytorch-ignite')}",
        judge,
        corners=[
            *settings({"patience": [1, 2, 3], "threshold": [0.0, 0.1], "cumulative": [False, True]}),
            {"patience": 2, "threshold": 0.1, "threshold_mode": "rel"},
            {"patience": 2, "threshold": 0.25, "mode": "max"},
        ],
        grid={
            "patience": [1, 2, 3, 5, 9],
            "threshold": [0.0, 0.01, 0.05, 0.1],
            "cumulative": [False, True],
            "threshold_mode": ["abs", "abs", "rel"],
            "mode": ["min", "min", "max"],
        },
        refused=[{"patience": 0}, {"patience": 1, "threshold": -0.05}, {"patience": 1, "threshold_mode": "both"}],
    )
