"""Has the real `EarlyStopping` of an older Keras judge every history: `ask_keras_by_version.py keras-2.1`.

Of Keras 2 and before only the file with the callbacks is run, without TensorFlow: the callback asks nothing of it. Keras 3 is
whole. The model's only weight is the epoch it was trained to, so that the weights that are kept name the best epoch.
"""

import logging
import os
import sys
import warnings
from importlib.metadata import version

from one_file_of import one_file_of
from sequences import conform, settings, told

# Distribution, and the file with the callbacks; None: the whole library is imported.
WHERE = {
    "keras-1.2": ("keras", "keras/callbacks.py"),
    "keras-2.1": ("keras", "keras/callbacks.py"),
    "tf-keras-2.1": ("tensorflow-cpu", "tensorflow/python/keras/callbacks.py"),
    "tf-keras-2.5": ("keras", "keras/callbacks.py"),
    "tf-keras-2.12": ("keras", "keras/src/callbacks.py"),
    "tf-keras-2.16": ("tf_keras", "tf_keras/src/callbacks.py"),
    "keras-3.0": ("keras", None),
}
SHOWN = {"tensorflow-cpu": "tensorflow"}


def library(name):
    distribution, _ = WHERE[name]
    return f"{SHOWN.get(distribution, distribution)} {version(distribution)}"


def early_stopping(name):
    distribution, path = WHERE[name]
    if path is not None:
        return one_file_of(distribution, path).EarlyStopping
    os.environ["KERAS_BACKEND"] = "jax"
    import keras

    return keras.callbacks.EarlyStopping


class Counter:
    stop_training = False
    metrics = ()
    weights = -1

    def get_weights(self):
        return [self.weights]

    def set_weights(self, weights):
        self.weights = weights[0]


def asker(name):
    klass = early_stopping(name)
    restores = name != "keras-1.2"
    at_end = name in ("tf-keras-2.16", "keras-3.0")

    def judge(values, options):
        model = Counter()
        options = {"mode": "min", **options}
        callback = klass(**options)
        # Called `set_model` since Keras 2.0, `_set_model` before.
        (callback.set_model if hasattr(callback, "set_model") else callback._set_model)(model)
        callback.on_train_begin()
        last, best, error = -1, -1, None
        for epoch, value in enumerate(values):
            model.weights = last = epoch
            # A number of its own, so that it is known again as the best.
            value = None if value is None else value * 1.0
            try:
                callback.on_epoch_end(epoch, {} if value is None else {"val_loss": value})
            except TypeError as raised:
                error = told(raised)
                break
            if value is not None and getattr(callback, "best", None) is value:
                best = epoch
            if model.stop_training:
                break
        stopped = model.stop_training or error is not None
        kept = getattr(callback, "best_weights", None)
        if kept is not None:
            best = kept[0]
        if error is None:
            callback.on_train_end()
            restored = options.get("restore_best_weights") and best != -1 and (stopped or at_end)
            assert model.weights == (best if restored else last), (values, options)
        # Where nothing is restored, the weights of the first epoch are not kept for the best either.
        known = restores and not options.get("restore_best_weights") and name not in ("keras-2.1", "tf-keras-2.1")
        return [last, stopped, None if known else best, callback.wait, *([error] if error else [])]

    return judge


if __name__ == "__main__":
    name = sys.argv[1]
    logging.disable()
    warnings.simplefilter("ignore")  # they warn of every epoch whose metric is missing
    corners = [
        *settings({"patience": [0, 1, 3], "min_delta": [0, 0.1]}),
        {"patience": 2, "min_delta": -0.25, "mode": "max"},
    ]
    grid = {"min_delta": [0, 0, 0.01, 0.05, 0.1, -0.05], "patience": [0, 1, 2, 3, 5, 9], "mode": ["auto", "min", "max"]}
    if name == "keras-3.0":
        grid["mode"] = ["min", "min", "max"]
    if name != "keras-1.2":
        corners = [{"restore_best_weights": True, **options} for options in corners]
        corners += [{"patience": 2, "baseline": 0.5, "restore_best_weights": True}, {"patience": 3, "baseline": 0.5}]
        grid["baseline"] = [None, None, 0.4, 0.8, 1.1]
        grid["restore_best_weights"] = [True, True, False]
    if name in ("tf-keras-2.12", "tf-keras-2.16", "keras-3.0"):
        corners += [{"patience": 2, "start_from_epoch": 3, "restore_best_weights": True}]
        grid["start_from_epoch"] = [0, 0, 0, 1, 4, 20]
    conform(library(name), asker(name), corners=corners, grid=grid, count=120)
