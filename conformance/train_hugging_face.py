"""A training by the Trainer of Hugging Face: see rule_code.py. The weight of the model is the number of the epoch."""

import functools
import os
import tempfile
import warnings

os.environ["TRANSFORMERS_VERBOSITY"] = "error"
import torch  # noqa: E402
from transformers import Trainer, TrainerCallback, TrainingArguments  # noqa: E402
from transformers.trainer_utils import EvalLoopOutput  # noqa: E402

warnings.simplefilter("ignore")
ROWS = [{"x": torch.ones(1), "labels": torch.ones(1)}]


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(1))

    def forward(self, x, labels):
        return {"loss": (0 * self.weight * x).sum()}


class Scripted(Trainer):
    def evaluation_loop(self, *args, **kwargs):
        value = self.values[round(self.state.epoch) - 1]
        metrics = {self.args.metric_for_best_model: value}
        return EvalLoopOutput(predictions=None, label_ids=None, metrics=metrics, num_samples=1)


class Numbers(TrainerCallback):
    def on_epoch_end(self, args, state, control, model=None, **kwargs):
        with torch.no_grad():
            model.weight.fill_(round(state.epoch) - 1)


def train(snippet, values):
    with tempfile.TemporaryDirectory() as folder:
        job = {"num_train_epochs": len(values), "learning_rate": 0.0, "output_dir": folder, "use_cpu": True}
        quiet = {"disable_tqdm": True, "logging_strategy": "no", "report_to": []}
        args, *rules = snippet.run(TrainingArguments=functools.partial(TrainingArguments, **job, **quiet))
        model = Model()
        trainer = Scripted(model, args, train_dataset=ROWS, eval_dataset=ROWS, callbacks=[Numbers(), *rules])
        trainer.values = values
        trainer.train()
    last = round(trainer.state.epoch) - 1
    fired = any(rule.early_stopping_patience_counter >= rule.early_stopping_patience for rule in rules)
    return last, fired, int(model.weight)
