"""An inspector on the screen, and its rows and fields by name."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.ui.panels.inspector import InspectorPanel
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.widgets.editor import Editor
from designer.ui.widgets.row import ParamRow
from designer.ui.widgets.text import TextEditor


def inspect(qtbot: QtBot, session: Session, light: Theme) -> InspectorPanel:
    made = InspectorPanel(session, light)
    qtbot.addWidget(made)
    made.resize(260, 720)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def row(panel: InspectorPanel, name: str) -> ParamRow:
    assert panel.page.form is not None
    return panel.page.form.params.rows[name]


def editor_of(panel: InspectorPanel, name: str) -> Editor:
    return row(panel, name).editor


def editor(panel: InspectorPanel, name: str) -> TextEditor:
    found = row(panel, name).editor
    assert isinstance(found, TextEditor)
    return found


def type_over(qtbot: QtBot, editor: TextEditor, text: str) -> None:
    editor.line.setFocus()
    editor.line.selectAll()
    QTest.keyClicks(editor.line, text)
