"""Sets of runs about which rules over several runs are asked, and the form in which the answers are written down.

A program gives a `judge(rule, runs, settings, direction, order)` that drives the library's own code. Runs hold floats and None
(not reported). They report one after another, or side by side, step for step.
"""

import json
import random
import sys

from sequences import NAN, refusal, spell

SEED = 11


def sets(count, missing):
    rng = random.Random(SEED)
    yield [[1.0, 0.9, 0.95, 0.97, 0.93, 0.96, 0.99]]
    yield [[1.0, 0.9, 0.9, 0.9, 0.9]]
    yield [[0.5] * 5] * 4
    yield [[]] * 2 + [[0.5]]
    for _ in range(count):
        digits = rng.choice((1, 2, 4))
        odd = rng.choice((0, 0, 0.08))
        longest = rng.choice((3, 6, 12, 20))
        runs = []
        for _ in range(rng.choice((2, 5, 9, 14))):
            level, values = rng.uniform(0.2, 2), []
            for _ in range(rng.choice((longest, longest, rng.randint(1, longest)))):
                level += rng.gauss(-0.03, 0.1)
                wild = rng.random() < odd
                values.append(rng.choice((NAN, None) if missing else (NAN,)) if wild else round(level, digits))
            runs.append(values)
        yield runs


def follow(runs, order, report, end):
    """What became of each run: its last step, and whether it was stopped there."""
    told = [[-1, False] for _ in runs]

    def take(run):
        values, state = runs[run], told[run]
        if state[0] + 1 < len(values):
            state[0] += 1
            value = values[state[0]]
            state[1] = value is not None and bool(report(run, state[0], value))
            if not state[1] and state[0] + 1 < len(values):
                return False
        end(run, state[1])
        return True

    left = list(range(len(runs)))
    if order == "one-after-another":
        for run in left:
            while not take(run):
                pass
    while order == "side-by-side" and left:
        left = [run for run in left if not take(run)]
    return told


def conform_sets(library, judge, grids, refused, count=40, missing=True, times=2):
    """Prints the fixture: as `conform` of sequences.py, by rule. `grids`: of each rule, options to choose from at random."""
    rng = random.Random(SEED)
    compact = lambda value: json.dumps(value, separators=(",", ":"), allow_nan=False)  # noqa: E731
    written, cases = [], []
    for runs in sets(count, missing):
        written.append([[spell(value) for value in values] for values in runs])
        for rule, grid in grids.items():
            for _ in range(times):
                settings = {name: rng.choice(choices) for name, choices in grid.items()}
                direction, order = rng.choice(("min", "max")), rng.choice(("one-after-another", "side-by-side"))
                answer = judge(rule, runs, settings, direction, order)
                cases.append([len(written) - 1, rule, settings, direction, order, answer])
    refusals = [
        [rule, settings, refusal(lambda runs, options: judge(rule, [runs], options, "min", "side-by-side"), settings)]
        for rule, settings in refused
    ]
    print('{"library":%s,' % compact(library))
    print('"expected":[["last step","stopped"]],')
    print('"refused":[\n%s],' % ",\n".join(map(compact, refusals)))
    print('"sets":[\n%s],' % ",\n".join(map(compact, written)))
    print('"cases":[\n%s]}' % ",\n".join(map(compact, cases)))
    print(f"{library}: {len(cases)} cases on {len(written)} sets of runs", file=sys.stderr)
