"""Reads a model that Patience exported as JSON: read_model(json.load(file))(x) gives (outputs, sd) of raw inputs."""

import math


def softmax(z):
    powers = [math.exp(v - max(z)) for v in z]
    return [v / sum(powers) for v in powers]


ACTIVATIONS = {
    "linear": lambda z: z,
    "tanh": lambda z: [math.tanh(v) for v in z],
    "relu": lambda z: [max(v, 0.0) for v in z],
    "sigmoid": lambda z: [1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v)) for v in z],
    "gelu": lambda z: [v / 2 * (1 + math.erf(v / math.sqrt(2))) for v in z],
    "softmax": softmax,
}


def layer(x, of):
    z = [b + sum(v * row[j] for v, row in zip(x, of["kernel"])) for j, b in enumerate(of["bias"])]
    if of["gains"]:
        mean = sum(z) / len(z)
        spread = math.sqrt(sum((v - mean) ** 2 for v in z) / len(z) + of["epsilon"])
        z = [g * (v - mean) / spread + s for g, v, s in zip(of["gains"], z, of["shifts"])]
    return ACTIVATIONS[of["activation"]](z)


def read_model(model):
    def member(layers, x):
        x = [(v - m) * f for v, m, f in zip(x, model["mean"], model["factor"])]
        for of in layers:
            x = layer(x, of)
        return [y * model["scale"] + model["offset"] for y in x]

    def predict(x):
        said = list(zip(*(member(layers, x) for layers in model["members"])))
        outputs = [sum(of) / len(of) for of in said]
        spread = [sum((y - mean) ** 2 for y in of) for of, mean in zip(said, outputs)]
        n = len(model["members"]) - 1
        return outputs, [math.sqrt(s / n) for s in spread] if n else None

    return predict
