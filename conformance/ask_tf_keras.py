"""Has the real `EarlyStopping` of Keras 2.11, the last of its older behaviour, judge every history.

The model's only weight is the epoch it was trained to, so that the weights that are kept name the best epoch.
"""

import logging
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras  # noqa: E402
from sequences import conform, settings  # noqa: E402


class Counter:
    stop_training = False
    weights = -1

    def get_weights(self):
        return [self.weights]

    def set_weights(self, weights):
        self.weights = weights[0]


def judge(values, options):
    model = Counter()
    callback = keras.callbacks.EarlyStopping(restore_best_weights=True, **{"mode": "min", **options})
    callback.set_model(model)
    callback.on_train_begin()
    last = -1
    for epoch, value in enumerate(values):
        model.weights = last = epoch
        callback.on_epoch_end(epoch, {} if value is None else {"val_loss": value})
        if model.stop_training:
            break
    best = -1 if callback.best_weights is None else callback.best_weights[0]
    callback.on_train_end()
    # Restored only where the rule stopped the run.
    assert model.weights == (best if model.stop_training else last)
    return [last, model.stop_training, best, callback.wait]


if __name__ == "__main__":
    logging.disable()  # it warns of every epoch whose metric is missing
    conform(
        f"keras {keras.__version__}",
        judge,
        corners=[
            *settings({"patience": [0, 1, 3], "min_delta": [0, 0.1]}),
            {"patience": 2, "min_delta": -0.25, "mode": "max"},
            {"patience": 2, "baseline": 0.5},
            {"patience": 3, "baseline": 0.5},
            {"patience": 2, "start_from_epoch": 3},
            {"patience": 1, "start_from_epoch": 1, "mode": "auto"},
        ],
        grid={
            "min_delta": [0, 0, 0.01, 0.05, 0.1, -0.05],
            "patience": [0, 1, 2, 3, 5, 9],
            "mode": ["auto", "min", "max"],
            "baseline": [None, None, 0.4, 0.8, 1.1],
            "start_from_epoch": [0, 0, 0, 1, 4, 20],
        },
    )
