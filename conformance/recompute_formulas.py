"""The estimates, scores and expected losses that docs/recorded-files.md names, by their definitions, in float64."""

import math

import numpy as np


def estimate(values):
    """Mean of those that are not NaN and its standard error, NaN where they are too few."""
    known = values[~np.isnan(values)]
    n = len(known)
    return known.mean() if n else math.nan, known.std(ddof=1) / math.sqrt(n) if n > 1 else math.nan


def variance(p, _):
    """Of predictions `[n, D, K]` about their mean; NaN for one."""
    return p.var(axis=0, ddof=1).sum(axis=-1).mean() if len(p) > 1 else math.nan


def bias2(p, target):
    """The mean of (p_r − f)(p_s − f) over all pairs of different replicas: what they have in common; NaN for one."""
    n, gaps = len(p), p - target
    if n < 2:
        return math.nan
    pairs = gaps.sum(axis=0) ** 2 - (gaps**2).sum(axis=0)
    return (pairs / (n * (n - 1))).sum(axis=-1).mean()


def jackknife(statistic, p, target):
    """Standard error by leaving out one replica after another; NaN for fewer than three."""
    n = len(p)
    if n < 3:
        return math.nan
    values = np.array([statistic(np.delete(p, r, axis=0), target) for r in range(n)])
    return math.sqrt((n - 1) / n * np.sum((values - values.mean()) ** 2))


def brier(p, q):
    """`[E, R]`: expected over labels of the probabilities q, of predictions `[E, R, D, K]`."""
    return ((p - q) ** 2 + q * (1 - q)).sum(axis=-1).mean(axis=-1)


def accuracy(p, q):
    """`[E, R]`: the same for the share of right decisions."""
    if p.shape[-1] == 1:
        return np.where(p > 0.5, q, 1 - q)[..., 0].mean(axis=-1)
    decisions = p.argmax(axis=-1)[..., None]
    return np.take_along_axis(np.broadcast_to(q, p.shape), decisions, axis=-1)[..., 0].mean(axis=-1)


def expected_loss(experiment, d, sigma):
    """`[E, R]`: the mean loss over normal noise of standard deviation `[D]` about targets that d `[E, R, D]` misses."""
    match experiment["objective"]:
        case "squared-error":
            return (d**2 + sigma**2).mean(axis=-1)
        case "absolute-error":
            return (excess(d, sigma, 1) + excess(-d, sigma, 1)).mean(axis=-1)
        case "huber":
            # Half the square, less half the square of what lies beyond δ on either side.
            delta = experiment["loss"]["huberDelta"]
            beyond = excess(d - delta, sigma, 2) + excess(-d - delta, sigma, 2)
            return ((d**2 + sigma**2 - beyond) / 2).mean(axis=-1)


def excess(m, sigma, power):
    """E max(X, 0)^power of X ~ N(m, σ²), power 1 or 2."""
    if not np.any(sigma):
        return np.maximum(m, 0) ** power
    z = m / sigma
    cdf = np.vectorize(math.erfc)(-z / math.sqrt(2)) / 2
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return m * cdf + sigma * density if power == 1 else (m**2 + sigma**2) * cdf + m * sigma * density


def forward(layers, theta, x, classifies):
    """
    The predictions `[n, K]` of one network at inputs `[n, inputs]`, and how large the terms are that its last sums are made
    of, 1 at least: they, not the sum, decide how many digits float32 leaves it.
    """
    a, theta = x, theta.astype(float)
    for layer in layers:
        inputs, outputs, gains = layer["inputs"], layer["outputs"], layer["gains"]
        kernel, biases = theta[layer["weights"] :][: inputs * outputs], theta[layer["biases"] :][:outputs]
        kernel = kernel.reshape(inputs, outputs)
        size = np.maximum(1, np.abs(a) @ np.abs(kernel) + np.abs(biases))
        a = a @ kernel + biases
        if gains is not None:
            a = (a - a.mean(axis=1, keepdims=True)) / np.sqrt(a.var(axis=1, keepdims=True) + 1e-5)
            a = a * theta[gains:][:outputs] + theta[gains + outputs :][:outputs]
        a = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0), "linear": lambda z: z}[layer["activation"]](a)
    if not classifies:
        return a, size
    if a.shape[1] == 1:
        return 1 / (1 + np.exp(-a)), size
    powers = np.exp(a - a.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True), size
