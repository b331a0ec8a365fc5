"""A training by Keras, of any version: see rule_code.py. The weight of the model is the number of the epoch."""

import os

os.environ |= {"KERAS_BACKEND": "jax", "TF_CPP_MIN_LOG_LEVEL": "3"}
import keras  # noqa: E402  (the backend has to be chosen first)
import numpy  # noqa: E402

ONE = numpy.ones((1, 1))
MODEL = keras.Sequential([keras.layers.Dense(1, use_bias=False)])
MODEL.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse", metrics=["accuracy"])


class Script(keras.callbacks.Callback):
    """Comes before the rules and reports the values."""

    def __init__(self, monitors, values):
        super().__init__()
        self.monitors, self.values, self.last = monitors, values, -1

    def on_epoch_end(self, epoch, logs=None):
        self.last = epoch
        self.model.set_weights([epoch * ONE])
        logs |= dict.fromkeys(self.monitors, self.values[epoch])


def train(snippet, values):
    rules = snippet.run()
    script = Script([rule.monitor for rule in rules], values)
    MODEL.stop_training = False
    MODEL.fit(ONE, ONE, epochs=len(values), verbose=0, callbacks=[script, *rules])
    return script.last, MODEL.stop_training, int(MODEL.get_weights()[0][0, 0])
