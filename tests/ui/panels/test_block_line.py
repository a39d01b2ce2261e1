"""The inspector about blocks: their parameters, their kind, and what they offer outside."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.document import edits
from designer.document.fragment import cut_out, put_in
from designer.document.model import Document
from designer.ui.panels.inspector import InspectorPanel
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.widgets.text import TextEditor
from tests.document.block_designs import ape


@pytest.fixture
def panel(qtbot: QtBot, session: Session, light: Theme) -> InspectorPanel:
    session.open(ape())
    made = InspectorPanel(session, light)
    qtbot.addWidget(made)
    made.resize(280, 720)
    with qtbot.waitExposed(made):
        made.show()
    return made


def copied(session: Session) -> str:
    """Makes another block of the kind; its id."""
    ids: dict[str, str] = {}

    def edit(document: Document) -> Document:
        after, new_ids = put_in(document, cut_out(document, ["ape"]), 300, 0)
        ids.update(new_ids)
        return after

    session.do_whole("Copy", edit)
    return ids["ape"]


def entries(panel: InspectorPanel) -> dict[str, bool]:
    """What the menu of parameters has, and what is marked in it."""
    panel.block_line.menu.aboutToShow.emit()
    return {action.text(): action.isChecked() for action in panel.block_line.menu.actions()}


def choose(panel: InspectorPanel, text: str) -> None:
    panel.block_line.menu.aboutToShow.emit()
    next(a for a in panel.block_line.menu.actions() if a.text() == text).trigger()


def test_a_design_without_blocks_says_nothing_of_them(
    qtbot: QtBot, session: Session, light: Theme
) -> None:
    panel = InspectorPanel(session, light)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.block_line.isHidden()


def test_the_parameters_of_a_block_are_edited_as_those_of_a_layer(
    panel: InspectorPanel, session: Session
) -> None:
    session.select(["ape"])
    assert panel.page.form is not None
    field = panel.page.form.params.rows["filters"].editor
    assert isinstance(field, TextEditor)
    assert field.line.text() == "4"
    field.line.setText("12")
    field.line.setModified(True)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    params = [session.whole.graph.nodes[key].params["filters"] for key in ("left", "right")]
    assert params == [12, 12]
    session.undo()
    assert session.whole == ape()


def test_the_title_of_a_block_is_its_name(panel: InspectorPanel, session: Session) -> None:
    session.select(["ape"])
    panel.page.name.setText("first")
    panel.page.name.setModified(True)
    panel.page.finish()
    assert session.whole.blocks["ape"].title == "first"


def test_a_block_of_another_kind_is_one_of_its_own(panel: InspectorPanel, session: Session) -> None:
    session.select(["ape"])
    line = panel.block_line
    assert line.kind.text() == "ApesBlock"
    line.kind.setText("  Pair  of convolutions ")
    line.kind.setModified(True)
    line.finish()
    assert session.whole.blocks["ape"].kind == "Pair of convolutions"
    assert session.history.undo_label == "Change kind of block"


def test_others_of_its_kind_that_differ_are_told_and_made_alike(
    panel: InspectorPanel, session: Session
) -> None:
    copied(session)
    session.select(["ape"])
    line = panel.block_line
    assert line.told.isVisible()
    assert not line.alike.isVisible()
    session.do_whole("Set", lambda d: edits.set_param(d, "left", "padding", "same"))
    assert line.alike.isVisible()
    line.alike.click()
    assert not line.alike.isVisible()


def test_a_parameter_of_a_layer_in_a_block_is_offered_and_withdrawn(
    panel: InspectorPanel, session: Session
) -> None:
    session.enter("ape", ["left"])
    found = entries(panel)
    assert (found["filters, of right"], found["kernel_size"]) == (True, False)
    choose(panel, "kernel_size")
    assert session.whole.blocks["ape"].params["kernel_size"] == (("left", "kernel_size"),)
    session.select(["right"])
    choose(panel, "kernel_size, of left")
    block = session.whole.blocks["ape"]
    assert block.params["kernel_size"] == (("left", "kernel_size"), ("right", "kernel_size"))
    choose(panel, "kernel_size, of left")
    session.select(["left"])
    choose(panel, "kernel_size")
    assert "kernel_size" not in session.whole.blocks["ape"].params


def test_several_layers_are_offered_as_one_parameter(
    panel: InspectorPanel, session: Session
) -> None:
    session.enter("ape", ["left", "right"])
    choose(panel, "activation")
    offered = session.whole.blocks["ape"].params["activation"]
    assert offered == (("left", "activation"), ("right", "activation"))


def test_a_name_that_is_taken_leaves_one_of_its_own(
    panel: InspectorPanel, session: Session
) -> None:
    session.enter("ape", ["left"])
    choose(panel, "strides")
    session.select(["right"])
    choose(panel, "strides_1")
    assert session.whole.blocks["ape"].params["strides_1"] == (("right", "strides"),)


def test_a_block_withdraws_what_it_offers(panel: InspectorPanel, session: Session) -> None:
    session.select(["ape"])
    choose(panel, "filters, of left, right")
    assert not session.whole.blocks["ape"].params
    assert not panel.block_line.offers.isVisible()


def test_a_block_is_opened_from_the_inspector(panel: InspectorPanel, session: Session) -> None:
    session.select(["ape"])
    panel.block_line.open.click()
    assert session.scope == "ape"
    assert panel.block_line.kind.isVisible()  # of the block that is open
    assert not panel.block_line.open.isVisible()


def test_the_kind_of_a_block_is_read_in_full_in_a_narrow_inspector(
    panel: InspectorPanel, session: Session
) -> None:
    copied(session)
    session.do_whole("Set", lambda d: edits.set_param(d, "left", "padding", "same"))
    session.select(["ape"])
    panel.resize(260, 720)
    line = panel.block_line
    kind = line.kind
    kind.setText("ResidualBlock with squeeze")
    QApplication.processEvents()
    assert panel.width() == 260
    assert kind.fontMetrics().horizontalAdvance(kind.text()) < kind.width() - 12
    assert kind.geometry().bottom() < line.open.geometry().top()
    for button in (line.open, line.offers, line.alike):
        assert button.isVisible() and button.width() >= button.sizeHint().width()
