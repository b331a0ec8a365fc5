"""Has the programs that model files are for read them, and compares what they predict with the files' check vectors.

    npm run conformance -- --only exports
    python conformance/exports.py keras         of some formats only, with the packages of requirements/exports.txt

The command line trains small experiments of every objective, activation and depth and exports them in every format.
Each file is opened by the real reader of its format; every prediction has to be within 1e-5 of the size of the
predictions of what the file says of itself (8 inputs and outputs in float64 arithmetic, which the unit tests hold
against the definition of the network). Exit status 1 if one is not.
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")

from exports_experiments import CASES  # noqa: E402
from exports_readers import READERS  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
TOLERANCE = 1e-5


def export(case, folder):
    """Trains one experiment and writes its files."""
    (folder / "experiment.json").write_text(json.dumps(case["experiment"]))
    command = ["npm", "run", "--silent", "experiment", "--", str(folder / "experiment.json"), "--out", str(folder)]
    command += ["--backend", "cpu", "--export", ",".join(case["formats"]), *case["options"]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{case['name']}: {done.stderr}")


def worst(said, expected):
    """The largest difference, relative to the size of what is expected (at least 1)."""
    pairs = [(s, e) for row, true in zip(said, expected, strict=True) for s, e in zip(row, true, strict=True)]
    size = max(1.0, *(abs(e) for _, e in pairs))
    return max(abs(s - e) for s, e in pairs) / size


def check(case, folder):
    """One line for each file that its reader does not agree with."""
    found, count = [], 0
    for name in case["formats"]:
        about, said, sd = READERS[name](folder)
        count += 1
        gaps = {"prediction": worst(said, about["check"]["outputs"])}
        if about["check"]["sd"] is not None:
            gaps["sd"] = worst(sd, about["check"]["sd"])
        for what, gap in gaps.items():
            if not gap <= TOLERANCE:
                found.append(f"{case['name']}: {name}: {what} is off by {gap:.2g}")
        if about["experiment"]["seed"] != case["experiment"]["seed"]:
            found.append(f"{case['name']}: {name}: is not of this experiment")
    return found, count


if __name__ == "__main__":
    asked = sys.argv[1].split(",") if len(sys.argv) > 1 else list(READERS)
    with tempfile.TemporaryDirectory() as home:
        folders = [Path(home) / str(i) for i in range(len(CASES))]
        for case, folder in zip(CASES, folders, strict=True):
            folder.mkdir()
            case["formats"] = [name for name in case["formats"] if name in asked]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda case, folder: case["formats"] and export(case, folder), CASES, folders))
        results = [check(case, folder) for case, folder in zip(CASES, folders, strict=True)]
    wrong = [line for found, _ in results for line in found]
    print("\n".join(wrong), file=sys.stderr)
    files = sum(count for _, count in results)
    print(f"{files} model files of {len(CASES)} experiments read, {len(wrong)} numbers off", file=sys.stderr)
    sys.exit(1 if wrong or files == 0 else 0)
