"""What recompute.py has the command line train: settings that differ from the defaults, by what is special about each."""

SMALL = {"replicas": {"count": 6}, "model": {"hidden": [8]}}
EXPERIMENTS = {
    "regression with a known truth, Keras": {**SMALL, "training": {"epochs": 60}},
    "two classes, PyTorch Lightning": {
        **SMALL,
        "data": {"source": "moons"},
        "training": {"epochs": 60},
        "stopping": {"policy": {"rule": "lightning", "patience": 3, "min_delta": 0.002}},
    },
    "two classes as two outputs, all of accuracy and loss": {
        **SMALL,
        "data": {"source": "circles", "testSize": 64},
        "model": {"hidden": [6, 5], "layerNorm": True, "activation": "relu"},
        "objective": "softmax-cross-entropy",
        "training": {"epochs": 40},
        "stopping": {
            "policy": {
                "all": [
                    {"rule": "keras", "monitor": "validation-accuracy", "patience": 2, "restore_best_weights": True},
                    {"rule": "keras", "monitor": "validation-loss", "patience": 4, "min_delta": 0.01},
                ]
            }
        },
    },
    "three classes of a table, Brier score": {
        **SMALL,
        "data": {"source": "penguins"},
        "training": {"epochs": 50},
        "stopping": {
            "policy": {
                "rule": "keras",
                "monitor": "validation-brier",
                "patience": 5,
                "start_from_epoch": 3,
                "restore_best_weights": True,
            }
        },
    },
    "Huber, any of two rules": {
        **SMALL,
        "data": {"outliers": 0.1},
        "objective": "huber",
        "loss": {"huberDelta": 0.5},
        "training": {"epochs": 40},
        "stopping": {
            "policy": {
                "any": [
                    {"rule": "keras", "patience": 6, "restore_best_weights": True, "baseline": 0.3},
                    {"rule": "lightning", "monitor": "training-loss", "patience": 4, "min_delta": 0.01},
                ]
            }
        },
    },
    "absolute error of a table, noise unknown": {
        **SMALL,
        "data": {"source": "auto-mpg"},
        "objective": "absolute-error",
        "training": {"epochs": 40},
        "stopping": {"policy": {"rule": "keras", "patience": 4, "restore_best_weights": True}},
    },
    "six of eight replicas diverge before they stop": {
        "replicas": {"count": 8},
        "training": {"epochs": 40, "optimizer": {"name": "sgd", "learningRate": 0.11}},
        "stopping": {"policy": {"rule": "lightning", "patience": 30}},
    },
}
