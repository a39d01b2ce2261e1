"""An editor to type into, beside another field that takes the focus away."""

from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog, ParamSpec
from designer.document.problem import Problem
from designer.ui.widgets.editor import UNSET
from designer.ui.widgets.form import kit_for
from designer.ui.widgets.table import editor_for
from designer.ui.widgets.text import TextEditor


class Bench(QWidget):
    """An editor beside another field, and a record of what it says."""

    def __init__(self, param: ParamSpec, catalog: Catalog) -> None:
        super().__init__()
        self.editor = editor_for(param, kit_for(catalog), self)
        self.other = QLineEdit(self)
        column = QVBoxLayout(self)
        column.addWidget(self.editor)
        column.addWidget(self.other)
        self.said: list[Any] = []
        self.complaints: list[Problem | None] = []
        self.editor.committed.connect(self.said.append)
        self.editor.reset.connect(lambda: self.said.append("reset"))
        self.editor.complained.connect(self.complaints.append)

    @property
    def text(self) -> TextEditor:
        assert isinstance(self.editor, TextEditor)
        return self.editor


def bench(qtbot: QtBot, param: ParamSpec, catalog: Catalog, value: Any = UNSET) -> Bench:
    made = Bench(param, catalog)
    qtbot.addWidget(made)
    made.editor.show_value(value)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def type_over(qtbot: QtBot, bench: Bench, text: str) -> None:
    line = bench.text.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
