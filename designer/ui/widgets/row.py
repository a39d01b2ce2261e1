"""One row of a form: a label, the editor, the way back to the default, and below what is wrong."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from designer.catalog.spec import ParamSpec
from designer.document.problem import Problem
from designer.ui.translate import tell
from designer.ui.widgets.buttons import GlyphButton
from designer.ui.widgets.editor import UNSET, Kit
from designer.ui.widgets.fields import FIELD_WIDTH, Label
from designer.ui.widgets.glyphs import Glyph
from designer.ui.widgets.table import editor_for

ShowProblem = Callable[[Problem, QWidget], QWidget]  # makes what is placed below a field


class ParamRow(QWidget):
    """Shows one parameter. What is being typed is judged by the editor, what is set by Keras: its
    problems are placed below the field.
    """

    grown = Signal()  # it shows more or less than before

    def __init__(
        self, param: ParamSpec, kit: Kit, parent: QWidget | None = None, *, varied: bool = False
    ) -> None:
        super().__init__(parent)
        self.param = param
        self.label = Label(param.name, self)
        self.editor = editor_for(param, kit, self)
        text = QCoreApplication.translate("Editor", "Reset {name} to its default: {value}")
        if varied:
            text = QCoreApplication.translate("Editor", "Reset {name} to the default of each layer")
        default = self.editor.default_text()
        self.back = GlyphButton(
            Glyph.RESET, text.format(name=param.name, value=default or '""'), self
        )
        self.message: QLabel | None = None
        self.problems: tuple[Problem, ...] = ()
        self._cards: list[QWidget] = []
        self._lay_out()
        self.label.setBuddy(self.editor)
        self.label.setToolTip(f"{param.name}: {param.doc}" if param.doc else param.name)
        self.back.clicked.connect(self._go_back)
        self.editor.complained.connect(self._complain)
        self.editor.extended.connect(self._extend)
        self.editor.grown.connect(self.grown)

    def show_value(self, value: Any) -> None:
        """Show the value; medium weight marks what is set or must be."""
        self.editor.show_value(value)
        self.back.setVisible(value is not UNSET and not self.param.required)
        weighty = value is not UNSET or self.param.required
        font = QFont(self.label.font())
        font.setWeight(QFont.Weight.DemiBold if weighty else QFont.Weight.Normal)
        self.label.setFont(font)
        role = self.foregroundRole().Text if weighty else self.foregroundRole().PlaceholderText
        self.label.setForegroundRole(role)

    def show_problems(self, problems: Sequence[Problem], show: ShowProblem) -> None:
        """Show what is wrong with the value that is set, nothing with no problems."""
        wanted = tuple(problems)
        if wanted == self.problems:
            return
        self.problems = wanted
        for card in self._cards:
            self.grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [show(problem, self) for problem in wanted]
        for place, card in enumerate(self._cards):
            self.grid.addWidget(card, _CARDS + place, 0, 1, 2)
            card.show()
        self.editor.flag(wanted)

    def doubt(self, problem: Problem) -> None:
        """Say what is wrong with the value that is being typed; the next key takes that back."""
        self._complain(problem)
        self.editor.doubt()

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops in it, in this order."""
        field, *inner = self.editor.stops()
        return [field, self.back, *inner]

    def _lay_out(self) -> None:
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(0)
        self.grid.setVerticalSpacing(4)
        left = QHBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.label, 1)
        left.addWidget(self.back)
        if self.editor.aside is not None:
            left.addWidget(self.editor.aside)
        self.grid.addLayout(left, 0, 0)
        self.grid.addWidget(self.editor, 0, 1)
        # The label has what is left: fields stand in one column however wide the panel is.
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnMinimumWidth(1, FIELD_WIDTH)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _go_back(self) -> None:
        """To the default; the button goes, so the focus goes to the field."""
        self.editor.setFocus()
        self.editor.reset.emit()

    def _complain(self, problem: Problem | None) -> None:
        text = tell(problem) if problem else ""
        self.editor.setToolTip(text)
        if self.message is None and text:
            self.message = QLabel(self)
            self.message.setWordWrap(True)
            self.message.setForegroundRole(QPalette.ColorRole.BrightText)
            self.grid.addWidget(self.message, _MESSAGE, 0, 1, 2)
        if self.message is not None:
            self.message.setText(text)
            self.message.setVisible(bool(text))

    def _extend(self, widget: QWidget) -> None:
        widget.setContentsMargins(12, 0, 0, 4)
        self.grid.addWidget(widget, _EXTENSION, 0, 1, 2)


_MESSAGE, _EXTENSION, _CARDS = 1, 2, 3  # rows of the grid below the field
