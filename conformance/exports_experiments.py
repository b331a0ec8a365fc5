"""Small experiments for exports.py: every objective, activation and depth, with and without layer normalisation."""

import random

DATA = {
    "squared-error": ["sine", "auto-mpg"],
    "huber": ["sine", "auto-mpg"],
    "absolute-error": ["sine", "auto-mpg"],
    "binary-cross-entropy": ["moons"],
    "softmax-cross-entropy": ["moons", "penguins"],
}
ACTIVATIONS = ["tanh", "relu", "sigmoid", "gelu", "linear"]
ALL = ["keras", "onnx", "safetensors", "c", "json"]
# Which formats hold what, of docs/exports.md.
ENSEMBLE = ["onnx", "safetensors", "c", "json"]
HALVES, BYTES = ["keras", "onnx", "safetensors"], ["onnx", "safetensors", "c"]
VARIANTS = [
    (ALL, []),
    (ENSEMBLE, ["--ensemble"]),
    (HALVES, ["--precision", "float16", "--sparsity", "0.5"]),
    (BYTES, ["--precision", "int8"]),
    ([name for name in BYTES if name in ENSEMBLE], ["--precision", "int8", "--ensemble", "--sparsity", "0.3"]),
]


def cases():
    """Each objective with each activation; depth, norm, data and variant in turn or by chance, always the same."""
    chance = random.Random(20261101)
    for i, objective in enumerate(DATA):
        for j, activation in enumerate(ACTIVATIONS):
            depth = (i + j) % 4
            formats, options = VARIANTS[0] if j < 3 else VARIANTS[1 + (i + j) % (len(VARIANTS) - 1)]
            model = {
                "hidden": [chance.randint(2, 12) for _ in range(depth)],
                "activation": activation,
                "layerNorm": depth > 0 and chance.random() < 0.5,
            }
            experiment = {
                "seed": chance.randrange(2**32),
                "objective": objective,
                "data": {"source": chance.choice(DATA[objective]), "trainSize": 40, "validationSize": 20, "testSize": 32},
                "replicas": {"count": 3},
                "model": model,
                "training": {"epochs": 6},
            }
            name = f"{objective}, {activation}, {model['hidden']}{' normalised' if model['layerNorm'] else ''} {' '.join(options)}"
            yield {"name": name, "experiment": experiment, "formats": formats, "options": options}


CASES = list(cases())
