"""The shapes on wires are to be read: none stands on a node, a title, a note or another shape."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.load import load
from designer.document import marks
from designer.document.extent import Extent, extent_of
from designer.document.model import Document, Edge, Frame, Graph, Node, Note
from designer.document.showing import shown as sheet_of
from designer.formats.examples import list_examples, load_example
from designer.infer.report import NodeReport, Report
from designer.protocol import TensorSpec
from designer.ui.canvas.geometry import Box
from designer.ui.canvas.label_places import LabelPlaces
from designer.ui.canvas.marks import title_box
from designer.ui.canvas.scene import Scene, scene_of

CATALOG = load()
LETTER, HEIGHT = 6.2, 13.0
ZOOMS = (0.42, 0.6, 0.8, 1.0, 2.0)


def shown(document: Document) -> Scene:
    """A scene in which each node gives out what is told as 32×32×64."""
    spec = TensorSpec((None, 32, 32, 64))
    told = {node: NodeReport((spec,), 0, known=True) for node in document.graph.nodes}
    return scene_of(CATALOG, document, Report(told))


def boxes(scene: Scene, zoom: float) -> dict[Edge, Box]:
    """What the shapes cover that are written at that zoom."""
    places, scale = LabelPlaces(scene, LETTER, HEIGHT), max(1.0, 8 / 10.2 / zoom)
    found = {}
    for edge in scene.document.graph.edges:
        at = places.at(edge, zoom)
        if at is not None:
            wide = len(scene.labels[edge]) * LETTER * scale
            found[edge] = Box.around(at.x, at.y, wide, HEIGHT * scale)
    return found


def meet(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) > max(one.left, other.left)
    return across and min(one.bottom, other.bottom) > max(one.top, other.top)


def check(scene: Scene, zoom: float) -> dict[Edge, Box]:
    found = boxes(scene, zoom)
    for edge, box in found.items():
        assert not [n for n, other in scene.boxes.items() if meet(box, other)], edge
    for one, other in combinations(found, 2):
        assert not meet(found[one], found[other]), (one, other)
    return found


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("key", [example.key for example in list_examples()])
def test_in_each_example_all_shapes_can_be_read(key: str, zoom: float) -> None:
    whole = load_example(key)
    for scope in ("", *whole.blocks):
        document = sheet_of(whole, scope)
        found = check(shown(document), zoom)
        if zoom >= 0.8:
            said = {(edge.source, edge.output) for edge in found}
            assert said == {(edge.source, edge.output) for edge in document.graph.edges}


@given(
    st.lists(
        st.tuples(st.integers(-8, 8), st.integers(-8, 8)), min_size=2, max_size=12, unique=True
    ),
    st.data(),
)
@settings(deadline=None)
def test_in_any_design_no_shape_covers_anything(
    spots: list[tuple[int, int]], data: st.DataObject
) -> None:
    nodes = {
        f"n{i}": Node(f"n{i}", "layers.Add", f"n{i}", x=x * 110.0, y=y * 40.0)
        for i, (x, y) in enumerate(spots)
    }
    pairs = st.sampled_from(list(combinations(range(len(spots)), 2)))
    wires = data.draw(st.sets(pairs, max_size=20))
    edges = frozenset(Edge(f"n{s}", 0, f"n{t}", "inputs", s) for s, t in wires)
    check(shown(Document(graph=Graph(nodes, edges))), data.draw(st.sampled_from(ZOOMS)))


def chain(gap: float) -> Document:
    nodes = {
        "a": Node("a", "layers.Dense", "a", y=0),
        "b": Node("b", "layers.Dense", "b", y=48 + gap),
    }
    return Document(graph=Graph(nodes, frozenset({Edge("a", 0, "b", "inputs")})))


def test_the_title_of_a_frame_is_not_covered_by_the_wire_that_comes_in() -> None:
    document = chain(gap=80)
    inner = extent_of(document.graph.nodes["b"])
    x, y, right, bottom = marks.framing(inner)
    framed = marks.add_marks(document, [Frame("f", "In", "core", x, y, right - x, bottom - y)])
    scene = shown(framed)
    usual = scene.routes[Edge("a", 0, "b", "inputs")].label
    for zoom in (0.5, 1.0):
        (box,) = check(scene, zoom).values() or (None,)
        title = title_box(scene.marks.boxes["f"], zoom)
        assert box is None or not meet(box, title)
    assert LabelPlaces(scene, LETTER, HEIGHT).at(Edge("a", 0, "b", "inputs"), 1.0) is not None
    assert title_box(scene.marks.boxes["f"], 1.0).holds(usual) or usual.y < y


def test_a_note_is_not_written_over() -> None:
    document = chain(gap=200)
    note = Note("n", "Mind this", -60, 30, 120, 120)
    (box,) = check(shown(marks.add_marks(document, [note])), 1.0).values()
    assert not meet(box, Box(*Extent(-60, 30, 60, 150)))


def test_where_there_is_no_room_nothing_is_written() -> None:
    assert boxes(shown(chain(gap=8)), 1.0) == {}
    assert boxes(shown(chain(gap=44)), 1.0)


def test_what_is_written_does_not_hang_on_what_was_asked_for_first() -> None:
    scene = shown(load_example("digits_resnet"))
    edges = sorted(scene.document.graph.edges)
    one, other = (LabelPlaces(scene, LETTER, HEIGHT) for _ in range(2))
    forth = {edge: one.at(edge, 0.5) for edge in edges}
    back = {edge: other.at(edge, 0.5) for edge in reversed(edges)}
    assert forth == back
