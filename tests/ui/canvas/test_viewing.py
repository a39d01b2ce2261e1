"""Zooming, panning, fitting, and the overview map."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

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
