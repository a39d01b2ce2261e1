"""A design as a tree: what lies in no block, below each block what it holds, and for each node the
wires that come in. A wire that leaves a block comes from the block; one into a block is listed at
the input in the block where it ends.
"""

from collections.abc import Mapping
from functools import cached_property

from designer.document.blocks import layer_counts
from designer.document.model import ENTRY, Document, Edge, Graph, Node
from designer.document.order import partial_order, reading_order, topological
from designer.document.problem import ProblemError
from designer.document.showing import node_of


class Tree:
    """`nodes` has a node for each block, too; `parents` names the block that a node or block lies
    in, "" for none; `wires` are those into each node.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        graph, blocks = document.graph, document.blocks
        self.nodes: Mapping[str, Node] = graph.nodes
        self.wires: Mapping[str, tuple[Edge, ...]] = graph.incoming
        self.parents: dict[str, str] = dict.fromkeys(graph.nodes, "")
        if blocks:
            counts = layer_counts(document)
            made = {key: node_of(document, block, counts[key]) for key, block in blocks.items()}
            self.nodes = {**graph.nodes, **made}
            within = ((key, node.block) for key, node in graph.nodes.items())
            self.parents = {key: block if block in blocks else "" for key, block in within}
            self.parents |= {block.id: block.parent for block in blocks.values()}
            self.wires = self._from_blocks()

    def _from_blocks(self) -> Mapping[str, tuple[Edge, ...]]:
        graph = self.document.graph
        exits = {
            key: (block.id, place)
            for block in self.document.blocks.values()
            for place, key in enumerate(block.outputs)
        }
        found = dict(graph.incoming)
        for target in {e.target for key in exits for e in graph.outgoing.get(key, ())}:
            found[target] = tuple(
                Edge(*exits[e.source], e.target, e.input, e.slot) if e.source in exits else e
                for e in found[target]
            )
        return found

    def around(self, key: str) -> list[str]:
        """The blocks that a node or block lies in, the innermost first."""
        found = []
        while key := self.parents.get(key, ""):
            found.append(key)
        return found

    def order(self, scope: str) -> list[str]:
        """What lies in a block, or in none: sources before targets, what is on cycles last."""
        sheet = self._sheets[scope]
        try:
            return list(topological(sheet))
        except ProblemError:  # a cycle, which the report tells
            first = partial_order(sheet)
            rest = sheet.nodes.keys() - set(first)
            return [*first, *reading_order(sheet.nodes[node] for node in rest)]

    @cached_property
    def _sheets(self) -> Mapping[str, Graph]:
        if not self.document.blocks:
            return {"": self.document.graph}
        nodes: dict[str, dict[str, Node]] = {key: {} for key in ("", *self.document.blocks)}
        for key, parent in self.parents.items():
            nodes[parent][key] = self.nodes[key]
        edges: dict[str, set[Edge]] = {key: set() for key in nodes}
        for key, wires in self.wires.items():
            target = self.parents[key] if self.nodes[key].type == ENTRY else key
            for edge in wires:
                scope = self.parents[edge.source]
                if scope == self.parents.get(target):
                    edges[scope].add(Edge(edge.source, edge.output, target, key, edge.slot))
        return {key: Graph(nodes[key], frozenset(edges[key])) for key in nodes}

    def stands_as(self, other: "Tree") -> bool:
        """Whether the rows of both are the same ones in the same order."""
        document, before = self.document, other.document
        graph, old = document.graph, before.graph
        if graph is old and document.blocks is before.blocks:
            return True
        same = graph.nodes.keys() == old.nodes.keys() and document.blocks == before.blocks
        return same and graph.edges == old.edges and all(
            (node.name, node.block) == (old.nodes[key].name, old.nodes[key].block)
            for key, node in graph.nodes.items()
        )  # fmt: skip
