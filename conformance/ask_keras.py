"""Has the real Keras `EarlyStopping` judge generated and adversarial histories and writes down what it did.

The callback is driven as `Model.fit` drives it, with a model whose only weight is the epoch it was trained to, so that
the weights it ends with name the restored epoch. The output does not depend on the machine: the seed is fixed.
"""

import json
import math
import os
import random
import sys
import warnings

os.environ["KERAS_BACKEND"] = "jax"
import keras  # noqa: E402  (the backend has to be chosen first)

NAN, INF = math.nan, math.inf
DEFAULTS = dict(patience=0, min_delta=0, mode="min", baseline=None, start_from_epoch=0, restore_best_weights=True)


class Counter:
    """A model whose weights are the number of the epoch."""

    stop_training = False
    weights = -1

    def get_weights(self):
        return [self.weights]

    def set_weights(self, weights):
        self.weights = weights[0]


def judge(values, options):
    model = Counter()
    callback = keras.callbacks.EarlyStopping(monitor="val_loss", **options)
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, value in enumerate(values):
        model.weights = epoch
        callback.on_epoch_end(epoch, {} if value is None else {"val_loss": value})
        if model.stop_training:
            break
    last = model.weights
    callback.on_train_end()
    return [last, model.stop_training, model.weights, callback.wait]


def spell(value):
    """JSON has no NaN and no infinities: they are written as JavaScript's names for them."""
    if value is None or math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def case(values, **options):
    options = {**DEFAULTS, **options}
    short = {key: value for key, value in options.items() if value != DEFAULTS[key]}
    return {"options": short, "values": [spell(v) for v in values], "expected": judge(values, options)}


def adversarial():
    table = {
        "A": [1, 0.8, 0.7, 0.75, 0.72, 0.71, 0.69, 0.68],
        "B": [0.9, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8],
        "C": [1, 0.96875, 0.9375, 0.90625, 0.875, 0.84375, 0.8125, 0.78125],
        "D": [0.9, 0.8, NAN, 0.7, 0.75, 0.76, 0.77, 0.78],
        "E": [NAN, 0.9, 0.8, 0.85, 0.86, 0.87, 0.88, 0.89],
        "F": [0.9, 0.8, 0.7, 0.71, 0.72, 0.73, 0.74, 0.75],
        "G": [0.9, 0.8, 0.45, 0.6, 0.6, 0.4, 0.6, 0.6, 0.6],
    }
    for values in table.values():
        floats = [float(v) for v in values]
        for patience in (0, 1, 2, 3, 5, 8):
            for options in ({}, {"min_delta": 0.05}, {"baseline": 0.5}, {"mode": "max"}, {"start_from_epoch": 3}):
                yield case(floats, patience=patience, **options)
    for patience in (0, 1, 2):
        for mode in ("min", "max"):
            for values in (
                [],
                [0.5],
                [NAN],
                [None],
                [None, None, None],
                [INF, INF, INF],
                [-INF, -INF, -INF],
                [INF, 1.0, -INF, -INF, 1.0],
                [-INF, 1.0, INF, INF, 1.0],
                [NAN, NAN, NAN, NAN],
                [1.0, None, 1.0, None, 1.0],
                [None, 0.5, None, 0.4, None, 0.6, 0.7],
                [0.0, -0.0, 0.0],
                [1e39, 1e38, 1e39, -1e39],
                [3.0, 2.0, 1.0, 0.0, -1.0, -2.0],
                [1.0, 1.0 + 2.0**-23, 1.0 - 2.0**-24, 1.0 - 2.0**-25, 1.0 - 2.0**-23],
                [0.1, 0.1 - 1e-9, 0.1 - 2e-9, 0.1 - 1e-8, 0.1 + 1e-8],
            ):
                yield case(values, patience=patience, mode=mode)
    for delta in (0.1, -0.1, 0.25, 1e-9, 1e39, 0.3):
        for mode in ("min", "max"):
            ties = [1.0, 1 - delta, 1 - 2 * delta, 1.0, 1 + delta, 1 + 2 * delta, 1.0, 1.0]
            yield case(ties, patience=2, min_delta=delta, mode=mode)
            yield case([v / 3 for v in ties], patience=1, min_delta=delta / 3, mode=mode)
    # A creep whose steps are each below min_delta, improvement at the last moment, and a baseline never or late met.
    creep = [1 - 0.01 * i for i in range(30)]
    for patience in (1, 3, 4, 5, 6):
        yield case(creep, patience=patience, min_delta=0.05)
        yield case([1.0] + [1.1] * patience + [0.9, 1.2], patience=patience)
        yield case([1.0] + [1.1] * (patience - 1) + [0.9], patience=patience)
        for baseline in (0.85, 0.2):
            yield case(creep + [0.9] * 8, patience=patience, baseline=baseline, min_delta=0.02)
    for start in range(10):
        yield case([0.5, 0.4, 0.3, 0.6, 0.7, 0.8, 0.9], patience=2, start_from_epoch=start)
        yield case([0.5, 0.4, 0.3, 0.6, None, 0.8, 0.9], patience=1, start_from_epoch=start, restore_best_weights=False)


def generated(count, rng):
    for _ in range(count):
        level, values = rng.uniform(0.2, 2), []
        grid = rng.choice((None, 1, 2))  # a coarse grid makes ties
        for _ in range(rng.choice((2, 5, 12, 12, 30))):
            level += rng.gauss(-0.02, 0.08)
            value = round(level, 4 if grid is None else grid)
            values.append(rng.choice((NAN, INF, -INF, None)) if rng.random() < 0.06 else value)
        yield case(
            values,
            patience=rng.choice((0, 1, 2, 3, 5, 9)),
            min_delta=rng.choice((0, 0, 0.01, 0.05, 0.1, -0.05)),
            mode=rng.choice(("min", "min", "max")),
            baseline=rng.choice((None, None, round(level, 2), round(level + 0.3, 2))),
            start_from_epoch=rng.choice((0, 0, 0, 1, 4, 20)),
            restore_best_weights=rng.random() < 0.8,
        )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    cases = [*adversarial(), *generated(300, random.Random(7))]
    print('{"keras": "%s", "expected": ["last epoch", "fired", "epoch of the weights", "wait"], "cases": [' % keras.__version__)
    print(",\n".join(json.dumps(c, separators=(",", ":"), allow_nan=False) for c in cases))
    print("]}")
    print(f"{len(cases)} cases", file=sys.stderr)
