"""A training by CatBoost: see rule_code.py and ask_catboost.py."""

from ask_catboost import judge
from catboost import CatBoostClassifier


def train(snippet, values):
    [settings] = snippet.run(CatBoostClassifier=dict)
    # It knows all of these.
    CatBoostClassifier(**settings)
    last, stopped, best, _ = judge(values, {**settings, "mode": "max" if snippet.higher else "min"})
    return last, stopped, best if settings["use_best_model"] else last
