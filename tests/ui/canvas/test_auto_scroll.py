"""What is dragged to the border scrolls the canvas and stays under the pointer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.ui.canvas.auto_scroll import AutoScroll, speed
from designer.ui.canvas.dropping import TYPE_MIME
from tests.ui.canvas.desk import Desk

LEFT = Qt.MouseButton.LeftButton


def test_nothing_scrolls_away_from_the_border() -> None:
    assert speed(200, 0, 400) == 0
    assert speed(24, 0, 400) == 0
    assert speed(376, 0, 400) == 0


@given(st.integers(-200, 30), st.integers(-200, 30))
def test_nearer_is_never_slower_and_both_borders_are_alike(one: int, other: int) -> None:
    near, far = sorted((one, other))
    assert speed(near, 0, 400) >= speed(far, 0, 400) >= 0
    assert speed(400 - near, 0, 400) == pytest.approx(-speed(near, 0, 400))


def test_a_view_that_is_all_border_does_not_scroll() -> None:
    assert speed(5, 0, 60) == 0


class Canvas:
    """Adds up how far it was scrolled."""

    def __init__(self) -> None:
        self.way = QPoint()

    def scroll(self, dx: int, dy: int) -> None:
        self.way += QPoint(dx, dy)


VIEW = QRectF(0, 0, 400, 300)


def held(canvas: Canvas, start: QPointF, end: QPointF, after: float = 0) -> QPoint:
    """How far it has come after a tenth of a second at that place."""
    auto = AutoScroll(canvas.scroll)
    auto.begin(start)
    auto.follow(end, VIEW)
    canvas.way = QPoint()
    auto.advance(100, after)
    auto.stop()
    return canvas.way


def test_it_scrolls_to_the_side_of_the_pointer_and_faster_with_time(qtbot: QtBot) -> None:
    canvas, middle = Canvas(), QPointF(200, 150)
    assert held(canvas, middle, QPointF(10, 150)).x() > 0
    assert held(canvas, middle, QPointF(390, 150)).x() < 0
    assert held(canvas, middle, QPointF(200, 295)).y() < 0
    corner = held(canvas, middle, QPointF(2, 298))
    assert corner.x() > 0 > corner.y()
    early = held(canvas, middle, QPointF(10, 150))
    assert held(canvas, middle, QPointF(10, 150), after=1200).x() >= 2 * early.x() - 1


def test_slow_steps_add_up_to_whole_px(qtbot: QtBot) -> None:
    canvas = Canvas()
    auto = AutoScroll(canvas.scroll)
    auto.begin(QPointF(200, 150))
    auto.follow(QPointF(23.9, 150), VIEW)
    for _ in range(100):
        auto.advance(1, 0)
    auto.stop()
    assert canvas.way.x() == pytest.approx(12, abs=2)


def test_a_drag_that_begins_at_the_border_scrolls_once_it_means_it(qtbot: QtBot) -> None:
    canvas, start = Canvas(), QPointF(15, 150)
    assert held(canvas, start, QPointF(20, 160)).isNull()
    assert held(canvas, start, QPointF(4, 150)).x() > 0
    auto = AutoScroll(canvas.scroll)
    auto.begin(start)
    auto.follow(QPointF(100, 150), VIEW)
    auto.follow(QPointF(15, 150), VIEW)
    assert auto.running
    auto.stop()


# --- By hand ----------------------------------------------------------------------------------


def into_border(desk: Desk, start: QPoint) -> QPoint:
    """Drags to the right border and waits until the canvas has scrolled well; tells the place."""
    end = QPoint(desk.view.width() - 3, start.y())
    desk.press(start)
    desk.move(start, end)
    return end


def scrolled(qtbot: QtBot, desk: Desk, before: int) -> None:
    qtbot.waitUntil(lambda: desk.view.camera.x < before - 120, timeout=5000)


def test_a_node_goes_on_with_the_pointer(qtbot: QtBot, desk: Desk) -> None:
    camera, before = desk.view.camera, desk.bytes
    end = into_border(desk, desk.center("conv"))
    scrolled(qtbot, desk, camera.x)
    desk.release(end)
    assert abs(desk.center("conv").x() - end.x()) <= 8
    assert desk.view.gesture is None
    desk.session.undo()
    assert desk.bytes == before


def test_a_rubber_band_grows_with_the_canvas(qtbot: QtBot, desk: Desk) -> None:
    camera = desk.view.camera
    start = QPoint(60, desk.center("image").y() - 40)
    end = into_border(desk, start)
    desk.hover(QPoint(end.x(), desk.center("add").y()), LEFT)
    scrolled(qtbot, desk, camera.x)
    desk.view.grab()
    desk.release(QPoint(end.x(), desk.center("add").y()))
    assert desk.session.selection >= {"image", "conv", "add"}


def test_a_wire_reaches_what_was_out_of_view(qtbot: QtBot, desk: Desk) -> None:
    node = desk.view.place("layers.Flatten", QPointF(1000, 96))
    desk.view.reveal("image")
    camera = desk.view.camera
    assert not desk.view.visible().contains(QPointF(desk.center(node)))
    end = into_border(desk, desk.view.port_point("image", output=True))
    scrolled(qtbot, desk, camera.x)
    qtbot.waitUntil(lambda: desk.center(node).x() < desk.view.width() - 60, timeout=5000)
    desk.hover(desk.center(node), LEFT)
    desk.release(desk.center(node))
    assert desk.wired("image", node)
    assert end.x() > 0


def test_esc_stops_the_scrolling(qtbot: QtBot, desk: Desk) -> None:
    camera, before = desk.view.camera, desk.bytes
    end = into_border(desk, desk.center("conv"))
    scrolled(qtbot, desk, camera.x)
    desk.key(Qt.Key.Key_Escape)
    there = desk.view.camera
    qtbot.wait(60)
    assert desk.view.camera == there
    desk.release(end)
    assert desk.bytes == before


def test_a_wire_that_is_led_by_keys_scrolls_nothing(qtbot: QtBot, desk: Desk) -> None:
    desk.view.choose({"conv"})
    assert desk.view.by_key.begin(forward=True)
    there = desk.view.camera
    desk.hover(QPoint(300, 300))
    desk.hover(QPoint(desk.view.width() - 3, 300))
    qtbot.wait(60)
    assert desk.view.camera == there
    desk.view.escape()


def test_panning_does_not_scroll_by_itself(qtbot: QtBot, desk: Desk) -> None:
    start = desk.center("conv")
    end = QPoint(desk.view.width() - 3, start.y())
    desk.press(start, button=Qt.MouseButton.MiddleButton)
    desk.move(start, end)
    there = desk.view.camera
    qtbot.wait(60)
    assert desk.view.camera == there
    desk.release(end, button=Qt.MouseButton.MiddleButton)


def test_a_layer_from_the_palette_scrolls_and_lands_under_the_pointer(
    qtbot: QtBot, desk: Desk
) -> None:
    mime = QMimeData()
    mime.setData(TYPE_MIME, b"layers.Dense")
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    camera, start = desk.view.camera, QPoint(5, 300)
    end = QPoint(desk.view.width() - 4, 300)
    desk.view.choose(())
    QApplication.sendEvent(desk.view, QDragEnterEvent(start, action, mime, LEFT, none))
    for place in (start, QPoint(300, 300), end):
        QApplication.sendEvent(desk.view, QDragMoveEvent(place, action, mime, LEFT, none))
    scrolled(qtbot, desk, camera.x)
    QApplication.sendEvent(desk.view, QDropEvent(QPointF(end), action, mime, LEFT, none))
    (node,) = desk.session.selection
    assert (desk.center(node) - end).manhattanLength() <= 16
