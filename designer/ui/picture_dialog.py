"""File > Export picture: what to draw and in which colours, then where to; loaded when wanted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from designer.document.files import write_atomic
from designer.document.marks import with_contents
from designer.document.problem import Problem, ProblemError, failure
from designer.formats.dot import to_dot
from designer.ui import theme
from designer.ui.picture import KINDS, Picture, paint
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.widgets.fields import Combo
from designer.ui.widgets.spin import pad

DOT = "dot"
_Ask = Callable[[Picture], tuple[Picture, Path] | None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("pictures", text)


def _filters() -> dict[str, str]:
    """The suffix that each line of the file dialog stands for."""
    return {
        _tr("SVG, for documents and the web ({pattern})").format(pattern="*.svg"): "svg",
        _tr("PNG, pixels ({pattern})").format(pattern="*.png"): "png",
        _tr("PDF, for printing ({pattern})").format(pattern="*.pdf"): "pdf",
        _tr("DOT, for Graphviz ({pattern})").format(pattern="*.dot"): DOT,
    }


def save_picture(path: Path, picture: Picture) -> None:
    """Writes a picture in the format that the file's suffix names, whole or not at all.

    ProblemError "no_picture_kind" for another suffix, "picture_too_large" or "cannot_write".
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind == DOT:
        data = to_dot(picture.document, picture.report, picture.catalog).encode()
    elif kind in KINDS:
        data = paint(picture, kind)
    else:
        raise failure(
            "no_picture_kind",
            "{name} does not say what kind of picture it is to be: let its name end in one of "
            "{kinds}.",
            name=path.name,
            kinds=", ".join(f".{known}" for known in (*KINDS, DOT)),
        )
    write_atomic(path, data)


class PictureDialog(QDialog):
    """Asks for what is to be drawn, in which colours and how large."""

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export picture"))
        self._picture = picture
        self.extent = Combo(self)
        self.extent.setFont(self.font())
        self.extent.addItem(self.tr("The whole design"))
        count = len(picture.nodes or ())
        if count:
            self.extent.addItem(self.tr("The %n selected node(s)", "", count))
            self.extent.setCurrentIndex(int(count > 1))
        self.colors = Combo(self)
        self.colors.setFont(self.font())
        for key, text in (("light", self.tr("Light")), ("dark", self.tr("Dark"))):
            self.colors.addItem(text, key)
        self.colors.setCurrentIndex(self.colors.findData(picture.theme.name))
        self.scale = QDoubleSpinBox(self, minimum=0.1, maximum=10.0, singleStep=0.5, value=2.0)
        pad(self.scale)
        self.scale.setToolTip(self.tr("Against the canvas at 100 %"))
        note = QLabel(self.tr("DOT text always tells the whole design, without colours."), self)
        note.setObjectName("second")
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Cancel, self)
        choose = buttons.addButton(self.tr("Choose file…"), QDialogButtonBox.ButtonRole.AcceptRole)
        choose.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        rows = (
            (self.tr("Draw"), self.extent),
            (self.tr("Colours"), self.colors),
            (self.tr("Scale"), self.scale),
        )
        for text, field in rows:
            field.setAccessibleName(text)
            form.addRow(text, field)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(note)
        column.addStretch()
        column.addWidget(buttons)
        self.setMinimumWidth(360)

    def wanted(self) -> Picture:
        """The picture as it was asked for."""
        return replace(
            self._picture,
            theme=theme.load(str(self.colors.currentData())),
            scale=self.scale.value(),
            nodes=self._picture.nodes if self.extent.currentIndex() else None,
        )


def file_dialog(parent: QWidget | None, suggestion: Path) -> QFileDialog:
    """The question for the file: its suffix is that of the chosen kind unless one is written."""
    filters = _filters()
    dialog = QFileDialog(parent, _tr("Export picture"), str(suggestion.parent.absolute()))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix("svg")
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen]))
    dialog.selectFile(suggestion.name)
    return dialog


def _asking(window: QWidget, suggestion: Path) -> _Ask:
    def ask(picture: Picture) -> tuple[Picture, Path] | None:
        dialog = PictureDialog(picture, window)
        accepted, wanted = dialog.exec(), dialog.wanted()
        dialog.deleteLater()
        if not accepted:
            return None
        files = file_dialog(window, suggestion)
        accepted, names = files.exec(), files.selectedFiles()
        files.deleteLater()
        return (wanted, Path(names[0])) if accepted and names else None

    return ask


def export_picture(
    window: QWidget,
    session: Session,
    looks: Theme,
    complain: Callable[[Problem], object],
    done: Callable[[Path], object],
    ask: _Ask | None = None,
) -> None:
    """Asks for what and where, and writes it; tells `done` where, or `complain` why not."""
    folder = session.path.parent if session.path else Path()
    asked = ask or _asking(window, folder / session.document.name)
    chosen = with_contents(session.document, session.chosen) or None
    picture = Picture(session.document, session.report, session.catalog, looks, nodes=chosen)
    answer = asked(picture)
    if answer is None:
        return
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        save_picture(answer[1], answer[0])
    except ProblemError as error:
        complain(error.problem)
    else:
        done(answer[1])
    finally:
        QGuiApplication.restoreOverrideCursor()
