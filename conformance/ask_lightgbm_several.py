"""Has the real `lightgbm.train` with its `early_stopping` judge several metrics at once, as ask_lightgbm.py one.

The metrics are ours, with names of our own, in the order in which `feval` returns them.
"""

import json
import random
import sys

import lightgbm
from ask_lightgbm import PARAMS, ROWS, Log

SEED = 5


def judge(metrics, higher, options):
    """The last round, whether it was stopped there, and the best round."""
    callback = lightgbm.early_stopping(**options)
    train = lightgbm.Dataset(ROWS, label=ROWS.ravel())
    valid = lightgbm.Dataset(ROWS, label=ROWS.ravel(), reference=train)
    rounds = []

    def feval(*_):
        rounds.append(len(rounds))
        return [(f"own_{i}", values[rounds[-1]], higher[i]) for i, values in enumerate(metrics)]

    Log.said.clear()
    model = lightgbm.train(PARAMS, train, len(metrics[0]), valid_sets=[valid], feval=feval, callbacks=[callback])
    ended = [word for word in Log.said if word.startswith(("Early stopping, best", "Did not meet early stopping"))]
    return [len(rounds) - 1, ended[0].startswith("Early"), model.best_iteration - 1]


def cases():
    rng = random.Random(SEED)
    for _ in range(150):
        count, length = rng.choice((2, 2, 3)), rng.choice((3, 8, 15))
        metrics = []
        for _ in range(count):
            level, values = rng.uniform(0.2, 2), []
            for _ in range(length):
                level += rng.gauss(-0.03, 0.1)
                values.append(round(level, rng.choice((1, 2))))
            metrics.append(values)
        higher = [rng.random() < 0.4 for _ in metrics]
        options = {
            "stopping_rounds": rng.choice((1, 2, 3, 5)),
            "first_metric_only": rng.random() < 0.4,
            "min_delta": rng.choice((0.0, 0.0, 0.05)),
        }
        yield [metrics, higher, options, judge(metrics, higher, options)]


if __name__ == "__main__":
    compact = lambda value: json.dumps(value, separators=(",", ":"), allow_nan=False)  # noqa: E731
    print('{"library":"lightgbm %s",' % lightgbm.__version__)
    print('"expected":["last round","stopped","best round"],')
    print('"cases":[\n%s]}' % ",\n".join(map(compact, cases())))
    print("150 cases", file=sys.stderr)
