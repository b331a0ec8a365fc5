"""Outputs and gradients of small networks with PyTorch's LayerNorm, in float64, for src/engine/layer-norm.test.ts.

Run with the Python of the environment conformance/requirements/torch.txt: python conformance/layer_norm.py

Each network is dense, LayerNorm, tanh for every hidden layer, then dense; the loss is the mean squared error and its
gradient comes from autograd. Parameters are listed layer by layer: weights as [inputs, outputs], biases, gains, shifts.
Answers are rounded to twelve digits, so that the output does not depend on the machine.
"""
import json
import math
from pathlib import Path

import torch
from torch import nn

FILE = Path(__file__).parent.parent / "src/engine/fixtures/layer-norm.json"
torch.set_default_dtype(torch.float64)


def rounded(tensor):
    return [float(f"{x:.12g}") for x in tensor.flatten().tolist()]


def waves(n, phase):
    """Numbers that look like no pattern, with six decimals."""
    return [round(math.sin(2.3 * i + phase) + 0.5 * math.sin(5.1 * i * i), 6) for i in range(n)]


def network(features, hidden):
    modules, width = [], features
    for units in hidden:
        modules += [nn.Linear(width, units), nn.LayerNorm(units), nn.Tanh()]
        width = units
    return nn.Sequential(*modules, nn.Linear(width, 1))


def flat(model, of):
    """What `of` gives for each parameter, in our order: a Linear's weight is [outputs, inputs]."""
    return torch.cat([(of(p).T if p.dim() == 2 else of(p)).flatten() for p in model.parameters()])


def case(name, features, hidden, points, size):
    """`size` multiplies the weights of the first layer: where they are small, ε decides."""
    model = network(features, hidden)
    with torch.no_grad():
        for i, p in enumerate(model.parameters()):
            p.copy_(torch.tensor(waves(p.numel(), 0.7 * i)).reshape(p.shape))
        for module in model:
            if isinstance(module, nn.LayerNorm):
                module.weight.mul_(0.3).add_(1)
        model[0].weight.mul_(size)
        model[0].bias.mul_(size)
    x = torch.tensor(waves(points * features, 0.2)).reshape(points, features)
    y = torch.tensor(waves(points, 1.9))
    outputs = model(x)[:, 0]
    loss = ((outputs - y) ** 2).mean()
    loss.backward()
    return {
        "name": name,
        "hidden": hidden,
        "features": features,
        "parameters": flat(model, lambda p: p.detach()).tolist(),
        "x": x.flatten().tolist(),
        "y": y.tolist(),
        "outputs": rounded(outputs.detach()),
        "loss": float(f"{loss.item():.12g}"),
        "gradient": rounded(flat(model, lambda p: p.grad)),
    }


cases = [
    case("one hidden layer", 2, [5], 4, 1),
    case("three hidden layers", 3, [7, 2, 6], 5, 1),
    case("sums as small as the root of epsilon", 2, [4, 3], 6, 0.003),
]
lines = ",\n".join("    " + json.dumps(each) for each in cases)
version = torch.__version__.split("+")[0]
FILE.write_text(f'{{\n  "library": "torch {version}",\n  "cases": [\n{lines}\n  ]\n}}\n')
