"""Where stopping rules stop, written a second time from what the libraries document: Keras, Lightning, and groups of them."""

import numpy as np

# What a rule may watch, by its column in curves.csv.
COLUMNS = {
    "validation-loss": "validation",
    "training-loss": "train",
    "validation-accuracy": "validationAccuracy",
    "validation-f1": "validationF1",
    "validation-brier": "validationBrier",
    "validation-calibration-error": "validationCalibrationError",
}
GROWING = ("validation-accuracy", "validation-f1")


def keras(values, settings, grows):
    """Yields after each epoch whether it stops, and the epoch it thinks best. Keras compares float32 tensors."""
    sign = {"min": 1, "max": -1, "auto": -1 if grows else 1}[settings["mode"]]
    margin, baseline = abs(settings["min_delta"]), settings["baseline"]
    better = lambda value, than: np.float32(sign * float(value) + margin) < np.float32(sign * float(than))  # noqa: E731
    best, wait = None, 0
    for epoch, value in enumerate(values):
        if epoch < settings["start_from_epoch"]:
            yield False, best
            continue
        wait += 1
        if best is None or better(value, values[best]):
            best = epoch
            if baseline is None or better(value, baseline):
                wait = 0
            yield False, best
        else:
            yield wait >= settings["patience"] and epoch > 0, best


def lightning(values, settings, _):
    """The same of Lightning, which stops at what is not finite and has no thresholds here."""
    assert settings["check_finite"] and settings["stopping_threshold"] is settings["divergence_threshold"] is None
    sign = 1 if settings["mode"] == "min" else -1
    reference, best, wait = np.float32(sign * np.inf), None, 0
    for epoch, value in enumerate(np.float32(values)):
        if not np.isfinite(value):
            yield True, best
        elif np.float32(sign * value + np.float32(settings["min_delta"])) < sign * reference:
            reference, best, wait = value, epoch, 0
            yield False, best
        else:
            wait += 1
            yield wait >= settings["patience"], best


RULES = {"keras": keras, "lightning": lightning}


def replay(stopping, curves, replica):
    """The last epoch trained, whether the rule stopped it there, and the epoch whose weights are kept."""
    policy = stopping["policy"] or keras_of(stopping)
    stop, restores, best = followed(policy, curves, replica)
    last = len(curves["epoch"]) - 1 if stop is None else stop
    return last, stop is not None, best if restores and best is not None else last


def keras_of(settings):
    """The rule of Keras as it is set on the page."""
    names = {"min_delta": "minDelta", "start_from_epoch": "startFromEpoch", "restore_best_weights": "restoreBestWeights"}
    same = ("patience", "mode", "baseline", "monitor")
    return {"rule": "keras"} | {key: settings[names.get(key, key)] for key in (*names, *same)}


def followed(policy, curves, replica):
    """The epoch at which a policy stops, None if it does not; whether it restores; and the epoch it thinks best then."""
    if "rule" in policy:
        values = curves[COLUMNS[policy["monitor"]]][:, replica]
        stop, best = None, None
        for epoch, (fired, best) in enumerate(RULES[policy["rule"]](values, policy, policy["monitor"] in GROWING)):
            if fired:
                stop = epoch
                break
        return stop, policy.get("restore_best_weights", False), best
    members = [followed(member, curves, replica) for member in policy["all" if "all" in policy else "any"]]
    stops = [stop for stop, _, _ in members]
    if "all" in policy:
        stop = None if None in stops else max(stops)
    else:
        stop = min((stop for stop in stops if stop is not None), default=None)
    # Whoever stops with the group decides, the first of several; the first of all while the group has not stopped.
    return stop, *members[0 if stop is None else stops.index(stop)][1:]
