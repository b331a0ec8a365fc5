"""Trains the two examples of "Your logs" in src/views/logs/examples, by Keras and by XGBoost, and writes down their histories.

    python3 conformance/example_logs.py keras      Keras 3.15.1 on jax 0.10.2: breast cancer, 5 seeds
    python3 conformance/example_logs.py xgboost    XGBoost 3.2.0: fuel use of cars, 8 seeds

The rows are those of datasets/. Each seed draws its own rows, weights and batches; nothing is chosen or smoothed.
"""

import csv
import json
import os
import sys
from pathlib import Path

import numpy

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "src/views/logs/examples"


def rows_of(dataset):
    with open(ROOT / f"datasets/{dataset}/{dataset}.csv", newline="") as file:
        _, *rows = csv.reader(line for line in file if not line.startswith("#"))
    return rows


def with_keras():
    os.environ |= {"KERAS_BACKEND": "jax"}
    import keras

    rows = rows_of("breast-cancer")
    inputs = numpy.array([[float(cell) for cell in row[:-1]] for row in rows], "float32")
    targets = numpy.array([row[-1] == "malignant" for row in rows], "float32")
    with open(EXAMPLES / "tumours-keras.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["seed", "epoch", "accuracy", "loss", "val_accuracy", "val_loss"])
        for seed in range(1, 6):
            keras.utils.set_random_seed(seed)
            order = numpy.random.default_rng(seed).permutation(len(rows))
            train, validation = order[:120], order[120:200]
            scaler = keras.layers.Normalization()
            scaler.adapt(inputs[train])
            model = keras.Sequential(
                [
                    scaler,
                    keras.layers.Dense(32, "relu"),
                    keras.layers.Dropout(0.4),
                    keras.layers.Dense(32, "relu"),
                    keras.layers.Dropout(0.4),
                    keras.layers.Dense(1, "sigmoid"),
                ]
            )
            model.compile(keras.optimizers.Adam(0.002), "binary_crossentropy", metrics=["accuracy"])
            history = model.fit(
                inputs[train],
                targets[train],
                batch_size=16,
                epochs=80,
                validation_data=(inputs[validation], targets[validation]),
                verbose=0,
            ).history
            columns = [history[name] for name in ("accuracy", "loss", "val_accuracy", "val_loss")]
            for epoch, values in enumerate(zip(*columns)):
                writer.writerow([seed, epoch, *(f"{value:.4f}" for value in values)])


def with_xgboost():
    import xgboost

    rows = numpy.array(rows_of("auto-mpg"), "float64")
    inputs, targets = rows[:, :-1], rows[:, -1]
    runs = {}
    for seed in range(1, 9):
        order = numpy.random.default_rng(seed).permutation(len(rows))
        sets = {"train": order[:100], "validation": order[100:160], "test": order[160:]}
        data = {name: xgboost.DMatrix(inputs[at], targets[at]) for name, at in sets.items()}
        found = {}
        xgboost.train(
            {"eta": 0.1, "max_depth": 4, "subsample": 0.7, "seed": seed},
            data["train"],
            num_boost_round=150,
            evals=[(of, name) for name, of in data.items()],
            evals_result=found,
            verbose_eval=False,
        )
        runs[f"seed {seed}"] = {
            name: {"rmse": [round(value, 4) for value in of["rmse"]]} for name, of in found.items()
        }
    lines = [f"  {json.dumps(name)}: {json.dumps(run, separators=(',', ':'))}" for name, run in runs.items()]
    (EXAMPLES / "cars-xgboost.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    {"keras": with_keras, "xgboost": with_xgboost}[sys.argv[1]]()
