"""Computes again, with NumPy alone, what the command line says of a run, from the files that it writes.

    npm run conformance -- --only recompute
    python conformance/recompute.py FOLDER      of files of one's own, by --everything or unpacked from the page's zip

docs/recorded-files.md describes the files and how the numbers follow from them. Nothing of Patience's own code is used:
recompute_rules.py and recompute_formulas.py have rules and formulas written a second time, from their definitions. Exit
status 1, with the name of each number that is not within 1e-6 of what was computed, relative to its size.
"""

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from recompute_experiments import EXPERIMENTS
from recompute_formulas import accuracy, bias2, brier, estimate, expected_loss, forward, jackknife, variance
from recompute_rules import replay

ROOT = Path(__file__).resolve().parents[1]
TOLERANCE = 1e-6
# Training goes forward in float32, whose steps near 1 are 1.2e-7, a layer after the other.
FORWARD_TOLERANCE = 1e-5


class Comparison:
    """Collects what does not agree."""

    def __init__(self):
        self.count, self.found = 0, []

    def check(self, name, said, computed, tolerance=TOLERANCE, least=1e-6):
        """Compares numbers or arrays relative to their size, `least` at least; None is NaN, as in JSON."""
        said, computed = (np.asarray(x, dtype=float) for x in (said, computed))
        self.count += said.size
        if said.shape != computed.shape:
            return self.found.append(f"{name}: has the shape {said.shape} instead of {computed.shape}")
        off = ~np.isclose(said, computed, rtol=tolerance, atol=tolerance * least, equal_nan=True)
        if off.any():
            first = tuple(np.argwhere(off)[0].tolist())
            where = f" at {list(first)}; {off.sum()} of {off.size} differ" if said.ndim else ""
            self.found.append(f"{name}: {said[first]} instead of {computed[first]}{where}")


def table(file):
    """Columns of a CSV by name."""
    rows = np.genfromtxt(file, delimiter=",", names=True)
    return {name: np.atleast_1d(rows[name]) for name in rows.dtype.names}


class Recorded:
    """The files of a run as arrays: epochs come first, replicas second."""

    def __init__(self, folder):
        self.outcome = json.loads((folder / "outcome.json").read_text())
        self.experiment, self.about = self.outcome["experiment"], self.outcome["recorded"]
        self.E, self.R, self.K = (self.about["shape"][key] for key in ("epochs", "replicas", "outputs"))
        self.curves = {name: values.reshape(self.E, self.R) for name, values in table(folder / "curves.csv").items()}
        self.decomposition = table(folder / "decomposition.csv")
        points = table(folder / "test-points.csv")
        kept = points["kept"] == 1
        self.all_kept = kept.all()
        self.x = np.column_stack([points[f"x{i}"] for i in range(self.about["layers"][0]["inputs"])])[kept]
        self.target = np.column_stack([points[f"target{k}"] for k in range(self.K)])[kept]
        self.noise = points["noise"][kept]
        self.predictions, self.weights, self.best_weights = (
            np.load(folder / f"{name}.npy") for name in ("predictions", "weights", "best-weights")
        )
        self.classifies = "testBrier" in self.curves
        # [R]: the epoch from which a replica counts no more, E where it counts to the end.
        finite = np.isfinite(sum(self.curves[name] for name in ("train", "validation", "test", "error")))
        self.sound_until = np.where(finite.all(axis=0), self.E, (~finite).argmax(axis=0))
        self.sound = np.arange(self.E)[:, None] < self.sound_until

    def errors_at(self, epochs):
        """`[R]`: from the predictions of each replica at an epoch of its own, NaN where it does not count."""
        errors = np.full(self.R, math.nan)
        for r, epoch in self.counted(epochs):
            gaps = self.predictions[epoch, r].astype(float) - self.target
            errors[r] = (self.noise + (gaps**2).sum(axis=-1)).mean()
        return errors

    def predictions_at(self, epochs):
        """`[n, D, K]`: of the replicas that count."""
        return np.array([self.predictions[epoch, r] for r, epoch in self.counted(epochs)], dtype=float)

    def counted(self, epochs):
        return [(r, epoch) for r, epoch in enumerate(epochs) if 0 <= epoch < self.sound_until[r]]


def column(run, epochs, stops, best):
    """What outcome.json says of a column; `best` are the errors that its regret is about."""
    errors, p = run.errors_at(epochs), run.predictions_at(epochs)
    error, error_se = estimate(errors)
    regret, regret_se = (math.nan, math.nan) if best is None else estimate(errors - best)
    trained = np.mean(np.array(stops) + 1)
    return {
        "error": error,
        "errorSe": error_se,
        "bias2": bias2(p, run.target),
        "bias2Se": jackknife(bias2, p, run.target),
        "variance": variance(p, run.target),
        "varianceSe": jackknife(variance, p, run.target),
        "noise": run.noise.mean() if len(p) else math.nan,
        "regret": regret,
        "regretSe": regret_se,
        "epochs": trained,
        "steps": np.mean([run.curves["updates"][stop, r] if stop >= 0 else 0 for r, stop in enumerate(stops)]),
        "compute": trained / run.experiment["training"]["epochs"],
    }


def check_outcome(run, comparison):
    """Where each replica stops, and every column."""
    replays = [replay(run.experiment["stopping"], run.curves, r) for r in range(run.R)]
    error = np.where(run.sound, run.curves["error"], np.inf)
    own = np.where(np.isfinite(error).any(axis=0), error.argmin(axis=0), -1)
    comparison.check("replicas", len(run.outcome["replicas"]), run.R)
    for r, (said, (stop, fired, restored)) in enumerate(zip(run.outcome["replicas"], replays, strict=True)):
        diverged = None if run.sound_until[r] == run.E else run.sound_until[r]
        found = {"stop": stop if fired else None, "restored": restored, "divergedAt": diverged}
        found["oracle"] = None if own[r] == -1 else own[r]
        for name, value in found.items():
            comparison.check(f"replicas.{r}.{name}", said[name], value)

    mean = [estimate(run.errors_at([e] * run.R))[0] for e in range(run.E)]
    best, last = int(np.nanargmin(mean)), run.E - 1
    comparison.check("columns.best.epoch", run.outcome["columns"]["best"]["epoch"], best)
    columns = {
        "stop": ([restored for _, _, restored in replays], [stop for stop, _, _ in replays]),
        "best": ([best] * run.R, [best] * run.R),
        "last": ([last] * run.R, [last] * run.R),
        "oracle": (own, own),
    }
    lowest = run.errors_at([best] * run.R)
    for name, (epochs, stops) in columns.items():
        for part, value in column(run, epochs, stops, None if name == "best" else lowest).items():
            comparison.check(f"columns.{name}.{part}", run.outcome["columns"][name][part], value)


def check_decomposition(run, comparison):
    """The parts of the error at every epoch."""
    p = [run.predictions_at([e] * run.R) for e in range(run.E)]
    computed = {
        "replicas": [len(one) for one in p],
        "noise": [run.noise.mean()] * run.E,
        "bias2": [bias2(one, run.target) for one in p],
        "variance": [variance(one, run.target) for one in p],
        "error": [estimate(run.errors_at([e] * run.R))[0] for e in range(run.E)],
    }
    for name, values in computed.items():
        comparison.check(f"decomposition.csv {name}", run.decomposition[name], values)


def check_curves(run, comparison):
    """What curves.csv has of the test points; losses and scores are of all of them."""
    p = run.predictions.astype(float)
    computed = {"error": (run.noise + ((p - run.target) ** 2).sum(axis=-1)).mean(axis=-1)}
    if run.all_kept and run.classifies:
        computed |= {"testBrier": brier(p, run.target), "testAccuracy": accuracy(p, run.target)}
    elif run.all_kept:
        computed["test"] = expected_loss(run.experiment, (p - run.target)[..., 0], np.sqrt(run.noise))
    for name, values in computed.items():
        comparison.check(f"curves.csv {name}", run.curves[name][run.sound], values[run.sound])


def check_weights(run, comparison):
    """What the networks give at the test points."""
    kept = [(epoch, r, run.weights[i, r]) for i, epoch in enumerate(run.about["weightsEpochs"]) for r in range(run.R)]
    kept += [(e, r, run.best_weights[r]) for r, e in enumerate(run.about["bestWeightsEpochs"]) if e is not None]
    for name, sets in (("weights.npy", kept[: -run.R]), ("best-weights.npy", kept[-run.R :])):
        sound = [one for one in sets if run.sound[one[0], one[1]]]
        networks = [forward(run.about["layers"], theta, run.x, run.classifies) for _, _, theta in sound]
        given, size = (np.array(parts) for parts in zip(*networks, strict=True))
        recorded = np.array([run.predictions[epoch, r] for epoch, r, _ in sound])
        comparison.check(f"predictions.npy by {name}", recorded / size, given / size, FORWARD_TOLERANCE, least=1)


def agrees(name, folder):
    """Whether all numbers of a run do; says so."""
    run, comparison = Recorded(folder), Comparison()
    for check in (check_outcome, check_decomposition, check_curves, check_weights):
        check(run, comparison)
    found = comparison.found
    verdict = "they differ:" if found else "they agree"
    print(f"{name}: {comparison.count} numbers computed again, {verdict}", *found, sep="\n", file=sys.stderr)
    return not found


def trained(experiment, home):
    """The folder of files that the command line writes."""
    document = home / "experiment.json"
    document.write_text(json.dumps(experiment))
    command = ["node", ROOT / "scripts/cli.js", "experiment", document, "--out", home / "out", "--everything"]
    done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"the command line failed:\n{done.stderr}")
    return home / "out"


if __name__ == "__main__":
    answers = [agrees(folder, Path(folder)) for folder in sys.argv[1:]]
    for name, experiment in {} if answers else EXPERIMENTS.items():
        with tempfile.TemporaryDirectory() as home:
            answers.append(agrees(name, trained(experiment, Path(home))))
    sys.exit(0 if all(answers) else 1)
