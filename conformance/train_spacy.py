"""A training by the loop of spaCy with what a configuration says: see rule_code.py and ask_spacy.py."""

from configparser import ConfigParser

from ask_spacy import judge


def train(snippet, values):
    config = ConfigParser()
    config.read_string(snippet.code)
    settings = {name: int(value) for name, value in config["training"].items()}
    return *judge(values, {**settings, "mode": "max" if snippet.higher else "min"})[:2], None
