"""What is seen while nothing is open: recent designs and examples, pictured as they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from designer import resources
from designer.catalog.spec import Catalog
from designer.document.files import read_limited
from designer.document.problem import ProblemError
from designer.document.serialize import SUFFIX, from_bytes
from designer.formats.examples import FOLDER, list_examples
from designer.ui.design_card import PICTURE, DesignCard
from designer.ui.folders import short_folder
from designer.ui.theme import Theme, sized
from designer.ui.thumbnail import thumbnail

_LARGEST = 1_000_000  # bytes of a recent file that is still pictured
_MARGIN = 32  # pixels
_GAP = 16
_RECENT = 6


@dataclass(frozen=True, slots=True)
class _Entry:
    """A card: a file, its title and a sentence; `example` is its key, if it is one."""

    path: Path
    title: str
    sentence: str
    example: str = ""


def _shipped() -> list[_Entry]:
    folder = resources.path(FOLDER)
    return [_Entry(folder / f"{e.key}{SUFFIX}", e.title, e.summary, e.key) for e in list_examples()]


class StartPage(QFrame):
    """Says what was chosen; opens nothing itself."""

    new_wanted = Signal()
    open_wanted = Signal()
    recent_chosen = Signal(object)  # Path
    example_chosen = Signal(str)  # its key
    left = Signal()  # Esc: back to what is open

    def __init__(self, catalog: Catalog, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self._catalog = catalog
        self._theme = theme
        self._recent: tuple[Path, ...] = ()
        self._columns = 4
        self._cards: list[tuple[_Entry, DesignCard]] = []
        self._unpainted: Iterator[tuple[_Entry, DesignCard]] = iter(())
        self._painting = QTimer(self)
        self._painting.setInterval(0)
        self._painting.timeout.connect(self._paint_next)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setObjectName("start")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self._start_painting()

    def show_recent(self, recent: tuple[Path, ...]) -> None:
        """Shows these files, and the examples below them."""
        self._recent = recent[:_RECENT]
        self._cards = []
        body = QWidget(self._area)
        body.setObjectName("startBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(_MARGIN, 28, _MARGIN, 28)
        column.setSpacing(12)
        column.addLayout(self._head(body))
        if self._recent:
            entries = [_Entry(path, path.stem, short_folder(path)) for path in self._recent]
            self._section(body, column, self.tr("Recent designs"), entries)
        self._section(body, column, self.tr("Examples"), _shipped())
        column.addStretch()
        self._area.setWidget(body)
        if self._cards:
            self.setFocusProxy(self._cards[0][1])
        self._start_painting()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._start_painting()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * _MARGIN + _GAP
        columns = max(1, room // (PICTURE.width() + 2 + _GAP))
        if columns != self._columns:
            self._columns = columns
            self.show_recent(self._recent)

    def _head(self, body: QWidget) -> QHBoxLayout:
        title = QLabel(self.tr("Draw a network"), body)
        title.setFont(sized(1.6, QFont.Weight.DemiBold))
        new = QPushButton(self.tr("New design"), body)
        new.setToolTip(self.tr("Start an empty design"))
        new.clicked.connect(self.new_wanted)
        other = QPushButton(self.tr("Open…"), body)
        other.setToolTip(
            self.tr("Open a design (.skipwire), a saved model (.keras) or Keras code (.py)")
        )
        other.clicked.connect(self.open_wanted)
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(new)
        row.addWidget(other)
        return row

    def _section(
        self, body: QWidget, column: QVBoxLayout, title: str, entries: list[_Entry]
    ) -> None:
        head = QLabel(title, body)
        head.setObjectName("second")
        head.setFont(sized(1, QFont.Weight.DemiBold))
        column.addSpacing(8)
        column.addWidget(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(_GAP)
        for place, entry in enumerate(entries):
            card = self._card(body, entry)
            grid.addWidget(card, place // self._columns, place % self._columns)
        grid.setColumnStretch(self._columns, 1)
        column.addLayout(grid)

    def _card(self, body: QWidget, entry: _Entry) -> DesignCard:
        card = DesignCard(entry.title, entry.sentence, self._theme, body)
        card.setToolTip(entry.sentence if entry.example else str(entry.path))
        card.clicked.connect(lambda: self._choose(entry))
        self._cards.append((entry, card))
        return card

    def _choose(self, entry: _Entry) -> None:
        if entry.example:
            self.example_chosen.emit(entry.example)
        else:
            self.recent_chosen.emit(entry.path)

    # Pictures come one at a time, so that the page answers while they are drawn.

    def _start_painting(self) -> None:
        self._unpainted = iter(self._cards)
        if self.isVisible():
            self._painting.start()

    def _paint_next(self) -> None:
        following = next(self._unpainted, None)
        if following is None:
            self._painting.stop()
            return
        entry, card = following
        try:
            document = from_bytes(read_limited(entry.path, _LARGEST), str(entry.path))
        except ProblemError:
            card.show_picture(QPixmap(), self._theme)
            return  # what is wrong with it is said when it is opened
        picture = thumbnail(document, self._catalog, self._theme, PICTURE, self.devicePixelRatioF())
        card.show_picture(picture, self._theme)
