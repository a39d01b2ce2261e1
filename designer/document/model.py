"""The document: frozen values that say what the user has made, and nothing that follows from it.

A node is one call of a layer or an operation. Its `params` hold only what the user set, so a
later Keras' defaults apply. Positions are the node's centre, in canvas pixels at 100 %.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct

INPUT = "layers.InputLayer"
OUTPUT = "output"  # marks an output of the model; Keras has no name for it
# Where a tensor enters and leaves a block: nodes that hand on what comes in, and no part of the
# model. All wires into a block end at such nodes, and all wires out of it begin there.
ENTRY = "block_input"
EXIT = "block_output"
PASSAGES = (ENTRY, EXIT)
Color = Literal[
    "operations", "convolution", "pooling", "merging", "normalization", "activation", "core",
    "recurrent", "attention", "blocks",
]  # fmt: skip
COLORS: tuple[Color, ...] = get_args(Color)


class ObjectValue(Struct, frozen=True):
    """A Keras object as a value: "initializers.HeNormal" and the parameters that the user set.

    Inside a node's `params` the same stands as a plain dict {"object": ..., "params": {...}}.
    """

    object: str
    params: Mapping[str, Any] = {}


class Node(Struct, frozen=True, dict=True):
    """One call. `type` is the path below `keras.`: "layers.Conv2D", "ops.add"; or OUTPUT.

    `name` is the layer's name in Keras, unique in the graph. `arguments` are literals of the
    call (training=False). `shares` is the id of the node whose layer this one calls again.
    A `bypassed` node is left out of the model: what comes in goes straight to what it feeds.
    `block` is the id of the innermost block that it is in, "" if it is in none.
    """

    id: str
    type: str
    name: str
    params: Mapping[str, Any] = {}
    arguments: Mapping[str, Any] = {}
    shares: str = ""
    x: float = 0.0
    y: float = 0.0
    bypassed: bool = False
    block: str = ""

    @cached_property
    def content(self) -> str:
        """What decides the node's outputs besides its inputs: a key for memos."""
        body = (self.type, self.params, self.arguments)
        return msgspec.json.encode(body, order="sorted").decode()


class Edge(Struct, frozen=True, order=True):
    """A wire is its two ends, a value.

    `output` counts the source's outputs; `input` names the target's port; `slot` orders the
    wires of a variadic port (gaps are allowed, equal slots are not).
    """

    source: str
    output: int
    target: str
    input: str
    slot: int = 0


class Graph(Struct, frozen=True, dict=True):
    """Nodes by id, and the wires between them in no order of their own."""

    nodes: Mapping[str, Node] = {}
    edges: frozenset[Edge] = frozenset()

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Edge, ...]]:
        """Wires into each node that has some, by port and slot."""
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.target, []).append(edge)
        return {k: tuple(sorted(v, key=lambda e: (e.input, e.slot))) for k, v in found.items()}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Edge, ...]]:
        """Wires out of each node that has some, in the order of their values."""
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.source, []).append(edge)
        return {k: tuple(sorted(v)) for k, v in found.items()}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Node ids by name (the last one where a broken file has a name twice).

        Ports of blocks are called as their block likes, for Keras never hears of them.
        """
        return {n.name: n.id for n in self.nodes.values() if n.type not in PASSAGES}

    @cached_property
    def bypassed(self) -> frozenset[str]:
        """Ids of the nodes that are left out of the model."""
        return frozenset(node.id for node in self.nodes.values() if node.bypassed)

    @cached_property
    def shared(self) -> Mapping[str, tuple[str, ...]]:
        """The other calls of each layer that has several, by the node that owns it."""
        found: dict[str, list[str]] = {}
        for node in self.nodes.values():
            if node.shares:
                found.setdefault(node.shares, []).append(node.id)
        return {owner: tuple(others) for owner, others in found.items()}

    @cached_property
    def passed(self) -> frozenset[str]:
        """Ids of the nodes that hand on what comes in: bypassed ones, and the ports of blocks."""
        ports = (node.id for node in self.nodes.values() if node.type in PASSAGES)
        return self.bypassed.union(ports)


class Frame(Struct, frozen=True):
    """A titled rectangle behind the nodes: what lies wholly within it, it carries along.

    `color` is the name of a theme's category. `x`, `y` is the upper left corner.
    """

    id: str
    title: str = ""
    color: Color = "operations"
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    block: str = ""


class Note(Struct, frozen=True):
    """A text in Markdown that lies on the canvas. `x`, `y` is the upper left corner."""

    id: str
    text: str = ""
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    block: str = ""


Mark = Frame | Note


class Block(Struct, frozen=True):
    """A group of nodes of the graph, seen from outside as one node: those whose `block` is its id.

    `kind` is the family: the blocks of one kind are meant to be copies of one block. `parent` is
    the block that it lies in. `inputs` and `outputs` are its ENTRY and EXIT nodes, in the order of
    its ports. `params` are the parameters that it offers outside: each sets that parameter of each
    of those nodes (node id, parameter's name). `x`, `y` is its centre, as a node's.
    """

    id: str
    title: str
    kind: str
    parent: str = ""
    x: float = 0.0
    y: float = 0.0
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    params: Mapping[str, tuple[tuple[str, str], ...]] = {}


class DatasetChoice(Struct, frozen=True):
    """Which data source, and its options: "photos_denoise", "digits", "npz" with a path."""

    source: str = ""
    options: Mapping[str, Any] = {}


class TrainingPlan(Struct, frozen=True):
    """How to train: Keras' own words for compile and fit."""

    loss: ObjectValue = ObjectValue("losses.MeanSquaredError")
    optimizer: ObjectValue = ObjectValue("optimizers.Adam")
    metrics: tuple[ObjectValue, ...] = ()
    epochs: int = 10
    batch_size: int = 32
    seed: int = 0
    shuffle: bool = True


class LayerFile(Struct, frozen=True):
    """A Python file whose layers the design uses, by the name that Python imports it by.

    `file` is "" for a module that is found by its name alone; `sha256` is the content's then.
    """

    module: str
    file: str = ""
    sha256: str = ""


class Document(Struct, frozen=True):
    """A design. `direction` is the way that the layout runs: "down" or "right".

    `marks` are the frames and notes by id, `blocks` the groups of nodes; no two of nodes, marks
    and blocks have one id. Keras never hears of them: the graph is flat. `layer_files` are those
    of the user's own layers.
    """

    name: str = "untitled"
    graph: Graph = Graph()
    data: DatasetChoice = DatasetChoice()
    training: TrainingPlan = TrainingPlan()
    direction: str = "down"
    notes: str = ""
    marks: Mapping[str, Mark] = {}
    blocks: Mapping[str, Block] = {}
    layer_files: tuple[LayerFile, ...] = ()
