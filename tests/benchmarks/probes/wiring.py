"""Tells the wires of a model of keras.applications, weights left out."""

import json
import sys
from typing import Any

import keras


def wires(name: str) -> list[tuple[str, str]]:
    """Pairs of layers' names in the order of the data."""
    with keras.StatelessScope(initialize_variables=False):
        model = getattr(keras.applications, name)(weights=None)
    found = []
    for layer in model.get_config()["layers"]:
        found += [(source, layer["name"]) for source in _sources(layer["inbound_nodes"])]
    return found


def _sources(value: Any) -> list[str]:
    """The layers whose tensors stand somewhere inside a serialized call."""
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            return [value["config"]["keras_history"][0]]
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [name for item in value for name in _sources(item)]
    return []


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"wires": wires(sys.argv[1])}) + "\n")
