"""The design as rows: its nodes in topological order, and below each the wires that come in.

`follow` finds out by itself what is different and says only that, so a view keeps what is expanded
and selected in it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
from designer.document.model import INPUT, OUTPUT, Document, Edge, Node
from designer.document.order import partial_order, reading_order, topological
from designer.document.problem import Problem, ProblemError
from designer.infer.report import Report
from designer.infer.wiring import ports
from designer.protocol import TensorSpec
from designer.ui.canvas.look import by_node, worst
from designer.ui.canvas.summary import shape_text, type_name
from designer.ui.icons import icon
from designer.ui.theme import Theme
from designer.ui.translate import tell
from designer.ui.widgets.dots import dot_icon

NODE, TYPE, SHAPE, PARAMETERS, PROBLEMS = range(5)
ID = Qt.ItemDataRole.UserRole  # of the node, or of the one that a wire comes from
SEVERITIES = ("error", "warning", "info")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_OF_NODES = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_OF_WIRES = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_OF_NOTHING = Qt.ItemFlag.NoItemFlags
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _tr(text: str) -> str:
    return QCoreApplication.translate("outline", text)


def _ordered(document: Document) -> list[str]:
    graph = document.graph
    try:
        return list(topological(graph))
    except ProblemError:  # a cycle, which the report tells: its nodes stand at the end
        first = partial_order(graph)
        rest = graph.nodes.keys() - set(first)
        return [*first, *reading_order(graph.nodes[node] for node in rest)]


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as first and last ones of stretches without a gap."""
    first = last = -1
    for row in rows:
        if row != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last


class OutlineModel(QAbstractItemModel):
    """Rows of nodes; an index of an input carries a number that stands for its node."""

    def __init__(self, catalog: Catalog, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._theme = theme
        self._document = Document()
        self._report = Report()
        self._icons: dict[str, QIcon] = {}
        self._problems: Mapping[str, tuple[Problem, ...]] = {}
        self._order: list[str] = []
        self._rows: dict[str, int] = {}
        self._inputs: dict[str, list[Edge]] = {}
        self._numbers: dict[str, int] = {}  # of a node, never 0 and never another's
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
        self._changed(set(self._order))

    # --- What the rows are ----------------------------------------------------------------------

    def row_of(self, node: str) -> int:
        """The row of a node, -1 if it has none."""
        return self._rows.get(node, -1)

    def node_at(self, index: Index) -> str:
        """The id of a row's node, or of the node that an input comes from."""
        if not index.internalId():
            return self._order[index.row()]
        return self._edge(index).source

    def matches(self, row: int, words: Iterable[str]) -> bool:
        """Whether each of these words, in small letters, is in the name or the type of a node."""
        node = self._node(self._order[row])
        text = f"{node.name} {self._kind(node)}".lower()
        return all(word in text for word in words)

    def _node(self, key: str) -> Node:
        return self._document.graph.nodes.get(key) or Node(key, "", key)

    def _edge(self, index: Index) -> Edge:
        return self._inputs[self._numbered[index.internalId()]][index.row()]

    # --- Following ------------------------------------------------------------------------------

    def follow(self, document: Document, report: Report) -> None:
        """Shows this document and what is known of it."""
        before, told, problems = self._document, self._report, self._problems
        self._document, self._report = document, report
        self._problems = by_node(report.problems)
        nodes = document.graph.nodes
        if not any(node in nodes for node in self._order):
            self._start_over()
            return
        self._reorder(before)
        for node in self._order:
            self._rewire(node)
        kept = before.graph.nodes
        self._changed(
            {
                node
                for node in self._order
                if told.nodes.get(node) != report.nodes.get(node)
                or problems.get(node) != self._problems.get(node)
                or (node in kept and _says(kept[node]) != _says(nodes[node]))
            }
        )

    def _start_over(self) -> None:
        self.beginResetModel()
        self._order = _ordered(self._document)
        self._number(self._order)
        self.endResetModel()

    def _number(self, fresh: Iterable[str]) -> None:
        self._rows = {node: row for row, node in enumerate(self._order)}
        for node in fresh:
            self._inputs[node] = list(self._document.graph.incoming.get(node, ()))
            if node not in self._numbers:
                self._numbers[node] = len(self._numbered)
                self._numbered.append(node)

    def _reorder(self, before: Document) -> None:
        graph, old = self._document.graph, before.graph
        same = graph.edges == old.edges and graph.nodes.keys() == old.nodes.keys()
        if same and all(n.name == old.nodes[i].name for i, n in graph.nodes.items()):
            return
        order = _ordered(self._document)
        gone = [row for row, node in enumerate(self._order) if node not in graph.nodes]
        for first, last in reversed(list(runs(gone))):
            self.beginRemoveRows(_ROOT, first, last)
            del self._order[first : last + 1]
            self._number(())
            self.endRemoveRows()
        self._permute([node for node in order if node in self._rows])
        fresh = [row for row, node in enumerate(order) if node not in self._rows]
        for first, last in runs(fresh):
            self.beginInsertRows(_ROOT, first, last)
            self._order[first:first] = order[first : last + 1]
            self._number(order[first : last + 1])
            self.endInsertRows()

    def _permute(self, order: list[str]) -> None:
        if order == self._order:
            return
        self.layoutAboutToBeChanged.emit()
        known = self.persistentIndexList()
        held = [(i, self._order[i.row()] if not i.internalId() else "") for i in known]
        self._order = order
        self._number(())
        moved = [
            self.createIndex(self._rows[node], i.column(), 0) if node else i for i, node in held
        ]
        self.changePersistentIndexList(known, moved)
        self.layoutChanged.emit()

    def _rewire(self, node: str) -> None:
        """Shows the wires that come in now, and leaves those alone that stay in their places."""
        shown, wanted = self._inputs[node], self._document.graph.incoming.get(node, ())
        if len(shown) == len(wanted) and all(a == b for a, b in zip(shown, wanted, strict=True)):
            return
        pairs = zip(shown, wanted, strict=False)
        same = next(
            (row for row, (a, b) in enumerate(pairs) if a != b), min(len(shown), len(wanted))
        )
        above = self.index(self._rows[node], 0)
        if len(shown) > same:
            self.beginRemoveRows(above, same, len(shown) - 1)
            del shown[same:]
            self.endRemoveRows()
        if len(wanted) > same:
            self.beginInsertRows(above, same, len(wanted) - 1)
            shown.extend(wanted[same:])
            self.endInsertRows()

    def _changed(self, nodes: set[str]) -> None:
        """Says that these rows, and the inputs that come from them, are to be read anew."""
        for first, last in runs(sorted(self._rows[node] for node in nodes)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, PROBLEMS))
        edges = (e for node in nodes for e in self._document.graph.outgoing.get(node, ()))
        for target in {edge.target for edge in edges if edge.target in self._rows}:
            above = self.index(self._rows[target], 0)
            last = len(self._inputs[target]) - 1
            self.dataChanged.emit(self.index(0, 0, above), self.index(last, PROBLEMS, above))

    # --- What a cell says -----------------------------------------------------------------------

    def _text(self, index: Index) -> str:
        return self._of_wire(index) if index.internalId() else self._of_node(index)

    def _of_node(self, index: Index) -> str:
        node = self._node(self._order[index.row()])
        told = self._report.nodes.get(node.id)
        match index.column():
            case 0:  # NODE
                return node.name
            case 1:  # TYPE
                return self._kind(node)
            case 2:  # SHAPE
                return ", ".join(map(shape_text, self._outputs(node)))
            case 3:  # PARAMETERS
                return f"{told.parameters:,}" if told is not None and told.parameters else ""
        return "  ".join(map(tell, self._problems.get(node.id, ())))

    def _of_wire(self, index: Index) -> str:
        edge = self._edge(index)
        match index.column():
            case 0:  # NODE
                return _tr("from {name}").format(name=self._node(edge.source).name)
            case 1:  # TYPE
                return self._port(edge)
            case 2:  # SHAPE
                spec = self._carried(edge)
                return shape_text(spec) if spec is not None else ""
        return ""

    def _kind(self, node: Node) -> str:
        if node.type in (INPUT, OUTPUT):
            return _tr("Input") if node.type == INPUT else _tr("Output")
        owner = self._document.graph.nodes.get(node.shares)
        kind = type_name((owner or node).type)
        if node.id in self._document.blocks:
            kind = self._document.blocks[node.id].kind
        if owner:
            kind = _tr("{type}, shared with {name}").format(type=kind, name=owner.name)
        return _tr("{type}, bypassed").format(type=kind) if node.bypassed else kind

    def _outputs(self, node: Node) -> tuple[TensorSpec, ...]:
        told = self._report.nodes.get(node.id)
        if told is not None and told.outputs:
            return told.outputs
        if node.type != OUTPUT:
            return ()
        carried = map(self._carried, self._document.graph.incoming.get(node.id, ()))
        return tuple(spec for spec in carried if spec is not None)

    def _carried(self, edge: Edge) -> TensorSpec | None:
        told = self._report.nodes.get(edge.source)
        known = told is not None and edge.output < len(told.outputs)
        return told.outputs[edge.output] if told is not None and known else None

    def _port(self, edge: Edge) -> str:
        variadic = any(
            port.variadic
            for port in ports(self._catalog, self._node(edge.target).type)
            if port.name == edge.input
        )
        return f"{edge.input} {edge.slot + 1}" if variadic else edge.input

    def _sign(self, index: Index) -> QIcon | None:
        if index.internalId() or index.column() not in (NODE, PROBLEMS):
            return None
        node = self._order[index.row()]
        if index.column() == NODE:
            spec = self._catalog.layers.get(self._node(node).type)
            sign = spec.category if spec is not None else OUTPUT
        else:
            sign = worst(self._problems.get(node, ()))
        if sign and sign not in self._icons:
            self._icons[sign] = self._icon(sign)
        return self._icons.get(sign)

    def _icon(self, sign: str) -> QIcon:
        if sign not in SEVERITIES:
            return dot_icon(self._theme.category(sign))
        return icon(self._theme, sign, sign if sign in self._theme.roles else "second")

    def _tip(self, index: Index) -> str:
        if index.internalId():
            return _tr("Double-click to go to {name}").format(
                name=self._node(self.node_at(index)).name
            )
        problems = self._problems.get(self._order[index.row()], ())
        return "\n".join(map(tell, problems)) or self._text(index)

    def _color(self, index: Index) -> Any:
        quiet = index.internalId() or index.column() in (TYPE, PROBLEMS)
        quiet = quiet or self._node(self._order[index.row()]).bypassed
        return self._theme.color("second") if quiet else None

    def _spoken(self, index: Index) -> str:
        """All of a row where its name is read, because few listen to every cell."""
        if index.column() != NODE:
            return (
                f"{self.headerData(index.column(), Qt.Orientation.Horizontal)}: {self._text(index)}"
            )
        cells = [self._text(index.sibling(index.row(), column)) for column in (TYPE, SHAPE)]
        weights = self._text(index.sibling(index.row(), PARAMETERS))
        if weights:
            cells.append(_tr("{count} parameters").format(count=weights))
        problems = self._text(index.sibling(index.row(), PROBLEMS))
        return ", ".join(text for text in (self._text(index), *cells, problems) if text)

    # --- Qt's questions -------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        # A tree asks this some thousand times when it is filled, so there are no detours.
        if not parent.isValid():
            there, number = row < len(self._order), 0
        else:
            there = row < self.rowCount(parent)
            number = self._numbers[self._order[parent.row()]] if there else 0
        return self.createIndex(row, column, number) if there and row >= 0 else QModelIndex()

    @overload
    def parent(self, /) -> QObject: ...

    @overload
    def parent(self, child: Index, /) -> QModelIndex: ...

    def parent(self, child: Index | None = None, /) -> QModelIndex | QObject | None:
        if child is None:
            return super().parent()
        row = self._rows.get(self._numbered[child.internalId()], -1) if child.isValid() else -1
        return self.createIndex(row, 0, 0) if row >= 0 else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        if not parent.isValid():
            return len(self._order)
        if parent.column() or parent.internalId():
            return 0
        return len(self._inputs[self._order[parent.row()]])

    def columnCount(self, parent: Index = _ROOT) -> int:
        del parent
        return PROBLEMS + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _OF_NOTHING
        # An input is a place to go on from, not a node: it is no part of the selection.
        return _OF_WIRES if index.internalId() else _OF_NODES

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


def _says(node: Node) -> tuple[str, str, str, bool]:
    """What a row says of a node, besides what Keras knows."""
    return node.name, node.type, node.shares, node.bypassed
