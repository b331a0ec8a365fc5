"""Learning rates of Keras's own ReduceLROnPlateau on made-up validation losses, for src/engine/training/training-scheduler.test.ts.

Run with the Python of the environment conformance/requirements/keras.txt: python conformance/plateau.py
"""
import json
import math
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"

import keras  # noqa: E402

FILE = Path(__file__).parent.parent / "src/engine/fixtures/plateau.json"
SEQUENCES = {
    "falls": [1 / (e + 1) for e in range(24)],
    "stays": [0.5] * 24,
    "creeps": [1 - 0.00005 * e for e in range(24)],
    "by exactly min delta": [1 - 0.125 * e for e in range(8)] + [0.125] * 16,
    "waves": [1 + 0.3 * math.sin(0.9 * e) - 0.02 * e for e in range(24)],
    "NaN in between": [1, 0.9, math.nan, 0.8, math.nan, math.nan, 0.85, 0.84, 0.83] + [math.nan] * 15,
    "up and infinite": [0.1, 0.2, math.inf, math.inf] + [0.3] * 20,
}
SETTINGS = [
    {"factor": 0.5, "patience": 3, "minDelta": 0.0001, "cooldown": 0, "minRate": 0},
    {"factor": 0.1, "patience": 1, "minDelta": 0.125, "cooldown": 2, "minRate": 0.002},
    {"factor": 0.3, "patience": 5, "minDelta": 0, "cooldown": 4, "minRate": 0.01},
]
RATE = 0.08


class Model:
    """All that the callback touches."""

    def __init__(self):
        self.optimizer = keras.optimizers.SGD(RATE)


def rates(losses, settings):
    callback = keras.callbacks.ReduceLROnPlateau(
        monitor="val_loss",
        factor=settings["factor"],
        patience=settings["patience"],
        min_delta=settings["minDelta"],
        cooldown=settings["cooldown"],
        min_lr=settings["minRate"],
        mode="min",
        verbose=0,
    )
    callback.set_model(Model())
    callback.on_train_begin()
    found = []
    for epoch, loss in enumerate(losses):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        found.append(float(callback.model.optimizer.learning_rate.numpy()))
    return found


def written(x):
    return x if math.isfinite(x) else str(x)


cases = [
    {"name": name, "settings": settings, "losses": [written(x) for x in losses], "rates": rates(losses, settings)}
    for name, losses in SEQUENCES.items()
    for settings in SETTINGS
]
FILE.write_text(json.dumps({"by": f"keras {keras.__version__}", "rate": RATE, "cases": cases}) + "\n")
