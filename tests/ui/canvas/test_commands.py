"""Deleting, placing, dropping, menus and the search."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.document.model import OUTPUT, Edge
from designer.ui.canvas.dropping import TYPE_MIME
from designer.ui.canvas.hover import Hit
from tests.ui.canvas.desk import Desk

SKIP = Edge("image", 0, "add", "inputs", 1)
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


def mime(kind: str) -> QMimeData:
    data = QMimeData()
    data.setData(TYPE_MIME, kind.encode())
    return data


def enter(desk: Desk, data: QMimeData, at: QPoint) -> bool:
    event = QDragEnterEvent(at, COPY, data, LEFT, PLAIN)
    event.ignore()
    QApplication.sendEvent(desk.view, event)
    return event.isAccepted()


def test_delete_removes_nodes_with_their_wires_in_one_step(desk: Desk) -> None:
    before = desk.bytes
    desk.session.select(["conv", "out"])
    desk.key(Qt.Key.Key_Delete)
    assert set(desk.session.document.graph.nodes) == {"image", "add"}
    desk.session.undo()
    assert desk.bytes == before


def test_delete_removes_a_selected_wire(desk: Desk) -> None:
    desk.click(desk.view.wire_point(SKIP))
    desk.key(Qt.Key.Key_Delete)
    assert SKIP not in desk.session.document.graph.edges
    assert len(desk.session.document.graph.nodes) == 4
    assert not desk.view.chosen_wires


def test_delete_does_nothing_where_nothing_is_selected(desk: Desk) -> None:
    before = desk.session.document
    desk.key(Qt.Key.Key_Delete)
    assert desk.session.document is before


def test_a_type_dropped_from_the_palette_becomes_a_selected_node(desk: Desk) -> None:
    before, at = desk.bytes, QPoint(100, 100)
    data = mime("layers.Conv2D")
    assert enter(desk, data, QPoint(10, 10))
    QApplication.sendEvent(desk.view, QDragMoveEvent(at, COPY, data, LEFT, PLAIN))
    desk.view.grab()
    QApplication.sendEvent(desk.view, QDropEvent(QPointF(at), COPY, data, LEFT, PLAIN))
    (node,) = desk.session.selection
    assert desk.session.document.graph.nodes[node].type == "layers.Conv2D"
    assert (desk.view.node_rect(node).center() - at).manhattanLength() <= 10
    desk.session.undo()
    assert desk.bytes == before


def test_a_drag_that_leaves_places_nothing(desk: Desk) -> None:
    before = desk.bytes
    assert enter(desk, mime(OUTPUT), QPoint(10, 10))
    QApplication.sendEvent(desk.view, QDragLeaveEvent())
    assert desk.bytes == before
    assert desk.view.gesture is None


def test_a_type_that_nobody_knows_is_not_taken(desk: Desk) -> None:
    assert not enter(desk, mime("layers.Nonsense"), QPoint(10, 10))
    assert not enter(desk, QMimeData(), QPoint(10, 10))


def test_a_dropped_file_is_passed_on(desk: Desk) -> None:
    dropped: list[str] = []
    desk.view.file_dropped.connect(dropped.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/somewhere/model.keras")])
    assert enter(desk, data, QPoint(10, 10))
    QApplication.sendEvent(desk.view, QDropEvent(QPointF(9, 9), COPY, data, LEFT, PLAIN))
    assert dropped == ["/somewhere/model.keras"]


def test_a_menu_is_asked_for_what_is_under_the_pointer(desk: Desk) -> None:
    asked: list[tuple[QPoint, Hit]] = []
    desk.view.menu_requested.connect(lambda place, hit: asked.append((place, hit)))
    place = desk.center("conv")
    reason = QContextMenuEvent.Reason
    at = desk.view.mapToGlobal(place)
    QApplication.sendEvent(desk.view, QContextMenuEvent(reason.Mouse, place, at))
    assert asked[0][1].node == "conv"
    assert desk.session.selection == {"conv"}
    QApplication.sendEvent(desk.view, QContextMenuEvent(reason.Keyboard, QPoint(), QPoint()))
    assert asked[1] == (at, Hit("conv"))
    wire = desk.view.wire_point(SKIP)
    QApplication.sendEvent(desk.view, QContextMenuEvent(reason.Mouse, wire, wire))
    assert asked[2][1] == Hit(wire=SKIP)
    assert desk.view.chosen_wires == {SKIP}


def test_tab_space_and_double_click_on_nothing_ask_for_a_layer(desk: Desk) -> None:
    asked: list[object] = []
    desk.view.search_requested.connect(lambda at, wire: asked.append(wire))
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Space)
    QTest.mouseDClick(desk.view, LEFT, PLAIN, QPoint(20, 20))
    assert asked == [None, None, None]


def test_a_double_click_on_a_node_asks_for_its_editor(desk: Desk) -> None:
    asked: list[str] = []
    desk.view.edit_requested.connect(asked.append)
    QTest.mouseDClick(desk.view, LEFT, PLAIN, desk.center("conv"))
    assert asked == ["conv"]
