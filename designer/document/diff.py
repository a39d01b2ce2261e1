"""What changed between two documents, as a value that views follow without comparing anything."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct

from designer.document.model import Block, Document, Edge, Mark, Node

SECTIONS = ("name", "data", "training", "direction", "notes")


_T = TypeVar("_T", Mark, Block)


class Change(Struct, frozen=True):
    """`updated` nodes are those with another value, position included; `moved` of them changed
    nothing but their position. `marks` are the frames and notes that came, went or are others now,
    `blocks` the blocks.
    """

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()
    linked: frozenset[Edge] = frozenset()
    unlinked: frozenset[Edge] = frozenset()
    sections: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return self == Change()

    @property
    def structural(self) -> bool:
        """Whether anything but positions changed in the graph."""
        touched = self.added or self.removed or self.linked or self.unlinked
        return bool(touched) or self.updated != self.moved

    @staticmethod
    def everything(document: Document) -> "Change":
        """The change from nothing to this document."""
        graph = document.graph
        return Change(
            added=frozenset(graph.nodes),
            linked=graph.edges,
            sections=frozenset(SECTIONS),
            marks=frozenset(document.marks),
            blocks=frozenset(document.blocks),
        )


def _only_moved(before: Node, after: Node) -> bool:
    return (
        before.name == after.name
        and before.type == after.type
        and before.shares == after.shares
        and before.bypassed == after.bypassed
        and before.block == after.block
        and before.params == after.params
        and before.arguments == after.arguments
    )


def _others(before: Mapping[str, _T], after: Mapping[str, _T]) -> frozenset[str]:
    if before is after:
        return frozenset()
    return frozenset(k for k in before.keys() | after.keys() if before.get(k) != after.get(k))


def diff(before: Document, after: Document) -> Change:
    """The change that leads from one document to the other."""
    old, new = before.graph.nodes, after.graph.nodes
    updated: set[str] = set()
    moved: set[str] = set()
    if old is not new:
        for key, node in new.items():
            former = old.get(key)
            # Edits keep what they do not touch, so identity settles nearly every node.
            if former is None or former is node or former == node:
                continue
            updated.add(key)
            if _only_moved(former, node):
                moved.add(key)
    same_edges = before.graph.edges is after.graph.edges
    return Change(
        added=frozenset(new.keys() - old.keys()) if old is not new else frozenset(),
        removed=frozenset(old.keys() - new.keys()) if old is not new else frozenset(),
        updated=frozenset(updated),
        moved=frozenset(moved),
        linked=frozenset() if same_edges else after.graph.edges - before.graph.edges,
        unlinked=frozenset() if same_edges else before.graph.edges - after.graph.edges,
        sections=frozenset(s for s in SECTIONS if getattr(before, s) != getattr(after, s)),
        marks=_others(before.marks, after.marks),
        blocks=_others(before.blocks, after.blocks),
    )
