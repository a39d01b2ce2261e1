"""Frames and notes follow a layout: frames around what they held, notes beside what is near."""

from hypothesis import given

from designer.document import edits, marks
from designer.document.extent import Extent, extent_of
from designer.document.model import INPUT, Document, Edge, Frame, Node, Note
from designer.layout.place import arrange
from tests.document.strategies import marked


def chain(length: int = 6) -> Document:
    """Nodes in one chain, all over the place."""
    nodes = [
        Node(f"n{i}", INPUT if i == 0 else "layers.Dense", f"n{i}", x=(i * 977) % 700, y=i * 160.0)
        for i in range(length)
    ]
    edges = [Edge(f"n{i}", 0, f"n{i + 1}", "inputs") for i in range(length - 1)]
    return edits.add(Document(), nodes, edges)


def framed(document: Document, *groups: tuple[str, ...]) -> Document:
    """With a frame around each group, named after its first node."""
    for group in groups:
        inner = marks.extent_of_all(document, group)
        assert inner is not None
        x, y, right, bottom = marks.framing(inner)
        frame = Frame(f"frame_{group[0]}", group[0], "core", x, y, right - x, bottom - y)
        document = marks.add_marks(document, [frame])
    return document


def overlap(one: Extent, other: Extent) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def test_frames_close_around_the_nodes_that_they_held() -> None:
    document = framed(chain(), ("n1", "n2"), ("n4", "n5"))
    after = arrange(document)
    assert marks.contents(after, "frame_n1") == {"n1", "n2"}
    assert marks.contents(after, "frame_n4") == {"n4", "n5"}
    for key in ("frame_n1", "frame_n4"):
        inner = marks.extent_of_all(after, marks.contents(after, key))
        assert inner is not None
        assert extent_of(after.marks[key]) == marks.framing(inner)


def test_frames_of_neighbours_in_a_chain_do_not_meet_and_hide_no_node() -> None:
    for direction in ("down", "right"):
        document = edits.set_direction(chain(), direction)
        after = arrange(framed(document, ("n0", "n1"), ("n2", "n3")))
        one, other = (extent_of(after.marks[key]) for key in ("frame_n0", "frame_n2"))
        assert not overlap(one, other)
        assert not overlap(other, extent_of(after.graph.nodes["n4"]))


def test_a_frame_in_a_frame_stays_in_it() -> None:
    document = framed(chain(), ("n1", "n2"))
    document = framed(document, ("n0", "frame_n1", "n3"))
    after = arrange(document)
    assert marks.contents(after, "frame_n0") == {"n0", "n1", "n2", "n3", "frame_n1"}
    assert marks.contents(after, "frame_n1") == {"n1", "n2"}
    outer, inner = (extent_of(after.marks[k]) for k in ("frame_n0", "frame_n1"))
    assert outer.top + marks.TITLE <= inner.top


def test_a_note_goes_with_the_node_beside_it_and_lies_on_none() -> None:
    document = chain()
    third = document.graph.nodes["n3"]
    note = Note("note", "why", third.x + 120, third.y - 20, 120, 40)
    after = arrange(marks.add_marks(document, [note]))
    now, moved = after.graph.nodes["n3"], extent_of(after.marks["note"])
    assert (moved.left - now.x, moved.top - now.y) == (120, -20)
    assert not any(overlap(moved, extent_of(node)) for node in after.graph.nodes.values())


def test_a_layout_of_some_nodes_leaves_other_frames_alone() -> None:
    document = framed(chain(), ("n0", "n1"), ("n4",))
    after = arrange(document, only=["n3", "n4"])
    assert after.marks["frame_n0"] == document.marks["frame_n0"]
    assert marks.contents(after, "frame_n4") == {"n4"}


def test_what_is_laid_out_already_stays_as_it_is() -> None:
    once = arrange(framed(chain(), ("n1", "n2"), ("n4", "n5")))
    assert arrange(once) == once


def test_a_design_without_marks_is_laid_out_as_ever() -> None:
    assert arrange(chain()).marks == {}


@given(marked())
def test_every_frame_and_note_survives_a_layout(document: Document) -> None:
    after = arrange(document)
    assert after.marks.keys() == document.marks.keys()
    held = marks.holdings(document)
    for key, ids in held.items():
        if ids & document.graph.nodes.keys():
            assert marks.contents(after, key) >= ids & document.graph.nodes.keys()
