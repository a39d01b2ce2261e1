"""A design that trains in milliseconds a step and never comes to its end by itself."""

from pathlib import Path

import numpy as np

from designer.document.model import (
    INPUT,
    OUTPUT,
    DatasetChoice,
    Document,
    Edge,
    Graph,
    Node,
    TrainingPlan,
)
from designer.document.serialize import to_bytes

EPOCHS = 100_000


def tiny_design(folder: Path, epochs: int = EPOCHS) -> Path:
    """Writes arrays of 64 samples and a design that fits one Dense layer to them; its path."""
    draw = np.random.default_rng(0)
    inputs = draw.normal(size=(64, 4)).astype("float32")
    np.savez(folder / "arrays.npz", x=inputs, y=inputs.sum(axis=1, keepdims=True))
    nodes = (
        Node("input", INPUT, "values", {"shape": [4]}, x=0, y=0),
        Node("dense", "layers.Dense", "dense", {"units": 1}, x=0, y=100),
        Node("output", OUTPUT, "output", x=0, y=200),
    )
    wires = frozenset(
        (Edge("input", 0, "dense", "inputs", 0), Edge("dense", 0, "output", "inputs", 0))
    )
    document = Document(
        name="tiny",
        graph=Graph({node.id: node for node in nodes}, wires),
        data=DatasetChoice("npz", {"path": str(folder / "arrays.npz")}),
        training=TrainingPlan(epochs=epochs, batch_size=8),
    )
    path = folder / "tiny.skipwire"
    path.write_bytes(to_bytes(document))
    return path
