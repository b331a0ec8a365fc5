"""Twenty steps of every optimizer by PyTorch (Lion: Keras), in float64, for src/engine/trainers/plain/optimizer.test.ts.

Run with the Python of an environment that has torch, then with one that has keras (conformance/requirements):
    python conformance/optimizers.py torch
    python conformance/optimizers.py keras
Each run writes its own optimizers into src/engine/fixtures/optimizers.json and leaves the others.
"""
import json
import math
import os
import sys
from pathlib import Path

FILE = Path(__file__).parent.parent / "src/engine/fixtures/optimizers.json"
START = [1.0, -0.5, 0.25, 2.0]
GRADIENTS = [[math.sin(1.7 * t + k) * (0.1 + k) for k in range(4)] for t in range(20)]

def with_torch():
    import torch

    torch.set_default_dtype(torch.float64)
    made = {
        "sgd": ({"learningRate": 0.1}, lambda w: torch.optim.SGD(w, lr=0.1)),
        "momentum": ({"learningRate": 0.1, "momentum": 0.9}, lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9)),
        "nesterov": (
            {"learningRate": 0.1, "momentum": 0.9},
            lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9, nesterov=True),
        ),
        "rmsprop": (
            {"learningRate": 0.01, "rho": 0.9, "epsilon": 1e-7},
            lambda w: torch.optim.RMSprop(w, lr=0.01, alpha=0.9, eps=1e-7),
        ),
        "centred-rmsprop": (
            {"learningRate": 0.01, "rho": 0.9, "epsilon": 1e-7},
            lambda w: torch.optim.RMSprop(w, lr=0.01, alpha=0.9, eps=1e-7, centered=True),
        ),
        "adagrad": ({"learningRate": 0.1, "epsilon": 1e-7}, lambda w: torch.optim.Adagrad(w, lr=0.1, eps=1e-7)),
        "adadelta": (
            {"learningRate": 1, "rho": 0.95, "epsilon": 1e-6},
            lambda w: torch.optim.Adadelta(w, lr=1.0, rho=0.95, eps=1e-6),
        ),
        "adam": (
            {"learningRate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7},
            lambda w: torch.optim.Adam(w, lr=0.05, betas=(0.9, 0.999), eps=1e-7),
        ),
        "adamw": (
            {"learningRate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7, "weightDecay": 0.1},
            lambda w: torch.optim.AdamW(w, lr=0.05, betas=(0.9, 0.999), eps=1e-7, weight_decay=0.1),
        ),
        "nadam": (
            {"learningRate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7},
            lambda w: torch.optim.NAdam(w, lr=0.05, betas=(0.9, 0.999), eps=1e-7),
        ),
    }
    found = {}
    for name, (settings, make) in made.items():
        w = torch.tensor(START, requires_grad=True)
        optimizer = make([w])
        path = []
        for g in GRADIENTS:
            w.grad = torch.tensor(g)
            optimizer.step()
            path.append(w.tolist())
        found[name] = {"by": f"torch {torch.__version__.split('+')[0]}", "settings": settings, "path": path}
    return found

def with_keras():
    os.environ["KERAS_BACKEND"] = "jax"
    os.environ["JAX_ENABLE_X64"] = "1"

    import keras

    keras.config.set_floatx("float64")
    settings = {"learningRate": 0.01, "beta1": 0.9, "beta2": 0.99}
    w = keras.Variable(START, dtype="float64")
    optimizer = keras.optimizers.Lion(learning_rate=0.01, beta_1=0.9, beta_2=0.99)
    optimizer.build([w])
    path = []
    for g in GRADIENTS:
        optimizer.apply([keras.ops.convert_to_tensor(g, dtype="float64")])
        path.append([float(x) for x in keras.ops.convert_to_numpy(w)])
    return {"lion": {"by": f"keras {keras.__version__}", "settings": settings, "path": path}}

if __name__ == "__main__":
    cases = json.loads(FILE.read_text())["cases"] if FILE.exists() else {}
    cases.update(with_torch() if sys.argv[1] == "torch" else with_keras())
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps({"start": START, "gradients": GRADIENTS, "cases": cases}) + "\n")
