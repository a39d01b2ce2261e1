"""Where tensors meet: what comes into a node, told by sizes and channels, and the layers of that
many axes. Only proposals are made of it; Keras judges each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from designer.catalog.spec import Catalog
from designer.document.model import Document, Edge, Graph, Node
from designer.document.order import upstream
from designer.document.problem import Problem
from designer.infer.fixes.fix import Layer
from designer.infer.mismatch import ELEMENTWISE, FIRST, Shape, joined_axis
from designer.infer.questions import owner
from designer.infer.report import Report

Sizes = tuple[int | None, ...]


@dataclass(frozen=True)
class Case:
    """A problem together with all that a fix may be made of."""

    document: Document
    report: Report
    problem: Problem
    catalog: Catalog

    @property
    def graph(self) -> Graph:
        """The graph of the design."""
        return self.document.graph

    @property
    def node(self) -> Node | None:
        """The node that the problem is about."""
        return self.graph.nodes.get(self.problem.where.node)

    def shape(self, node: str, output: int = 0) -> Shape | None:
        """What leaves a node, the batch axis first; None while it is unknown."""
        told = self.report.nodes.get(node)
        if told is None or output >= len(told.outputs):
            return None
        return told.outputs[output].shape


@dataclass(frozen=True)
class Feed:
    """A tensor that comes in. `before` are the nodes that it was made of."""

    edge: Edge
    node: Node
    shape: Shape
    before: frozenset[str]
    first: bool  # channels first

    @property
    def rank(self) -> int:
        """How many axes of rows and columns there are."""
        return len(self.shape) - 2

    @property
    def sizes(self) -> Sizes:
        """Rows, columns ..., without batch and channels."""
        return self.shape[2:] if self.first and self.rank > 0 else self.shape[1:-1]

    @property
    def channels(self) -> int | None:
        """The size of the axis of channels (of features)."""
        return self.shape[1] if self.first and self.rank > 0 else self.shape[-1]


@dataclass(frozen=True)
class Meeting:
    """A merge with what comes in. `free` is the axis, batch counted, that may differ."""

    case: Case
    node: Node
    feeds: tuple[Feed, ...]
    free: int | None

    @property
    def joins(self) -> bool:
        """Whether tensors are put side by side, rather than added."""
        return self.free is not None

    @property
    def ranks(self) -> frozenset[int]:
        """The counts of axes that meet."""
        return frozenset(len(feed.shape) for feed in self.feeds)

    @property
    def along_channels(self) -> bool:
        """Whether the channels may differ."""
        return self.free is not None and all(
            self.free == (1 if feed.first and feed.rank > 0 else len(feed.shape) - 1)
            for feed in self.feeds
        )

    @property
    def depth_order(self) -> tuple[Feed, ...]:
        """The feeds, that of the longest way first."""
        return tuple(sorted(self.feeds, key=lambda feed: -len(feed.before)))


def joins(node: Node) -> bool:
    """Whether a node concatenates."""
    return node.type.lower().endswith(".concatenate")


def feeds_of(case: Case, node: Node) -> tuple[Feed, ...] | None:
    """What comes into a node; None where a part of it is unknown."""
    found = []
    for edge in case.graph.incoming.get(node.id, ()):
        shape = case.shape(edge.source, edge.output)
        if shape is None:
            return None
        source = case.graph.nodes[edge.source]
        before = frozenset(upstream(case.graph, [edge.source]))
        found.append(Feed(edge, source, shape, before, reads_first(case.graph, edge.source)))
    return tuple(found)


def meeting_of(case: Case) -> Meeting | None:
    """The merge that the problem is about, if it is about one whose tensors are known."""
    node = case.node
    if node is None or not (node.type in ELEMENTWISE or joins(node)):
        return None
    feeds = feeds_of(case, node)
    if feeds is None or len(feeds) < 2:
        return None
    return Meeting(case, node, feeds, _free(node, feeds))


def _free(node: Node, feeds: tuple[Feed, ...]) -> int | None:
    if not joins(node):
        return None
    axis = joined_axis(node)
    return axis % len(feeds[0].shape) if isinstance(axis, int) else None


def reads_first(graph: Graph, key: str) -> bool:
    """Whether the nearest layer before it that knows of data formats takes channels first."""
    queue = [key]
    for found in queue:  # grows while it is walked
        node = graph.nodes[found]
        given = owner(graph, node).params.get("data_format")
        if given is not None:
            return bool(given == FIRST)
        if spatial(node) is not None:
            return False
        queue += [e.source for e in graph.incoming.get(found, ()) if e.source not in queue]
    return False


_SPATIAL = ("Conv", "Pool", "UpSampling", "Cropping", "ZeroPadding")


def spatial(node: Node) -> int | None:
    """How many axes of rows and columns a layer reads, None if it does not read such data."""
    name = node.type.rpartition(".")[2]
    if not any(word in name for word in _SPATIAL):
        return None
    return next((n for n in (1, 2, 3) if f"{n}D" in name), None)


def layer(feed: Feed, kind: str, params: Mapping[str, object]) -> Layer:
    """A layer behind that tensor: `{n}` in its kind is the count of axes."""
    name = kind.format(n=feed.rank)
    port = "data" if name == "Resizing" else "inputs"
    formatted = {"data_format": FIRST} if feed.first and name not in _PLAIN else {}
    return Layer(f"layers.{name}", {**params, **formatted}, port)


_PLAIN = frozenset(("Dense", "Reshape", "RepeatVector", "UpSampling1D", "ZeroPadding1D",
                    "Cropping1D", "Permute"))  # fmt: skip


def projection(feed: Feed, channels: int) -> Layer:
    """A layer that changes the channels and nothing else."""
    if feed.rank not in (1, 2, 3):
        return layer(feed, "Dense", {"units": channels})
    return layer(feed, "Conv{n}D", {"filters": channels, "kernel_size": 1})


def whole(sizes: Sizes) -> tuple[int, ...] | None:
    """The sizes if all are known."""
    known = tuple(size for size in sizes if size is not None)
    return known if len(known) == len(sizes) else None


def differing_pairs(feeds: tuple[Feed, ...]) -> Iterator[tuple[int, int]]:
    """For each axis of rows and columns the smallest and the largest size, where they differ."""
    for sizes in zip(*(feed.sizes for feed in feeds), strict=True):
        known = [size for size in sizes if size is not None]
        if known and min(known) != max(known):
            yield min(known), max(known)
