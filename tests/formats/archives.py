"""Writes `.keras` archives and their configurations by hand, as Keras would, without Keras."""

import json
import zipfile
from pathlib import Path
from typing import Any

Saved = dict[str, Any]


def tensor(layer: str, call: int = 0, output: int = 0) -> Saved:
    config = {"shape": [None, 4], "dtype": "float32", "keras_history": [layer, call, output]}
    return {"class_name": "__keras_tensor__", "config": config}


def call(*args: Any, **kwargs: Any) -> Saved:
    return {"args": list(args), "kwargs": kwargs}


def layer(
    kind: str, name: str, calls: list[Saved], module: str = "keras.layers", **params: Any
) -> Saved:
    return {
        "module": module,
        "class_name": kind,
        "config": {"name": name, **params},
        "registered_name": None,
        "name": name,
        "inbound_nodes": calls,
    }


def entry(name: str, *shape: int) -> Saved:
    return layer("InputLayer", name, [], batch_shape=[None, *(shape or (4,))], dtype="float32")


def functional(
    layers: list[Saved], inputs: Any, outputs: Any, name: str = "net", **more: Any
) -> Saved:
    config = {"name": name, "layers": layers, "input_layers": inputs, "output_layers": outputs}
    return {
        "module": "keras.src.models.functional",
        "class_name": "Functional",
        "config": config,
        "registered_name": "Functional",
        "compile_config": {},
        **more,
    }


def sequential(layers: list[Saved], name: str = "chain", **config: Any) -> Saved:
    bare = [{k: v for k, v in item.items() if k != "inbound_nodes"} for item in layers]
    body = {"name": name, "layers": bare, **config}
    return {"module": "keras", "class_name": "Sequential", "config": body}


def archive(path: Path, model: Any, version: str = "3.15.1", members: Saved | None = None) -> Path:
    """Writes the archive; `members` replaces or adds raw members (None leaves one out)."""
    raw: Saved = {
        "metadata.json": json.dumps({"keras_version": version}),
        "config.json": json.dumps(model),
        "model.weights.h5": "",
    }
    raw |= members or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in raw.items():
            if data is not None:
                file.writestr(name, data)
    return path


def residual() -> Saved:
    """An input, a Dense layer, and their sum by an operation; a scaled second output."""
    numpy = "keras.src.ops.numpy"
    return functional(
        [
            entry("x"),
            layer("Dense", "dense", [call(tensor("x"))], units=4, activation="relu"),
            layer("Add", "add", [call(tensor("dense"), tensor("x"))], numpy),
            layer("Multiply", "multiply", [call(tensor("add"), 2.0)], numpy),
        ],
        [["x", 0, 0]],
        [["add", 0, 0], ["multiply", 0, 0]],
    )
