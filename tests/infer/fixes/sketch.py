"""A few lines that draw a design, for tests: each call adds a layer behind others."""

from pathlib import Path
from typing import Any

import numpy as np
from msgspec.structs import replace

from designer.document import edits
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

_PORTS = {"LSTM": "sequences", "GRU": "sequences", "Resizing": "data", "Bidirectional": "sequences"}


class Sketch:
    """The design so far in `document`; layers are told by their ids. Arrays go to `folder`."""

    def __init__(self, folder: Path = Path()) -> None:
        self.document = Document()
        self._folder = folder

    def input(self, *shape: int | None) -> str:
        """An input of that shape."""
        return self._node(INPUT, {"shape": [*shape]})

    def __call__(self, kind: str, *sources: str, **params: Any) -> str:
        """A layer of that kind behind `sources`, by its one port or the slots of its list."""
        key = self._node(f"layers.{kind}", params)
        for slot, source in enumerate(sources):
            self.wire(source, key, _PORTS.get(kind, "inputs"), slot)
        return key

    def operation(self, kind: str, *sources: str, **params: Any) -> str:
        """An operation behind two tensors, or a list of them."""
        key = self._node(f"ops.{kind}", params)
        for slot, source in enumerate(sources):
            if kind == "concatenate":
                self.wire(source, key, "xs", slot)
            else:
                self.wire(source, key, f"x{slot + 1}", 0)
        return key

    def wire(self, source: str, target: str, port: str, slot: int) -> None:
        """A wire from the first output of a node."""
        self.document = edits.connect(self.document, Edge(source, 0, target, port, slot))

    def _node(self, kind: str, params: dict[str, Any]) -> str:
        graph = self.document.graph
        node = edits.new_node(graph, kind, 0.0, 96.0 * len(graph.nodes), params)
        self.document = edits.add(self.document, (node,))
        return node.id

    def mark(self, source: str | None = None, output: int = 0) -> str:
        """An output of the model, wired or not."""
        key = self._node(OUTPUT, {})
        if source is not None:
            edge = Edge(source, output, key, "inputs")
            self.document = edits.connect(self.document, edge)
        return key

    def closed(self, edge: Edge, graph: Graph) -> Document:
        """The design with a wire that no edit would make."""
        kept = frozenset(
            e for e in graph.edges
            if (e.target, e.input, e.slot) != (edge.target, edge.input, edge.slot)
        )  # fmt: skip
        if edge.input not in {e.input for e in graph.edges}:
            kept = frozenset(e for e in kept if e.target != edge.target)
        return edits.replace_graph(self.document, Graph(graph.nodes, kept | {edge}))

    def change(self, key: str, **fields: Any) -> None:
        """Other fields for a node: `bypassed`, `shares`, `name`, `type` ..."""
        graph = self.document.graph
        nodes: dict[str, Node] = {**graph.nodes, key: replace(graph.nodes[key], **fields)}
        self.document = edits.replace_graph(self.document, Graph(nodes, graph.edges))

    # --- What it is trained with ----------------------------------------------------------------

    def data(self, source: str, **options: Any) -> None:
        """Data on board."""
        self.document = edits.set_data(self.document, DatasetChoice(source, options))

    def arrays(
        self, x: tuple[int, ...], y: tuple[int, ...], largest: float = 1, target: float = 1
    ) -> None:
        """Inputs from 0 to `largest` and targets of these shapes, from 0 or from -`target`."""
        path = self._folder / f"own{len(list(self._folder.iterdir()))}.npz"
        low = 0 if target == 1 else -target
        images = np.linspace(0, largest, int(np.prod(x)), dtype="float32").reshape(x)
        targets = np.linspace(low, target, int(np.prod(y)), dtype="float32").reshape(y)
        np.savez(path, x=images, y=targets)
        self.data("npz", path=str(path))

    def train(self, loss: str = "MeanSquaredError", *, logits: bool = False, **plan: Any) -> None:
        """The plan: its loss, and whatever else is not as it usually is."""
        params = {"from_logits": True} if logits else {}
        chosen = {"loss": ObjectValue(f"losses.{loss}", params), "batch_size": 4, **plan}
        self.document = edits.set_training(self.document, TrainingPlan(**chosen))

    def classifier(self, units: int = 10, activation: str | None = "softmax") -> str:
        """Digits to rows of numbers."""
        x = self("Flatten", self.conv(self.input(8, 8, 1), 8, activation="relu"))
        self.data("digits")
        return self("Dense", x, units=units, **({"activation": activation} if activation else {}))

    # --- Pieces that many have ------------------------------------------------------------------

    def conv(self, source: str, filters: int, kernel: int = 3, **params: Any) -> str:
        """A convolution with "same" padding unless `params` say otherwise."""
        wanted = {"filters": filters, "kernel_size": kernel, "padding": "same", **params}
        return self("Conv2D", source, **wanted)

    def down(self, source: str) -> str:
        """A pooling by 2."""
        return self("MaxPooling2D", source)

    def up(self, source: str) -> str:
        """An enlargement by 2."""
        return self("UpSampling2D", source)

    def unet(self, *shape: int, levels: int, padding: str = "same") -> str:
        """A U-Net whose skip connections are concatenated."""
        x, skips = self.input(*shape), []
        for level in range(levels):
            x = self.conv(x, 8 << level, padding=padding)
            skips.append(x)
            x = self.down(x)
        x = self.conv(x, 8 << levels, padding=padding)
        for level in reversed(range(levels)):
            x = self("Concatenate", skips[level], self.up(x))
            x = self.conv(x, 8 << level, padding=padding)
        return self.conv(x, 1, 1)
