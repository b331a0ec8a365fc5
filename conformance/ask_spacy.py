"""Has the real training loop of spaCy judge every history of scores; of the package only the file that has it is run.

The pipeline does nothing, and an evaluation gives the next score. Training goes on to the step before the one whose score the
history does not have. A metric that is to shrink is given with its sign turned: scores grow.
"""

import itertools
from importlib.metadata import version

from one_file_of import Nothing, one_file_of
from sequences import conform, settings

LOOP = one_file_of("spacy", "spacy/training/loop.py")


class Pipeline(Nothing):
    pipeline = ()


class Optimizer(Nothing):
    averages = None


def judge(values, options):
    every = options.get("eval_frequency", 200)
    sign = 1 if options.get("mode") == "max" else -1
    scores = iter(values)
    checkpoints, whole = [], []

    def batches():
        yield from [(0, [])] * (len(values) * every)
        whole.append(True)

    steps = LOOP.train_while_improving(
        Pipeline(),
        Optimizer(),
        batches(),
        lambda: (sign * next(scores), {}),
        dropout=itertools.repeat(0.0),
        eval_frequency=every,
        accumulate_gradient=1,
        patience=options.get("patience", 1600),
        max_steps=0,
        exclude=[],
        annotating_components=[],
        before_update=None,
    )
    for _, info, _ in steps:
        checkpoints = info["checkpoints"]
    # What the loop itself calls the best.
    best = max(((score, -step) for score, step in checkpoints), default=(None, every))
    return [len(checkpoints) - 1, not whole, -best[1] // every, None]


if __name__ == "__main__":
    conform(
        f"spacy {version('spacy')}",
        judge,
        corners=[
            {"patience": 3, "eval_frequency": 1},
            {"patience": 30, "eval_frequency": 10},
            {"patience": 25, "eval_frequency": 10, "mode": "max"},
            {"patience": 7, "eval_frequency": 10},
            {"patience": 0, "eval_frequency": 10},
            {"patience": -1, "eval_frequency": 10},
        ],
        grid={"patience": [0, 1, 20, 21, 29, 30, 50, 90], "eval_frequency": [1, 10, 10, 7], "mode": ["auto", "min", "max"]},
        keep=lambda values, _: None not in values,
        count=150,
    )
