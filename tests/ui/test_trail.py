"""The bar that tells inside which block one is, and leads out again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.document.grouping import group
from designer.infer.wiring import port_order
from designer.ui.trail import Trail
from designer.ui.workbench import Workbench
from tests.document.block_designs import ape


@pytest.fixture
def trail(bench: Workbench) -> Trail:
    """The bar of a window that shows a design with a block in a block."""
    document, _ = group(ape(), "", ["ape"], port_order(bench.session.catalog), "stage", "Stage")
    bench.documents.take_once(document)
    bench.window.show()
    return bench.canvas_commands.trail


def words(trail: Trail) -> list[str]:
    """What its steps say."""
    return [step.text() for step in trail.steps]


def stage(bench: Workbench) -> str:
    """The id of the outer block."""
    return next(b.id for b in bench.session.whole.blocks.values() if b.kind == "Stage")


def test_it_is_there_only_inside_a_block(bench: Workbench, trail: Trail) -> None:
    assert trail.isHidden()
    bench.session.enter("ape")
    assert trail.isVisible()
    assert words(trail) == [bench.session.title, "stage", "ape"]
    assert [step.accessibleName() for step in trail.steps] == [
        f"Go to {bench.session.title}", "Go to stage", "ape, shown now"
    ]  # fmt: skip
    bench.session.leave()
    assert words(trail) == [bench.session.title, "stage"]
    bench.session.leave()
    assert trail.isHidden()


def test_a_step_leads_there_and_selects_where_one_came_from(bench: Workbench, trail: Trail) -> None:
    bench.session.enter("ape")
    QTest.mouseClick(trail.steps[0], Qt.MouseButton.LeftButton)
    assert bench.session.scope == ""
    assert bench.session.selection == {stage(bench)}
    assert trail.isHidden()


def test_it_is_worked_by_keys(bench: Workbench, trail: Trail) -> None:
    bench.session.enter("ape")
    trail.steps[2].setFocus()
    QTest.keyClick(trail.steps[2], Qt.Key.Key_Left)
    assert QApplication.focusWidget() is trail.steps[1]
    QTest.keyClick(trail.steps[1], Qt.Key.Key_Space)
    assert bench.session.scope == stage(bench)
    assert QApplication.focusWidget() is bench.canvas
    trail.steps[0].setFocus()
    QTest.keyClick(trail.steps[0], Qt.Key.Key_Escape)
    assert bench.session.scope == stage(bench)
    assert QApplication.focusWidget() is bench.canvas


def test_it_follows_titles_and_hides_beside_the_start_page(bench: Workbench, trail: Trail) -> None:
    bench.session.enter(stage(bench))
    bench.session.do_whole("Rename", lambda d: d)
    bench.pages.show_start_page()
    assert trail.isHidden()
    bench.documents.show(bench.session.current)
    assert trail.isVisible()
    assert words(trail)[-1] == "stage"
