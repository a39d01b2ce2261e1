"""A model of several inputs and outputs trains as its script says: Keras has the last word."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from designer.catalog.load import load
from designer.codegen.script import generate
from designer.document.model import (
    INPUT,
    OUTPUT,
    DatasetChoice,
    Document,
    Edge,
    Graph,
    Node,
    ObjectValue,
    TrainingPlan,
)
from designer.formats.keras_file import read

# Keras' own way of copying weights, of which NumPy warns.
_COPYING = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras"), _COPYING]
ABSOLUTE: dict[str, Any] = {"object": "losses.MeanAbsoluteError", "params": {}}
LINEAR = {"units": 2}


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """Two inputs that meet in an addition, and two outputs of the sum."""
    draw = np.random.default_rng(0)
    sizes = {"left": 3, "right": 3, "near": 2, "far": 1}
    arrays: dict[str, Any] = {name: draw.random((24, size)) for name, size in sizes.items()}
    np.savez(tmp_path / "a.npz", **arrays)
    nodes = [
        Node("a", INPUT, "a", {"shape": [3]}),
        Node("b", INPUT, "b", {"shape": [3]}),
        Node("sum", "layers.Add", "sum"),
        Node("near", "layers.Dense", "near", LINEAR),
        Node("far", "layers.Dense", "far", {"units": 1}),
        Node("one", OUTPUT, "one"),
        Node("two", OUTPUT, "two", {"loss": ABSOLUTE, "loss_weight": 0.25, "metrics": False}),
    ]
    wires = ["a>sum:0", "b>sum:1", "sum>near:0", "sum>far:0", "near>one:0", "far>two:0"]
    return Document(
        "twofold",
        Graph({node.id: node for node in nodes}, frozenset(map(wire, wires))),
        DatasetChoice(
            "npz", {"path": str(tmp_path / "a.npz"), "x": "left, right", "y": "near, far"}
        ),
        TrainingPlan(metrics=(ObjectValue("metrics.MeanAbsoluteError"),), epochs=1, seed=3),
    )


def wire(text: str) -> Edge:
    source, _, rest = text.partition(">")
    target, _, slot = rest.partition(":")
    return Edge(source, 0, target, "inputs", int(slot))


@pytest.fixture
def trained(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[str, Any], Any]:
    """The names of the script, and the history of its training."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "script"}
    exec(generate(document, load()).text, names)
    return names, names["main"]()


def test_the_sum_of_the_losses_is_weighed_as_the_outputs_say(
    trained: tuple[dict[str, Any], Any],
) -> None:
    names, history = trained
    found = history.history
    assert {"near_loss", "far_loss"} <= found.keys()
    assert sum("mean_absolute_error" in key for key in found) == 2  # training and validation
    keras = importlib.import_module("keras")
    model = keras.saving.load_model("model.keras")
    _, (x_val, (near, far)) = names["load_data"]()
    first, second = model.predict(x_val, verbose=0)
    error = keras.losses.MeanSquaredError()(near, first)
    absolute = keras.losses.MeanAbsoluteError()(far, second)
    assert found["val_loss"][-1] == pytest.approx(float(error + 0.25 * absolute), rel=1e-4)


def test_what_was_trained_opens_with_the_losses_of_its_outputs(
    trained: tuple[dict[str, Any], Any],
) -> None:
    assert trained
    opened = read(Path("model.keras"), load())
    marks = [node for node in opened.graph.nodes.values() if node.type == OUTPUT]
    assert opened.training.loss == ObjectValue("losses.MeanSquaredError")
    assert [mark.params for mark in marks] == [{}, {"loss": ABSOLUTE, "loss_weight": 0.25}]


def test_equal_losses_need_no_list(document: Document) -> None:
    mark = replace(document.graph.nodes["two"], params={})
    graph = Graph({**document.graph.nodes, "two": mark}, document.graph.edges)
    text = generate(replace(document, graph=graph), load()).text
    assert "loss=keras.losses.MeanSquaredError()" in text
    assert "loss_weights" not in text
