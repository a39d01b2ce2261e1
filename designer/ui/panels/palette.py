"""The palette: everything that can be placed, by category, to be searched and dragged."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from designer.document.model import INPUT, OUTPUT
from designer.formats.block_library import OWN
from designer.ui.finding import Entry, entries, find
from designer.ui.icons import icon
from designer.ui.letters import give_letters
from designer.ui.panels.palette_tree import CATEGORY, PaletteTree, flat, grouped
from designer.ui.panels.sections import MARGIN, RHYTHM, quiet
from designer.ui.session import Session
from designer.ui.theme import Theme

RECENT_LIMIT = 6
_SHOWN = 60  # hits of a search
_RECENT, _FAVOURITES, _OPEN = "palette/recent", "palette/favourites", "palette/open"
_FIRST_OPEN = ("ends", "recent", "favourites", "custom", "blocks", "convolution", "merging")
_FIRST_FAVOURITES = tuple(
    f"layers.{name}" for name in ("Conv2D", "MaxPooling2D", "UpSampling2D", "Dense", "Add")
)
_ORDER = (
    "core", "convolution", "pooling", "reshaping", "merging", "normalization", "activation",
    "regularization", "recurrent", "attention", "preprocessing",
)  # fmt: skip


class Store(Protocol):
    """Where lists of words are kept between starts."""

    def words(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The list under a key."""

    def keep_words(self, key: str, words: tuple[str, ...]) -> None:
        """Remember a list."""


class Forgetful:
    """A Store that lasts as long as the program."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, ...]] = {}

    def words(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The list under a key."""
        return self._kept.get(key, default)

    def keep_words(self, key: str, words: tuple[str, ...]) -> None:
        """Remember a list."""
        self._kept[key] = words


class PalettePanel(QWidget):
    """`add_requested` carries the type that a double click or Enter asks for."""

    add_requested = Signal(str)
    discard_wanted = Signal(str)  # a block of the user's own is to leave the library
    load_wanted = Signal()  # the user wants to place layers of a file of their own

    def __init__(
        self,
        session: Session,
        theme: Theme,
        store: Store | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store or Forgetful()
        self._session = session
        self._take_entries()
        self._results: QStandardItemModel | None = None
        self._build(theme)
        self._groups = self._fill()
        self.tree.setModel(self._groups)
        self._unfold()
        self.set_theme(theme)

    @property
    def recent(self) -> tuple[str, ...]:
        """Types that were placed last, the last one first."""
        return tuple(t for t in self._store.words(_RECENT) if t in self._by_type)

    @property
    def favourites(self) -> tuple[str, ...]:
        """Types that the user marked, in the order of marking; a few until then."""
        kept = self._store.words(_FAVOURITES, _FIRST_FAVOURITES)
        return tuple(t for t in kept if t in self._by_type)

    def renew(self) -> None:
        """Other layers can be placed now."""
        self._take_entries()
        self._refill()
        if self.search.text().strip():
            self._search(self.search.text())

    def _take_entries(self) -> None:
        self._entries = entries(self._session.catalog, self.tr("Output"))
        self._by_type = {entry.type: entry for entry in self._entries}

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(theme.palette())
        self.tree.rows.theme = theme
        self._lens.setIcon(icon(theme, "search", "second"))
        self.tree.viewport().update()

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def note_used(self, type_: str) -> None:
        """Remember that a node of this type was placed."""
        if type_ in self._by_type:
            kept = (type_, *(t for t in self.recent if t != type_))
            self._store.keep_words(_RECENT, kept[:RECENT_LIMIT])
            self._refill()

    def set_favourite(self, type_: str, *, wanted: bool) -> None:
        """Mark a type as a favourite, or take the mark away."""
        rest = tuple(t for t in self.favourites if t != type_)
        self._store.keep_words(_FAVOURITES, (*rest, type_) if wanted else rest)
        self._refill()

    def found(self) -> list[str]:
        """The types that the tree shows for the search, top down."""
        model = self._results
        if model is None:
            return []
        return [self.tree.type_at(model.index(row, 0)) for row in range(model.rowCount())]

    # --- its parts ----------------------------------------------------------------------------

    def _build(self, theme: Theme) -> None:
        self.setAccessibleName(self.tr("Palette"))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search layers"))
        self.search.setAccessibleName(self.tr("Search layers"))
        self.search.setClearButtonEnabled(True)
        self._lens = self.search.addAction(
            icon(theme, "search", "second"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.tree = PaletteTree(theme, self)
        self.tree.setAccessibleName(self.tr("Layers and operations"))
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.tree.chosen.connect(self._choose)
        self.tree.dragged.connect(self.note_used)
        self.tree.left_top.connect(self.focus_search)
        self.tree.typed.connect(self._type)
        self.tree.expanded.connect(self._keep_open)
        self.tree.collapsed.connect(self._keep_open)
        self.nothing = quiet("", self)
        self.nothing.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.clear = QPushButton(self.tr("Show all layers"), self)
        self.clear.clicked.connect(self.search.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MARGIN, 0, 0)
        column.setSpacing(RHYTHM)
        row = QVBoxLayout()
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.addWidget(self.search)
        column.addLayout(row)
        column.addWidget(self.nothing)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.tree, 1)
        self.load = QPushButton(self.tr("Load custom layers…"), self)
        self.load.setToolTip(self.tr("Place layers of your own, from a Python file"))
        self.load.clicked.connect(self.load_wanted)
        foot = QVBoxLayout()
        foot.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        foot.addWidget(self.load)
        column.addLayout(foot)
        self._show_nothing("")

    # --- groups -------------------------------------------------------------------------------

    def _fill(self) -> QStandardItemModel:
        named = {
            "core": self.tr("Core and dense"),
            "convolution": self.tr("Convolution"),
            "pooling": self.tr("Pooling"),
            "reshaping": self.tr("Reshaping"),
            "merging": self.tr("Merging"),
            "normalization": self.tr("Normalization"),
            "activation": self.tr("Activation"),
            "regularization": self.tr("Regularization"),
            "recurrent": self.tr("Recurrent"),
            "attention": self.tr("Attention"),
            "preprocessing": self.tr("Preprocessing"),
            "operations": self.tr("Operations"),
            "custom": self.tr("Custom layers"),
            "blocks": self.tr("Blocks"),
        }
        by_category: dict[str, list[Entry]] = {}
        for entry in self._entries:
            by_category.setdefault(entry.category, []).append(entry)
        ends = [self._by_type[key] for key in (INPUT, OUTPUT) if key in self._by_type]
        groups: list[tuple[str, str, Sequence[Entry]]] = [
            ("recent", self.tr("Recent"), self._of(self.recent)),
            ("favourites", self.tr("Favourites"), self._of(self.favourites)),
            ("ends", self.tr("Inputs and outputs"), ends),
        ]
        known = {*_ORDER, "operations", "input", "output", "custom", "blocks"}
        others = sorted(by_category.keys() - known)
        groups += [
            (key, named.get(key, key.capitalize()), by_category.get(key, ()))
            for key in ("custom", "blocks", *_ORDER, *others, "operations")
        ]
        return grouped((group for group in groups if group[2]), self)

    def _of(self, types: tuple[str, ...]) -> list[Entry]:
        return [self._by_type[type_] for type_ in types]

    def _refill(self) -> None:
        old, place = self._groups, self.tree.verticalScrollBar().value()
        self._groups = self._fill()
        if self._results is None:
            self._show(self._groups)
            self._unfold()
            self.tree.verticalScrollBar().setValue(place)
        old.deleteLater()

    def _unfold(self) -> None:
        wanted = self._store.words(_OPEN, _FIRST_OPEN)
        with QSignalBlocker(self.tree):  # what is remembered is not to be remembered again
            for row in range(self._groups.rowCount()):
                index = self._groups.index(row, 0)
                self.tree.setExpanded(index, index.data(CATEGORY) in wanted)

    def _keep_open(self, index: QModelIndex) -> None:
        key = str(index.data(CATEGORY))
        rest = [k for k in self._store.words(_OPEN, _FIRST_OPEN) if k != key]
        opened = (*rest, key) if self.tree.isExpanded(index) else tuple(rest)
        self._store.keep_words(_OPEN, opened)

    # --- search -------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        old = self._results
        if text.strip():
            self._results = flat(find(text, self._entries)[:_SHOWN], self)
            self._show(self._results)
            self.tree.setCurrentIndex(self._results.index(0, 0))
        else:
            self._results = None
            self._show(self._groups)
            self._unfold()
        self._show_nothing("" if self._results is None or self._results.rowCount() else text)
        if old is not None:
            old.deleteLater()

    def _show(self, model: QStandardItemModel) -> None:
        selection = self.tree.selectionModel()
        self.tree.setModel(model)
        if selection is not None:
            selection.deleteLater()  # Qt leaves the old one to us

    def _show_nothing(self, text: str) -> None:
        sentence = self.tr("Nothing in Keras is called “{text}”. Try another word.")
        self.nothing.setText(sentence.format(text=text.strip()))
        self.nothing.setVisible(bool(text))
        self.clear.setVisible(bool(text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and watched is self.search
        if pressed and isinstance(event, QKeyEvent):
            return self._steer(event)
        return super().eventFilter(watched, event)

    def _steer(self, event: QKeyEvent) -> bool:
        """Down goes into the tree, Enter takes the first hit, Esc clears."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.tree.currentIndex().isValid():
                self.tree.setCurrentIndex(self.tree.model().index(0, 0))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.found():
            self._choose(self.found()[0])
            return True
        if key == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        return False

    def _type(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(self.search.text() + text)

    # --- choosing -----------------------------------------------------------------------------

    def _choose(self, type_: str) -> None:
        self.add_requested.emit(type_)
        self.note_used(type_)

    def context_menu(self, type_: str) -> QMenu:
        """What can be done with a type."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add = menu.addAction(self.tr("Add to the design"))
        add.triggered.connect(lambda: self._choose(type_))
        marked = type_ in self.favourites
        words = self.tr("Remove from favourites") if marked else self.tr("Add to favourites")
        star = menu.addAction(words)
        star.triggered.connect(lambda: self.set_favourite(type_, wanted=not marked))
        if type_.startswith(OWN):
            menu.addSeparator()
            discard = menu.addAction(self.tr("Remove from the library"))
            discard.triggered.connect(lambda: self.discard_wanted.emit(type_))
        give_letters(menu)
        return menu

    def _menu(self, place: QPoint) -> None:
        type_ = self.tree.type_at(self.tree.indexAt(place))
        if type_:
            self.context_menu(type_).popup(self.tree.viewport().mapToGlobal(place))
