"""A training by an older Keras: see rule_code.py. Of Keras 2 and before only the callback is real, see ask_keras_by_version.py."""

import sys

from ask_keras_by_version import Counter, early_stopping

NAME = sys.argv[1]
for package in ("keras", "tensorflow.keras", "tf_keras"):
    sys.modules[f"{package}.callbacks"] = type(sys)("callbacks")
    sys.modules[f"{package}.callbacks"].EarlyStopping = early_stopping(NAME)


def train(snippet, values):
    rules = snippet.run()
    model, last = Counter(), -1
    for rule in rules:
        rule.set_model(model)
        rule.on_train_begin()
    for epoch, value in enumerate(values):
        model.weights = last = epoch
        for rule in rules:
            rule.on_epoch_end(epoch, {rule.monitor: value})
        if model.stop_training:
            break
    for rule in rules:
        rule.on_train_end()
    return last, model.stop_training, model.weights
