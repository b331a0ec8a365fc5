"""Has mlxtend take apart made-up predictions, for src/decomposition/losses/known-answers.test.ts.

Run with the Python of the environment conformance/requirements/mlxtend.txt: python conformance/decomposition.py

The library trains an estimator on bootstrap samples; here it gets one that predicts what was drawn for each round. Its
terms are plug-in terms against labels: for squared error bias² with the noise and the variance over n, for the 0-1 loss
the share of wrong main predictions and the share of predictions that are not the main one, which do not add up.
Numbers are 64ths, exact in float32. The output does not depend on the machine: the seed is fixed.
"""

import json
from pathlib import Path

import numpy as np
from mlxtend.evaluate import bias_variance_decomp

FILE = Path(__file__).parent.parent / "src/decomposition/fixtures/mlxtend.json"
random = np.random.default_rng(16)


class Drawn:
    """Predicts the next row at each round."""

    def __init__(self, predictions):
        self.predictions = predictions
        self.round = -1

    def fit(self, X, y):
        self.round += 1
        return self

    def predict(self, X):
        return self.predictions[self.round]


def case(name, loss, predictions, y):
    nothing = np.zeros((len(y), 1))
    error, bias, variance = bias_variance_decomp(
        Drawn(predictions), nothing, y, nothing, y, loss=loss, num_rounds=len(predictions), random_seed=1
    )
    terms = {"error": float(error), "bias": float(bias), "variance": float(variance)}
    return {"name": name, "loss": loss, "predictions": predictions.tolist(), "y": y.tolist(), **terms}


def cases():
    for n, points in [(2, 7), (9, 12), (32, 10)]:
        y = np.round(random.normal(size=points) * 64) / 64
        yield case(f"{n} replicas, values", "mse", np.round((y + random.normal(0.3, 1, (n, points))) * 64) / 64, y)
    for n, points, classes in [(3, 20, 2), (8, 20, 3), (31, 12, 5)]:
        y = random.integers(classes, size=points)
        right = random.random((n, points)) < 0.55
        yield case(
            f"{n} replicas, {classes} classes", "0-1_loss", np.where(right, y, random.integers(classes, size=(n, points))), y
        )


lines = ",\n".join("    " + json.dumps(each) for each in cases())
FILE.parent.mkdir(exist_ok=True)
FILE.write_text('{\n  "library": "mlxtend 0.25.0",\n  "cases": [\n' + lines + "\n  ]\n}\n")
