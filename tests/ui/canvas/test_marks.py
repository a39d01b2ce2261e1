"""Frames and notes under the hand: moved, resized, selected, written and removed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from designer.document import marks
from designer.document.model import Frame, Mark, Note
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.marks import BODY, Grip, Marks, resized, sides, title_box
from tests.ui.canvas.desk import Desk

FRAME = Frame("f", "Encoder", "merging", -120, 40, 240, 190)  # around conv and add
NOTE = Note("n", "**why** we skip", 180, 40, 160, 64)
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def framed(desk: Desk) -> Desk:
    """The residual design with a frame around conv and add, and a note beside it, as if saved."""
    session = desk.session
    session.become(marks.add_marks(session.document, [FRAME, NOTE]))
    desk.view.fit()
    desk.view.snaps = False  # only the grid attracts
    return desk


def mark(desk: Desk, key: str) -> Mark:
    return desk.session.document.marks[key]


def at(desk: Desk, x: float, y: float) -> QPoint:
    return desk.view.camera.to_widget(x, y).toPoint()


def title(desk: Desk) -> QPoint:
    """A place in the title bar."""
    frame = mark(desk, "f")
    return at(desk, frame.x + 40, frame.y + 14)


def place(desk: Desk, node: str) -> tuple[float, float]:
    found = desk.session.document.graph.nodes[node]
    return found.x, found.y


def test_a_frame_dragged_by_its_title_carries_what_lies_in_it(framed: Desk) -> None:
    start = title(framed)
    framed.drag(start, start + QPoint(83, 42))
    frame = mark(framed, "f")
    dx, dy = frame.x - FRAME.x, frame.y - FRAME.y
    assert (dx, dy) == (80, 40)
    assert place(framed, "conv") == (dx, 96 + dy) and place(framed, "add") == (dx, 192 + dy)
    assert place(framed, "image") == (0, 0) and mark(framed, "n") == NOTE
    framed.session.undo()
    assert mark(framed, "f") == FRAME and place(framed, "conv") == (0, 96)
    assert not framed.session.history.can_undo


def test_escape_puts_a_dragged_frame_back(framed: Desk) -> None:
    before, start = framed.bytes, title(framed)
    framed.press(start)
    framed.move(start, start + QPoint(100, 100))
    assert framed.view.emphasis().hidden_marks == {"f"}
    assert framed.view.emphasis().hidden == {"conv", "add"}
    framed.view.grab()
    framed.key(Qt.Key.Key_Escape)
    framed.release(start + QPoint(100, 100))
    assert framed.bytes == before and not framed.session.history.can_undo


def test_an_edge_and_a_corner_resize_and_nothing_in_the_frame_moves(framed: Desk) -> None:
    edge = at(framed, FRAME.x + FRAME.width, FRAME.y + 100)
    framed.drag(edge, edge + QPoint(61, 30))
    frame = mark(framed, "f")
    assert (frame.x, frame.y, frame.height) == (FRAME.x, FRAME.y, FRAME.height)
    assert frame.x + frame.width == 184  # on the grid
    corner = at(framed, FRAME.x, FRAME.y)
    framed.press(corner)
    framed.move(corner, corner + QPoint(-40, -24))
    framed.view.grab()
    framed.release(corner + QPoint(-40, -24))
    frame = mark(framed, "f")
    assert (frame.x, frame.y) == (-160, 16)
    assert place(framed, "conv") == (0, 96)
    framed.session.undo()
    framed.session.undo()
    assert mark(framed, "f") == FRAME


def test_a_resize_that_is_cancelled_leaves_no_trace(framed: Desk) -> None:
    before, edge = framed.bytes, at(framed, NOTE.x + NOTE.width, NOTE.y + 30)
    framed.press(edge)
    framed.move(edge, edge + QPoint(80, 0))
    framed.key(Qt.Key.Key_Escape)
    framed.release(edge + QPoint(80, 0))
    assert framed.bytes == before


def test_a_click_selects_a_frame_by_its_title_or_edge_and_a_note_anywhere(framed: Desk) -> None:
    framed.click(title(framed))
    assert framed.session.marks == {"f"} and not framed.session.selection
    framed.click(at(framed, FRAME.x, FRAME.y + 60))
    assert framed.session.marks == {"f"}
    framed.click(at(framed, NOTE.x + 50, NOTE.y + 30), SHIFT)
    assert framed.session.marks == {"f", "n"}
    framed.click(framed.center("conv"), SHIFT)
    assert framed.session.chosen == {"f", "n", "conv"}
    framed.click(title(framed), CTRL)
    assert framed.session.chosen == {"n", "conv"}


def test_the_middle_of_a_frame_is_canvas(framed: Desk) -> None:
    framed.click(at(framed, FRAME.x + 8, FRAME.y + 100))
    assert framed.session.chosen == frozenset()


def test_the_rubber_band_takes_frames_and_notes_that_lie_wholly_in_it(framed: Desk) -> None:
    framed.drag(at(framed, -150, 60), at(framed, 150, 320))
    assert framed.session.selection == {"conv", "add", "out"} and not framed.session.marks
    framed.drag(at(framed, -150, 20), at(framed, 360, 320))
    assert framed.session.chosen == {"conv", "add", "out", "f", "n"}


def test_delete_removes_the_frame_alone_and_undo_brings_it_back(framed: Desk) -> None:
    framed.session.select(["f", "n"])
    framed.key(Qt.Key.Key_Delete)
    assert not framed.session.document.marks and len(framed.session.document.graph.nodes) == 4
    framed.session.undo()
    assert framed.session.document.marks == {"f": FRAME, "n": NOTE}


def test_arrow_keys_move_a_frame_with_its_content_as_one_step(framed: Desk) -> None:
    framed.session.select(["f"])
    for _ in range(3):
        framed.key(Qt.Key.Key_Right)
    assert mark(framed, "f").x == FRAME.x + 24 and place(framed, "add") == (24, 192)
    framed.session.undo()
    assert mark(framed, "f") == FRAME


def test_select_all_takes_frames_and_notes_too(framed: Desk) -> None:
    framed.key(Qt.Key.Key_A, CTRL)
    assert framed.session.chosen == {"image", "conv", "add", "out", "f", "n"}


def test_a_double_click_writes_the_title_in_place(framed: Desk) -> None:
    QTest.mouseDClick(framed.view, Qt.MouseButton.LeftButton, pos=title(framed))
    field = framed.view.editor.field
    assert isinstance(field, QLineEdit) and field.text() == "Encoder"
    field.setText("Down")
    QTest.keyClick(field, Qt.Key.Key_Return)
    frame = mark(framed, "f")
    assert isinstance(frame, Frame) and frame.title == "Down"
    assert not framed.view.editor.busy and framed.session.history.undo_label == "Rename frame"


def test_escape_leaves_the_title_as_it_was(framed: Desk) -> None:
    framed.session.select(["f"])
    framed.key(Qt.Key.Key_Return)
    field = framed.view.editor.field
    assert field is not None
    QTest.keyClicks(field, "nonsense")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert mark(framed, "f") == FRAME and framed.view.editor.field is None


def test_a_frame_is_put_around_the_selection_and_named_in_one_step(framed: Desk) -> None:
    framed.session.select(["image", "out"])
    framed.view.editor.add_frame()
    field = framed.view.editor.field
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "Ends")
    framed.view.editor.finish()
    (key,) = framed.session.marks
    frame = mark(framed, key)
    assert isinstance(frame, Frame) and frame.title == "Ends"
    assert {"image", "out", "conv"} <= marks.contents(framed.session.document, key)
    framed.session.undo()
    assert set(framed.session.document.marks) == {"f", "n"}


def test_a_frame_around_nothing_lies_in_the_middle_of_what_is_seen(framed: Desk) -> None:
    framed.session.select(())
    framed.view.editor.add_frame()
    framed.view.editor.drop()
    (key,) = framed.session.marks
    assert framed.view.rect().contains(framed.view.node_rect(key))


def test_a_note_is_there_when_something_was_written(framed: Desk) -> None:
    framed.view.editor.add_note(Point(300, 200))
    page = framed.view.editor.field
    assert isinstance(page, QPlainTextEdit)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert set(framed.session.document.marks) == {"f", "n"}
    framed.view.editor.add_note(Point(300, 200))
    page = framed.view.editor.field
    assert isinstance(page, QPlainTextEdit)
    QTest.keyClicks(page, "# One")
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClicks(page, "two")
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    (key,) = framed.session.marks
    note = mark(framed, key)
    assert isinstance(note, Note) and note.text == "# One\ntwo"
    assert (note.x, note.y) == (304, 200)
    framed.session.undo()
    assert set(framed.session.document.marks) == {"f", "n"}


def test_escape_keeps_what_was_written_in_a_note(framed: Desk) -> None:
    framed.view.edit("n")
    page = framed.view.editor.field
    assert isinstance(page, QPlainTextEdit)
    page.setPlainText("a long thought")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    note = mark(framed, "n")
    assert isinstance(note, Note) and note.text == "a long thought"
    assert not framed.view.editor.busy
    framed.session.undo()
    assert mark(framed, "n") == NOTE


def test_a_click_elsewhere_commits_a_note_and_it_grows_with_its_text(framed: Desk) -> None:
    framed.view.edit("n")
    page = framed.view.editor.field
    assert isinstance(page, QPlainTextEdit)
    page.setPlainText("line\n\n" * 20)
    framed.click(QPoint(5, 5))
    framed.view.setFocus()
    note = mark(framed, "n")
    assert isinstance(note, Note) and note.text.startswith("line")
    assert note.height > NOTE.height
    framed.session.undo()
    assert mark(framed, "n") == NOTE


def test_what_is_written_of_a_frame_that_is_gone_is_dropped(framed: Desk) -> None:
    framed.view.edit("f")
    framed.session.do("gone", lambda d: marks.remove(d, ["f"]))
    assert framed.view.editor.field is None


def test_zooming_commits_what_is_written(framed: Desk) -> None:
    framed.view.edit("f")
    field = framed.view.editor.field
    assert isinstance(field, QLineEdit)
    field.setText("Zoomed")
    framed.view.zoom_to(0.5)
    frame = mark(framed, "f")
    assert isinstance(frame, Frame) and frame.title == "Zoomed"


# --- Geometry -----------------------------------------------------------------------------------


def test_a_grip_tells_titles_edges_corners_and_notes_apart() -> None:
    found = Marks({"f": FRAME, "n": NOTE})
    left, top = FRAME.x, FRAME.y
    assert found.grip(Point(left + 100, top + 15), 1.0) == Grip("f", BODY)
    assert found.grip(Point(left + 1, top + 1), 1.0) == Grip("f", "left top")
    assert found.grip(Point(left + 100, top + FRAME.height), 1.0) == Grip("f", "bottom")
    assert found.grip(Point(left + 100, top + 100), 1.0) is None
    assert found.grip(Point(NOTE.x + 50, NOTE.y + 30), 1.0) == Grip("n", BODY)
    # From afar the title stands above its frame.
    assert found.grip(Point(left + 100, top - 30), 0.2) == Grip("f", BODY)
    assert title_box(found.boxes["f"], 0.2).top < top
    assert title_box(found.boxes["f"], 0.55).top == top


def test_small_frames_lie_above_large_ones_and_notes_above_all() -> None:
    inner = Frame("a", "", "core", -100, 60, 100, 60)
    found = Marks({"n": NOTE, "a": inner, "f": FRAME})
    assert found.touching(Box(-1000, -1000, 1000, 1000)) == ["f", "a", "n"]
    found.follow({"n": NOTE})
    assert found.touching(Box(-1000, -1000, 1000, 1000)) == ["n"]
    assert found.within(Box(0, 0, 400, 400)) == {"n"} and not found.within(Box(0, 0, 200, 400))


@given(
    st.sampled_from(("left", "right top", "bottom", "left bottom", "right")),
    st.integers(-900, 900),
    st.integers(-900, 900),
)
def test_a_resized_box_keeps_its_least_size_and_the_sides_that_stay(
    part: str, dx: int, dy: int
) -> None:
    box = resized(Box(0, 0, 200, 100), part, dx, dy, (64, 32))
    assert box.width >= 64 and box.height >= 32
    for side, before in zip(("left", "top", "right", "bottom"), (0, 0, 200, 100), strict=True):
        if side not in part:
            assert getattr(box, side) == before


def test_a_tiny_note_still_has_a_middle_to_take_hold_of() -> None:
    assert sides(Box(0, 0, 64, 32), Point(32, 16), 40.0) == ""


# --- Paint --------------------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [0.05, 0.25, 0.5, 1.0, 3.0])
def test_frames_and_notes_are_painted_at_every_zoom(framed: Desk, zoom: float) -> None:
    framed.view.zoom_to(zoom)
    framed.session.select(["f", "n"])
    shown = framed.view.grab().toImage()
    framed.session.do("gone", lambda d: marks.remove(d, ["f", "n"]))
    assert framed.view.grab().toImage() != shown


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-200, 200), st.integers(-200, 200))
def test_a_frame_dragged_there_and_back_leaves_the_same_file(
    framed: Desk, dx: int, dy: int
) -> None:
    framed.session.become(marks.add_marks(framed.session.document, ()))
    framed.view.fit()
    before, start = framed.bytes, title(framed)
    framed.drag(start, start + QPoint(dx, dy))
    end = title(framed)
    framed.drag(end, end - QPoint(dx, dy))
    assert framed.bytes == before or framed.session.history.can_undo
    while framed.session.history.can_undo:
        framed.session.undo()
    assert framed.bytes == before


def test_the_pointer_shows_what_a_press_would_do(framed: Desk) -> None:
    framed.hover(at(framed, FRAME.x, FRAME.y + 100))
    assert framed.view.cursor().shape() == Qt.CursorShape.SizeHorCursor
    framed.hover(title(framed))
    assert framed.view.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert framed.view.hit_at(QPointF(title(framed))).grip == Grip("f", BODY)
