"""Has the real `EarlyStopping` of Ultralytics judge every history; of the package only the file that has it is run.

A metric that is to shrink is given with its sign turned: fitness grows.
"""

from importlib.metadata import version

from one_file_of import one_file_of
from sequences import NAN, conform, settings

EarlyStopping = one_file_of("ultralytics", "ultralytics/utils/torch_utils.py").EarlyStopping


def judge(values, options):
    sign = 1 if options.get("mode") == "max" else -1
    stopper = EarlyStopping(options.get("patience", 100))
    last, best = -1, -1
    for epoch, value in enumerate(values):
        last = epoch
        stops = stopper(epoch, None if value is None else sign * value)
        if value is not None and stopper.best_epoch == epoch:
            best = epoch
        if stops:
            return [last, True, best, None]
    return [last, False, best, None]


if __name__ == "__main__":
    zeros = [[0.0] * 6, [0.0, 0.0, 0.0, 0.1, 0.2, 0.1, 0.05], [0.0, None, 0.0, 0.5, 0.5, 0.5], [NAN, 0.0, 0.1, 0.2]]
    conform(
        f"ultralytics {version('ultralytics')}",
        judge,
        corners=[*settings({"patience": [1, 2, 3], "mode": ["min", "max"]}), {"patience": 0}],
        grid={"patience": [0, 1, 2, 3, 5, 9], "mode": ["auto", "min", "max"]},
        more=zeros,
        count=150,
    )
