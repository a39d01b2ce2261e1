"""Blocks on the canvas: grouping, entering, leaving, copying, by keys and by hand."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from designer.document import edits
from designer.document.block_kinds import others_that_differ
from designer.document.blocks import values
from designer.document.model import ENTRY, EXIT
from designer.ui.block_commands import BlockCommands, enabled, make_others_alike
from designer.ui.clipboard import Clipboard
from designer.ui.commands import Commands
from tests.document.block_designs import ape
from tests.ui.canvas.desk import Desk

Key = Qt.Key


@pytest.fixture
def blocks(desk: Desk) -> BlockCommands:
    """The commands of blocks, on a canvas that shows a design with one."""
    desk.session.become(ape())
    return BlockCommands(desk.view)


def finish_title(desk: Desk, text: str) -> None:
    """Types a title into the field that is open, and Enter."""
    field = desk.view.editor.field
    assert isinstance(field, QLineEdit)
    field.setText(text)
    QTest.keyClick(field, Key.Key_Return)


def test_grouping_asks_for_the_title_and_is_one_step(desk: Desk) -> None:
    before = desk.session.whole
    desk.session.select(["conv", "add"])
    BlockCommands(desk.view).group()
    finish_title(desk, "residual")
    (block,) = desk.session.whole.blocks.values()
    assert block.title == "residual"
    assert desk.session.selection == {block.id}
    assert desk.view.hasFocus()
    assert set(desk.session.document.graph.nodes) == {"image", block.id, "out"}
    desk.session.undo()
    assert desk.session.whole == before
    assert not desk.session.history.can_undo


def test_a_title_that_is_not_given_is_kept(desk: Desk) -> None:
    desk.session.select(["conv", "add"])
    BlockCommands(desk.view).group()
    QTest.keyClick(desk.view.editor.field or desk.view, Key.Key_Escape)
    (block,) = desk.session.whole.blocks.values()
    assert block.title == "block"


def test_what_cannot_be_grouped_says_why(desk: Desk) -> None:
    problems: list[str] = []
    desk.session.failed.connect(lambda problem: problems.append(problem.code))
    desk.session.select(["image"])
    BlockCommands(desk.view).group()
    assert problems == ["nothing_to_group"]
    assert desk.view.editor.field is None


def test_ungrouping_selects_what_was_in_the_block(desk: Desk, blocks: BlockCommands) -> None:
    desk.session.select(["ape"])
    blocks.ungroup()
    assert desk.session.selection == {"left", "right", "sum"}
    assert not desk.session.whole.blocks


def test_enter_opens_a_block_and_escape_leaves_it(desk: Desk, blocks: BlockCommands) -> None:
    desk.session.select(["ape"])
    QTest.keyClick(desk.view, Key.Key_Return)
    assert desk.session.scope == "ape"
    assert set(desk.view.scene.boxes) == {"enter", "left", "right", "sum", "leave"}
    desk.session.select(["left"])
    QTest.keyClick(desk.view, Key.Key_Escape)
    assert desk.session.scope == "ape"
    QTest.keyClick(desk.view, Key.Key_Escape)
    assert desk.session.scope == ""
    assert desk.session.selection == {"ape"}
    QTest.keyClick(desk.view, Key.Key_Escape)
    assert not desk.view.escape()


def test_a_double_click_opens_a_block(desk: Desk, blocks: BlockCommands) -> None:
    QTest.mouseDClick(desk.view, Qt.MouseButton.LeftButton, pos=desk.center("ape"))
    assert desk.session.scope == "ape"


def test_coming_back_the_view_stands_where_it_stood(desk: Desk, blocks: BlockCommands) -> None:
    desk.view.zoom_to(0.8)
    camera = desk.view.camera
    desk.session.enter("ape")
    assert desk.view.camera != camera
    desk.session.do_whole("Rename", lambda d: d)
    desk.session.leave()
    assert desk.view.camera == camera
    assert desk.view.scene.document is desk.session.document


def test_what_changed_inside_is_seen_on_the_way_out(desk: Desk, blocks: BlockCommands) -> None:
    desk.session.enter("ape")
    blocks.add_port(ENTRY)
    desk.session.leave()
    sites = desk.view.scene.sites["ape"]
    assert [site.port for site in sites.inputs] == ["input_1", "input_2"]


def test_the_card_of_a_block_says_how_many_layers_it_holds(
    desk: Desk, blocks: BlockCommands
) -> None:
    assert desk.view.scene.looks["ape"].second == "ApesBlock · 3 layers  4"
    desk.session.enter("ape")
    desk.session.do("Remove", lambda d: edits.remove(d, ["left", "right"]))
    desk.session.leave()
    assert desk.view.scene.looks["ape"].second == "ApesBlock · 1 layer"


def test_a_block_has_as_many_outputs_as_exits(desk: Desk, blocks: BlockCommands) -> None:
    desk.session.enter("ape")
    blocks.add_port(EXIT)
    assert not desk.view.scene.sites["leave"].outputs
    assert not desk.view.scene.sites["enter"].inputs
    desk.session.leave()
    assert len(desk.view.scene.sites["ape"].outputs) == 2


def test_ports_are_added_where_a_block_is_open_alone(desk: Desk, blocks: BlockCommands) -> None:
    before = desk.session.whole
    blocks.add_port(ENTRY)
    assert desk.session.whole is before


def test_a_copy_of_a_block_is_one_of_its_kind(desk: Desk, blocks: BlockCommands) -> None:
    clipboard = Clipboard(desk.view)
    desk.session.select(["ape"])
    clipboard.copy()
    clipboard.paste()
    clipboard.duplicate()
    kinds = [block.kind for block in desk.session.whole.blocks.values()]
    assert kinds == ["ApesBlock"] * 3
    assert len(desk.session.selection) == 1
    assert desk.session.history.undo_label == "Duplicate 1 node(s)"
    desk.session.undo()
    desk.session.undo()
    assert desk.session.whole == ape()


def test_what_is_pasted_in_a_block_lies_in_it(desk: Desk, blocks: BlockCommands) -> None:
    clipboard = Clipboard(desk.view)
    desk.session.select(["ape"])
    clipboard.copy()
    desk.session.enter("ape")
    clipboard.paste()
    (inner,) = desk.session.selection
    assert desk.session.whole.blocks[inner].parent == "ape"
    assert inner in desk.view.scene.boxes


def test_cut_delete_move_and_bypass_act_on_all_of_a_block(
    desk: Desk, blocks: BlockCommands
) -> None:
    session = desk.session
    session.select(["ape"])
    Commands(session, desk.view).bypass()
    assert session.whole.graph.bypassed == {"left", "right", "sum"}
    QTest.keyClick(desk.view, Key.Key_Right)
    assert session.whole.blocks["ape"].x == 8
    desk.view.delete_selection()
    assert set(session.whole.graph.nodes) == {"in", "out"}
    session.undo()
    assert "ape" in session.document.graph.nodes


def test_others_of_a_kind_are_made_alike_as_one_step(desk: Desk, blocks: BlockCommands) -> None:
    session = desk.session
    session.select(["ape"])
    Clipboard(desk.view).duplicate()
    (copy,) = session.selection
    session.enter("ape")
    desk.session.select(["sum"])
    desk.view.delete_selection()
    assert others_that_differ(session.whole, "ape") == (copy,)
    steps = len(session.history.steps)
    assert make_others_alike(session, "ape")
    assert others_that_differ(session.whole, "ape") == ()
    assert len(session.history.steps) == steps + 1
    assert values(session.whole, session.whole.blocks[copy]) == {"filters": 4}
    session.undo()
    assert others_that_differ(session.whole, "ape") == (copy,)


@pytest.mark.parametrize(
    ("act", "able"),
    [
        (lambda desk: desk.session.select(()), set()),
        (lambda desk: desk.session.select(["in"]), set()),
        (
            lambda desk: desk.session.select(["ape"]),
            {"block.group", "block.ungroup", "block.enter", "block.save"},
        ),
        (
            lambda desk: desk.session.enter("ape"),
            {"block.leave", "block.add_input", "block.add_output", "block.save"},
        ),
    ],
)
def test_what_can_be_done_with_blocks_depends_on_what_is_shown_and_selected(
    desk: Desk, blocks: BlockCommands, act: Callable[[Desk], None], able: set[str]
) -> None:
    act(desk)
    assert {key for key, can in enabled(desk.session).items() if can} == able


def test_f2_writes_the_title_of_a_block(desk: Desk, blocks: BlockCommands) -> None:
    desk.session.select(["ape"])
    assert desk.view.editor.edit_selected()
    assert QApplication.focusWidget() is desk.view.editor.field
    finish_title(desk, "first ape")
    assert desk.session.whole.blocks["ape"].title == "first ape"
    assert desk.session.history.undo_label == "Rename block"


def test_a_wire_is_drawn_to_the_port_of_a_block(desk: Desk, blocks: BlockCommands) -> None:
    desk.session.select(["ape"])
    Clipboard(desk.view).duplicate()
    (copy,) = desk.session.selection
    desk.view.fit()
    start = desk.view.port_point("ape", slot=0, output=True)
    desk.drag(start, desk.view.port_point(copy, "input_1"))
    (wire,) = desk.session.document.graph.incoming[copy]
    assert (wire.source, wire.input) == ("ape", "input_1")
    (port,) = desk.session.whole.blocks[copy].inputs
    assert desk.session.whole.graph.incoming[port][0].source == "leave"
