"""A few lines that draw a design, for tests: each call adds a layer behind others."""

from typing import Any

from designer.document import edits
from designer.document.model import INPUT, Document, Edge

_PORTS = {"LSTM": "sequences", "GRU": "sequences", "Resizing": "data", "Bidirectional": "sequences"}


class Sketch:
    """The design so far in `document`; layers are told by their ids."""

    def __init__(self) -> None:
        self.document = Document()

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
