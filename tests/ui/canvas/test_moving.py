"""Moving nodes by hand and by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.ui.canvas.desk import Desk


def place(desk: Desk, node: str) -> tuple[float, float]:
    found = desk.session.document.graph.nodes[node]
    return found.x, found.y


def test_a_drag_moves_the_node_on_the_grid_as_one_step(desk: Desk) -> None:
    before = desk.bytes
    desk.drag(desk.center("conv"), desk.center("conv") + QPoint(101, 30))
    assert place(desk, "conv") == (104, 128)
    desk.session.undo()
    assert desk.bytes == before
    assert not desk.session.history.can_undo


def test_what_is_selected_goes_together(desk: Desk) -> None:
    desk.session.select(["conv", "add"])
    desk.drag(desk.center("add"), desk.center("add") + QPoint(0, 40))
    assert place(desk, "conv") == (0, 136)
    assert place(desk, "add") == (0, 232)
    assert place(desk, "out") == (0, 288)


def test_the_whole_design_goes_together(desk: Desk) -> None:
    desk.view.select_all()
    start = desk.center("conv")
    desk.press(start)
    desk.move(start, start + QPoint(80, 40))
    desk.view.grab()
    desk.release(start + QPoint(80, 40))
    assert [place(desk, n) for n in ("image", "out")] == [(80, 40), (80, 328)]


def test_the_document_is_not_touched_before_the_release(desk: Desk) -> None:
    before = desk.session.document
    start = desk.center("conv")
    desk.press(start)
    desk.move(start, start + QPoint(80, 80))
    desk.view.grab()
    assert desk.session.document is before


@pytest.mark.parametrize("direction", ["down", "right"])
def test_esc_drops_a_move(desk: Desk, direction: str) -> None:
    from designer.document.edits import set_direction

    desk.session.do("turn", lambda d: set_direction(d, direction))
    before = desk.bytes
    start = desk.center("conv")
    desk.press(start)
    desk.move(start, start + QPoint(80, 80))
    desk.view.grab()
    desk.key(Qt.Key.Key_Escape)
    desk.release(start + QPoint(80, 80))
    assert desk.bytes == before


def test_a_shaky_click_moves_nothing(desk: Desk) -> None:
    before = desk.bytes
    start = desk.center("conv")
    desk.drag(start, start + QPoint(2, 1))
    assert desk.bytes == before


def test_arrows_nudge_the_selection_and_undo_in_one_step(desk: Desk) -> None:
    before = desk.bytes
    desk.click(desk.center("conv"))
    for _ in range(3):
        desk.key(Qt.Key.Key_Right)
    desk.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert place(desk, "conv") == (24, 136)
    desk.session.undo()
    assert desk.bytes == before


def test_arrows_move_nothing_where_nothing_is_selected(desk: Desk) -> None:
    before = desk.session.document
    desk.key(Qt.Key.Key_Right)
    assert desk.session.document is before


def test_another_button_does_not_commit_a_move(desk: Desk) -> None:
    before = desk.bytes
    start = desk.center("conv")
    desk.press(start)
    desk.move(start, start + QPoint(80, 80))
    desk.release(start + QPoint(80, 80), button=Qt.MouseButton.RightButton)
    assert desk.bytes == before
    assert desk.view.gesture is not None
    desk.key(Qt.Key.Key_Escape)
    assert desk.view.gesture is None
