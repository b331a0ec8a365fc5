"""A training by fastai: see rule_code.py. The weight of the model is the number of the epoch."""

import tempfile
from pathlib import Path

import torch
from fastai.callback.core import Callback
from fastai.data.core import DataLoaders
from fastai.data.load import DataLoader
from fastai.learner import Learner, Recorder

ROWS = [(torch.ones(1), torch.ones(1))]
LOSSES = ["train_loss", "valid_loss"]


class Script(Callback):
    """Comes after what records and before what judges the record."""

    order = Recorder.order + 1

    def __init__(self, places, values):
        self.places, self.values, self.cancelled = places, values, False

    def after_epoch(self):
        self.last = self.epoch
        for place in self.places:
            self.recorder.values[-1][place] = self.values[self.epoch]
        with torch.no_grad():
            self.model.weight.fill_(self.epoch)

    def after_cancel_fit(self):
        self.cancelled = True


def metric(name):
    """A metric that is reported under this name."""

    def one(prediction, target):
        return torch.ones(())

    one.__name__ = name
    return one


def train(snippet, values):
    callbacks = snippet.run()
    monitors = {each.monitor for each in callbacks}
    names = [*LOSSES, *(monitors - set(LOSSES))]
    script = Script([names.index(monitor) for monitor in monitors], values)
    loaders = DataLoaders(DataLoader(ROWS, bs=1), DataLoader(ROWS, bs=1))
    model = torch.nn.Linear(1, 1, bias=False)
    with tempfile.TemporaryDirectory() as folder:
        metrics = [metric(name) for name in names[2:]]
        learner = Learner(loaders, model, loss_func=torch.nn.MSELoss(), metrics=metrics, path=Path(folder))
        with learner.no_bar(), learner.no_logging():
            learner.fit(len(values), lr=0.0, cbs=[script, *callbacks])
    return script.last, script.cancelled, int(model.weight)
