"""A training by LightGBM: see rule_code.py. It says of itself whether it stopped, as in ask_lightgbm.py."""

import lightgbm
from ask_lightgbm import PARAMS, ROWS, Log


def train(snippet, values):
    rules = snippet.run()
    data = lightgbm.Dataset(ROWS, label=ROWS.ravel())
    valid = lightgbm.Dataset(ROWS, label=ROWS.ravel(), reference=data)
    seen = []

    def feval(*_):
        seen.append(values[len(seen)])
        return [("loss", seen[-1], snippet.higher)]

    Log.said.clear()
    model = lightgbm.train(PARAMS, data, len(values), valid_sets=[valid], feval=feval, callbacks=rules)
    fired = any(word.startswith("Early stopping, best") for word in Log.said)
    # It predicts with the best round, or with all where it has none.
    return len(seen) - 1, fired, (model.best_iteration or len(seen)) - 1
