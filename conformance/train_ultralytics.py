"""A training with the stopper of Ultralytics: see rule_code.py and ask_ultralytics.py."""

from ask_ultralytics import judge


class Model:
    def __init__(self, _):
        pass

    def train(self, **settings):
        return settings


def train(snippet, values):
    [settings] = snippet.run(YOLO=Model)
    return *judge(values, {**settings, "mode": "max" if snippet.higher else "min"})[:2], None
