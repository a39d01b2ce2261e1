"""Run by the tests under Keras: saves models, and builds generated scripts to compare with them.

`save FOLDER` writes NAME.keras for each model; `compare FOLDER` builds each NAME.py and prints, by
name, what differs from NAME.keras as JSON.
"""

import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
from keras import layers, ops

APPLICATIONS = (
    "ConvNeXtTiny",
    "DenseNet121",
    "EfficientNetB0",
    "MobileNetV2",
    "ResNet50",
    "Xception",
)


def small_models() -> Iterator[Any]:
    x = keras.Input((8, 4), name="x")
    mask = keras.Input((8,), dtype="bool", name="y_mask")
    dense = layers.Dense(4, activation="relu", kernel_regularizer=keras.regularizers.L2(0.1))
    summed = dense(x) + dense(x) * 2.0
    joined = ops.concatenate([summed, x], axis=-1)
    states = layers.LSTM(5, return_sequences=True, return_state=True)(joined, mask=mask)
    last = layers.LSTM(5)(states[0], initial_state=states[1:])
    looked = layers.MultiHeadAttention(2, 4)(states[0], states[0], key=x)
    part = states[0][:, 1:3, 0]
    both = layers.Bidirectional(layers.GRU(3))(looked)
    frozen = layers.BatchNormalization()(last, training=False)
    yield keras.Model([x, mask], [frozen, part, both], name="several")

    body = keras.Sequential([keras.Input((4,)), layers.Dense(4), layers.ReLU()], name="body")
    entry = keras.Input((4,), name="entry")
    model = keras.Model(entry, layers.Dense(1)(body(body(entry))), name="nested")
    model.compile(keras.optimizers.SGD(0.01, momentum=0.9), "mae", metrics=["mse"])
    yield model


def save(folder: Path) -> None:
    for model in small_models():
        model.save(folder / f"{model.name}.keras")
    for name in APPLICATIONS:
        with keras.StatelessScope(initialize_variables=False):
            model = getattr(keras.applications, name)(weights=None)
        with zipfile.ZipFile(folder / f"{name}.keras", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("metadata.json", json.dumps({"keras_version": keras.__version__}))
            archive.writestr("config.json", model.to_json())
    summary = {}
    for path in folder.glob("*.keras"):
        config = json.loads(zipfile.ZipFile(path).read("config.json"))["config"]
        summary[path.stem] = counts(config)
    sys.stdout.write(json.dumps(summary) + "\n")


def counts(config: dict[str, Any]) -> dict[str, int]:
    """Calls and tensors passed, without what lies in nested models."""

    def tensors(value: Any) -> int:
        if isinstance(value, dict):
            if value.get("class_name") == "__keras_tensor__":
                return 1
            return sum(map(tensors, value.values()))
        return sum(map(tensors, value)) if isinstance(value, list) else 0

    calls = [call for layer in config["layers"] for call in layer["inbound_nodes"]]
    inputs = sum(layer["class_name"] == "InputLayer" for layer in config["layers"])
    nested = sum(layer["class_name"] in ("Sequential", "Functional") for layer in config["layers"])
    return {"nodes": len(calls) + inputs, "edges": tensors(calls), "nested": nested}


def described(model: Any) -> tuple[Any, ...]:
    """Layers that are no nested models, by name, and the outputs' shapes."""
    found: dict[str, list[str]] = {}
    for layer in model._flatten_layers(include_self=False):
        if not isinstance(layer, keras.Model) and "keras.src.applications" not in str(type(layer)):
            config = layer.get_config()
            config.pop("name")
            found.setdefault(type(layer).__name__, []).append(json.dumps(config, default=str))
    kinds = {kind: sorted(items) for kind, items in found.items() if kind != "InputLayer"}
    return kinds, [str(output.shape) for output in model.outputs], model.count_params()


def compare(folder: Path) -> None:
    found = {}
    for path in sorted(folder.glob("*.py")):
        scope: dict[str, Any] = {"__name__": path.stem}
        with keras.StatelessScope(initialize_variables=False):
            exec(compile(path.read_text(), path.name, "exec"), scope)
            built = described(scope["build_model"]())
            config = json.loads(zipfile.ZipFile(path.with_suffix(".keras")).read("config.json"))
            config.pop("compile_config", None)  # an optimizer cannot be built without weights
            saved = described(keras.models.model_from_json(json.dumps(config)))
        found[path.stem] = [
            what
            for what, one, other in zip(
                ("layers", "outputs", "parameters"), built, saved, strict=True
            )
            if one != other
        ]
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    {"save": save, "compare": compare}[sys.argv[1]](Path(sys.argv[2]))
