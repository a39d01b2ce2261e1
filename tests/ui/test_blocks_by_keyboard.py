"""A block is made, named, opened, left and found without a mouse, in the whole window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench
from tests.document.block_designs import ape
from tests.ui.benches import furnish

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def bench(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path
) -> Iterator[Workbench]:
    """A window that shows a design with a block."""
    made = furnish(qtbot, catalog, settings, tmp_path)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    made.documents.new()
    made.session.become(ape())
    qtbot.waitUntil(made.canvas.isVisible)
    made.canvas.setFocus()
    yield made
    made.window.may_close = None
    made.close()
    made.window.close()
    made.window.deleteLater()


def press(bench: Workbench, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Presses a key wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget() or bench.window, key, held)


def type_text(bench: Workbench, text: str) -> None:
    """Types wherever the focus is."""
    QTest.keyClicks(QApplication.focusWidget() or bench.window, text)


def test_a_block_is_made_named_opened_and_left_by_keys(bench: Workbench) -> None:
    session = bench.session
    session.enter("ape", ["left", "right"])
    press(bench, Qt.Key.Key_G, CTRL)
    type_text(bench, "two branches")
    press(bench, Qt.Key.Key_Return)
    inner = next(block for key, block in session.whole.blocks.items() if key != "ape")
    assert (inner.title, inner.kind, inner.parent) == ("two branches", "TwoBranches", "ape")
    assert session.scope == "ape"  # Return ended the title, and opened nothing
    assert len(session.history.steps) == 2
    press(bench, Qt.Key.Key_Return)
    assert session.scope == inner.id
    press(bench, Qt.Key.Key_Escape)
    assert session.scope == "ape"
    assert session.selection == {inner.id}
    press(bench, Qt.Key.Key_Down, ALT)
    assert session.scope == inner.id
    press(bench, Qt.Key.Key_Up, ALT)
    press(bench, Qt.Key.Key_G, CTRL | ALT)
    assert set(session.whole.blocks) == {"ape"}
    assert session.selection == {"left", "right"}


def test_what_lies_in_a_block_is_found_and_shown(bench: Workbench) -> None:
    session = bench.session
    press(bench, Qt.Key.Key_F, CTRL)
    type_text(bench, "conv2d")
    assert (session.scope, set(session.selection)) == ("ape", {"left"})
    press(bench, Qt.Key.Key_F3)
    assert set(session.selection) == {"right"}
    press(bench, Qt.Key.Key_F3)
    assert set(session.selection) == {"left"}
