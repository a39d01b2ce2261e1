"""A small true picture of a design: its nodes and wires where they are, in their colours."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from designer.catalog.spec import Catalog
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph
from designer.document.order import skip_edges
from designer.layout.place import CARD, PILL
from designer.ui.theme import Theme

_MARGIN = 12  # pixels
_LARGEST = 0.42  # scale of a design of few nodes
_PLAIN = 0.25  # scale below which a node is a body in its colour
_STRIP = 8.0  # px at 100 %: twice the canvas' own, or nothing of it would be seen


def thumbnail(
    document: Document, catalog: Catalog, theme: Theme, size: QSize, ratio: float
) -> QPixmap:
    """The picture for a screen of that device pixel ratio; `size` in its own pixels at 1."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.color("canvas"))
    boxes = _boxes(document.graph)
    if not boxes:
        return picture
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    small = _fit(painter, boxes, size) < _PLAIN
    _draw_edges(painter, document, boxes, theme)
    for key, box in boxes.items():
        color = _color(document.graph.nodes[key].type, catalog, theme)
        _draw_node(painter, box, color, theme, small)
    painter.end()
    return picture


def _boxes(graph: Graph) -> dict[str, QRectF]:
    found = {}
    for key, node in graph.nodes.items():
        width, height = PILL if node.type in (INPUT, OUTPUT) else CARD
        found[key] = QRectF(node.x - width / 2, node.y - height / 2, width, height)
    return found


def _fit(painter: QPainter, boxes: dict[str, QRectF], size: QSize) -> float:
    whole = QRectF()
    for box in boxes.values():
        whole = whole.united(box)
    room = QRectF(0, 0, size.width() - 2 * _MARGIN, size.height() - 2 * _MARGIN)
    scale = min(room.width() / whole.width(), room.height() / whole.height(), _LARGEST)
    painter.translate(size.width() / 2, size.height() / 2)
    painter.scale(scale, scale)
    painter.translate(-whole.center())
    return scale


def _draw_edges(
    painter: QPainter, document: Document, boxes: dict[str, QRectF], theme: Theme
) -> None:
    skips = skip_edges(document.graph)
    down = document.direction == "down"
    for edge in document.graph.edges:
        if edge.source not in boxes or edge.target not in boxes:
            continue
        skip = edge in skips
        pen = QPen(theme.color("skip" if skip else "edge"), 1.6 if skip else 1.1)
        pen.setCosmetic(True)
        painter.strokePath(_path(edge, boxes, down, skip), pen)


def _path(edge: Edge, boxes: dict[str, QRectF], down: bool, skip: bool) -> QPainterPath:
    source, target = boxes[edge.source], boxes[edge.target]
    if down:
        start = QPointF(source.center().x(), source.bottom())
        end = QPointF(target.center().x(), target.top())
    else:
        start = QPointF(source.right(), source.center().y())
        end = QPointF(target.left(), target.center().y())
    path = QPainterPath(start)
    reach = QPointF(0, (end.y() - start.y()) / 2) if down else QPointF((end.x() - start.x()) / 2, 0)
    aside = QPointF()
    if skip:
        far = min(abs(end.y() - start.y()) + abs(end.x() - start.x()), 500.0)
        aside = QPointF(CARD[0] * 0.75 + far / 5, 0) if down else QPointF(0, -CARD[1] - far / 5)
    path.cubicTo(start + reach * 0.5 + aside, end - reach * 0.5 + aside, end)
    return path


def _color(kind: str, catalog: Catalog, theme: Theme) -> QColor | None:
    spec = catalog.layers.get(kind)
    return theme.category(spec.category) if spec is not None and kind != INPUT else None


def _draw_node(
    painter: QPainter, box: QRectF, color: QColor | None, theme: Theme, small: bool
) -> None:
    if small:
        # As on the canvas seen from afar: bodies in their colour, because a strip is not seen.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color or theme.color("second"))
        radius = 6.0 if color else box.height() / 2
        painter.drawRoundedRect(box, radius, radius)
        return
    border = QPen(theme.color("border" if color else "second"), 1)
    border.setCosmetic(True)
    painter.setPen(border)
    painter.setBrush(theme.color("card"))
    radius = 6.0 if color else box.height() / 2
    painter.drawRoundedRect(box, radius, radius)
    if color:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRect(QRectF(box.left(), box.top(), _STRIP, box.height()))
