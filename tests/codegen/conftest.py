"""A small catalogue by hand, and designs made of it: tests of the code need no Keras."""

from collections.abc import Callable
from typing import Any

import pytest

from designer.catalog.spec import Catalog, LayerSpec, ObjectSpec, ParamSpec, PortSpec
from designer.document.model import Document, Edge, Graph, Node

NAME = ParamSpec("name", "string", nullable=True)
SAME = ParamSpec("padding", "choice", "valid", choices=("valid", "same"))
ACTIVATION = ParamSpec("activation", "activation", nullable=True)
INITIALIZER = ParamSpec("kernel_initializer", "initializer", "glorot_uniform")
TRAINING = ParamSpec("training", "bool", nullable=True, call=True)


def layer(name: str, *params: ParamSpec, inputs: tuple[PortSpec, ...] | None = None) -> LayerSpec:
    """A layer's entry."""
    ports = (PortSpec("inputs"),) if inputs is None else inputs
    return LayerSpec(
        f"layers.{name}", name, "core", "keras.layers", name, "", ports, (*params, TRAINING, NAME)
    )


def operation(name: str, *ports: str, params: tuple[ParamSpec, ...] = ()) -> LayerSpec:
    """An operation's entry."""
    found = tuple(PortSpec(port) for port in ports)
    return LayerSpec(f"ops.{name}", name, "operations", "keras.ops", name, "", found, params)


def thing(key: str, *params: ParamSpec, names: tuple[str, ...] = ()) -> ObjectSpec:
    """An object's entry."""
    family, _, name = key.partition(".")
    return ObjectSpec(key, name, family, f"keras.{family}", name, "", params, names)


LISTED = (PortSpec("inputs", variadic=True, minimum=2, maximum=None),)
LAYERS = (
    layer(
        "InputLayer",
        ParamSpec("shape", "shape", nullable=True),
        ParamSpec("batch_size", "int", nullable=True),
        ParamSpec("dtype", "dtype", nullable=True),
        inputs=(),
    ),
    layer(
        "Conv2D",
        ParamSpec("filters", "int", required=True),
        ParamSpec("kernel_size", "ints", required=True, length=2),
        ParamSpec("strides", "ints", [1, 1], length=2),
        SAME,
        ParamSpec("data_format", "choice", nullable=True),
        ACTIVATION,
        ParamSpec("use_bias", "bool", default=True),
        INITIALIZER,
    ),
    layer("Dense", ParamSpec("units", "int", required=True), ACTIVATION, INITIALIZER),
    layer("UpSampling2D", ParamSpec("size", "ints", [2, 2], length=2)),
    layer("Reshape", ParamSpec("target_shape", "shape", required=True)),
    layer("Flatten"),
    layer("Add", inputs=LISTED),
    layer("Concatenate", ParamSpec("axis", "int", -1), inputs=LISTED),
    layer("TimeDistributed", ParamSpec("layer", "layer", required=True)),
    layer(
        "LSTM",
        ParamSpec("units", "int", required=True),
        ParamSpec("return_state", "bool", default=False),
        inputs=(
            PortSpec("sequences"),
            PortSpec("initial_state", variadic=True, optional=True, maximum=None),
            PortSpec("mask", optional=True),
        ),
    ),
    operation("add", "x1", "x2", params=(ParamSpec("x2", "json"),)),
    operation(
        "slice_update",
        "inputs",
        "updates",
        params=(ParamSpec("start_indices", "ints", required=True),),
    ),
    operation("transpose", "x", params=(ParamSpec("axes", "ints", nullable=True),)),
)
OBJECTS = (
    thing("losses.MeanSquaredError"),
    thing("losses.BinaryCrossentropy", ParamSpec("from_logits", "bool", default=False)),
    thing("losses.CategoricalCrossentropy", ParamSpec("from_logits", "bool", default=False)),
    thing("losses.SparseCategoricalCrossentropy", ParamSpec("from_logits", "bool", default=False)),
    thing("optimizers.Adam", ParamSpec("learning_rate", "float", 0.001)),
    thing("metrics.SparseCategoricalAccuracy", ParamSpec("name", "string")),
    thing("initializers.HeNormal", ParamSpec("seed", "int", nullable=True), names=("he_normal",)),
    thing("initializers.GlorotUniform", names=("glorot_uniform",)),
    thing("regularizers.L2", ParamSpec("l2", "float", 0.01)),
    thing("activations.relu", ParamSpec("negative_slope", "float", 0.0), names=("relu",)),
    thing("activations.odd"),
)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Some layers, operations and objects."""
    return Catalog("3.15.1", {s.key: s for s in LAYERS}, {s.key: s for s in OBJECTS})


Nodes = dict[str, tuple[Any, ...]]
Design = Callable[..., Document]


@pytest.fixture(scope="session")
def design() -> Design:
    """Makes a document of {id: (type, params, arguments)} and "source:k>target.port:slot"."""

    def node(key: str, kind: str, params: Any = None, arguments: Any = None) -> Node:
        return Node(key, kind, key, params or {}, arguments or {})

    def wire(text: str) -> Edge:
        start, _, end = text.partition(">")
        source, _, output = start.partition(":")
        place, _, slot = end.partition(":")
        target, _, port = place.partition(".")
        return Edge(source, int(output or 0), target, port or "inputs", int(slot or 0))

    def make(nodes: Nodes, *wires: str) -> Document:
        made = {key: node(key, *given) for key, given in nodes.items()}
        return Document("a design", Graph(made, frozenset(map(wire, wires))))

    return make
