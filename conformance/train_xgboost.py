"""A training by XGBoost: see rule_code.py. The metric is made up as in ask_xgboost.py."""

from unittest.mock import patch

import xgboost
from ask_xgboost import DATA, PARAMS


def train(snippet, values):
    rules = snippet.run()
    rounds = []

    def eval_set(booster, evals, iteration, *_):
        rounds.append(iteration)
        return f"[{iteration}]\tvalid-loss:{values[iteration]!r}"

    with patch.object(xgboost.Booster, "eval_set", eval_set):
        model = xgboost.train(
            PARAMS, DATA, len(values), callbacks=rules, evals=[(DATA, "valid")], verbose_eval=False
        )
    fired = any(rule.current_rounds >= rule.rounds for rule in rules)
    return rounds[-1], fired, model.num_boosted_rounds() - 1
