"""How each kind of model file is read by its own program: what it says of itself, and what it predicts of its check inputs.

Every reader takes the folder of a run and gives (about, predictions [8][K], standard deviations or None).
"""

import json


def inputs_of(about):
    import numpy as np

    return np.array(about["check"]["inputs"], dtype=np.float32)


def read_onnx(folder):
    import onnx
    import onnxruntime

    file = str(folder / "model.onnx")
    model = onnx.load(file)
    onnx.checker.check_model(model, full_check=True)
    about = json.loads({prop.key: prop.value for prop in model.metadata_props}["patience"])
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    outputs = session.run(None, {"input": inputs_of(about)})
    # The batch is free: one row alone says the same.
    alone = session.run(None, {"input": inputs_of(about)[:1]})
    assert abs(alone[0] - outputs[0][:1]).max() < 1e-5 * max(1, abs(outputs[0]).max()), "a single row differs"
    return about, outputs[0].tolist(), outputs[1].tolist() if len(outputs) > 1 else None


def read_safetensors(folder):
    import os

    import torch
    from safetensors import safe_open

    about = json.loads(safe_open(folder / "model.safetensors", "pt").metadata()["patience"])
    # The lines that come with the file name it without its folder.
    home, names = os.getcwd(), {}
    os.chdir(folder)
    try:
        exec((folder / "model.py").read_text(), names)
    finally:
        os.chdir(home)
    with torch.no_grad():
        said = names["predict"](torch.from_numpy(inputs_of(about)))
    if isinstance(said, tuple):
        return about, said[0].tolist(), said[1].tolist()
    return about, said.tolist(), None


def read_keras(folder):
    import zipfile

    import h5py
    import keras
    import numpy as np

    file = folder / "model.keras"
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["metadata.json", "config.json", "model.weights.h5"], archive.namelist()
        about = json.loads(archive.read("metadata.json"))["patience"]
        with archive.open("model.weights.h5") as weights, h5py.File(weights) as opened:
            opened.visititems(lambda _, node: np.isfinite(node[()]).all() if isinstance(node, h5py.Dataset) else None)
    said = keras.saving.load_model(file).predict(inputs_of(about), verbose=0)
    return about, np.asarray(said).tolist(), None


def read_c(folder):
    import re
    import subprocess

    text = (folder / "model.h").read_text()
    about = json.loads(re.search(r"^ \* (\{.*\})$", text, re.MULTILINE)[1])
    name = re.search(r"^static inline void (\w+)_predict", text, re.MULTILINE)[1]
    inputs, K = about["check"]["inputs"], len(about["check"]["outputs"][0])
    numbers = ", ".join(f"{x!r}f" if "." in repr(x) or "e" in repr(x) else f"{x!r}.0f" for row in inputs for x in row)
    several = about["check"]["sd"] is not None
    line = 'printf("%.9g\\n", (double)'
    spread = f"for (int k = 0; k < {K}; k++) {line}sd[k]);" if several else ""
    (folder / "main.c").write_text(f"""
#define {name.upper()}_SELF_TEST
#include "model.h"
#include <stdio.h>
static const float x[] = {{ {numbers} }};
int main(void) {{
  float y[{K}]{f", sd[{K}]" if several else ""};
  {line}{name}_self_test());
  for (int n = 0; n < 8; n++) {{
    {name}_predict(x + n * {len(inputs[0])}, y{", sd" if several else ""});
    for (int k = 0; k < {K}; k++) {line}y[k]);
    {spread}
  }}
  return 0;
}}
""")
    strict = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
    subprocess.run(["gcc", *strict, "-o", folder / "main", folder / "main.c", "-lm"], check=True)
    out = subprocess.run([folder / "main"], check=True, capture_output=True, text=True).stdout.split()
    self_test, numbers = float(out[0]), [float(x) for x in out[1:]]
    assert self_test <= 1e-5 * max(1, *(abs(y) for row in about["check"]["outputs"] for y in row)), self_test
    rows = [numbers[i : i + (2 if several else 1) * K] for i in range(0, len(numbers), (2 if several else 1) * K)]
    return about, [row[:K] for row in rows], [row[K:] for row in rows] if several else None


def read_json(folder):
    import runpy

    model = json.loads((folder / "model.json").read_text())
    predict = runpy.run_path(str(folder / "read_model.py"))["read_model"](model)
    said = [predict(x) for x in model["check"]["inputs"]]
    sd = [spread for _, spread in said]
    return model, [outputs for outputs, _ in said], None if sd[0] is None else sd


READERS = {"keras": read_keras, "onnx": read_onnx, "safetensors": read_safetensors, "c": read_c, "json": read_json}
