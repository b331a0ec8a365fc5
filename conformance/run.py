"""Makes the fixtures in src/stopping/fixtures/ again by asking the libraries themselves.

    npm run conformance                     all of them
    npm run conformance -- --only lightning,ignite

It then asks for the fixtures of training in src/engine/fixtures/ and of the decomposition in src/decomposition/fixtures/, and has the rule as code, as the page exports it, train in the same libraries: see rule_code.py.
`--only recompute` computes again what the command line says of runs, from the files that it writes of them: see recompute.py.
`--only exports` has the programs that model files are for read them: see exports.py.

Each program ask_<library>.py runs in a virtual environment with the versions pinned in requirements/, which is made
below .cache/ the first time and again when its pins change (torch with its companions takes about 6 GB). It needs
Python 3.11, Python 3.10 for tf-keras, 3.8 for tf-keras-2.1, and Node. Exit status 1 if a fixture is not what it was,
which is then rewritten, if the code does not do what is expected, if a number computed again is another, or if a model
file predicts another.
"""

import argparse
import difflib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FIXTURES = ROOT / "src/stopping/fixtures"
CACHE = ROOT / ".cache/conformance"

# Which environment a library needs, other than one of its own name; None: no package of Python at all.
ENVIRONMENTS = {
    **dict.fromkeys(["lightning", "fastai", "hugging-face", "ignite"], "torch"),
    **dict.fromkeys(["sklearn-mlp", "sklearn-sgd", "sklearn-gradient-boosting"], "tabular"),
    **dict.fromkeys(["sklearn-hist-gradient-boosting", "xgboost", "lightgbm", "lightgbm-several"], "tabular"),
    **dict.fromkeys(["allennlp", "mmengine", "skorch", "spacy", "ultralytics"], "one-file"),
    "tfjs": None,
}
# What is checked beside the fixtures: environment, program, arguments.
CHECKS = {
    "recompute": [("numpy", "recompute.py")],
    "exports": [("exports", "exports.py"), ("exports-keras-3.0", "exports.py", "keras")],
}
# What one program asks by its name, in an environment of that name.
BY_VERSION = dict.fromkeys(
    ["keras-1.2", "keras-2.1", "tf-keras-2.1", "tf-keras-2.5", "tf-keras-2.12", "tf-keras-2.16", "keras-3.0"],
    "ask_keras_by_version.py",
)
# Environments of which one file is run, see one_file_of.py, so that what the library is built on is not installed.
ALONE = {"keras-1.2", "keras-2.1", "tf-keras-2.1", "tf-keras-2.5", "tf-keras-2.12", "tf-keras-2.16", "one-file"}
# Rules over a set of runs or of metrics, which are not written as code.
WITHOUT_CODE = {"lightgbm-several", "optuna", "ray"}
# The library of exported code that what is asked about belongs to, other than by its own name.
CODE = dict.fromkeys(
    ["sklearn-mlp", "sklearn-sgd", "sklearn-gradient-boosting", "sklearn-hist-gradient-boosting"], "sklearn"
)
# What the fixtures in src/engine/fixtures and src/decomposition/fixtures are made by: environment, program, arguments.
TRAINING = [
    ("torch", "optimizers.py", "torch"),
    ("torch", "layer_norm.py"),
    ("keras", "optimizers.py", "keras"),
    ("keras", "plateau.py"),
    ("tabular", "scores.py"),
    ("mlxtend", "decomposition.py"),
]
# The Python of an environment, other than PYTHON.
PYTHONS = {"tf-keras": "3.10", "tf-keras-2.1": "3.8"}
PYTHON = "3.11"


def libraries():
    programs = {path.name for path in HERE.glob("ask_*.py")} - set(BY_VERSION.values())
    return sorted([*BY_VERSION, *(name.removeprefix("ask_").removesuffix(".py").replace("_", "-") for name in programs)])


def interpreter(library):
    """The Python of the library's environment, which is made if there is none with these pins."""
    name = ENVIRONMENTS.get(library, library)
    if name is None:
        return Path(sys.executable)
    requirements, home = HERE / f"requirements/{name}.txt", CACHE / name
    python, made = home / "bin/python", home / "made-from.txt"
    pins = requirements.read_text()
    if not made.exists() or made.read_text() != pins:
        version = PYTHONS.get(name, PYTHON)
        print(f"{name}: installing {', '.join(pins.split())} with Python {version}", file=sys.stderr)
        # Where pyenv keeps several Pythons, this is how it is told which.
        environment = {**os.environ, "PYENV_VERSION": version}
        try:
            subprocess.run([f"python{version}", "-m", "venv", "--clear", home], check=True, env=environment)
        except (FileNotFoundError, subprocess.CalledProcessError):
            sys.exit(f"{name}: needs python{version} with venv, which could not be run; install Python {version}")
        alone = ["--no-deps"] if name in ALONE else []
        subprocess.run([python, "-m", "pip", "install", "--quiet", *alone, "-r", requirements], check=True)
        made.write_text(pins)
    return python


def ask(library):
    """Rewrites the fixture of a library and tells whether it is what it was."""
    program = BY_VERSION.get(library, f"ask_{library.replace('-', '_')}.py")
    command = [interpreter(library), "-B", HERE / program, *([library] if library in BY_VERSION else [])]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    fixture = FIXTURES / f"{library}.json"
    before = fixture.read_text() if fixture.exists() else ""
    if answer == before:
        return True
    fixture.write_text(answer)
    lines = list(difflib.unified_diff(before.splitlines(), answer.splitlines(), "before", "now", n=0, lineterm=""))
    print(f"{library}: {len(lines) - 2} lines of the fixture differ, it is rewritten", file=sys.stderr)
    print("\n".join(line[:200] for line in lines[:12]), file=sys.stderr)
    return False


def training_is_what_it_was():
    """Asks for all that TRAINING makes again and tells whether these fixtures are what they were."""
    before = {path: path.read_text() for path in (ROOT / "src").glob("[ed]*/fixtures/*.json")}
    for environment, program, *arguments in TRAINING:
        subprocess.run([interpreter(environment), "-B", HERE / program, *arguments], check=True)
    changed = [path.name for path, text in before.items() if path.read_text() != text]
    print(f"fixtures of training that changed: {', '.join(changed) or 'none'}", file=sys.stderr)
    return not changed


def holds(name):
    """Runs the programs of a check and tells whether all find what they should."""
    runs = [subprocess.run([interpreter(env), "-B", HERE / program, *rest]) for env, program, *rest in CHECKS[name]]
    return all(run.returncode == 0 for run in runs)


def code_works(asked):
    """Runs the exported code of these libraries and tells whether it does what is expected."""
    written = [library for library in asked if library not in WITHOUT_CODE]
    interpreters = {CODE.get(library, library): interpreter(library) for library in written}
    program = HERE / "rule_code.py"
    runs = [subprocess.run([python, "-B", program, library]) for library, python in interpreters.items()]
    return all(run.returncode == 0 for run in runs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="npm run conformance --", description="Asks the libraries again.")
    known = [*libraries(), *CHECKS]
    parser.add_argument("--only", metavar="LIBRARY,…", help=f"of {', '.join(known)}")
    only = parser.parse_args().only
    wanted = only.split(",") if only else known
    for name in wanted:
        if name not in known:
            parser.error(f'--only: "{name}" is not known; use {", ".join(known)}')
    asked = [name for name in wanted if name not in CHECKS]
    changed = [library for library in asked if not ask(library)]
    if asked:
        print(f"{len(asked) - len(changed)} of {len(asked)} fixtures are what they were", file=sys.stderr)
    same = only is not None or training_is_what_it_was()
    checked = all([holds(name) for name in CHECKS if name in wanted])
    sys.exit(0 if code_works(asked) and same and checked and not changed else 1)
