"""Editors that choose: a check box for truth values, a combobox for one of several words."""

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from designer.catalog.spec import ParamSpec
from designer.ui.widgets.editor import MIXED, UNSET, Editor, Kit
from designer.ui.widgets.fields import Check, Combo
from designer.ui.widgets.writing import write


class BoolEditor(Editor):
    """A check box; where None is allowed it has a third state."""

    def __init__(self, param: ParamSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(param, kit, parent)
        self.box = Check(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        self._take(self.box)
        self.box.clicked.connect(self._clicked)
        self.box.arrived.connect(self.arrived)
        self.render_value()

    def render_value(self) -> None:
        """The state of the box, its word beside it; grey while it is only the default."""
        value = MIXED if self._value is MIXED else self.effective
        third = value is None or value is MIXED
        self.box.setTristate(third or self.param.nullable)
        states = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}
        state = Qt.CheckState.PartiallyChecked if third else states[bool(value)]
        self.box.setCheckState(state)
        several = QCoreApplication.translate("Editor", "several values")
        self.box.setText(several if value is MIXED else write(self.param, value))
        self.box.set_faint(self._value in (UNSET, MIXED))

    def _clicked(self) -> None:
        states = {Qt.CheckState.Checked: True, Qt.CheckState.Unchecked: False}
        value = states.get(self.box.checkState())
        if value is None and not self.param.nullable:
            value = True
        self.committed.emit(value)


class ChoiceEditor(Editor):
    """A combobox over the words that the parameter takes, and None where it may be."""

    def __init__(self, param: ParamSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(param, kit, parent)
        self.combo = Combo(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        self._take(self.combo)
        self.combo.filling.connect(self._fill)
        self.combo.activated.connect(self._chosen)
        self.combo.arrived.connect(self.arrived)
        self.render_value()

    def words(self) -> list[tuple[str, Any]]:
        """What can be chosen, as text and value."""
        words = self.param.choices
        if self.param.kind in ("dtype", "policy"):
            words = words or self.kit.catalog.dtypes
        if self.param.kind == "policy":
            words = (*self.kit.catalog.policies, *words)
        found: list[tuple[str, Any]] = [(word, word) for word in words]
        if self.param.nullable:
            found.append((write(self.param, None), None))
        return found

    def render_value(self) -> None:
        """The word; grey while it is only the default."""
        self.combo.show_text(self._text(), faint=self._value in (UNSET, MIXED))

    def _text(self) -> str:
        if self._value is MIXED:
            return QCoreApplication.translate("Editor", "several values")
        if self._value is UNSET and self.param.required:
            return QCoreApplication.translate("Editor", "required")
        return write(self.param, self.effective)

    def _fill(self) -> None:
        self.combo.offer([text for text, _ in self.words()])

    def _chosen(self) -> None:
        text = self.combo.currentText()
        found = [value for word, value in self.words() if word == text]
        if found and (self._value is MIXED or text != self._text()):
            self.stepping = self.combo.stepping
            self.committed.emit(found[0])
            self.stepping = False
        self.render_value()
