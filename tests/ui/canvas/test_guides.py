"""What a dragged box snaps to, in numbers and by hand."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from designer.document import edits
from designer.document.model import Node
from designer.ui.canvas.dropping import TYPE_MIME
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.guides import Field, Guide
from tests.ui.canvas.desk import Desk

Place = Callable[..., str]
KEYS = Qt.KeyboardModifier.NoModifier


def card(x: float, y: float, width: float = 176, height: float = 48) -> Box:
    return Box.around(x, y, width, height)


def test_middles_of_neighbours_attract() -> None:
    snap = Field([card(0, 0)]).snap(card(4, 201), 6)
    assert snap.dx == -4
    assert snap.dy is None


def test_edges_attract_where_sizes_differ() -> None:
    field = Field([card(0, 0, width=100)])
    assert field.snap(card(35, 300), 6).dx == 3
    assert field.snap(card(-40, 300), 6).dx == 2


def test_the_nearest_line_wins() -> None:
    assert Field([card(0, 0), card(5, 100)]).snap(card(3, 300), 6).dx == 2


def test_what_is_out_of_reach_does_not_attract() -> None:
    assert Field([card(0, 0)]).snap(card(7, 300), 6) == (None, None)


def test_midway_between_two_attracts() -> None:
    field = Field([card(0, 0), card(0, 200)])
    assert field.snap(card(40, 97), 6).dy == 3


def test_the_distance_of_two_goes_on_beyond_them() -> None:
    field = Field([card(0, 0), card(0, 100)])
    assert field.snap(card(40, 203), 6).dy == -3
    assert field.snap(card(40, -98), 6).dy == -2


def test_boxes_in_another_column_set_no_rhythm() -> None:
    field = Field([card(0, 0), card(400, 100)])
    assert field.snap(card(40, 203), 6).dy is None


def test_guides_reach_from_the_box_to_what_it_is_in_line_with() -> None:
    (guide,) = Field([card(0, 0)]).guides(card(0, 310))
    assert guide == Guide(Point(0, -24), Point(0, 334))


def test_equal_gaps_are_measured_on_both_sides() -> None:
    guides = Field([card(0, 0), card(0, 200)]).guides(card(40, 100))
    gaps = [guide for guide in guides if guide.gap]
    assert [(g.start.y, g.end.y) for g in gaps] == [(24, 76), (124, 176)]


@given(
    st.lists(st.tuples(st.integers(-500, 500), st.integers(-500, 500)), max_size=8),
    st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
)
def test_a_snap_stays_in_reach_and_its_guides_hold(
    places: list[tuple[int, int]], place: tuple[float, float]
) -> None:
    field, box = Field(card(*p) for p in places), card(*place)
    snap = field.snap(box, 6)
    for move in snap:
        assert move is None or abs(move) <= 6
    held = field.guides(box.shifted(snap.dx or 0, snap.dy or 0))
    if snap.dx is not None or snap.dy is not None:
        assert held


# --- By hand ----------------------------------------------------------------------------------


def at(desk: Desk, node: str) -> tuple[float, float]:
    found = desk.session.document.graph.nodes[node]
    return found.x, found.y


@pytest.fixture
def lone(desk: Desk) -> str:
    """A node beside the design, off its rows and off the grid."""
    node = Node("lone", "layers.Dense", "lone", {"units": 4}, x=243, y=141)
    desk.session.do("add", lambda d: edits.add(d, [node]))
    return "lone"


def test_a_node_comes_to_rest_in_line_with_its_neighbour(desk: Desk, lone: str) -> None:
    before = desk.bytes
    start = desk.center(lone)
    desk.drag(start, start + QPoint(30, -41))
    assert at(desk, lone)[1] == 96
    desk.session.undo()
    assert desk.bytes == before


def test_a_selection_snaps_by_its_outer_edges(desk: Desk, lone: str) -> None:
    desk.session.select(["add", "out"])
    start = desk.center("add")
    desk.drag(start, start + QPoint(300, -50))
    # The upper edge of the add is level with that of the lone node.
    assert at(desk, "add")[1] == 141
    assert at(desk, "out")[1] - at(desk, "add")[1] == 96


def test_alt_lets_a_node_lie_anywhere(desk: Desk, lone: str) -> None:
    start, alt = desk.center(lone), Qt.KeyboardModifier.AltModifier
    desk.press(start)
    desk.move(start, start + QPoint(30, -41))
    desk.hover(start + QPoint(31, -42), Qt.MouseButton.LeftButton, alt)
    desk.release(start + QPoint(31, -42), keys=alt)
    assert at(desk, lone) == (274, 99)


def test_where_guides_are_off_the_grid_holds(desk: Desk, lone: str) -> None:
    desk.view.snaps = False
    start = desk.center(lone)
    desk.drag(start, start + QPoint(30, -39))
    assert at(desk, lone) == (272, 104)


def test_guides_are_drawn_while_they_hold_and_gone_afterwards(desk: Desk, lone: str) -> None:
    desk.view.choose(())
    line = QPoint(
        (desk.center("conv").x() + desk.center(lone).x()) // 2 + 30, desk.center("conv").y()
    )
    accent = desk.view.theme.color("accent")

    def drawn() -> bool:
        picture = desk.view.grab().toImage()
        return any(picture.pixelColor(line + QPoint(0, dy)) == accent for dy in (-1, 0, 1))

    start = desk.center(lone)
    desk.press(start)
    desk.move(start, start + QPoint(30, -43))
    assert drawn()
    desk.key(Qt.Key.Key_Escape)
    desk.release(start)
    assert not drawn()
    assert at(desk, lone) == (243, 141)


def test_a_layer_from_the_palette_comes_to_rest_in_line_too(desk: Desk) -> None:
    mime = QMimeData()
    mime.setData(TYPE_MIME, b"layers.Dense")
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, KEYS
    place = desk.center("conv") + QPoint(240, 5)
    for kind in (QDragEnterEvent, QDragMoveEvent, QDropEvent):
        QApplication.sendEvent(desk.view, kind(place, action, mime, left, none))
        desk.view.grab()
    (node,) = desk.session.selection
    assert at(desk, node)[1] == at(desk, "conv")[1]


def test_from_far_away_nothing_attracts(desk: Desk, lone: str) -> None:
    desk.view.zoom_to(0.2)
    start = desk.center(lone)
    desk.drag(start, start + QPoint(12, -10))
    x, y = at(desk, lone)
    assert (x % 8, y % 8) == (0, 0)
