"""Has the real stoppers and schedulers of Ray Tune judge sets of runs, called as its controller calls them.

No run is paused: none is left waiting. Results come once an iteration, which is the time that is asked about.
"""

import warnings
from types import SimpleNamespace

import ray
from ray.tune.schedulers import ASHAScheduler, MedianStoppingRule
from ray.tune.schedulers.trial_scheduler import TrialScheduler
from ray.tune.stopper import MaximumIterationStopper, TrialPlateauStopper
from run_sets import conform_sets, follow

SCHEDULERS = {"ray-asha": ASHAScheduler, "ray-median-stopping": MedianStoppingRule}
CONTROLLER = SimpleNamespace(get_live_trials=list)


class Trial:
    def __init__(self, number):
        self.trial_id = str(number)


def judge(rule, runs, settings, direction, order):
    trials = [Trial(number) for number, _ in enumerate(runs)]
    last = {}
    if rule in SCHEDULERS:
        scheduler = SCHEDULERS[rule](time_attr="training_iteration", metric="loss", mode=direction, **settings)
        for trial in trials:
            scheduler.on_trial_add(CONTROLLER, trial)

        def report(run, step, value):
            last[run] = {"training_iteration": step + 1, "loss": value}
            return scheduler.on_trial_result(CONTROLLER, trials[run], last[run]) == TrialScheduler.STOP

        def end(run, _):
            if run in last:
                scheduler.on_trial_complete(CONTROLLER, trials[run], last[run])

        return follow(runs, order, report, end)
    if rule == "ray-trial-plateau":
        stopper = TrialPlateauStopper("loss", mode=direction, **settings)
    else:
        stopper = MaximumIterationStopper(**settings)
    return follow(runs, order, lambda run, _, value: stopper(str(run), {"loss": value}), lambda *_: None)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    conform_sets(
        f"ray {ray.__version__}",
        judge,
        grids={
            "ray-asha": {
                "max_t": [5, 9, 30],
                "grace_period": [1, 1, 2, 4],
                "reduction_factor": [2, 2.5, 3, 4],
                "stop_last_trials": [True, False],
            },
            "ray-median-stopping": {"grace_period": [0, 1, 2, 4], "min_samples_required": [0, 1, 2, 3]},
            "ray-trial-plateau": {
                "std": [0.01, 0.05, 0.1, 0.2],
                "num_results": [1, 2, 4, 9],
                "grace_period": [0, 4, 6],
                "metric_threshold": [None, None, 0.8],
            },
            "ray-maximum-iteration": {"max_iter": [0, 1, 3, 8, 50]},
        },
        refused=[
            ("ray-asha", {"max_t": 0}),
            ("ray-asha", {"grace_period": 0}),
            ("ray-asha", {"reduction_factor": 1}),
            ("ray-asha", {"grace_period": 200}),
        ],
        missing=False,
    )
