"""Has the real `EarlyStopping` of PyTorch Lightning judge every history; a stand-in for the Trainer holds the metrics."""

from importlib.metadata import version
from types import SimpleNamespace

import torch
from lightning.pytorch.callbacks import EarlyStopping
from lightning.pytorch.trainer.states import TrainerFn
from sequences import conform, settings, told


def judge(values, options):
    callback = EarlyStopping(monitor="val_loss", **options)
    trainer = SimpleNamespace(
        callback_metrics={},
        check_val_every_n_epoch=1,
        fast_dev_run=False,
        sanity_checking=False,
        should_stop=False,
        state=SimpleNamespace(fn=TrainerFn.FITTING),
        strategy=SimpleNamespace(reduce_boolean_decision=lambda decision, all: decision),
        val_check_interval=1.0,
    )
    callback.setup(trainer, None, "fit")
    best, score = -1, callback.best_score
    for epoch, value in enumerate(values):
        trainer.current_epoch = epoch
        # `LightningModule.log` makes a float32 tensor of a number.
        trainer.callback_metrics = {} if value is None else {"val_loss": torch.tensor(value, dtype=torch.float32)}
        try:
            callback.on_train_epoch_end(trainer, None)
        except RuntimeError as error:
            return [epoch, True, best, callback.wait_count, told(error)]
        if callback.best_score is not score:
            best, score = epoch, callback.best_score
        if trainer.should_stop:
            return [epoch, True, best, callback.wait_count]
    return [len(values) - 1, False, best, callback.wait_count]


if __name__ == "__main__":
    lenient = {"strict": False, "check_finite": False}
    conform(
        f"lightning {version('lightning')}",
        judge,
        corners=[
            *settings({"patience": [1, 3], "strict": [False, True]}),
            *({**lenient, **more} for more in settings({"patience": [0, 2], "min_delta": [0.0, 0.1, -0.05]})),
            {**lenient, "mode": "max", "patience": 2, "min_delta": 0.25},
            {**lenient, "patience": 3, "stopping_threshold": 0.7, "divergence_threshold": 1.0},
            {**lenient, "patience": 3, "stopping_threshold": 0.7, "divergence_threshold": 0.5, "mode": "max"},
        ],
        grid={
            "min_delta": [0.0, 0.0, 0.01, 0.05, 0.1, -0.05],
            "patience": [0, 1, 2, 3, 5, 9],
            "mode": ["min", "min", "max"],
            "strict": [False, True],
            "check_finite": [False, True],
            "stopping_threshold": [None, None, None, 0.3, 1.2],
            "divergence_threshold": [None, None, None, 1.5, 0.4],
        },
        refused=[{"mode": "auto"}],
    )
