"""Editors that are a line of text: numbers, strings, shapes, and JSON for everything else."""

import re
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from designer.catalog.spec import ParamSpec
from designer.document.problem import Problem, ProblemError, failure
from designer.ui.widgets.editor import MIXED, UNSET, Editor, Kit, Missing
from designer.ui.widgets.fields import Line
from designer.ui.widgets.reading import read
from designer.ui.widgets.stepping import number_at, step
from designer.ui.widgets.writing import write

_NUMBERS = ("int", "float", "ints", "floats", "shape")
_SUMS = frozenset("+*/%")
_UNFINISHED = re.compile(r"[-+*/%,;×xX(\[.]\s*$")  # nobody is scolded in the middle of "64 * 2"


class TextEditor(Editor):
    """A value as text: checked at each key, committed on Enter and on leaving, Esc restores.

    An empty field means the default. Refused text is never committed, and stays while it has the
    focus.
    """

    def __init__(self, param: ParamSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(param, kit, parent)
        self.line = Line(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        self._take(self.line)
        self.line.textEdited.connect(self._check)
        self.line.entered.connect(self._enter)
        self.line.left.connect(self.finish)
        self.line.escaped.connect(self._restore)
        self.line.arrived.connect(self.arrived)
        self.line.stepped.connect(self._step)
        self.render_value()

    def render_value(self) -> None:
        """Show the value as text, unless the user is typing another."""
        self.line.setPlaceholderText(self._placeholder())
        if self.line.isModified() and self.line.hasFocus():
            return
        text = self._written()
        if text != self.line.text():
            place = self.line.cursorPosition()
            self.line.setText(text)
            self.line.setCursorPosition(min(place, len(text)) if self.line.hasFocus() else 0)
        self.line.setModified(False)
        self._tell(None)

    def finish(self) -> None:
        """Commit the text if it is valid, otherwise show the value again."""
        if self.line.isModified() and not self._commit():
            self._restore()

    def _written(self) -> str:
        return "" if isinstance(self._value, Missing) else write(self.param, self._value)

    def _placeholder(self) -> str:
        if self._value is MIXED:
            return QCoreApplication.translate("Editor", "several values")
        if self.param.required:
            return QCoreApplication.translate("Editor", "required")
        return write(self.param, self.param.default)

    def _problem(self) -> Problem | None:
        text = self.line.text()
        if not isinstance(self._value, Missing) and text == self._written():
            return None  # the document has it already; whether it is right, Keras will say
        try:
            if text or (self.param.kind == "string" and self._value == ""):
                read(self.param, text)
            elif self.param.required and self._value is not MIXED:
                template = "{name} has no default, so it cannot be empty. Type a value."
                raise failure("required", template, name=self.param.name)
        except ProblemError as error:
            return error.problem
        return None

    def _check(self) -> None:
        problem = self._problem()
        unfinished = self.param.kind in _NUMBERS and _UNFINISHED.search(self.line.text())
        self._tell(None if unfinished else problem, known=problem is None)
        text = self.line.text()
        self.trying.emit(read(self.param, text) if text and problem is None else UNSET)

    def _tell(self, problem: Problem | None, *, known: bool = True) -> None:
        """What is wrong with the text; it is not `known` yet while a number is missing in it."""
        self.line.set_refused(problem is not None)
        self.line.set_outcome(self._outcome() if problem is None and known else "")
        self.complained.emit(problem)

    def _outcome(self) -> str:
        """What a sum that is being typed comes to: "= 128"."""
        text = self.line.text()
        if self.param.kind not in _NUMBERS or not self.line.isModified():
            return ""
        return f"= {write(self.param, read(self.param, text))}" if _SUMS & set(text) else ""

    def _enter(self) -> None:
        if self.line.isModified():
            self._commit()
        self.line.selectAll()

    def doubt(self) -> None:
        """Mark what is being typed as wrong; the next key takes that back."""
        self.line.set_refused(self.line.isModified())

    def _commit(self) -> bool:
        self.trying.emit(UNSET)
        problem = self._problem()
        self._tell(problem)
        if problem is not None:
            return False
        self.line.setModified(False)
        if not self.line.text():
            self._commit_empty()
        elif not isinstance(self._value, Missing) and self.line.text() == self._written():
            self.render_value()  # typed as it was, whatever else the same text could stand for
        else:
            self._say(read(self.param, self.line.text()))
        return True

    def _commit_empty(self) -> None:
        if self._value is UNSET or self._value is MIXED:
            self.render_value()
        else:
            self.reset.emit()

    def _say(self, value: Any) -> None:
        if self._value is MIXED or self._value is UNSET or not same(value, self._value):
            self.committed.emit(value)
        else:
            self.render_value()

    def _restore(self) -> None:
        self.trying.emit(UNSET)
        self.line.setModified(False)
        self.render_value()
        self.line.selectAll()

    def _step(self, count: int) -> None:
        """Numbers step with the arrow keys; other kinds have nothing to step to."""


class NumberEditor(TextEditor):
    """Numbers; Up and Down step one, Page Up and Page Down ten times as far.

    Of several numbers the one at the cursor steps. So does the wheel, while it has the focus.
    """

    def __init__(self, param: ParamSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(param, kit, parent)
        self.line.set_wheels(True)

    def _step(self, count: int) -> None:
        value = self.effective
        if self.line.isModified() and self._problem() is None and self.line.text():
            value = read(self.param, self.line.text())
        place = self.line.cursorPosition()
        moved = step(self.param, value, count, number_at(self.line.text(), place))
        if moved is None:
            return
        self.line.setModified(False)
        self.stepping = True
        self._say(moved)
        self.stepping = False
        self.line.setCursorPosition(place)


def same(one: Any, other: Any) -> bool:
    """Equal and of the same kind: True is not 1, and lists stand for tuples."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
