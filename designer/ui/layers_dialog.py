"""The question before a file of layers is run: what it is, what it holds, and what running means.

All that is shown is read from the text of the file; nothing of it has been run then.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from designer.document.problem import ProblemError
from designer.formats.layer_file import LayerSource, read_layers
from designer.protocol import Located
from designer.ui.icons import pixmap
from designer.ui.theme import Theme, sized
from designer.ui.translate import tell

_TYPING = 250  # milliseconds without a key before the file is looked at
_ROWS = 7  # classes that are seen without scrolling
Locator = Callable[[str], bool]
FileChooser = Callable[[QWidget, str], str]


class LayersDialog(QDialog):
    """Accepted where the user wants `source` to be run."""

    def __init__(
        self, theme: Theme, locate: Locator, parent: QWidget, choose: FileChooser | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Load custom layers"))
        self.source: LayerSource | None = None
        self._locate = locate
        self._choose = choose or _choose_file
        self._known: str = ""  # the hash that a design has of the file
        self._theme = theme
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._build()
        self._clear()

    def show_file(self, place: str, known: str = "") -> None:
        """Fills in a path or a module; `known` is the hash that a design has of its content."""
        self._known = known
        self.place.setText(place)
        self.look()
        self.cancel.setFocus()

    def look(self) -> None:
        """Reads what is written in the field, without running it."""
        self._timer.stop()
        text = self.place.text().strip()
        self._clear()
        if not text:
            return
        path = Path(text).expanduser()
        if text.endswith(".py") or "/" in text or path.exists():
            self._read(path)
        elif not all(word.isidentifier() for word in text.split(".")):
            self._refuse(self.tr("Give the path of a .py file, or the name of a module."))
        elif self._locate(text):
            self.holds.setText(self.tr("Looking for the module…"))
        else:
            self._refuse(self.tr("Keras is still starting. Give a file, or try again soon."))

    def show_located(self, told: Located) -> None:
        """The worker has said where a module is; nothing was imported for that."""
        if told.module != self.place.text().strip():
            return
        if told.path:
            self._read(Path(told.path), told.module)
        else:
            text = self.tr("The Python that runs Keras has no module {name} written in Python.")
            self._refuse(text.format(name=told.module))

    # --- its parts ----------------------------------------------------------------------------

    def _build(self) -> None:
        self.place = QLineEdit(self)
        self.place.setPlaceholderText(self.tr("my_layers.py, or a module as my_package.layers"))
        self.place.setAccessibleName(self.tr("File or module"))
        self.place.textEdited.connect(lambda: self._timer.start(_TYPING))
        self.place.installEventFilter(self)
        self.browse = QPushButton(self.tr("Choose…"), self)
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        row.addWidget(self.browse)
        self.holds = QLabel(self)
        self.holds.setWordWrap(True)
        self.holds.setTextFormat(Qt.TextFormat.PlainText)
        self.classes = QPlainTextEdit(self)
        self.classes.setReadOnly(True)
        self.classes.setObjectName("note")
        self.classes.setFont(sized(0.95, family=self._theme.mono))
        self.classes.setAccessibleName(self.tr("Classes in the file"))
        self.classes.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.classes.setTabChangesFocus(True)
        line = self.classes.fontMetrics().lineSpacing()
        self.classes.setFixedHeight(_ROWS * line + 22)
        self.more = QLabel(self)
        self.more.setObjectName("second")
        self.more.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.holds)
        column.addWidget(self.classes)
        column.addWidget(self.more)
        column.addWidget(self._warning())
        column.addStretch()
        column.addWidget(self._buttons())
        self.setMinimumWidth(560)

    def _warning(self) -> QWidget:
        frame = QFrame(self)
        frame.setObjectName("message")
        frame.setProperty("severity", "warning")
        sign = QLabel(frame)
        sign.setPixmap(pixmap(self._theme, "warning", "warning", self.devicePixelRatioF()))
        text = QLabel(
            self.tr(
                "Loading runs the code of this file on your machine, with your rights. It is asked "
                "about again when its content changes. Load only what you trust."
            ),
            frame,
        )
        text.setWordWrap(True)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        return frame

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.load = buttons.addButton(self.tr("Load"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.load.setAutoDefault(False)
        self.cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.cancel.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the field looks at the file; it must neither load nor cancel."""
        if watched is self.place and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.look()
                return True
        return False

    def _browse(self) -> None:
        name = self._choose(self, self.place.text())
        if name:
            self.place.setText(name)
            self.look()

    # --- what it shows ------------------------------------------------------------------------

    def _clear(self) -> None:
        self.source = None
        self.load.setEnabled(False)
        self.holds.setText(self.tr("Choose a Python file with classes derived from keras.Layer."))
        self._tint("second")
        self.classes.clear()
        self.more.setText("")

    def _refuse(self, text: str) -> None:
        self._clear()
        self.holds.setText(text)
        self._tint("error")

    def _read(self, path: Path, module: str = "") -> None:
        try:
            source = read_layers(path, module)
        except ProblemError as error:
            self._refuse(tell(error.problem))
            return
        if not source.classes:
            self._refuse(self.tr("{name} has no class in it.").format(name=path.name))
            return
        self.source = source
        self.load.setEnabled(True)
        self._tint("text")
        found = self.tr("{path} holds these classes (it has been read, not run):")
        self.holds.setText(found.format(path=source.path))
        heads = [f"{one.name}({', '.join(one.bases)})" for one in source.classes]
        wide = max(map(len, heads))
        line = self.tr("line {number}")
        self.classes.setPlainText(
            "\n".join(
                f"{head:<{wide}}  {line.format(number=one.line)}"
                for head, one in zip(heads, source.classes, strict=True)
            )
        )
        self.more.setText(self._more(source))

    def _more(self, source: LayerSource) -> str:
        parts = []
        if source.helpers:
            text = self.tr("It imports what lies beside it: {names}.")
            parts.append(text.format(names=", ".join(source.helpers)))
        if self._known and self._known != source.digest:
            parts.append(self.tr("It has changed since the design was saved."))
        return " ".join(parts)

    def _tint(self, role: str) -> None:
        palette = self.holds.palette()
        palette.setColor(self.holds.foregroundRole(), self._theme.color(role))
        self.holds.setPalette(palette)


def _choose_file(parent: QWidget, former: str) -> str:
    title = QObject.tr(parent, "Choose a file of layers")
    kinds = QObject.tr(parent, "Python ({patterns})").format(patterns="*.py")
    name, _ = QFileDialog.getOpenFileName(parent, title, former, kinds)
    return name
