"""Hypothesis strategies for documents and the edits that a user can make to them."""

import contextlib
from collections.abc import Sequence

from hypothesis import strategies as st
from msgspec.structs import replace

from designer.document import edits, marks
from designer.document.blocks import layers_in, with_block
from designer.document.grouping import group
from designer.document.model import (
    COLORS,
    ENTRY,
    INPUT,
    OUTPUT,
    Document,
    Edge,
    Frame,
    Graph,
    Mark,
    Note,
)
from designer.document.problem import ProblemError
from designer.document.showing import shown

TYPES = (INPUT, OUTPUT, "layers.Conv2D", "layers.Add", "layers.Dense", "ops.add")

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
places = st.tuples(st.integers(-4000, 4000), st.integers(-4000, 4000))


@st.composite
def grown(draw: st.DrawFn, document: Document | None = None) -> Document:
    """A document after some random edits; edits that are refused leave it as it was."""
    current = document or Document()
    for _ in range(draw(st.integers(0, 12))):
        try:
            current = _edit(draw, current)
        except ProblemError:
            continue
    return current


def _edit(draw: st.DrawFn, document: Document) -> Document:
    graph = document.graph
    kinds = ("add", "add", "add", "wire", "wire", "param", "move", "bypass", "remove")
    kind = draw(st.sampled_from(kinds))
    if kind == "add" or not graph.nodes:
        x, y = draw(places)
        return edits.add(document, [edits.new_node(graph, draw(st.sampled_from(TYPES)), x, y)])
    key = draw(st.sampled_from(list(graph.nodes)))
    if kind == "wire":
        return _wire(draw, document, graph, key)
    if kind == "param":
        return edits.set_param(document, key, draw(st.text(max_size=6)), draw(json_values))
    if kind == "move":
        return edits.move(document, {key: draw(places)})
    if kind == "bypass":
        return edits.bypass(document, [key], on=draw(st.booleans()))
    return edits.remove(document, [key])


def _wire(draw: st.DrawFn, document: Document, graph: Graph, key: str) -> Document:
    target = draw(st.sampled_from(list(graph.nodes)))
    edge = Edge(key, draw(st.integers(0, 1)), target, "inputs", draw(st.integers(0, 3)))
    return edits.connect(document, edge)


titles = st.text(
    st.characters(min_codepoint=32, exclude_characters="\x7f", codec="utf-8"), max_size=8
)
corners = st.tuples(st.integers(-4000, 4000), st.integers(-4000, 4000))
sides = st.tuples(st.integers(96, 4000), st.integers(56, 4000))


@st.composite
def marked(draw: st.DrawFn) -> Document:
    """A grown document with at least one frame or note."""
    document = draw(grown())
    found: list[Mark] = []
    for number in range(draw(st.integers(1, 5))):
        place, size, color = draw(corners), draw(sides), draw(st.sampled_from(COLORS))
        if draw(st.booleans()):
            found.append(Frame(f"frame_{number}", draw(titles), color, *place, *size))
        else:
            found.append(Note(f"note_{number}", draw(st.text(max_size=20)), *place, *size))
    return marks.add_marks(document, found)


def some(keys: Sequence[str], most: int | None = None) -> st.SearchStrategy[list[str]]:
    """One or more of these, each once."""
    return st.lists(st.sampled_from(keys), min_size=1, max_size=most, unique=True)


def ports_of(kind: str) -> tuple[str, ...]:
    """The inputs of the types in these designs, as grouping asks for them."""
    block = kind.removeprefix("block/")
    if block != kind:
        return tuple(f"input_{place + 1}" for place in range(int(block)))
    return () if kind in (INPUT, ENTRY) else ("inputs",)


@st.composite
def blocked(draw: st.DrawFn, document: Document | None = None) -> Document:
    """A grown document in which some nodes were grouped, and some groups of them again."""
    current = document or draw(grown())
    for _ in range(draw(st.integers(0, 4))):
        scope = draw(st.sampled_from(["", *current.blocks]))
        there = list(shown(current, scope).graph.nodes)  # in this order: ids are drawn by lot
        if there:
            chosen = draw(some(there, 4))
            with contextlib.suppress(ProblemError):  # around something, or of ends alone
                current, key = group(current, scope, chosen, ports_of)
                current = draw(_offering(current, key))
    return current


@st.composite
def _offering(draw: st.DrawFn, document: Document, key: str) -> Document:
    """The document whose block offers a parameter of some of what it holds."""
    inner = [node.id for node in layers_in(document, key) if not node.shares]
    if not inner or not draw(st.booleans()):
        return document
    offered = {"filters": tuple((node, "filters") for node in draw(some(inner, 2)))}
    return with_block(document, replace(document.blocks[key], params=offered))
