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
from designer.ui.design_card import LEAST, DesignCard, WayTile
from designer.ui.folders import short_folder
from designer.ui.start_hints import Hints, section_head
from designer.ui.theme import Theme, sized
from designer.ui.thumbnail import thumbnail

_LARGEST = 1_000_000  # bytes of a recent file that is still pictured
_MARGIN = 32  # pixels
_TOP = 28
_FIRST_TOP = 44
_GAP = 16
_WIDEST = 1400  # pixels of what is shown; beside it a wide window is empty
_RECENT = 6
_SETTLED = 60  # milliseconds without another size of the window


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
    paste_wanted = Signal()  # Keras code from the clipboard as a new design
    recent_chosen = Signal(object)  # Path
    example_chosen = Signal(str)  # its key
    left = Signal()  # Esc: back to what is open

    def __init__(self, catalog: Catalog, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self._catalog = catalog
        self._theme = theme
        self._recent: tuple[Path, ...] = ()
        self._columns = 5
        self._cards: list[tuple[_Entry, DesignCard]] = []
        self._unpainted: Iterator[tuple[_Entry, DesignCard]] = iter(())
        self._painting = QTimer(self)
        self._painting.setInterval(0)
        self._painting.timeout.connect(self._paint_next)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED)
        self._settling.timeout.connect(self._start_painting)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setObjectName("start")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        for tile in self.findChildren(WayTile):
            tile.set_theme(theme)
        self._start_painting()

    def show_recent(self, recent: tuple[Path, ...]) -> None:
        """Shows these files, and the examples below them; without any, what a first user needs."""
        self._recent = recent
        self._cards = []
        body = QWidget(self._area)
        body.setObjectName("startBody")
        column = QVBoxLayout(body)
        column.setSpacing(12)
        first = self._begin(body, column)
        self._section(body, column, self.tr("Examples"), _shipped())
        if not recent:
            column.addSpacing(_GAP + 8)
            column.addWidget(Hints(body))
        column.addStretch()
        self._column = column
        self._set_margins()
        self._area.setWidget(body)
        self.setFocusProxy(first)
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
        columns = max(1, min(_RECENT, (self._room() + _GAP) // (LEAST + _GAP)))
        if columns != self._columns:
            self._columns = columns
            self.show_recent(self._recent)
            return
        self._set_margins()
        for _, card in self._cards:
            card.set_width(self._card_width())
        self._settling.start()

    def _room(self) -> int:
        return min(_WIDEST, self.width()) - 2 * _MARGIN

    def _card_width(self) -> int:
        return max(LEAST, (self._room() - _GAP * (self._columns - 1)) // self._columns)

    def _set_margins(self) -> None:
        aside = _MARGIN + max(0, (self.width() - _WIDEST) // 2)
        top = _TOP if self._recent else _FIRST_TOP
        self._column.setContentsMargins(aside, top, aside, _TOP)

    def _begin(self, body: QWidget, column: QVBoxLayout) -> QWidget:
        """The head; what can be begun as large tiles, or by buttons where there is a past."""
        if self._recent:
            row, first = self._head(body)
            column.addLayout(row)
            files = self._recent[: max(3, self._columns)]
            entries = [_Entry(path, path.stem, short_folder(path)) for path in files]
            self._section(body, column, self.tr("Recent designs"), entries)
            return self._cards[0][1] if self._cards else first
        column.addWidget(_title(self.tr("Draw a network"), body))
        promise = self.tr(
            "See every shape while you wire it, read it as Keras code, and train it from here."
        )
        line = QLabel(promise, body)
        line.setObjectName("second")
        line.setWordWrap(True)
        column.addWidget(line)
        column.addSpacing(4)
        ways = QHBoxLayout()
        ways.setSpacing(_GAP)
        tiles = self._tiles(body)
        for tile in tiles:
            ways.addWidget(tile)
        column.addLayout(ways)
        column.addSpacing(_GAP)
        return tiles[0]

    def _tiles(self, body: QWidget) -> list[WayTile]:
        """The three ways to begin."""
        ways = (
            ("new", self.tr("New design"), self.tr("An empty canvas: just type a layer’s name."),
             self.new_wanted),
            ("open", self.tr("Open…"), self.tr("A design, a .keras model, or Keras code from a "
             "script or notebook; or drop it here."), self.open_wanted),
            ("paste", self.tr("Paste Keras code"), self.tr("Code on the clipboard, also of Keras "
             "1 and 2, becomes a network. Nothing of it is run."), self.paste_wanted),
        )  # fmt: skip
        tiles = []
        for icon, title, sentence, wanted in ways:
            tile = WayTile(icon, title, sentence, self._theme, body)
            tile.clicked.connect(wanted)
            tiles.append(tile)
        return tiles

    def _head(self, body: QWidget) -> tuple[QHBoxLayout, QPushButton]:
        new = QPushButton(self.tr("New design"), body)
        new.setToolTip(self.tr("Start an empty design"))
        new.clicked.connect(self.new_wanted)
        other = QPushButton(self.tr("Open…"), body)
        other.setToolTip(
            self.tr("Open a design (.skipwire), a saved model (.keras) or Keras code (.py)")
        )
        other.clicked.connect(self.open_wanted)
        paste = QPushButton(self.tr("Paste Keras code"), body)
        paste.setToolTip(self.tr("Read the code on the clipboard as a new design"))
        paste.clicked.connect(self.paste_wanted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(_title(self.tr("Draw a network"), body), 1)
        for button in (new, other, paste):
            row.addWidget(button)
        return row, new

    def _section(
        self, body: QWidget, column: QVBoxLayout, title: str, entries: list[_Entry]
    ) -> None:
        column.addSpacing(8)
        column.addWidget(section_head(title, body))
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
        card.set_width(self._card_width())
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
        size, ratio = card.picture, self.devicePixelRatioF()
        card.show_picture(thumbnail(document, self._catalog, self._theme, size, ratio), self._theme)


def _title(text: str, body: QWidget) -> QLabel:
    title = QLabel(text, body)
    title.setFont(sized(1.6, QFont.Weight.DemiBold))
    return title
