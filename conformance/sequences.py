"""The histories that every library is asked about, and the form in which its answers are written down.

A script `ask_<library>.py` gives a `judge(values, options)` that runs the library's own code on one history, and calls
`conform` with it. Histories hold floats and None (not reported). Everything is seeded: the output does not depend on
the machine.
"""

import itertools
import json
import math
import random
import sys

NAN, INF = math.nan, math.inf
SEED = 7

# Rows of a table that compares libraries, and histories that libraries publish in their own tests.
TABLE = [
    [1.0, 0.8, 0.7, 0.75, 0.72, 0.71, 0.69, 0.68],
    [0.9, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8],
    [1.0, 0.96875, 0.9375, 0.90625, 0.875, 0.84375, 0.8125, 0.78125],
    [0.9, 0.8, NAN, 0.7, 0.75, 0.76, 0.77, 0.78],
    [NAN, 0.9, 0.8, 0.85, 0.86, 0.87, 0.88, 0.89],
    [0.9, 0.8, 0.7, 0.71, 0.72, 0.73, 0.74, 0.75],
    [0.9, 0.8, 0.45, 0.6, 0.6, 0.4, 0.6, 0.6, 0.6],
    [10.0, 9.0, 8.0, 9.0, 8.9, 8.8, 8.7, 8.6, 8.5],
    [9.0, 8.0, 7.0, 6.0, 5.0, 6.0, 4.0, 3.0, 2.0, 1.0],
    [9.0, 4.0, 2.0, 16.0, 32.0, 64.0],
    [0.9, 0.8, 0.7, 0.65, 0.62, 0.61, 0.6],
]

SHORT = [
    [],
    [0.5],
    [0.0],
    [-1.0],
    [NAN],
    [INF],
    [-INF],
    [None],
    [0.5, 0.5],
    [0.5, 0.4],
    [0.4, 0.5],
    [NAN, 0.5],
    [0.5, NAN],
    [None, 0.5],
    [0.5, None],
]

NOT_FINITE = [
    [INF] * 4,
    [-INF] * 4,
    [NAN] * 4,
    [None] * 4,
    [INF, 1.0, -INF, -INF, 1.0],
    [-INF, 1.0, INF, INF, 1.0],
    [4.0, 3.0, INF, 2.0, 1.0],
    [4.0, 3.0, -INF, 2.0, 1.0, 3.0],
    [1.0, NAN, NAN, NAN, 0.5, 0.6, 0.7, 0.8],
    [1.0, None, 1.0, None, 1.0, None, 1.0],
    [None, 0.5, None, 0.4, None, 0.6, 0.7, 0.8],
    [0.0, -0.0, 0.0, -0.0],
    [1e39, 1e38, 1e39, -1e39, 1e39],
    [3.0, 2.0, 1.0, 0.0, -1.0, -2.0],
]

# Steps too small for float32, or only just large enough.
NARROW = [
    [1.0, 1.0 + 2.0**-23, 1.0 - 2.0**-24, 1.0 - 2.0**-25, 1.0 - 2.0**-23],
    [0.1, 0.1 - 1e-9, 0.1 - 2e-9, 0.1 - 1e-8, 0.1 + 1e-8, 0.1 - 2e-8],
    [16777216.0, 16777217.0, 16777215.0, 16777216.5],
]

# The last epoch but one is the last chance; a creep whose steps are below most min_deltas; a long plateau.
CREEP = [round(1 - 0.01 * i, 2) for i in range(30)]
LATE = [[1.0] + [1.1] * n + [0.9, 1.2] for n in (1, 2, 3, 5)] + [[1.0] + [1.1] * n + [0.9] for n in (1, 2, 4)]
LONG = [CREEP, CREEP + [0.9] * 8, [0.7] * 15, list(reversed(CREEP))]

DELTAS = (0.1, 0.25, 0.05, 1e-4)


def ties():
    """Improvements of exactly min_delta, as exact as floats are."""
    for delta in DELTAS:
        steps = [1.0, 1 - delta, 1 - 2 * delta, 1.0, 1 + delta, 1 + 2 * delta, 1.0, 1.0]
        yield steps
        yield [step / 3 for step in steps]


def adversarial():
    return [*TABLE, *SHORT, *NOT_FINITE, *NARROW, *LATE, *LONG, *ties()]


def generated(count, rng):
    for _ in range(count):
        level, values = rng.uniform(0.2, 2), []
        digits = rng.choice((4, 1, 2))  # a coarse grid makes ties
        odd = rng.choice((0, 0, 0.04, 0.12))
        for _ in range(rng.choice((2, 5, 12, 12, 12, 25))):
            level += rng.gauss(-0.02, 0.08)
            values.append(rng.choice((NAN, INF, -INF, None)) if rng.random() < odd else round(level, digits))
        yield values


def spell(value):
    """JSON has no NaN and no infinities: they are written as JavaScript's names for them."""
    if value is None or math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def settings(grid):
    """All combinations of a dict of lists."""
    return [dict(zip(grid, values)) for values in itertools.product(*grid.values())]


def conform(library, judge, corners, grid, refused=(), more=(), count=300, keep=lambda values, options: True):
    """Prints the fixture of a library.

    library: name and version, as shown to people.
    judge(values, options): what the library did, as [last epoch trained (-1: none), whether the run was stopped there,
        best epoch (-1: none), counter or None where the library has none], and a fifth entry where an error stopped it:
        `told(exception)`. The options are written as the rule in src/stopping/rules/ writes its settings.
    corners: the options with which every adversarial history is judged (a list of dicts).
    grid: options from which each generated history gets some at random (a dict of lists).
    refused: options that the library refuses: their errors are written down; an option that is taken is an error here.
    more: adversarial histories for this library alone.
    keep(values, options): False for a history that makes no sense for this library so set.
    """
    rng = random.Random(SEED)
    histories, cases, index = [], [], {}

    def ask(values, options):
        if not keep(values, options):
            return
        spelt = [spell(value) for value in values]
        key = json.dumps(spelt)
        if key not in index:
            index[key] = len(histories)
            histories.append(key.replace(" ", ""))
        cases.append([index[key], options, judge(values, options)])

    for values in [*adversarial(), *more]:
        for options in corners:
            ask(values, options)
    for values in generated(count, rng):
        for _ in range(2):
            ask(values, {name: rng.choice(choices) for name, choices in grid.items()})

    compact = lambda value: json.dumps(value, separators=(",", ":"), allow_nan=False)  # noqa: E731
    refusals = [[options, refusal(judge, options)] for options in refused]
    print('{"library":%s,' % compact(library))
    print('"expected":["last epoch","fired","best epoch","counter","error"],')
    print('"refused":[\n%s],' % ",\n".join(map(compact, refusals)))
    print('"histories":[\n%s],' % ",\n".join(histories))
    print('"cases":[\n%s]}' % ",\n".join(map(compact, cases)))
    print(f"{library}: {len(cases)} cases on {len(histories)} histories", file=sys.stderr)


def told(error):
    return f"{type(error).__name__}: {error}"


def refusal(judge, options):
    """What the library says to options that it does not take."""
    try:
        judge([1.0, 0.9, 0.95, 0.96], options)
    except Exception as error:
        return told(error)
    raise AssertionError(f"{options} are taken")
