"""Wiring by mouse: port to port, on to a node, into the void; picking wires up; refusals."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from designer.document.model import Edge
from designer.ui.canvas.gestures.wire import WireGesture
from designer.ui.canvas.placing import PendingWire
from tests.ui.canvas.desk import Desk

Place = Callable[..., str]


def output(desk: Desk, node: str) -> QPoint:
    return desk.view.port_point(node, output=True)


def test_a_wire_from_output_to_input_is_one_step(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.ReLU")
    before = desk.bytes
    desk.drag(output(desk, "image"), desk.view.port_point(node, "inputs"))
    assert desk.wired("image", node)
    desk.session.undo()
    assert desk.bytes == before


def test_a_wire_may_be_drawn_backwards(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.ReLU")
    desk.drag(desk.view.port_point(node, "inputs"), output(desk, "image"))
    assert desk.wired("image", node)


def test_a_wire_dropped_on_a_node_takes_its_free_port(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.ReLU")
    desk.drag(output(desk, "conv"), desk.center(node))
    assert desk.wired("conv", node)


def test_the_slot_of_a_merge_takes_another_wire(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.ReLU", 240, 0)
    desk.drag(output(desk, node), desk.view.port_point("add", "inputs", 2))
    assert Edge(node, 0, "add", "inputs", 2) in desk.session.document.graph.edges
    assert len(desk.session.document.graph.incoming["add"]) == 3


def test_a_refused_wire_says_why_and_leaves_the_document_as_it_was(desk: Desk) -> None:
    before = desk.bytes
    start, end = output(desk, "add"), desk.center("image")
    desk.press(start)
    desk.move(start, end)
    gesture = desk.view.gesture
    assert isinstance(gesture, WireGesture)
    assert "takes no input" in gesture.saying.text
    desk.view.grab()
    desk.release(end)
    assert desk.bytes == before


def test_a_circle_is_refused(desk: Desk) -> None:
    before = desk.bytes
    desk.drag(output(desk, "add"), desk.center("conv"))
    assert desk.bytes == before


def test_esc_drops_the_wire_in_the_hand(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.ReLU")
    before = desk.bytes
    start, end = output(desk, "image"), desk.view.port_point(node, "inputs")
    desk.press(start)
    desk.move(start, end)
    desk.view.grab()
    desk.key(Qt.Key.Key_Escape)
    desk.release(end)
    assert desk.bytes == before
    assert desk.view.gesture is None


def test_a_wire_dropped_on_nothing_asks_for_a_layer(desk: Desk) -> None:
    asked: list[tuple[QPointF, object]] = []
    desk.view.search_requested.connect(lambda at, wire: asked.append((at, wire)))
    desk.drag(output(desk, "conv"), QPoint(60, 60))
    ((place, pending),) = asked
    assert pending == PendingWire("conv", forward=True)
    assert isinstance(pending, PendingWire)
    node = desk.view.place("layers.ReLU", place, pending)
    assert desk.wired("conv", node)
    desk.session.undo()
    assert node not in desk.session.document.graph.nodes


def test_a_backward_wire_waits_for_a_source(desk: Desk, place_node: Place) -> None:
    node = place_node("layers.ReLU")
    asked: list[PendingWire] = []
    desk.view.search_requested.connect(lambda at, wire: asked.append(wire))
    desk.drag(desk.view.port_point(node, "inputs"), QPoint(60, 60))
    source = desk.view.place("layers.ReLU", QPointF(-240, 0), asked[0])
    assert desk.wired(source, node)


def test_a_wire_is_picked_up_at_a_taken_input_and_plugged_elsewhere(
    desk: Desk, place_node: Place
) -> None:
    node = place_node("layers.ReLU")
    desk.drag(desk.view.port_point("conv", "inputs"), desk.view.port_point(node, "inputs"))
    assert desk.wired("image", node)
    assert not desk.wired("image", "conv")
    desk.session.undo()
    assert desk.wired("image", "conv")


@pytest.mark.parametrize(("target", "slot"), [("conv", 0), ("add", 0), ("add", 1)])
def test_a_wire_picked_up_and_dropped_on_nothing_is_unplugged(
    desk: Desk, target: str, slot: int
) -> None:
    edge = next(e for e in desk.session.document.graph.incoming[target] if e.slot == slot)
    desk.drag(desk.view.port_point(target, "inputs", slot), QPoint(60, 60))
    assert edge not in desk.session.document.graph.edges
    assert len(desk.session.document.graph.edges) == 3


def test_putting_a_wire_back_changes_nothing(desk: Desk) -> None:
    before = desk.session.document
    port = desk.view.port_point("conv", "inputs")
    desk.press(port)
    desk.move(port, port + QPoint(80, -30))
    desk.move(port + QPoint(80, -30), port)
    desk.release(port)
    assert desk.session.document is before


def test_a_wire_let_go_beside_its_own_port_is_forgotten(desk: Desk) -> None:
    asked: list[object] = []
    desk.view.search_requested.connect(lambda *told: asked.append(told))
    before = desk.session.document
    port = output(desk, "add")
    desk.drag(port, port + QPoint(3, 2))
    assert desk.session.document is before
    assert not asked
