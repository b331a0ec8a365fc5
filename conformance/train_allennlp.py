"""A training with the tracker of AllenNLP as a configuration sets it: see rule_code.py and ask_allennlp.py."""

import re

from ask_allennlp import judge


def train(snippet, values):
    patience, sign = re.search(r'patience: (\d+),\s+validation_metric: "([-+])', snippet.code).groups()
    return *judge(values, {"patience": int(patience), "mode": "max" if sign == "+" else "min"})[:2], None
