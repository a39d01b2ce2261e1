"""Layers that Keras uses in its own applications but does not export, told in layers that it does.

Each entry turns one saved layer into saved layers that compute the same with the same weights.
"""

from collections.abc import Callable
from typing import Any

Saved = dict[str, Any]


def _layer_scale(layer: Saved) -> list[Saved]:
    """ConvNeXt's learned factor for each channel: an einsum with a diagonal of weights."""
    config = layer["config"]
    start = {
        "module": "keras.initializers",
        "class_name": "Constant",
        "config": {"value": config["init_values"]},
    }
    scaled = {
        "equation": "abcd,d->abcd",
        "output_shape": [None, None, config["projection_dim"]],
        "kernel_initializer": start,
    }
    return [{**layer, "module": "keras.layers", "class_name": "EinsumDense", "config": scaled}]


def _custom_scale(layer: Saved) -> list[Saved]:
    """Inception-ResNet's sum of the first tensor and the second times a number."""
    name, scale = layer["name"], layer["config"]["scale"]
    ((first, second),) = (call["args"][0] for call in layer["inbound_nodes"])
    factor = f"{name}_factor"
    product = {
        "class_name": "__keras_tensor__",
        "config": {"keras_history": [factor, 0, 0]},
    }
    numpy = {"module": "keras.src.ops.numpy", "config": {}}
    return [
        {
            **numpy,
            "class_name": "Multiply",
            "name": factor,
            "inbound_nodes": [{"args": [second, scale], "kwargs": {}}],
        },
        {
            **numpy,
            "class_name": "Add",
            "name": name,
            "inbound_nodes": [{"args": [first, product], "kwargs": {}}],
        },
    ]


STAND_INS: dict[tuple[str, str], Callable[[Saved], list[Saved]]] = {
    ("keras.src.applications.convnext", "LayerScale"): _layer_scale,
    ("keras.src.applications.inception_resnet_v2", "CustomScaleLayer"): _custom_scale,
}


def stand_ins(layer: Saved) -> list[Saved]:
    """The layer itself, or what stands in for it. A layer that is not as expected stays."""
    identity = (layer.get("module"), layer.get("class_name"))
    if not all(isinstance(part, str) for part in identity):
        return [layer]
    replace = STAND_INS.get((str(identity[0]), str(identity[1])))
    if replace is None:
        return [layer]
    try:
        return replace(layer)
    except (KeyError, TypeError, ValueError, IndexError):
        return [layer]
