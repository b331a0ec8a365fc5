"""A training by TensorFlow.js, in Node: see rule_code.py. A line of JSON to and fro for each."""

import json
import subprocess
from pathlib import Path

from sequences import spell

NODE = subprocess.Popen(
    ["node", Path(__file__).with_name("tfjs-train.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
)


def train(snippet, values):
    assert snippet.imports == "import * as tf from '@tensorflow/tfjs';"
    NODE.stdin.write(json.dumps({"code": snippet.code, "values": [spell(value) for value in values]}) + "\n")
    NODE.stdin.flush()
    return json.loads(NODE.stdout.readline())
