"""Has the real `EarlyStopping` of skorch judge every history; of the package only the file that has it is run.

The weights of the net are the number of the epoch, so that those that it ends with name the best one.
"""

from importlib.metadata import version
from types import SimpleNamespace

from one_file_of import one_file_of
from sequences import conform, settings, told

EarlyStopping = one_file_of("skorch", "skorch/callbacks/training.py").EarlyStopping


class History(list):
    def __getitem__(self, key):
        row, column = key
        return super().__getitem__(row)[column]


class Module:
    weights = None

    def state_dict(self):
        return {"epoch": self.weights}

    def load_state_dict(self, state):
        self.weights = state["epoch"]


def judge(values, options):
    options = dict(options)
    lower = options.pop("lower_is_better", "true") == "true"
    return drive(EarlyStopping(lower_is_better=lower, **options), values)[0]


def drive(callback, values):
    """What it did, and the weights that the net ends with."""
    net = SimpleNamespace(history=History(), module_=Module(), verbose=False)
    callback.on_train_begin(net)
    last, best, stopped = -1, -1, False
    for epoch, value in enumerate(values):
        # Epochs count from 1.
        net.history.append({"epoch": epoch + 1} | ({} if value is None else {callback.monitor: value}))
        net.module_.weights = last = epoch
        try:
            callback.on_epoch_end(net)
        except KeyError as error:
            return [last, True, best, callback.misses_, told(error)], last
        except KeyboardInterrupt:
            stopped = True
        best = callback.best_epoch_ - 1
        if stopped:
            break
    if values:
        callback.on_train_end(net)
        assert net.module_.weights == (best if callback.load_best and best != -1 else last)
    return [last, stopped, best, callback.misses_], net.module_.weights


if __name__ == "__main__":
    conform(
        f"skorch {version('skorch')}",
        judge,
        corners=[
            {},
            *settings({"patience": [1, 3], "threshold": [0.0, 0.1], "threshold_mode": ["rel", "abs"]}),
            {"patience": 0},
            {"patience": 2, "threshold": 0.25, "lower_is_better": "false"},
        ],
        grid={
            "patience": [0, 1, 2, 3, 5, 9],
            "threshold": [0.0, 1e-4, 0.01, 0.05, 0.1, -0.05],
            "threshold_mode": ["rel", "abs"],
            "lower_is_better": ["true", "true", "false"],
            "load_best": [False, True],
        },
        refused=[{"threshold_mode": "relative"}],
        count=150,
    )
