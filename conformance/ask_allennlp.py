"""Has the real `MetricTracker` of AllenNLP judge every history; of the package only the file that has it is run.

The trainer asks it after every epoch, and refuses a patience that is not positive with the error that stands in its file.
"""

import re
from importlib.metadata import files, version

from one_file_of import one_file_of
from sequences import conform, settings, told

MODULE = one_file_of("allennlp", "allennlp/training/metric_tracker.py")


class ConfigurationError(Exception):
    pass


MODULE.ConfigurationError = ConfigurationError
FILE = "allennlp/training/gradient_descent_trainer.py"
TRAINER = next(file for file in files("allennlp") if str(file) == FILE).read_text()
REFUSAL = re.search(r"'(.. is an invalid value for \"patience\".+?)'\s+\"(.+?)\"", TRAINER)


def judge(values, options):
    patience = options.get("patience", 10)
    if not isinstance(patience, int) or patience <= 0:
        assert "elif (not isinstance(patience, int)) or patience <= 0:" in TRAINER
        raise ConfigurationError("".join(REFUSAL.groups()).format(patience))
    tracker = MODULE.MetricTracker("+loss" if options.get("mode") == "max" else "-loss", patience)
    best = lambda: -1 if tracker.best_epoch is None else tracker.best_epoch  # noqa: E731
    for epoch, value in enumerate(values):
        try:
            tracker.add_metrics({} if value is None else {"loss": value})
        except ConfigurationError as error:
            return [epoch, True, best(), tracker._epochs_with_no_improvement, told(error)]
        if tracker.should_stop_early():
            return [epoch, True, best(), tracker._epochs_with_no_improvement]
    return [len(values) - 1, False, best(), tracker._epochs_with_no_improvement]


if __name__ == "__main__":
    conform(
        f"allennlp {version('allennlp')}",
        judge,
        corners=[*settings({"patience": [1, 2, 3], "mode": ["min", "max"]})],
        grid={"patience": [1, 2, 3, 5, 9], "mode": ["auto", "min", "max"]},
        refused=[{"patience": 0}],
        count=150,
    )
