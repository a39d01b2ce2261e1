"""Nodes put on wires, wires cut with a line, nodes deleted with their links kept."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from designer.document.model import OUTPUT, Edge
from designer.ui.canvas.commands import delete_joined
from designer.ui.canvas.dropping import TYPE_MIME
from designer.ui.canvas.edges import trace
from designer.ui.canvas.geometry import Point
from designer.ui.canvas.gestures.cut import CutGesture, crosses
from designer.ui.canvas.gestures.drop import DropGesture
from designer.ui.canvas.placing import PendingInsert
from tests.ui.canvas.desk import Desk

FIRST = Edge("image", 0, "conv", "inputs")
MERGED = Edge("conv", 0, "add", "inputs", 0)
SKIP = Edge("image", 0, "add", "inputs", 1)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


def middle(desk: Desk, edge: Edge) -> QPoint:
    """A place on a wire, away from its ends."""
    line = trace(desk.view.scene.routes[edge])
    a, b = line[len(line) // 2 - 1], line[len(line) // 2]
    at = desk.view.camera.to_widget((a.x + b.x) / 2, (a.y + b.y) / 2)
    return at.toPoint()


def drop(desk: Desk, kind: str, at: QPoint, *, let_go: bool = True) -> None:
    data = QMimeData()
    data.setData(TYPE_MIME, kind.encode())
    QApplication.sendEvent(desk.view, QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, PLAIN))
    QApplication.sendEvent(desk.view, QDragMoveEvent(at, COPY, data, LEFT, PLAIN))
    if let_go:
        QApplication.sendEvent(desk.view, QDropEvent(QPointF(at), COPY, data, LEFT, PLAIN))


def draw(desk: Desk, start: QPoint, end: QPoint) -> None:
    desk.press(start, button=RIGHT, keys=CTRL)
    desk.move(start, end)
    desk.view.grab()


@pytest.mark.parametrize("edge", [FIRST, MERGED, SKIP])
def test_a_type_dropped_on_a_wire_is_put_in_between_and_keeps_the_slot(
    desk: Desk, edge: Edge
) -> None:
    before = desk.bytes
    drop(desk, "layers.Conv2D", middle(desk, edge))
    (node,) = desk.session.selection
    edges = desk.session.document.graph.edges
    assert edge not in edges
    assert Edge(edge.source, 0, node, "inputs") in edges
    assert Edge(node, 0, edge.target, edge.input, edge.slot) in edges
    desk.session.undo()
    assert desk.bytes == before


def test_the_wire_lights_up_while_a_type_is_over_it_and_escape_drops_it(desk: Desk) -> None:
    before, at = desk.bytes, middle(desk, SKIP)
    drop(desk, "layers.Conv2D", at, let_go=False)
    gesture = desk.view.gesture
    assert isinstance(gesture, DropGesture)
    lit = desk.view.camera.rect(desk.view.scene.routes[SKIP].box)
    assert gesture.extent().contains(lit)
    desk.view.grab()
    desk.key(Qt.Key.Key_Escape)
    assert desk.bytes == before


def test_an_output_is_not_put_on_a_wire(desk: Desk) -> None:
    drop(desk, OUTPUT, middle(desk, SKIP))
    assert SKIP in desk.session.document.graph.edges


def test_a_node_without_wires_is_dragged_on_to_a_wire_in_one_step(
    desk: Desk, place_node: Callable[..., str]
) -> None:
    node = place_node("layers.Dropout")
    before = desk.bytes
    desk.drag(desk.center(node), middle(desk, MERGED))
    edges = desk.session.document.graph.edges
    assert MERGED not in edges
    assert {Edge("conv", 0, node, "inputs"), Edge(node, 0, "add", "inputs", 0)} <= edges
    desk.session.undo()
    assert desk.bytes == before


def test_a_node_that_is_wired_is_only_moved(desk: Desk) -> None:
    edges = desk.session.document.graph.edges
    desk.drag(desk.center("out"), middle(desk, SKIP))
    assert desk.session.document.graph.edges == edges


def test_escape_leaves_a_node_that_was_dragged_over_a_wire(
    desk: Desk, place_node: Callable[..., str]
) -> None:
    node = place_node("layers.Dropout")
    before, start = desk.bytes, desk.center(node)
    desk.press(start)
    desk.move(start, middle(desk, MERGED))
    desk.view.grab()
    desk.key(Qt.Key.Key_Escape)
    desk.release(middle(desk, MERGED))
    assert desk.bytes == before


def test_a_layer_chosen_for_a_wire_is_put_on_it(desk: Desk) -> None:
    node = desk.view.place("layers.ReLU", QPointF(200, 96), PendingInsert(MERGED))
    assert Edge(node, 0, "add", "inputs", 0) in desk.session.document.graph.edges
    assert desk.session.history.undo_label == "Add ReLU"


def test_a_line_drawn_with_ctrl_and_the_right_button_cuts_what_it_crosses(desk: Desk) -> None:
    before, asked = desk.bytes, []
    desk.view.menu_requested.connect(lambda *at: asked.append(at))
    at = middle(desk, FIRST)
    start, end = at - QPoint(30, 0), at + QPoint(30, 0)
    draw(desk, start, end)
    gesture = desk.view.gesture
    assert isinstance(gesture, CutGesture)
    assert gesture.crossed == {FIRST}
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(desk.view, QContextMenuEvent(reason, end, end, CTRL))
    desk.release(end, button=RIGHT, keys=CTRL)
    assert desk.session.document.graph.edges == {
        MERGED, SKIP, Edge("add", 0, "out", "inputs")
    }  # fmt: skip
    assert desk.session.history.undo_label == "Cut 1 wire(s)"
    assert not asked
    desk.session.undo()
    assert desk.bytes == before


def test_escape_and_a_line_through_nothing_cut_nothing(desk: Desk) -> None:
    before, at = desk.session.document, middle(desk, FIRST)
    draw(desk, at - QPoint(30, 0), at + QPoint(30, 0))
    desk.key(Qt.Key.Key_Escape)
    desk.release(at, button=RIGHT, keys=CTRL)
    draw(desk, QPoint(5, 5), QPoint(40, 5))
    desk.release(QPoint(40, 5), button=RIGHT, keys=CTRL)
    assert desk.session.document is before


def test_a_stretch_crosses_a_wire_only_where_they_meet(desk: Desk) -> None:
    route = desk.view.scene.routes[FIRST]
    line = trace(route)
    a = line[len(line) // 2]
    assert crosses(route, Point(a.x - 9, a.y - 2), Point(a.x + 9, a.y + 2))
    assert not crosses(route, Point(a.x + 5, a.y), Point(a.x + 9, a.y))


def test_deleting_and_joining_keeps_the_links_in_one_step(desk: Desk) -> None:
    before = desk.bytes
    desk.session.select(["conv"])
    assert delete_joined(desk.session, desk.view)
    assert Edge("image", 0, "add", "inputs", 0) in desk.session.document.graph.edges
    assert not desk.session.selection
    desk.session.undo()
    assert desk.bytes == before
    desk.session.select([])
    assert not delete_joined(desk.session, desk.view)


def test_a_letter_on_the_canvas_begins_a_search_and_others_do_not(desk: Desk) -> None:
    typed: list[str] = []
    desk.view.typed.connect(typed.append)
    desk.key(Qt.Key.Key_C)
    desk.key(Qt.Key.Key_F)
    desk.key(Qt.Key.Key_C, CTRL)
    desk.key(Qt.Key.Key_Period)
    desk.session.select(["conv"])
    desk.key(Qt.Key.Key_F)
    assert typed == ["c", "f"]
