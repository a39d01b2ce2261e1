"""The manners of every dialog: Esc leaves it, each part has a name, fields stand in line."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from designer.ui.dialogs import ShortcutSheet
from designer.ui.keys_dialog import KeysDialog
from designer.ui.picture import Picture
from designer.ui.picture_dialog import PictureDialog
from designer.ui.settings_dialog import SettingsDialog
from designer.ui.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _picture(bench: Workbench) -> QDialog:
    session = bench.session
    nodes = frozenset(session.document.graph.nodes)
    picture = Picture(
        session.document, session.report, session.catalog, bench.looks.theme, nodes=nodes
    )
    return PictureDialog(picture, bench.window)


DIALOGS: dict[str, Callable[[Workbench], QDialog]] = {
    "settings": lambda b: SettingsDialog(b.settings, b.window, b.canvas_commands.keys.edit),
    "shortcuts": lambda b: ShortcutSheet(b.window.actions_by_id, b.window),
    "keys": lambda b: KeysDialog(b.canvas_commands.keys.bindings, b.window),
    "picture": _picture,
}


@pytest.fixture(params=DIALOGS)
def dialog(request: pytest.FixtureRequest, bench: Workbench, qtbot: QtBot) -> Iterator[QDialog]:
    bench.looks.choose("dark")
    bench.open_example("residual_add")
    made = DIALOGS[request.param](bench)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    bench.looks.choose("light")


def parts(dialog: QDialog) -> list[QWidget]:
    """What the Tab key reaches."""
    reached = [w for w in dialog.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
    return [w for w in reached if w.focusPolicy() & Qt.FocusPolicy.TabFocus]


def name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def test_esc_leaves_it_and_changes_nothing(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_it_has_a_title_and_each_part_a_name(dialog: QDialog) -> None:
    assert dialog.windowTitle()
    inner = [w for w in parts(dialog) if not isinstance(w.parentWidget(), QAbstractSpinBox)]
    areas = [w for w in inner if type(w) is QAbstractScrollArea]
    nameless = [type(w).__name__ for w in inner if w not in areas and not name(w)]
    assert not nameless


def test_its_fields_are_of_one_height_and_one_ground(dialog: QDialog, bench: Workbench) -> None:
    spins = dialog.findChildren(QAbstractSpinBox)
    lines = [w for w in dialog.findChildren(QLineEdit) if w.parentWidget() not in spins]
    lines = [w for w in lines if not isinstance(w.parentWidget(), QComboBox)]
    fields = [w for w in (*spins, *lines, *dialog.findChildren(QComboBox)) if w.isVisible()]
    assert len({w.height() for w in fields}) <= 1, [(type(w).__name__, w.height()) for w in fields]
    ground = dialog.palette().color(QPalette.ColorRole.Base)
    assert ground == bench.looks.theme.color("field")


def test_the_tab_key_goes_from_top_to_bottom(dialog: QDialog) -> None:
    order, widget = [], dialog.nextInFocusChain()
    reached = parts(dialog)
    while widget is not None and widget is not dialog:
        if widget in reached:
            order.append(widget)
        widget = widget.nextInFocusChain()
    rows = [w.mapTo(dialog, w.rect().center()).y() for w in order]
    buttons = [w for w in order if isinstance(w, QPushButton)]
    assert order
    assert rows[0] == min(rows)
    if buttons and not isinstance(dialog, ShortcutSheet):
        assert order[-1] in buttons
