"""A training by the hook of MMEngine: see rule_code.py and ask_mmengine.py."""

import sys

from ask_mmengine import EarlyStoppingHook, drive

sys.modules["mmengine.hooks"] = type(sys)("hooks")
sys.modules["mmengine.hooks"].EarlyStoppingHook = EarlyStoppingHook


def train(snippet, values):
    last = min(drive(hook, values)[0] for hook in snippet.run())
    return last, any(drive(hook, values[: last + 1])[1] for hook in snippet.run()), None
