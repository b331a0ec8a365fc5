"""A training by XGBoost: see rule_code.py. The metric is made up as in ask_xgboost.py."""

from unittest.mock import patch

import xgboost
from ask_xgboost import DATA, PARAMS


def train(snippet, values):
    [rule] = snippet.run()
    rounds = []

    def eval_set(booster, evals, iteration, *_):
        rounds.append(iteration)
        return f"[{iteration}]\tvalid-loss:{values[iteration]!r}"

    with patch.object(xgboost.Booster, "eval_set", eval_set):
        model = xgboost.train(
            PARAMS, DATA, len(values), callbacks=[rule], evals=[(DATA, "valid")], verbose_eval=False
        )
    return rounds[-1], rule.current_rounds >= rule.rounds, model.num_boosted_rounds() - 1
