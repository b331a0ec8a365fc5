"""A training by Keras 2.11, which is what tensorflow.keras has: see rule_code.py."""

from train_keras import train as train
