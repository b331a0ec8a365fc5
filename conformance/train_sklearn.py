"""Fits by scikit-learn: see rule_code.py. What is scored or lost is made up, as in ask_sklearn_mlp.py and _sgd.py."""

import functools
import warnings

import ask_sklearn_gradient_boosting
import ask_sklearn_sgd
from ask_sklearn_mlp import LABELS, ROWS, scripted
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import get_scorer
from sklearn.neural_network import MLPClassifier


class Trees(HistGradientBoostingClassifier):
    def _scripted(self, *args, **kwargs):
        sign = 1 if self.higher else -1
        if not self.scores:  # the model before the first iteration, worse than what follows
            self.scores.append(sign * self.values[0] - 1)
            return False
        self.scores.append(sign * self.values[len(self.scores) - 1])
        self.stopped = self._should_stop(self.scores)
        return self.stopped

    _check_early_stopping_loss = _check_early_stopping_scorer = _scripted


def train(snippet, values):
    network = functools.partial(
        scripted(MLPClassifier), hidden_layer_sizes=(), max_iter=len(values), random_state=1
    )
    trees = functools.partial(Trees, max_iter=len(values))
    [model] = snippet.run(
        MLPClassifier=network,
        HistGradientBoostingClassifier=trees,
        SGDClassifier=dict,
        GradientBoostingClassifier=lambda **settings: ("any of the last", settings),
    )
    if isinstance(model, tuple):
        return *ask_sklearn_gradient_boosting.judge(values, model[1])[:2], None
    if isinstance(model, dict):
        return ask_sklearn_sgd.judge(values, {**model, "mode": "max" if snippet.higher else "min"})[:3]
    model.higher = snippet.higher
    return boosted(model, values) if isinstance(model, Trees) else fitted(model, values)


def fitted(model, values):
    model.script = values
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model.fit(ROWS, LABELS)
    fired = not any(issubclass(warning.category, ConvergenceWarning) for warning in caught)
    return model.n_iter_ - 1, fired, int(model.coefs_[0][0, 0]) if model.early_stopping else None


def boosted(model, values):
    assert model.scoring == "loss" or get_scorer(model.scoring)
    model.values, model.scores, model.stopped = values, [], False
    model.fit(ROWS, LABELS)
    return model.n_iter_ - 1, bool(model.stopped), None
