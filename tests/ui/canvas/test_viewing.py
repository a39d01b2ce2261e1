"""Zooming, panning, fitting, and the overview map."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.document import edits
from designer.document.model import INPUT, Document, Node
from designer.ui.canvas.standpoint import READABLE
from tests.ui.canvas.desk import Desk

NATURAL = False  # direction of scrolling
PLAIN = Qt.KeyboardModifier.NoModifier


def wheel(desk: Desk, at: QPoint, notches: int) -> None:
    place = desk.view.mapToGlobal(at)
    event = QWheelEvent(
        QPointF(at), QPointF(place), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, PLAIN, Qt.ScrollPhase.NoScrollPhase, NATURAL,
    )  # fmt: skip
    QApplication.sendEvent(desk.view, event)


def test_the_wheel_zooms_at_the_pointer(desk: Desk, qtbot: QtBot) -> None:
    told: list[float] = []
    desk.view.zoom_changed.connect(told.append)
    at = desk.center("conv")
    wheel(desk, at, 2)
    assert (desk.center("conv") - at).manhattanLength() <= 2
    assert told[-1] == desk.view.camera.zoom > 1.4
    desk.view.grab()
    qtbot.wait(120)
    desk.view.grab()


def test_keys_fit_frame_and_go_to_actual_size(desk: Desk) -> None:
    desk.view.zoom_to(3.0)
    desk.key(Qt.Key.Key_Home)
    area = desk.view.rect()
    assert all(area.contains(desk.view.node_rect(n)) for n in desk.session.document.graph.nodes)
    desk.view.zoom_to(0.2)
    desk.key(Qt.Key.Key_1)
    assert desk.view.camera.zoom == 1.0
    desk.click(desk.center("conv"))
    desk.key(Qt.Key.Key_F)
    assert desk.view.camera.zoom > 1.0
    assert (desk.center("conv") - desk.view.rect().center()).manhattanLength() <= 4


def test_the_middle_button_pans(desk: Desk) -> None:
    before = desk.center("conv")
    desk.drag(QPoint(30, 30), QPoint(90, 70), button=Qt.MouseButton.MiddleButton)
    assert desk.center("conv") - before == QPoint(60, 40)


def test_space_and_drag_pan_and_do_not_search(desk: Desk) -> None:
    asked: list[object] = []
    desk.view.search_requested.connect(lambda *told: asked.append(told))
    before = desk.center("conv")
    QTest.keyPress(desk.view, Qt.Key.Key_Space)
    desk.drag(before, before + QPoint(50, 20))
    QTest.keyRelease(desk.view, Qt.Key.Key_Space)
    assert desk.center("conv") - before == QPoint(50, 20)
    assert not asked
    assert not desk.session.selection


def test_esc_puts_a_panned_view_back(desk: Desk) -> None:
    before = desk.view.camera
    desk.press(QPoint(30, 30), button=Qt.MouseButton.MiddleButton)
    desk.move(QPoint(30, 30), QPoint(130, 90))
    desk.key(Qt.Key.Key_Escape)
    assert desk.view.camera == before


def test_a_press_on_the_map_shows_that_part(desk: Desk) -> None:
    desk.view.zoom_to(4.0)
    desk.view.grab()
    before = desk.view.camera
    corner = QPoint(24, desk.view.height() - 24)
    assert desk.view.map_place(QPointF(corner)) is not None
    desk.click(corner)
    assert desk.view.camera != before
    assert not desk.session.selection


def test_there_is_no_map_where_everything_is_seen(desk: Desk) -> None:
    assert desk.view.map_place(QPointF(24, desk.view.height() - 24)) is None


def test_a_node_off_screen_is_brought_into_view(desk: Desk) -> None:
    desk.view.pan(5000, 0)
    desk.view.reveal("conv")
    assert desk.view.rect().contains(desk.view.node_rect("conv"))
    before = desk.view.camera
    desk.view.reveal("conv")
    assert desk.view.camera == before


def tall(count: int, direction: str = "down") -> Document:
    """A chain of so many layers with its input in front."""
    down = direction == "down"
    nodes = [Node("image", INPUT, "image", {"shape": [8]})]
    nodes += [
        Node(f"n{i}", "layers.Dense", f"n{i}", x=0 if down else i * 240, y=i * 96 if down else 0)
        for i in range(1, count)
    ]
    return edits.add(Document(direction=direction), nodes)


@pytest.mark.parametrize("direction", ["down", "right"])
def test_a_long_design_opens_readable_at_its_inputs_and_home_shows_all(
    desk: Desk, direction: str
) -> None:
    desk.session.become(tall(30, direction))
    area = desk.view.rect()
    assert desk.view.camera.zoom == READABLE
    assert area.contains(desk.view.node_rect("image"))
    assert not area.contains(desk.view.node_rect("n29"))
    desk.key(Qt.Key.Key_Home)
    assert area.contains(desk.view.node_rect("n29"))


def test_a_short_design_opens_whole(desk: Desk) -> None:
    desk.session.become(tall(4))
    assert desk.view.camera.zoom == 1.0
    assert desk.view.rect().contains(desk.view.node_rect("n3"))


def test_less_room_places_a_view_anew_that_nobody_moved(desk: Desk) -> None:
    desk.view.resize(900, 300)
    assert desk.view.rect().contains(desk.view.node_rect("out"))
    moved = desk.view.camera.panned(-40, 0)
    desk.view.pan(-40, 0)
    desk.view.resize(900, 500)
    assert desk.view.camera == moved


def test_what_is_selected_stays_in_view_when_the_room_shrinks(desk: Desk) -> None:
    desk.session.become(tall(30))
    desk.view.pan(0, -100)
    last = max(
        (n for n in desk.session.document.graph.nodes
         if desk.view.rect().contains(desk.view.node_rect(n))),
        key=lambda n: desk.view.node_rect(n).top(),
    )  # fmt: skip
    desk.session.select([last])
    desk.view.resize(900, 320)
    assert desk.view.rect().contains(desk.view.node_rect(last))


def test_a_wide_design_begins_at_its_own_edge(desk: Desk) -> None:
    nodes = [Node("image", INPUT, "image", {"shape": [8]})]
    nodes += [Node(f"n{i}", "layers.Dense", f"n{i}", x=i * 240, y=i * 96) for i in range(1, 30)]
    desk.session.become(edits.add(Document(), nodes))
    assert desk.view.rect().contains(desk.view.node_rect("image"))
    assert desk.view.node_rect("image").left() < 100


def test_the_map_goes_to_a_corner_where_it_hides_no_node(desk: Desk) -> None:
    view = desk.view
    view.resize(900, 500)
    # A row along the lower edge, and one node far above that makes the map appear.
    nodes = [Node(f"n{i}", "layers.Dense", f"n{i}", {"units": 1}, x=i * 200, y=0) for i in range(5)]
    nodes.append(Node("far", "layers.Dense", "far", {"units": 1}, x=400, y=-2000))
    desk.session.become(edits.add(Document(), nodes))
    view.frame([f"n{i}" for i in range(5)])
    middle = view.node_rect("n2").center().y()
    view.pan(0, round(view.height() - 60 - middle))
    view.zoom_to(view.camera.zoom)
    view.grab()
    covered = [view.map_place(QPointF(view.node_rect(f"n{i}").center())) for i in range(5)]
    assert covered == [None] * 5
    assert view.map_place(QPointF(40, 40)) or view.map_place(QPointF(860, 40))


def test_the_map_goes_away_where_it_would_hide_nodes_of_a_design_that_is_mostly_seen(
    desk: Desk,
) -> None:
    view = desk.view
    view.resize(900, 500)
    nodes = [
        Node(f"n{x}{y}", "layers.Dense", f"n{x}{y}", {"units": 1}, x=x * 180, y=y * 60)
        for x in range(6)
        for y in range(9)
    ]
    desk.session.become(edits.add(Document(), nodes))
    view.zoom_to(1.0)
    view.grab()
    area = view.rect()
    places = (
        QPointF(x, y) for x in range(0, area.width(), 20) for y in range(0, area.height(), 20)
    )
    assert not any(view.map_place(place) for place in places)
