"""Has the real `EarlyStoppingCallback` and the `Trainer`'s own choice of the best metric judge every history.

They are called in the order of `Trainer._maybe_log_save_evaluate`: the callback first, then the choice.
"""

import functools
import os
from importlib.metadata import version
from types import SimpleNamespace

os.environ["TRANSFORMERS_VERBOSITY"] = "error"
from sequences import conform, settings, told  # noqa: E402
from transformers import EarlyStoppingCallback, Trainer, TrainerControl, TrainerState, TrainingArguments  # noqa: E402

GREATER = {"auto": None, "true": True, "false": False}


@functools.cache
def arguments(greater_is_better):
    return TrainingArguments(
        output_dir=".",
        metric_for_best_model="loss",
        greater_is_better=GREATER[greater_is_better],
        load_best_model_at_end=True,
        eval_strategy="epoch",
        save_strategy="epoch",
        use_cpu=True,
        report_to=[],
    )


def judge(values, options):
    options = dict(options)
    args = arguments(options.pop("greater_is_better", "auto"))
    callback, state, control = EarlyStoppingCallback(**options), TrainerState(), TrainerControl()
    trainer = SimpleNamespace(args=args, state=state)
    best = lambda: -1 if state.best_global_step is None else state.best_global_step - 1  # noqa: E731
    callback.on_train_begin(args, state, control)
    for epoch, value in enumerate(values):
        state.global_step = epoch + 1
        metrics = {} if value is None else {"eval_loss": value}
        callback.on_evaluate(args, state, control, metrics)
        try:
            Trainer._determine_best_metric(trainer, metrics, None)
        except KeyError as error:
            return [epoch, True, best(), callback.early_stopping_patience_counter, told(error)]
        if control.should_training_stop:
            return [epoch, True, best(), callback.early_stopping_patience_counter]
    return [len(values) - 1, False, best(), callback.early_stopping_patience_counter]


if __name__ == "__main__":
    conform(
        f"transformers {version('transformers')}",
        judge,
        corners=[
            *settings({"early_stopping_patience": [0, 1, 2, 3], "early_stopping_threshold": [0.0, 0.1]}),
            {},
            {"early_stopping_patience": 2, "early_stopping_threshold": 0.25, "greater_is_better": "true"},
            {"early_stopping_patience": 2, "early_stopping_threshold": -0.05},
        ],
        grid={
            "early_stopping_patience": [0, 1, 2, 3, 5, 9],
            "early_stopping_threshold": [0.0, 0.0, 0.01, 0.05, 0.1],
            "greater_is_better": ["auto", "false", "true"],
        },
    )
