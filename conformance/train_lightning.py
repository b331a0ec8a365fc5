"""A training by PyTorch Lightning: see rule_code.py. The epoch of the weights is that of the checkpoint."""

import logging
import re
import tempfile
import warnings

import torch
from lightning.pytorch import LightningModule, Trainer
from lightning.pytorch.callbacks import ModelCheckpoint
from torch.utils.data import DataLoader

warnings.simplefilter("ignore")
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
DATA = DataLoader([torch.ones(1)])


class Module(LightningModule):
    def __init__(self, monitors, values):
        super().__init__()
        self.monitors, self.values = monitors, values
        self.weight = torch.nn.Parameter(torch.ones(1))

    def training_step(self, batch):
        return (0 * self.weight).sum()

    def validation_step(self, batch):
        self.log_dict(dict.fromkeys(self.monitors, self.values[self.current_epoch]))

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), 0.0)


def train(snippet, values):
    callbacks = snippet.run()
    checkpoints = [each for each in callbacks if isinstance(each, ModelCheckpoint)]
    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(
            accelerator="cpu",
            callbacks=callbacks,
            default_root_dir=folder,
            enable_checkpointing=bool(checkpoints),
            enable_model_summary=False,
            enable_progress_bar=False,
            logger=False,
            max_epochs=len(values),
            num_sanity_val_steps=0,
        )
        trainer.fit(Module([each.monitor for each in callbacks], values), DATA, DATA)
    kept = [int(re.search(r"epoch=(\d+)", each.best_model_path)[1]) for each in checkpoints]
    return trainer.current_epoch - 1, trainer.should_stop, kept[0] if kept else None
