"""Frames and notes: what they hold, and every edit of them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document import edits, marks
from designer.document.diff import Change, diff
from designer.document.extent import Extent, extent_of
from designer.document.fragment import cut_out, from_data, put_in, to_data
from designer.document.history import History
from designer.document.model import COLORS, Document, Frame, Node, Note
from designer.document.problem import ProblemError
from designer.document.serialize import from_bytes, to_bytes
from tests.document.strategies import marked

AROUND_TWO = Frame("f", "Encoder", "merging", -120, -80, 240, 240)


def chain(*added: Frame | Note) -> Document:
    """Two nodes one below the other, and one far off; with these frames and notes."""
    places = (("one", 0, 0), ("two", 0, 96), ("far", 900, 0))
    nodes = [Node(name, "layers.Dense", name, x=x, y=y) for name, x, y in places]
    return marks.add_marks(edits.add(Document(), nodes), added)


def test_a_frame_holds_what_lies_wholly_within_it() -> None:
    across = Note("n", "half out", 100, 0, 64, 32)
    inside = Frame("inner", "", "core", -100, -40, 200, 80)
    document = chain(AROUND_TWO, across, inside)
    assert marks.contents(document, "f") == {"one", "two", "inner"}
    assert marks.contents(document, "n") == frozenset()
    assert marks.with_contents(document, ["f", "far"]) == {"f", "far", "one", "two", "inner"}


@given(marked())
def test_what_all_frames_hold_is_what_each_holds(document: Document) -> None:
    frames = {k for k, one in document.marks.items() if isinstance(one, Frame)}
    assert marks.holdings(document) == {key: marks.contents(document, key) for key in frames}


def test_a_frame_around_nodes_holds_them_with_room_for_its_title() -> None:
    document = chain()
    inner = marks.extent_of_all(document, ["one", "two"])
    assert inner is not None
    frame = marks.new_frame(document, marks.framing(inner), "Block")
    document = marks.add_marks(document, [frame])
    assert marks.contents(document, frame.id) == {"one", "two"}
    assert extent_of(frame).top + marks.TITLE <= inner.top


def test_a_moved_frame_carries_what_it_holds_and_nothing_else() -> None:
    document = chain(AROUND_TWO, Note("n", "hello", -90, 110, 64, 32))
    after = marks.shift(document, marks.with_contents(document, ["f"]), 10, -20)
    nodes = after.graph.nodes
    assert [(nodes[i].x, nodes[i].y) for i in ("one", "two", "far")] == [
        (10, -20),
        (10, 76),
        (900, 0),
    ]
    assert (after.marks["f"].x, after.marks["n"].y) == (-110, 90)
    assert diff(document, after).marks == {"f", "n"}


def test_a_frame_goes_without_its_content_and_its_content_with_it_on_request() -> None:
    document = chain(AROUND_TWO)
    alone = marks.remove(document, ["f"])
    assert (set(alone.graph.nodes), dict(alone.marks)) == ({"one", "two", "far"}, {})
    whole = marks.remove(document, marks.with_contents(document, ["f"]))
    assert (set(whole.graph.nodes), dict(whole.marks)) == ({"far"}, {})


def test_a_frame_is_fitted_around_what_it_holds_and_an_empty_one_is_left() -> None:
    empty = Frame("e", "", "core", 400, 400, 200, 200)
    document = marks.fit(chain(AROUND_TWO, empty), "f")
    inner = marks.extent_of_all(document, ["one", "two"])
    assert inner is not None
    assert extent_of(document.marks["f"]) == marks.framing(inner)
    assert marks.fit(document, "e") == document


def test_no_frame_and_no_note_becomes_too_small_to_be_seen() -> None:
    document = chain(AROUND_TWO, Note("n", "", 0, 0, 64, 32))
    for key, least in (("f", marks.LEAST_FRAME), ("n", marks.LEAST_NOTE)):
        after = marks.resize(document, key, Extent(5, 6, 5, 6)).marks[key]
        assert (after.x, after.y, after.width, after.height) == (5, 6, *least)


def test_title_colour_and_text_are_changed() -> None:
    document = chain(AROUND_TWO, Note("n", "", 0, 0, 64, 32))
    document = marks.retitle(document, "f", "  Down\n path ")
    document = marks.recolor(document, ["f", "n"], "blocks")
    document = marks.rewrite(document, "n", "# Why\n\nbecause")
    frame, note = document.marks["f"], document.marks["n"]
    assert isinstance(frame, Frame) and isinstance(note, Note)
    assert (frame.title, frame.color, note.text) == ("Down path", "blocks", "# Why\n\nbecause")


def test_what_a_file_would_not_hold_is_refused_at_once() -> None:
    document = chain(AROUND_TWO, Note("n", "", 0, 0, 64, 32))
    refused: tuple[Callable[[], object], ...] = (
        lambda: marks.retitle(document, "f", "x" * 101),
        lambda: marks.retitle(document, "f", "bell \a"),
        lambda: marks.rewrite(document, "n", "x" * 20_001),
        lambda: marks.add_marks(document, [AROUND_TWO]),
        lambda: marks.add_marks(document, [Note("one", "an id of a node")]),
        lambda: marks.add_marks(document, [Frame(f"f{n}") for n in range(2000)]),
        lambda: marks.resize(document, "gone", Extent(0, 0, 1, 1)),
        lambda: marks.remove(document, ["gone"]),
        lambda: marks.shift(document, ["gone"], 1, 1),
    )
    for edit in refused:
        with pytest.raises(ProblemError):
            edit()


def test_copies_have_ids_of_their_own_and_lie_beside_their_originals() -> None:
    document = chain(AROUND_TWO, Note("n", "hi", 0, 0, 64, 32))
    piece = from_data(to_data(cut_out(document, ["one", "f", "n"])))
    after, new_ids = put_in(document, piece, 300, 0)
    assert new_ids.keys() == {"one", "f", "n"}
    assert len(after.graph.nodes) == 4 and len(after.marks) == 4
    copy = after.marks[new_ids["f"]]
    assert isinstance(copy, Frame)
    assert (copy.x, copy.title, copy.color) == (180, "Encoder", "merging")
    assert piece.marks and not piece.empty and cut_out(document, ()).empty


def test_the_change_to_everything_names_frames_and_notes() -> None:
    document = chain(AROUND_TWO)
    assert Change.everything(document).marks == {"f"}
    assert not diff(document, marks.retitle(document, "f", "x")).structural


@given(marked(), st.integers(-500, 500), st.integers(-500, 500), st.data())
def test_moving_a_frame_there_and_back_leaves_the_very_same_file(
    document: Document, dx: int, dy: int, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(document.marks)))
    ids = marks.with_contents(document, [key])
    there = marks.shift(document, ids, dx, dy)
    assert marks.with_contents(there, [key]) >= ids  # what lay there before may join
    assert to_bytes(marks.shift(there, ids, -dx, -dy)) == to_bytes(document)


@given(marked())
def test_files_hold_frames_and_notes_and_undo_finds_them_again(document: Document) -> None:
    data = to_bytes(document)
    assert from_bytes(data) == document
    assert to_bytes(from_bytes(data)) == data
    history = History.start(document)
    for key, one in document.marks.items():
        history = history.do("move", marks.shift(history.document, [key], 8, 8))
        history = history.do("recolour", marks.recolor(history.document, [one.id], COLORS[3]))
        history = history.do("remove", marks.remove(history.document, [key]))
    gone = to_bytes(history.document)
    assert not history.document.marks
    while history.can_undo:
        history = history.undo()
    assert to_bytes(history.document) == data
    while history.can_redo:
        history = history.redo()
    assert to_bytes(history.document) == gone
