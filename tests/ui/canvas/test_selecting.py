"""Selecting by mouse and keyboard."""

from PySide6.QtCore import QPoint, QPointF, Qt

from designer.document.model import Edge
from tests.ui.canvas.desk import Desk

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SKIP = Edge("image", 0, "add", "inputs", 1)


def test_a_click_selects_one_node(desk: Desk) -> None:
    desk.click(desk.center("conv"))
    desk.click(desk.center("add"))
    assert desk.session.selection == {"add"}


def test_shift_adds_and_ctrl_toggles(desk: Desk) -> None:
    desk.click(desk.center("conv"))
    desk.click(desk.center("add"), SHIFT)
    assert desk.session.selection == {"conv", "add"}
    desk.click(desk.center("conv"), CTRL)
    assert desk.session.selection == {"add"}


def test_a_click_on_nothing_selects_nothing(desk: Desk) -> None:
    desk.click(desk.center("conv"))
    desk.click(QPoint(20, 20))
    assert not desk.session.selection


def test_a_click_on_one_of_several_leaves_only_that_one(desk: Desk) -> None:
    desk.view.select_all()
    desk.click(desk.center("conv"))
    assert desk.session.selection == {"conv"}


def test_a_rubber_band_selects_what_it_touches(desk: Desk) -> None:
    rect = desk.view.node_rect("conv")
    desk.drag(rect.topLeft() - QPoint(40, 20), rect.center() + QPoint(0, 100))
    assert desk.session.selection == {"conv", "add"}


def test_esc_gives_back_what_was_selected_before_the_band(desk: Desk) -> None:
    desk.click(desk.center("out"))
    start = desk.view.node_rect("conv").topLeft() - QPoint(40, 20)
    desk.press(start)
    desk.move(start, desk.center("conv"))
    assert desk.session.selection == {"conv"}
    desk.key(Qt.Key.Key_Escape)
    assert desk.session.selection == {"out"}


def test_a_click_on_a_wire_selects_the_wire_alone(desk: Desk) -> None:
    desk.click(desk.center("conv"))
    desk.click(desk.view.wire_point(SKIP))
    assert desk.view.chosen_wires == {SKIP}
    assert not desk.session.selection
    desk.click(desk.center("conv"))
    assert not desk.view.chosen_wires


def test_all_and_nothing_by_keyboard(desk: Desk) -> None:
    desk.key(Qt.Key.Key_A, CTRL)
    assert desk.session.selection == {"image", "conv", "add", "out"}
    desk.key(Qt.Key.Key_Escape)
    assert not desk.session.selection


def test_ctrl_and_arrows_walk_along_the_wires(desk: Desk) -> None:
    walked: list[str] = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        desk.key(key, CTRL)
        walked += desk.session.selection
    assert walked == ["image", "conv", "add", "conv"]


def test_enter_asks_for_the_editor_of_the_selected_node(desk: Desk) -> None:
    asked: list[str] = []
    desk.view.edit_requested.connect(asked.append)
    desk.key(Qt.Key.Key_Return)
    desk.click(desk.center("conv"))
    desk.key(Qt.Key.Key_Return)
    assert asked == ["conv"]


def test_from_afar_where_no_port_is_seen_a_node_is_all_node(desk: Desk) -> None:
    desk.view.zoom_to(0.2)
    for output in (True, False):
        at = desk.view.port_point("conv", "inputs", output=output)
        assert desk.view.hit_at(QPointF(at)).site is None
    assert desk.view.hit_at(QPointF(desk.center("conv"))).node == "conv"
