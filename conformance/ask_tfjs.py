"""Has the real `earlyStopping` of TensorFlow.js, in Node, judge every history: a line of JSON to and fro for each."""

import json
import subprocess
from pathlib import Path

from sequences import conform, settings, spell

if __name__ == "__main__":
    node = subprocess.Popen(
        ["node", Path(__file__).with_name("tfjs-judge.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def asked(question):
        node.stdin.write(json.dumps(question) + "\n")
        node.stdin.flush()
        answer = json.loads(node.stdout.readline())
        if "error" in answer:
            raise type(answer["error"], (Exception,), {})(answer["message"])
        return answer

    conform(
        f"@tensorflow/tfjs {asked({'version': True})['version']}",
        lambda values, options: asked({"values": [spell(value) for value in values], "options": options}),
        corners=[
            *settings({"patience": [0, 1, 2, 3], "minDelta": [0, 0.1]}),
            {},
            {"patience": 2, "minDelta": -0.25, "mode": "max"},
            {"patience": 2, "baseline": 0.5},
            {"patience": 1, "baseline": 0},
        ],
        grid={
            "minDelta": [0, 0, 0.01, 0.05, 0.1, -0.05],
            "patience": [0, 1, 2, 3, 5, 9],
            "mode": ["auto", "min", "max"],
            "baseline": [None, None, 0.4, 0.8, 1.1],
        },
        refused=[{"restoreBestWeights": True}],
    )
    node.stdin.close()
    node.wait()
