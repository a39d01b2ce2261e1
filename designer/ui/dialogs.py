"""The questions and sheets of the window: unsaved changes, files, shortcuts, about."""

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from designer.document.serialize import SUFFIX
from designer.ui.actions import ACTIONS, label
from designer.ui.actions.gestures import CANVAS, GESTURES
from designer.ui.menus import shortcut_text
from designer.ui.processes import WorkerState
from designer.ui.theme import sized

_Role = QMessageBox.ButtonRole
_ICON = 48  # pixels
_MANY = 12  # names of unsaved designs that a question lists


def _tr(text: str) -> str:
    return QCoreApplication.translate("dialogs", text)


class DialogAsker:
    """Asks the user, above the window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def unsaved(self, name: str) -> str:
        """Save, discard or cancel?"""
        return self._choose(
            _tr("Save the changes to “{name}”?").format(name=name),
            _tr("They are lost if you do not save them."),
            (("save", _tr("Save")), ("discard", _tr("Discard")), ("cancel", _tr("Cancel"))),
        )

    def unsaved_several(self, names: Sequence[str]) -> str:
        """Save, discard or cancel, for all of these?"""
        shown = [*names[:_MANY], *(["…"] if len(names) > _MANY else [])]
        lost = _tr("Changes that you do not save are lost:")
        return self._choose(
            _tr("Save the changes to {count} designs?").format(count=len(names)),
            "\n".join([lost, *(f"•  {name}" for name in shown)]),
            (("save", _tr("Save all")), ("discard", _tr("Discard all")), ("cancel", _tr("Cancel"))),
        )

    def open_paths(self) -> Sequence[Path]:
        """Which files to open?"""
        kinds = _tr("Designs, models and Python ({patterns});;All files (*)")
        filters = kinds.format(patterns=f"*{SUFFIX} *.keras *.py *.ipynb")
        names, _ = QFileDialog.getOpenFileNames(self._window, _tr("Open"), "", filters)
        return [Path(name) for name in names]

    def save_path(self, suggestion: Path) -> Path | None:
        """Where to save?"""
        filters = _tr("Designs ({patterns})").format(patterns=f"*{SUFFIX}")
        return self._save(_tr("Save as"), suggestion, filters, SUFFIX)

    def export_path(self, suggestion: Path) -> Path | None:
        """Where to write the script?"""
        filters = _tr("Python ({patterns})").format(patterns="*.py")
        return self._save(_tr("Export Python"), suggestion, filters, ".py")

    def model_path(self, suggestion: Path) -> Path | None:
        """Where to save the trained model?"""
        filters = _tr("Keras models ({patterns})").format(patterns="*.keras")
        return self._save(_tr("Save trained model as"), suggestion, filters, ".keras")

    def table_path(self, suggestion: Path) -> Path | None:
        """Where to write the costs?"""
        filters = _tr("Tables ({patterns})").format(patterns="*.csv")
        return self._save(_tr("Export as CSV"), suggestion, filters, ".csv")

    def changed_on_disk(self, path: Path) -> str:
        """Overwrite what another program wrote?"""
        return self._choose(
            _tr("Another program has changed {name}.").format(name=path.name),
            _tr("Saving now would replace those changes with yours."),
            (
                ("save_as", _tr("Save as…")),
                ("overwrite", _tr("Overwrite")),
                ("reload", _tr("Reload")),
                ("cancel", _tr("Cancel")),
            ),
        )

    def in_use(self, path: Path) -> str:
        """Use a file that another window has open?"""
        return self._choose(
            _tr("{name} is open in another window.").format(name=path.name),
            _tr("If both save it, the one that saves last is told first."),
            (
                ("copy", _tr("Open a copy")),
                ("continue", _tr("Use it anyway")),
                ("cancel", _tr("Cancel")),
            ),
        )

    def delete_run(self, name: str) -> bool:
        """Delete a run for good?"""
        answer = self._choose(
            _tr("Delete the run {name}?").format(name=name),
            _tr("Its curves, its log and its trained model are gone then."),
            (("cancel", _tr("Cancel")), ("discard", _tr("Delete"))),
        )
        return answer == "discard"

    def _save(self, title: str, suggestion: Path, filters: str, suffix: str) -> Path | None:
        dialog = QFileDialog(self._window, title, str(suggestion.parent.absolute()), filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        # By the dialog, so that its question about a file that exists is about the right one.
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(suggestion.name)
        accepted = dialog.exec()
        names = dialog.selectedFiles()
        dialog.deleteLater()
        return Path(names[0]) if accepted and names else None

    def _choose(self, text: str, more: str, answers: tuple[tuple[str, str], ...]) -> str:
        box = QMessageBox(self._window)
        box.setWindowTitle("Skipwire")
        box.setText(text)
        box.setInformativeText(more)
        box.setIconPixmap(self._window.windowIcon().pixmap(_ICON))
        roles = {"cancel": _Role.RejectRole, "discard": _Role.DestructiveRole}
        buttons = {
            box.addButton(shown, roles.get(key, _Role.AcceptRole)): key for key, shown in answers
        }
        first = next(iter(buttons))
        box.setDefaultButton(first)
        box.exec()
        box.deleteLater()
        clicked = box.clickedButton()
        return next((key for button, key in buttons.items() if button is clicked), "cancel")


class ShortcutSheet(QDialog):
    """Every command with its present keys, and the gestures of the hand. Accepted where the user
    wants to change the keys.
    """

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        self.setAccessibleName(self.tr("Shortcuts"))
        rows = QWidget(self)
        grid = QGridLayout(rows)
        grid.setHorizontalSpacing(24)
        menu = ""
        for spec in ACTIONS:
            keys = shortcut_text(actions[spec.id])
            if not keys:
                continue
            if spec.menu.partition("/")[0] != menu:
                menu = spec.menu.partition("/")[0]
                _head(grid, label(f"&{menu}").replace("&", ""))
            name = label(spec.text).replace("&", "").rstrip("…")
            _row(grid, name, keys).setToolTip(label(spec.tip))
        _head(grid, label(CANVAS))
        for name, gesture in GESTURES:
            _row(grid, label(name), label(gesture))
        area = QScrollArea(self)
        area.setAccessibleName(self.tr("Commands and their shortcuts"))
        area.setWidget(rows)
        area.setWidgetResizable(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        self.change = buttons.addButton(self.tr("Change…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.change.setToolTip(self.tr("Choose other keys for commands"))
        self.change.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(area)
        column.addWidget(buttons)
        self.resize(640, 600)


def _head(grid: QGridLayout, text: str) -> None:
    head = QLabel(text)
    head.setFont(sized(1, sized(1).Weight.DemiBold))
    grid.addWidget(head, grid.rowCount(), 0, 1, 2)


def _row(grid: QGridLayout, name: str, keys: str) -> QLabel:
    row, first, second = grid.rowCount(), QLabel(name), QLabel(keys)
    second.setObjectName("second")
    grid.addWidget(first, row, 0)
    grid.addWidget(second, row, 1)
    return first


def about_text(worker: WorkerState) -> str:
    """Versions of everything that runs, as plain text."""
    try:
        ours = version("skipwire")
    except PackageNotFoundError:
        ours = _tr("from a checkout")
    lines = [f"Skipwire {ours}", f"Qt {qVersion()}"]
    if worker.keras:
        lines.append(f"Keras {worker.keras}, {worker.backend} {worker.backend_version}")
        lines.append(f"Python {worker.python}")
    lines.append(_tr("MIT licence"))
    return "\n".join(lines)


def show_about(window: QWidget, worker: WorkerState) -> None:
    """Says what this is."""
    box = QMessageBox(window)
    box.setWindowTitle(_tr("About Skipwire"))
    box.setText(_tr("Draw a Keras network, see every shape, train it in the same window."))
    box.setIconPixmap(window.windowIcon().pixmap(_ICON))
    box.setInformativeText(about_text(worker))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.exec()
    box.deleteLater()
