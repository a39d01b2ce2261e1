"""The design as rows: nodes and blocks in topological order, below a block what it holds, and below
a node the wires that come in. `follow` finds out by itself what is different and says only that,
so a view keeps what is expanded and selected in it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, overload

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QIcon

from designer.catalog.spec import Catalog
from designer.document.model import Document, Edge
from designer.infer.report import Report
from designer.ui.icons import icon
from designer.ui.panels.outline_cells import NODE, PARAMETERS, PROBLEMS, TYPE, Cells
from designer.ui.panels.outline_tree import Tree
from designer.ui.panels.row_selection import runs
from designer.ui.theme import Theme
from designer.ui.widgets.dots import dot_icon

ID = Qt.ItemDataRole.UserRole  # of the node or block, or of the one that a wire comes from
SEVERITIES = ("error", "warning", "info")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_OF_NODES = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_OF_WIRES = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_OF_NOTHING = Qt.ItemFlag.NoItemFlags
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _tr(text: str) -> str:
    return QCoreApplication.translate("outline", text)


class OutlineModel(QAbstractItemModel):
    """An index carries the number of the node or block that it lies below, 0 at the top."""

    def __init__(self, catalog: Catalog, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._theme = theme
        self._cells = Cells(catalog, Tree(Document()), Report())
        self._icons: dict[str, QIcon] = {}
        self._branches: dict[str, list[str]] = {"": []}  # what is shown below blocks, "" for none
        self._inputs: dict[str, list[Edge]] = {}  # and below nodes
        self._rows: dict[str, int] = {}
        self._above: dict[str, str] = {}
        self._numbers: dict[str, int] = {"": 0}  # of a node or block, never another's
        self._numbered: list[str] = [""]
        self._readers: dict[int, Callable[[Index], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.DecorationRole: self._sign,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.ForegroundRole: self._color,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            ID: self.node_at,
        }

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self._icons.clear()
        self._changed(set(self._rows))

    # --- What the rows are ----------------------------------------------------------------------

    def index_of(self, key: str) -> QModelIndex:
        """The row of a node or block; the root for those that have none."""
        row = self._rows.get(key, -1)
        return self.createIndex(row, 0, self._numbers[self._above[key]]) if row >= 0 else _ROOT

    def node_at(self, index: Index) -> str:
        """The id of a row's node or block, or of the one that an input comes from."""
        return self._key(index) or self._edge(index).source

    def members(self, block: str = "") -> Sequence[str]:
        """What stands below a block, or at the top; nothing for a node."""
        return self._branches.get(block, ())

    def matches(self, key: str, words: Iterable[str]) -> bool:
        """Whether each of these words, in small letters, is in the name or the type of a node."""
        return self._cells.matches(key, words)

    def _key(self, index: Index) -> str:
        """The node or block of a row, "" for the row of a wire."""
        branch = self._branches.get(self._numbered[index.internalId()])
        return branch[index.row()] if branch is not None else ""

    def _edge(self, index: Index) -> Edge:
        return self._inputs[self._numbered[index.internalId()]][index.row()]

    # --- Following ------------------------------------------------------------------------------

    def follow(self, document: Document, report: Report) -> None:
        """Shows this document, with all that its blocks hold, and what is known of it."""
        before, tree = self._cells, Tree(document)
        self._cells = Cells(self._catalog, tree, report)
        if self._is_another(tree):
            self._start_over()
            return
        if not tree.stands_as(before.tree):
            self._drop(tree)
            self._reorder(tree, "")
        for node in self._inputs:
            self._rewire(node, tree.wires.get(node, ()))
        self._changed(self._cells.differing(before))

    def _is_another(self, tree: Tree) -> bool:
        """Whether nothing stays; also where the id of a block is a node's now."""
        if not any(key in tree.nodes for key in self._rows):
            return True
        blocks, nodes = tree.document.blocks, tree.document.graph.nodes
        return any(key in nodes for key in self._branches) or any(
            key in self._inputs for key in blocks
        )

    def _start_over(self) -> None:
        self.beginResetModel()
        self._forget(self._branches[""])
        self._branches[""] = self._cells.tree.order("")
        self._take_in("", self._branches[""])
        self.endResetModel()

    def _take_in(self, scope: str, keys: Iterable[str]) -> None:
        """These are below a block from now on, and with them what they hold."""
        tree = self._cells.tree
        for key in keys:
            self._above[key] = scope
            if key not in self._numbers:
                self._numbers[key] = len(self._numbered)
                self._numbered.append(key)
            if key in tree.document.blocks:
                self._branches[key] = tree.order(key)
                self._take_in(key, self._branches[key])
            else:
                self._inputs[key] = list(tree.wires.get(key, ()))
        self._count(scope)

    def _forget(self, keys: Iterable[str]) -> None:
        for key in keys:
            del self._rows[key], self._above[key]
            self._inputs.pop(key, None)
            self._forget(self._branches.pop(key, ()))

    def _count(self, scope: str) -> None:
        self._rows.update((key, row) for row, key in enumerate(self._branches[scope]))

    def _drop(self, tree: Tree) -> None:
        """Takes away what is gone, and what lies in another block now."""
        for scope in list(self._branches):
            branch = self._branches.get(scope, [])  # its block may be gone by now
            gone = [row for row, key in enumerate(branch) if tree.parents.get(key) != scope]
            for first, last in reversed(list(runs(gone))):
                self.beginRemoveRows(self.index_of(scope), first, last)
                self._forget(branch[first : last + 1])
                del branch[first : last + 1]
                self._count(scope)
                self.endRemoveRows()

    def _reorder(self, tree: Tree, scope: str) -> None:
        """Puts the rows of a block, and of those in it, into their order; new ones come in."""
        order, branch = tree.order(scope), self._branches[scope]
        kept = [key for key in order if key in self._rows]
        self._permute(scope, kept)
        fresh = [row for row, key in enumerate(order) if key not in self._rows]
        for first, last in runs(fresh):
            self.beginInsertRows(self.index_of(scope), first, last)
            branch[first:first] = order[first : last + 1]
            self._take_in(scope, order[first : last + 1])
            self.endInsertRows()
        for key in kept:
            if key in self._branches:
                self._reorder(tree, key)

    def _permute(self, scope: str, order: list[str]) -> None:
        branch, number = self._branches[scope], self._numbers[scope]
        if order == branch:
            return
        self.layoutAboutToBeChanged.emit()
        known = self.persistentIndexList()
        held = [(i, branch[i.row()] if i.internalId() == number else "") for i in known]
        branch[:] = order
        self._count(scope)
        moved = [
            self.createIndex(self._rows[key], i.column(), number) if key else i for i, key in held
        ]
        self.changePersistentIndexList(known, moved)
        self.layoutChanged.emit()

    def _rewire(self, node: str, wanted: Sequence[Edge]) -> None:
        """Shows the wires that come in now, and leaves those alone that stay in their places."""
        shown = self._inputs[node]
        if len(shown) == len(wanted) and all(a == b for a, b in zip(shown, wanted, strict=True)):
            return
        pairs = zip(shown, wanted, strict=False)
        same = next(
            (row for row, (a, b) in enumerate(pairs) if a != b), min(len(shown), len(wanted))
        )
        above = self.index_of(node)
        if len(shown) > same:
            self.beginRemoveRows(above, same, len(shown) - 1)
            del shown[same:]
            self.endRemoveRows()
        if len(wanted) > same:
            self.beginInsertRows(above, same, len(wanted) - 1)
            shown.extend(wanted[same:])
            self.endInsertRows()

    def _changed(self, keys: set[str]) -> None:
        """Says that these rows, and the inputs that come from them, are to be read anew."""
        if not keys:
            return
        rows: dict[str, list[int]] = {}
        for key in keys:
            rows.setdefault(self._above[key], []).append(self._rows[key])
        for scope, places in rows.items():
            above = self.index_of(scope)
            for first, last in runs(sorted(places)):
                ends = self.index(first, 0, above), self.index(last, PROBLEMS, above)
                self.dataChanged.emit(*ends)
        for target, edges in self._inputs.items():
            if any(edge.source in keys for edge in edges):
                above = self.index_of(target)
                ends = self.index(0, 0, above), self.index(len(edges) - 1, PROBLEMS, above)
                self.dataChanged.emit(*ends)

    # --- What a cell says -----------------------------------------------------------------------

    def _text(self, index: Index) -> str:
        key = self._key(index)
        if key:
            return self._cells.text(key, index.column())
        return self._cells.of_wire(self._edge(index), index.column())

    def _sign(self, index: Index) -> QIcon | None:
        key = self._key(index)
        sign = self._cells.sign(key, index.column()) if key else ""
        if sign and sign not in self._icons:
            self._icons[sign] = self._icon(sign)
        return self._icons.get(sign)

    def _icon(self, sign: str) -> QIcon:
        if sign not in SEVERITIES:
            return dot_icon(self._theme.category(sign))
        return icon(self._theme, sign, sign if sign in self._theme.roles else "second")

    def _tip(self, index: Index) -> str:
        key = self._key(index)
        if key:
            return self._cells.tip(key, index.column())
        source = self._cells.node(self._edge(index).source)
        return _tr("Double-click to go to {name}").format(name=source.name)

    def _color(self, index: Index) -> Any:
        key = self._key(index)
        quiet = not key or index.column() in (TYPE, PROBLEMS) or self._cells.node(key).bypassed
        return self._theme.color("second") if quiet else None

    def _spoken(self, index: Index) -> str:
        """All of a row where its name is read, because few listen to every cell."""
        key = self._key(index)
        if index.column() == NODE and key:
            return self._cells.spoken(key)
        if index.column() == NODE:
            texts = (self._cells.of_wire(self._edge(index), column) for column in range(PROBLEMS))
            return ", ".join(text for text in texts if text)
        title = self.headerData(index.column(), Qt.Orientation.Horizontal)
        return f"{title}: {self._text(index)}"

    # --- Qt's questions -------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        # A tree asks this some thousand times when it is filled, so there are no detours.
        if not parent.isValid():
            there, number = row < len(self._branches[""]), 0
        else:
            there = row < self.rowCount(parent)
            number = self._numbers[self._key(parent)] if there else 0
        return self.createIndex(row, column, number) if there and row >= 0 else QModelIndex()

    @overload
    def parent(self, /) -> QObject: ...

    @overload
    def parent(self, child: Index, /) -> QModelIndex: ...

    def parent(self, child: Index | None = None, /) -> QModelIndex | QObject | None:
        if child is None:
            return super().parent()
        return self.index_of(self._numbered[child.internalId()]) if child.isValid() else _ROOT

    def rowCount(self, parent: Index = _ROOT) -> int:
        if not parent.isValid():
            return len(self._branches[""])
        key = "" if parent.column() else self._key(parent)
        if not key:
            return 0
        branch = self._branches.get(key)
        return len(self._inputs[key] if branch is None else branch)

    def columnCount(self, parent: Index = _ROOT) -> int:
        del parent
        return PROBLEMS + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _OF_NOTHING
        # An input is a place to go on from, not a node: it is no part of the selection.
        return _OF_NODES if self._key(index) else _OF_WIRES

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == PARAMETERS:
            return _RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            _tr("Node"), _tr("Type"), _tr("Output shape"), _tr("Parameters"), _tr("Problems")
        )[section]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() == PARAMETERS else None
        read = self._readers.get(role)
        return read(index) if read is not None else None
