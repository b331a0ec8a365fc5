"""Has scikit-learn score made-up predictions, for src/engine/scores.test.ts.

Run with the Python of the environment conformance/requirements/tabular.txt: python conformance/scores.py

Targets are eighths. A point whose target is no label but the probability of each class stands for eight labelled
points, so that the library sees nothing but labels. Numbers are 512ths, exact in float32. The output does not depend on
the machine: the seed is fixed.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import accuracy_score, brier_score_loss, confusion_matrix, f1_score

FILE = Path(__file__).parent.parent / "src/engine/fixtures/scores.json"
BINS = 15
REPEATS = 8
random = np.random.default_rng(20)


def simplex(n, classes, total, spread):
    """`[n, classes]` whole numbers with the given sum, from a Dirichlet distribution."""
    return np.array([random.multinomial(total, q) for q in random.dirichlet([spread] * classes, n)])


def labels(n, classes, allowed):
    return REPEATS * np.eye(classes, dtype=int)[random.choice(allowed, n)]


def case(name, outputs, probabilities, eighths):
    classes = max(2, outputs)
    p = np.repeat(probabilities / 512, REPEATS, axis=0)
    label = np.concatenate([np.repeat(np.arange(classes), row) for row in eighths])
    decision, confidence = p.argmax(axis=1), p.max(axis=1)
    accuracies, confidences = calibration_curve(label == decision, confidence, n_bins=BINS, pos_label=True)
    counts = np.histogram(confidence, bins=BINS, range=(0, 1))[0]
    counts = counts[counts > 0]
    kept = slice(1, 2) if outputs == 1 else slice(classes)
    return {
        "name": name,
        "outputs": outputs,
        "p": (probabilities / 512)[:, kept].ravel().tolist(),
        "y": (eighths / REPEATS)[:, kept].ravel().tolist(),
        "confusion": (confusion_matrix(label, decision, labels=range(classes)) / REPEATS).ravel().tolist(),
        "accuracy": accuracy_score(label, decision),
        "f1Binary": f1_score(label, decision, zero_division=0) if classes == 2 else None,
        "f1Macro": f1_score(label, decision, average="macro", labels=range(classes), zero_division=0),
        "brier": brier_score_loss(
            label, p if classes > 2 else p[:, 1], labels=range(classes), scale_by_half=outputs == 1
        ),
        "calibrationError": float(np.sum(counts * np.abs(accuracies - confidences)) / counts.sum()),
        "bins": np.column_stack([counts / REPEATS, confidences, accuracies]).tolist(),
    }


def cases():
    yield case("two classes, one output", 1, simplex(60, 2, 512, 0.7), labels(60, 2, [0, 1]))
    yield case("true probabilities, one output", 1, simplex(60, 2, 512, 0.7), simplex(60, 2, REPEATS, 1))
    doubtful = np.array([[512 - k, k] for k in range(0, 250, 50)])
    yield case("class 1 neither true nor decided", 1, doubtful, labels(5, 2, [0]))
    yield case("class 1 true but never decided", 1, doubtful, labels(5, 2, [1]))
    yield case("two classes, two outputs", 2, simplex(40, 2, 512, 0.7), labels(40, 2, [0, 1]))
    yield case("three classes", 3, simplex(60, 3, 512, 0.5), labels(60, 3, [0, 1, 2]))
    yield case("true probabilities of three classes", 3, simplex(60, 3, 512, 0.5), simplex(60, 3, REPEATS, 1))
    yield case("five classes, two never true", 5, simplex(40, 5, 512, 0.4), labels(40, 5, [0, 2, 4]))
    absent = np.insert(simplex(30, 3, 512, 0.5), 1, 0, axis=1)
    yield case("four classes, one neither true nor decided", 4, absent, labels(30, 4, [0, 2, 3]))


lines = ",\n".join("    " + json.dumps(each) for each in cases())
FILE.write_text('{\n  "library": "scikit-learn 1.9.1",\n  "cases": [\n' + lines + "\n  ]\n}\n")
