"""The settings, a row for each line of resources/settings.json."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from designer.ui.settings import Settings, SettingSpec, specs
from designer.ui.trust import Trust
from designer.ui.trusted_files import TrustedFiles
from designer.ui.widgets.fields import Check, Combo
from designer.ui.widgets.spin import pad


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)


class SettingsDialog(QDialog):
    """OK writes what changed; `changed` names those keys afterwards."""

    def __init__(
        self, settings: Settings, parent: QWidget, change_keys: Callable[[QWidget], object]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.changed: frozenset[str] = frozenset()
        self._settings = settings
        self._readers: dict[str, Callable[[], Any]] = {}
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        for spec in specs().values():
            form.addRow(_tr(spec.text), self._editor(spec))
        keys = QPushButton(self.tr("Change shortcuts…"), self)
        keys.clicked.connect(lambda: change_keys(self))
        form.addRow(self.tr("Keyboard"), keys)
        form.addRow(self.tr("Custom layers"), TrustedFiles(Trust(settings), self))
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(16)
        column.addLayout(form)
        column.addStretch()
        column.addWidget(buttons)
        self.setMinimumWidth(520)

    def accept(self) -> None:
        """Writes what changed."""
        changed = set()
        for key, read in self._readers.items():
            if read() != self._settings.get(key):
                self._settings.put(key, read())
                changed.add(key)
        self._settings.flush()
        self.changed = frozenset(changed)
        super().accept()

    def _editor(self, spec: SettingSpec) -> QWidget:
        value = self._settings.get(spec.key)
        if spec.kind == "choice":
            editor: QWidget = self._choice(spec, value)
        elif spec.kind == "int":
            editor = self._number(spec, value)
        elif spec.kind == "bool":
            editor = self._check(spec, checked=value)
        else:
            editor = self._path(spec, value)
        editor.setToolTip(_tr(spec.tip))
        editor.setAccessibleName(_tr(spec.text))
        editor.setAccessibleDescription(_tr(spec.tip))
        return editor

    def _choice(self, spec: SettingSpec, value: str) -> QComboBox:
        box = Combo(self)
        box.setFont(self.font())
        for choice in spec.choices:
            box.addItem(_tr(choice.capitalize()), choice)
        box.setCurrentIndex(spec.choices.index(value))
        self._readers[spec.key] = box.currentData
        return box

    def _check(self, spec: SettingSpec, *, checked: bool) -> QCheckBox:
        box = Check(self)
        box.setChecked(checked)
        self._readers[spec.key] = box.isChecked
        return box

    def _number(self, spec: SettingSpec, value: int) -> QSpinBox:
        box = QSpinBox(self)
        pad(box)
        box.setRange(spec.minimum, spec.maximum)
        box.setSuffix(spec.suffix)
        box.setValue(value)
        self._readers[spec.key] = box.value
        return box

    def _path(self, spec: SettingSpec, value: str) -> QWidget:
        row = QWidget(self)
        line = QLineEdit(value, row)
        line.setPlaceholderText(_tr("As Skipwire decides"))
        line.setAccessibleName(_tr(spec.text))
        browse = QPushButton(_tr("Choose…"), row)

        def choose() -> None:
            if spec.kind == "folder":
                chosen = QFileDialog.getExistingDirectory(self, _tr(spec.text), line.text())
            else:
                chosen, _ = QFileDialog.getOpenFileName(self, _tr(spec.text), line.text())
            if chosen:
                line.setText(chosen)

        browse.clicked.connect(choose)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(line, 1)
        layout.addWidget(browse)
        row.setFocusProxy(line)
        self._readers[spec.key] = lambda: line.text().strip()
        return row
