"""Has the real pruners of Optuna judge sets of runs: every run is a trial of a study in memory."""

import warnings

import optuna
from optuna import pruners
from optuna.trial import TrialState
from run_sets import conform_sets, follow

optuna.logging.set_verbosity(optuna.logging.ERROR)
WRAPPED = {"none": None, "median": pruners.MedianPruner()}


def pruner(rule, settings):
    settings = dict(settings)
    if rule == "optuna-patient":
        return pruners.PatientPruner(WRAPPED[settings.pop("wrapped_pruner", "none")], **settings)
    # None of ours is their auto.
    for name in ("min_resource", "max_resource"):
        if name in settings and settings[name] is None:
            settings[name] = "auto"
    kinds = {
        "optuna-median": pruners.MedianPruner,
        "optuna-percentile": pruners.PercentilePruner,
        "optuna-threshold": pruners.ThresholdPruner,
        "optuna-successive-halving": pruners.SuccessiveHalvingPruner,
        "optuna-hyperband": pruners.HyperbandPruner,
    }
    return kinds[rule](**settings)


def judge(rule, runs, settings, direction, order):
    study = optuna.create_study(
        direction={"min": "minimize", "max": "maximize"}[direction], pruner=pruner(rule, settings), study_name="study"
    )
    trials = {}

    def report(run, step, value):
        trial = trials[run]
        trial.report(value, step)
        return trial.should_prune()

    def end(run, stopped):
        trials[run] = trials.get(run)
        study.tell(trials[run], None if stopped else 0.0, state=TrialState.PRUNED if stopped else TrialState.COMPLETE)

    for run, _ in enumerate(runs):
        trials[run] = study.ask()
    return follow(runs, order, report, end)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    steps = {"n_warmup_steps": [0, 0, 2, 5], "interval_steps": [1, 1, 2, 3]}
    others = {"n_startup_trials": [0, 1, 2, 5], **steps, "n_min_trials": [1, 1, 3]}
    conform_sets(
        f"optuna {optuna.__version__}",
        judge,
        grids={
            "optuna-median": others,
            "optuna-percentile": {"percentile": [0.0, 10.0, 25.0, 33.3, 75.0, 100.0], **others},
            "optuna-patient": {"wrapped_pruner": ["none", "none", "median"], "patience": [0, 1, 2, 4], "min_delta": [0.0, 0.0, 0.1]},
            "optuna-threshold": {"lower": [None, 0.3, 0.8], "upper": [0.9, 1.5], **steps},
            "optuna-successive-halving": {
                "min_resource": [None, 1, 1, 2, 3],
                "reduction_factor": [2, 3, 4],
                "min_early_stopping_rate": [0, 0, 1],
            },
            "optuna-hyperband": {
                "min_resource": [1, 1, 2],
                "max_resource": [None, 9, 20, 27],
                "reduction_factor": [2, 3],
            },
        },
        refused=[
            ("optuna-median", {"n_startup_trials": -1}),
            ("optuna-median", {"n_warmup_steps": -1}),
            ("optuna-median", {"interval_steps": 0}),
            ("optuna-median", {"n_min_trials": 0}),
            ("optuna-percentile", {"percentile": 101.0}),
            ("optuna-threshold", {}),
            ("optuna-threshold", {"lower": 2.0, "upper": 1.0}),
            ("optuna-patient", {"patience": -1}),
            ("optuna-patient", {"patience": 1, "min_delta": -0.1}),
            ("optuna-successive-halving", {"min_resource": 0}),
            ("optuna-successive-halving", {"reduction_factor": 1}),
            ("optuna-successive-halving", {"min_early_stopping_rate": -1}),
            ("optuna-successive-halving", {"bootstrap_count": -1}),
            ("optuna-successive-halving", {"bootstrap_count": 1}),
            ("optuna-hyperband", {"bootstrap_count": 1}),
        ],
    )
