"""The tree of the palette: its items, how a row is painted, and how one is dragged out of it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QFont,
    QKeyEvent,
    QPainter,
    QPalette,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from designer.ui.finding import Entry
from designer.ui.theme import Theme, sized
from designer.ui.widgets.glyphs import Glyph, paint_glyph

MIME_TYPE = "application/x-skipwire-type"
TYPE = Qt.ItemDataRole.UserRole
CATEGORY = Qt.ItemDataRole.UserRole + 1
DOT = 8.0

Index = QModelIndex | QPersistentModelIndex
_Group = tuple[str, str, Sequence[Entry]]  # key, title, entries


def mime_data(type_: str) -> QMimeData:
    """What a dragged type carries: its key, and its name for programs that take text."""
    data = QMimeData()
    data.setData(MIME_TYPE, QByteArray(type_.encode()))
    data.setText(type_.rpartition(".")[2])
    return data


def _item(entry: Entry) -> QStandardItem:
    item = QStandardItem(entry.name)
    item.setData(entry.type, TYPE)
    item.setData(entry.category, CATEGORY)
    item.setToolTip(entry.doc.partition("\n")[0])
    item.setFlags(
        Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
    )
    return item


def grouped(groups: Iterable[_Group], parent: QWidget) -> QStandardItemModel:
    """A model with the groups as its rows and their entries below."""
    model = QStandardItemModel(parent)
    for key, title, entries in groups:
        head = QStandardItem(title)
        head.setData(key, CATEGORY)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        head.appendRows([_item(entry) for entry in entries])
        model.appendRow(head)
    return model


def flat(entries: Iterable[Entry], parent: QWidget) -> QStandardItemModel:
    """A model of entries only."""
    model = QStandardItemModel(parent)
    for entry in entries:
        model.appendRow(_item(entry))
    return model


class RowPainter(QStyledItemDelegate):
    """A category's dot and the name; heads are small and bold with a sign that they fold."""

    def __init__(self, theme: Theme, parent: QTreeView) -> None:
        super().__init__(parent)
        self.theme = theme
        self._head = sized(0.85, QFont.Weight.DemiBold)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = option.fontMetrics.height()
        return QSize(80, height + (14 if index.data(TYPE) is None else 7))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRectF = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = index.data(TYPE) is None
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        if chosen or (over and not head):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("selection" if chosen else "hover"))
            painter.drawRoundedRect(rect.adjusted(6, 0, -6, 0), 4, 4)
        (self._paint_head if head else self._paint_entry)(painter, rect, state, index)
        painter.restore()

    def _paint_head(
        self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag, index: Index
    ) -> None:
        painter.setFont(self._head)
        painter.setPen(self.theme.color("second"))
        room = rect.adjusted(12, 6, -24, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        glyph = Glyph.DOWN if state & QStyle.StateFlag.State_Open else Glyph.RIGHT
        centre = QPointF(rect.right() - 18, room.center().y())
        paint_glyph(painter, glyph, centre, self.theme.color("disabled"))

    def _paint_entry(
        self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag, index: Index
    ) -> None:
        del state
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.category(str(index.data(CATEGORY))))
        centre = QPointF(rect.left() + 19, rect.center().y())
        painter.drawEllipse(centre, DOT / 2, DOT / 2)
        painter.setPen(self.theme.color("text"))
        room = rect.adjusted(32, 0, -12, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


class PaletteTree(QTreeView):
    """Rows of types. `chosen` is a double click or Enter on a type, `left_top` Up on the first
    row, `typed` a letter: the search takes it.
    """

    chosen = Signal(str)
    dragged = Signal(str)
    left_top = Signal()
    typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = RowPainter(theme, self)
        self.setItemDelegate(self.rows)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._choose)
        self.clicked.connect(self._fold)

    def type_at(self, index: Index) -> str:
        """The type of a row, empty for a head."""
        return str(index.data(TYPE) or "")

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        del actions
        type_ = self.type_at(self.currentIndex())
        if type_:
            drag = self.make_drag(type_)
            if drag.exec(Qt.DropAction.CopyAction) == Qt.DropAction.CopyAction:
                self.dragged.emit(type_)

    def make_drag(self, type_: str) -> QDrag:
        """A drag that carries the type, with its row as the picture at the pointer."""
        drag = QDrag(self)
        drag.setMimeData(mime_data(type_))
        drag.setPixmap(self._picture())
        drag.setHotSpot(QPoint(16, 14))
        return drag

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and self.type_at(index):
            self.chosen.emit(self.type_at(index))
        elif enters or (event.key() == Qt.Key.Key_Space and not self.type_at(index)):
            self._fold(index)
        elif event.key() == Qt.Key.Key_Up and index == self.model().index(0, 0):
            self.left_top.emit()
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if self.type_at(index):
            self.chosen.emit(self.type_at(index))

    def _fold(self, index: QModelIndex) -> None:
        if not self.type_at(index):
            self.setExpanded(index, not self.isExpanded(index))

    def _picture(self) -> QPixmap:
        index = self.currentIndex()
        ratio = self.devicePixelRatioF()
        size = QSize(144, 28)
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        theme = self.rows.theme
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("border"))
            painter.setBrush(theme.color("card"))
            painter.drawRoundedRect(QRectF(0.5, 0.5, 143, 27), 6, 6)
            painter.fillRect(QRectF(1, 4, 4, 20), theme.category(str(index.data(CATEGORY))))
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            room = QRectF(14, 0, 124, 28)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        return picture
