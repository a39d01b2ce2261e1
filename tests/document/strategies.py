"""Hypothesis strategies for documents and the edits that a user can make to them."""

from hypothesis import strategies as st

from designer.document import edits, marks
from designer.document.model import COLORS, INPUT, OUTPUT, Document, Edge, Frame, Graph, Mark, Note
from designer.document.problem import ProblemError

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
    key = draw(st.sampled_from(sorted(graph.nodes)))
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
    target = draw(st.sampled_from(sorted(graph.nodes)))
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
