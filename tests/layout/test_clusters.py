"""Frames stay together in a layout: each holds what it held, and nothing else comes into it."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.document import marks
from designer.document.extent import Extent, extent_of
from designer.document.model import Document, Edge, Frame, Graph, Node, Note
from designer.layout.clusters import apart
from designer.layout.place import arrange

FAR = 2000.0  # px between groups, so that a frame holds its own nodes only


def design(groups: list[list[int]], wires: set[tuple[int, int]], direction: str) -> Document:
    """Nodes by number; a frame around each group but the first, which stands free."""
    nodes, frames = {}, {}
    for row, group in enumerate(groups):
        for column, number in enumerate(group):
            key = f"n{number}"
            nodes[key] = Node(key, "layers.Dense", key, x=column * 240.0, y=row * FAR)
    edges = frozenset(Edge(f"n{s}", 0, f"n{t}", "inputs", s) for s, t in wires)
    document = Document(graph=Graph(nodes, edges), direction=direction)
    for row, group in enumerate(groups[1:], start=1):
        inner = marks.extent_of_all(document, [f"n{number}" for number in group])
        if inner is not None:
            frames[f"f{row}"] = frame(f"f{row}", inner)
    return marks.add_marks(document, frames.values())


def frame(key: str, inner: Extent) -> Frame:
    x, y, right, bottom = marks.framing(inner)
    return Frame(key, key, "core", x, y, right - x, bottom - y)


def check(before: Document, after: Document) -> None:
    held = marks.holdings(before)
    assert apart(after, held)
    for key, ids in marks.holdings(after).items():
        assert ids & after.graph.nodes.keys() == held[key] & before.graph.nodes.keys(), key
    for one, other in combinations(after.graph.nodes.values(), 2):
        a, b = extent_of(one), extent_of(other)
        assert a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top, (
            one.id,
            other.id,
        )


@st.composite
def designs(draw: st.DrawFn) -> Document:
    count = draw(st.integers(2, 16))
    numbers = list(range(count))
    homes = draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    pairs = list(combinations(numbers, 2))
    wires = draw(st.sets(st.sampled_from(pairs), max_size=24))
    groups = [[n for n in numbers if homes[n] == home] for home in range(4)]
    return design(groups, wires, draw(st.sampled_from(["down", "right"])))


@given(designs())
@settings(deadline=None)
def test_a_frame_keeps_its_nodes_and_lets_no_other_in(document: Document) -> None:
    check(document, arrange(document))


def test_two_branches_in_frames_stand_side_by_side() -> None:
    left, right = [1, 2, 3], [4, 5, 6]
    wires = {(0, 1), (0, 4), (3, 7), (6, 7), *pairwise(left), *pairwise(right)}
    document = design([[0, 7], left, right], wires, "down")
    after = arrange(document)
    check(document, after)
    one, other = (extent_of(after.marks[key]) for key in ("f1", "f2"))
    assert one.top == other.top
    assert one.right < other.left or other.right < one.left


def test_a_frame_of_nodes_that_are_far_apart_draws_them_together() -> None:
    wires = {*pairwise(range(8)), (0, 7)}
    document = design([[1, 2, 4, 5, 6], [0, 3, 7]], wires, "down")
    after = arrange(document)
    check(document, after)


def test_a_frame_in_a_frame_is_laid_out_within_it() -> None:
    wires = {*pairwise(range(6)), (0, 3), (2, 5)}
    document = design([[0, 5], [1, 2, 3, 4]], wires, "down")
    inner = marks.extent_of_all(document, ["n2", "n4"])
    assert inner is not None
    nodes = document.graph.nodes
    apart_from = {i: (nodes[i].x, nodes[i].y - 300) for i in ("n2", "n4")}
    document = marks.shift(document, ["n2", "n4"], 0, -300)
    assert {i: (n.x, n.y) for i, n in document.graph.nodes.items() if i in apart_from} == apart_from
    inside = marks.extent_of_all(document, ["n2"])
    assert inside is not None
    document = marks.add_marks(document, [frame("inner", inside)])
    whole = marks.extent_of_all(document, ["n1", "n2", "n3", "n4", "inner"])
    assert whole is not None
    document = marks.resize(document, "f1", marks.framing(whole))
    after = arrange(document)
    assert "inner" in marks.contents(after, "f1")
    assert marks.contents(after, "inner") == {"n2"}
    check(document, after)


def test_a_note_in_a_frame_stays_in_it() -> None:
    wires = {(0, 1), (1, 3), (0, 2), (2, 3)}
    document = design([[0, 3], [1], [2]], wires, "down")
    spot = extent_of(document.marks["f1"])
    note = Note("note", "why", spot.right + 8, spot.top + 40, 120, 60)
    document = marks.add_marks(document, [note])
    whole = marks.extent_of_all(document, ["n1", "note"])
    assert whole is not None
    document = marks.resize(document, "f1", marks.framing(whole))
    after = arrange(document)
    assert marks.contents(after, "f1") == {"n1", "note"}
    check(document, after)


def test_frames_that_share_nodes_keep_strangers_out() -> None:
    wires = {*pairwise(range(6)), (0, 5)}
    document = design([[0, 5], [1, 2, 3, 4]], wires, "down")
    shared = marks.extent_of_all(document, ["n2", "n3", "n4"])
    assert shared is not None
    x, y, right, bottom = marks.framing(shared)
    across = Frame("across", "across", "core", x, y, right - x + 40, bottom - y)
    document = marks.add_marks(document, [across])
    after = arrange(document)
    assert marks.contents(after, "across") >= {"n2", "n3", "n4"}
    assert not marks.contents(after, "across") & {"n0", "n5"}
    assert not marks.contents(after, "f1") & {"n0", "n5"}


def test_a_selection_is_laid_out_clear_of_frames_that_it_has_no_part_in() -> None:
    wires = {(0, 1), (1, 2), (3, 4), (4, 5)}
    document = design([[0, 1, 2], [3, 4, 5]], wires, "down")
    document = marks.shift(document, ["n0", "n1", "n2"], 0, FAR - 90)
    after = arrange(document, only=["n0", "n1", "n2"])
    assert after.marks == document.marks
    assert marks.contents(after, "f1") == {"n3", "n4", "n5"}
    check(document, after)


def test_a_figure_whose_frames_are_clear_is_drawn_in_one_piece() -> None:
    plain = design([list(range(6))], {*pairwise(range(6))}, "down")
    first = arrange(plain)
    inner = marks.extent_of_all(first, ["n2", "n3"])
    assert inner is not None
    framed = marks.add_marks(first, [frame("f", inner)])
    after = arrange(framed)
    assert len({node.x for node in after.graph.nodes.values()}) == 1
    assert arrange(after) == after
