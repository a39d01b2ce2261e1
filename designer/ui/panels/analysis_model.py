"""The costs of a design as a table: a row a node, numbers sorted by value, unknown ones last."""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QFont

from designer.document.model import Document
from designer.infer.costs import Costs, NodeCost
from designer.infer.figures import bytes_text, field_text, scaled
from designer.ui.canvas.summary import shape_text, type_name
from designer.ui.theme import Theme, sized

LAYER, TYPE, SHAPE, PARAMETERS, SHARE, MACS, MEMORY, FIELD, DEPTH = range(9)
ID = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WORDS = (LAYER, TYPE)
_UNKNOWN = float("inf")


def _tr(text: str) -> str:
    return QCoreApplication.translate("analysis", text)


def headings() -> tuple[str, ...]:
    """The titles of the columns."""
    return (
        _tr("Layer"), _tr("Type"), _tr("Output shape"), _tr("Parameters"), _tr("Share"),
        _tr("MACs"), _tr("Activations"), _tr("Receptive field"), _tr("Depth"),
    )  # fmt: skip


def explanations() -> tuple[str, ...]:
    """What each column means."""
    return (
        _tr("The layer's name in Keras"),
        _tr("The class of the layer, or the operation"),
        _tr("Without the batch"),
        _tr("Weights, counted once where a layer is called several times"),
        _tr("Of all parameters"),
        _tr("Multiply-accumulates for one sample; an element-wise operation counts as half of one"),
        _tr("Memory of what comes out, for a whole batch"),
        _tr("Places of the input, along each axis, that one place of the output sees"),
        _tr("Nodes on the longest path from an input"),
    )


class Row(NamedTuple):
    """A node with its cost."""

    id: str
    name: str
    type: str
    cost: NodeCost


class AnalysisModel(QAbstractTableModel):
    """`follow` takes other costs; the order of the rows stays the one that was chosen."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}
        self._costs = Costs()
        self._batch = 1
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._figures = sized(0.85, family=theme.mono)
        self._second = theme.color("second")
        self._readers: dict[int, Callable[[Row, int], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.ToolTipRole: self._exact,
            Qt.ItemDataRole.TextAlignmentRole: _alignment,
            Qt.ItemDataRole.FontRole: self._font,
            Qt.ItemDataRole.ForegroundRole: self._color,
            ID: lambda row, column: row.id,
        }

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._second = theme.color("second")
        self._tell()

    def follow(self, document: Document, costs: Costs, batch: int) -> None:
        """Shows these costs, memory for a batch of that size."""
        nodes = document.graph.nodes
        rows = [
            Row(key, nodes[key].name, type_name(nodes[key].type), cost)
            for key, cost in costs.nodes.items()
            if key in nodes
        ]
        self._costs, self._batch = costs, batch
        rows = self._ordered(rows)
        if [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = rows
            self._tell()
            return
        self.beginResetModel()
        self._take(rows)
        self.endResetModel()

    def row_of(self, node: str) -> int:
        """The row of a node, -1 if it has none."""
        return self._places.get(node, -1)

    def totals(self) -> tuple[str, ...]:
        """The sums below the columns; "≥" where a summand is not known."""
        sums = self._costs.sums
        macs = scaled(sums.macs)
        memory = bytes_text(sums.activation_bytes(self._batch))
        return (
            _tr("Total"), "", "", f"{sums.parameters:,}", "",
            f"≥ {macs}" if sums.operations_at_least else macs,
            f"≥ {memory}" if sums.activations_at_least else memory, "", str(sums.depth),
        )  # fmt: skip

    def as_csv(self) -> str:
        """The rows as they stand, in exact numbers, memory in bytes; an unknown one is empty."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(
            ("layer", "type", "output_shape", "parameters", "share", "macs", "activation_bytes",
             "receptive_field", "depth")
        )  # fmt: skip
        for row in self._rows:
            kept, field = row.cost.activations, row.cost.field
            writer.writerow(
                (row.name, row.type, self._shape(row), row.cost.parameters,
                 f"{self._share(row):.6f}", "" if row.cost.macs is None else row.cost.macs,
                 "" if kept is None else kept * self._batch,
                 "" if field is None else field_text(field), row.cost.depth)
            )  # fmt: skip
        return text.getvalue()

    # --- The table ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else DEPTH + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        reader = self._readers.get(role)
        return reader(self._rows[index.row()], index.column()) if reader is not None else None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if way != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section <= SHAPE else _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return explanations()[section]
        return headings()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._rows[index.row()].id for index in before]
        # Without a column the rows stand as the data flows.
        self._sorted = (column, order) if column >= 0 else None
        places = {key: place for place, key in enumerate(self._costs.nodes)}
        flowing = sorted(self._rows, key=lambda row: places.get(row.id, 0))
        self._take(self._ordered(flowing))
        after = [
            self.index(self._places[key], index.column())
            for key, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # --- Cells ----------------------------------------------------------------------------------

    def _take(self, rows: list[Row]) -> None:
        self._rows = rows
        self._places = {row.id: place for place, row in enumerate(rows)}

    def _tell(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, DEPTH)
            self.dataChanged.emit(self.index(0, LAYER), last)

    def _ordered(self, rows: Iterable[Row]) -> list[Row]:
        if self._sorted is None:
            return list(rows)
        column, order = self._sorted
        down = order == Qt.SortOrder.DescendingOrder
        if column in _WORDS:
            return sorted(rows, key=lambda row: str(row[column + 1]).lower(), reverse=down)
        sign = -1 if down else 1

        def key(row: Row) -> float:
            value = self._number(row, column)
            return _UNKNOWN if value is None else sign * value

        return sorted(rows, key=key)

    def _number(self, row: Row, column: int) -> float | None:
        cost = row.cost
        if column in (SHAPE, MEMORY):
            return cost.activations
        if column == FIELD:
            # The whole input is more than any window, and yet known.
            sizes = cost.field.sizes if cost.field is not None else None
            return None if sizes is None else min(max(sizes, default=0), 1e12)
        if column == MACS:
            return cost.macs
        return cost.depth if column == DEPTH else cost.parameters

    def _share(self, row: Row) -> float:
        return row.cost.parameters / max(self._costs.sums.parameters, 1)

    def _shape(self, row: Row) -> str:
        return ", ".join(map(shape_text, row.cost.outputs)) or "?"

    def _text(self, row: Row, column: int) -> str:
        if column == PARAMETERS:
            return f"{row.cost.parameters:,}" if row.cost.parameters else ""
        if column == SHARE:
            return f"{100 * self._share(row):.1f} %" if row.cost.parameters else ""
        if column == MACS:
            return "?" if row.cost.macs is None else scaled(row.cost.macs)
        if column == MEMORY:
            kept = row.cost.activations
            return "?" if kept is None else bytes_text(kept * self._batch)
        return self._plain(row, column)

    def _plain(self, row: Row, column: int) -> str:
        if column == LAYER:
            return row.name
        if column == TYPE:
            return row.type
        if column == FIELD:
            return field_text(row.cost.field, _tr("all"))
        return self._shape(row) if column == SHAPE else str(row.cost.depth)

    def _exact(self, row: Row, column: int) -> str:
        if column == MACS and row.cost.macs is not None:
            return f"{row.cost.macs:,}"
        if column == MACS:
            return _tr("No rule is known for this layer, or a size is open")
        if column == LAYER and not row.cost.inside:
            return _tr("{name} reaches no output and is in no sum").format(name=row.name)
        return self._text(row, column)

    def _font(self, row: Row, column: int) -> QFont | None:
        return self._figures if column >= SHAPE else None

    def _color(self, row: Row, column: int) -> QColor | None:
        return self._second if column == TYPE or not row.cost.inside else None


def _alignment(row: Row, column: int) -> Qt.AlignmentFlag:
    return _LEFT if column <= SHAPE else _RIGHT
