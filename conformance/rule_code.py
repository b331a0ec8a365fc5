"""Runs the rule as code, as the page writes it, in trainings by the libraries themselves.

    npm run conformance -- --only lightning     among the rest

src/stopping/fixtures/code.json has the code and what is expected of it on a few histories; it is written anew by
`npx vitest run src/stopping/code/fixture.test.ts -u`. A module train_<library>.py has a `train(snippet, values)` that
runs a real training in which whatever is watched is made to have these values, one an epoch, with what the code makes.
It answers with the last epoch trained, whether the code stopped it there, and the epoch of the weights at the end. The
fixture has null where the code leaves that to the job. Exit status 1 if one is not as expected.
"""

import ast
import contextlib
import importlib
import io
import json
import math
import sys
from pathlib import Path

# Trained by one module, which asks which of them it is.
BY_VERSION = ("keras-1.2", "keras-2.1", "tf-keras-2.1", "tf-keras-2.5", "tf-keras-2.12", "tf-keras-2.16")
# Trained as the newest is.
AS = {"keras-3.0": "keras"}
FIXTURE = Path(__file__).resolve().parents[1] / "src/stopping/fixtures/code.json"


class Snippet:
    def __init__(self, case):
        self.imports, self.code, self.higher = case["imports"], case["code"], case["mode"] == "max"

    def run(self, **names):
        """The values of its expressions, those of a list one by one. `names` come after its own imports."""
        known = {}
        exec(self.imports, known)
        known.update(names)
        values = [
            eval(compile(ast.Expression(statement.value), "<the code>", "eval"), known)
            for statement in ast.parse(self.code).body
        ]
        return [one for value in values for one in (value if isinstance(value, list) else [value])]


def differences(library):
    """What is not as expected, a line each; and how many trainings there were."""
    module = "keras_by_version" if library in BY_VERSION else AS.get(library, library).replace("-", "_")
    train = importlib.import_module(f"train_{module}").train
    fixture = json.loads(FIXTURE.read_text())
    histories = [[math.nan if x == "NaN" else float(x) for x in history] for history in fixture["histories"]]
    found, count = [], 0
    for case in fixture["cases"]:
        if case["library"] != library:
            continue
        assert len(histories) == len(case["expected"])
        for values, expected in zip(histories, case["expected"]):
            with contextlib.redirect_stdout(io.StringIO()):
                answer = list(train(Snippet(case), values))
            count += 1
            assert len(expected) == len(answer)
            if any(told is not None and told != did for told, did in zip(expected, answer)):
                found.append(f"{library} {case['settings']} on {values}: {answer} instead of {expected}")
    assert count > 0, f"no code for {library} in {FIXTURE}"
    return found, count


if __name__ == "__main__":
    failed = False
    for library in sys.argv[1:]:
        found, count = differences(library)
        print(f"{library}: the code does what is expected in {count - len(found)} of {count} trainings", *found, sep="\n")
        failed |= bool(found)
    sys.exit(failed)
