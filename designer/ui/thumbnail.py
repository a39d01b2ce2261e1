"""A small true picture of a design: its nodes and wires in their places and colours.

Nothing is written on it, so height and width are scaled apart: a long chain fills its picture too.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from designer.catalog.spec import Catalog
from designer.document.extent import PILL, extent_of, size_of
from designer.document.model import Document, Edge, Frame, Mark
from designer.document.order import skip_edges
from designer.document.showing import shown
from designer.ui.canvas.edges import wire
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.mark_painter import BODY, tinted
from designer.ui.canvas.painter import BYPASSED
from designer.ui.canvas.paths import route_path
from designer.ui.canvas.sides import AHEAD, faces, on_side
from designer.ui.theme import Theme

_MARGIN = 14  # pixels
_LARGEST = 0.42  # scale of a design of few nodes
_PLAIN = 11.0  # px; a node less high is a body in its colour, because a strip is not seen
_STRIP = 3.5  # px
_LEAST = 1.0  # px; the height of a node among hundreds
_Boxes = dict[str, QRectF]


def thumbnail(
    document: Document, catalog: Catalog, theme: Theme, size: QSize, ratio: float
) -> QPixmap:
    """The picture for a screen of that device pixel ratio; `size` in its own pixels at 1."""
    document = shown(document)  # blocks as one node each
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.color("canvas"))
    boxes = _boxes(document)
    if not boxes:
        return picture
    boxes = _fitted(boxes, size)
    marks = {key: boxes.pop(key) for key in document.marks}
    skips = skip_edges(document.graph)
    paths = {
        edge: _path(edge, boxes, document.direction, edge in skips)
        for edge in document.graph.edges
        if edge.source in boxes and edge.target in boxes
    }
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = _union(
        [*boxes.values(), *marks.values(), *(path.boundingRect() for path in paths.values())]
    )
    painter.translate(QPointF(size.width() / 2, size.height() / 2) - whole.center())
    for mark in sorted(document.marks.values(), key=lambda m: -m.width * m.height):
        _draw_mark(painter, marks[mark.id], mark, theme)
    for edge, path in paths.items():
        skip = edge in skips
        painter.strokePath(path, QPen(theme.color("skip" if skip else "edge"), 1.5 if skip else 1))
    for key, box in boxes.items():
        node = document.graph.nodes[key]
        painter.setOpacity(BYPASSED if node.bypassed else 1.0)
        _draw_node(painter, box, _color(node.type, catalog, theme), theme)
    painter.end()
    return picture


def _boxes(document: Document) -> dict[str, QRectF]:
    """Nodes, frames and notes by their ids, as they lie on the canvas."""
    found = {}
    for thing in (*document.graph.nodes.values(), *document.marks.values()):
        left, top, right, bottom = extent_of(thing)
        found[thing.id] = QRectF(left, top, right - left, bottom - top)
    return found


def _union(boxes: list[QRectF]) -> QRectF:
    whole = QRectF()
    for box in boxes:
        whole = whole.united(box)
    return whole


def _fitted(boxes: _Boxes, size: QSize) -> _Boxes:
    """The boxes in pixels of the picture, from its corner on."""
    whole = _union(list(boxes.values()))
    across = min((size.width() - 2 * _MARGIN) / whole.width(), _LARGEST)
    along = min((size.height() - 2 * _MARGIN) / whole.height(), _LARGEST)
    return {
        key: QRectF(
            (box.left() - whole.left()) * across,
            (box.top() - whole.top()) * along,
            box.width() * across,
            max(_LEAST, box.height() * along),
        )
        for key, box in boxes.items()
    }


def _path(edge: Edge, boxes: dict[str, QRectF], direction: str, skip: bool) -> QPainterPath:
    source, target = boxes[edge.source], boxes[edge.target]
    found = faces(_box(source), _box(target), direction)
    start = QPointF(*on_side(_box(source), found.source, 0.5))
    end = QPointF(*on_side(_box(target), found.target, 0.5))
    if found != AHEAD[direction]:
        route = wire(Point(start.x(), start.y()), Point(end.x(), end.y()), found, direction)
        return route_path(route._replace(arrow=False))
    down = direction == "down"
    path = QPainterPath(start)
    way = end - start
    reach = QPointF(0, way.y() / 2) if down else QPointF(way.x() / 2, 0)
    aside = QPointF()
    if skip:
        # Past the node's side, and further the more it skips: the arches stand side by side.
        far = 14 + 0.45 * min(abs(way.y()) + abs(way.x()), 130.0)
        half = source.width() / 2 if down else source.height() / 2
        aside = QPointF(half + far, 0) if down else QPointF(0, -half - far)
    path.cubicTo(start + reach * 0.5 + aside, end - reach * 0.5 + aside, end)
    return path


def _box(rect: QRectF) -> Box:
    return Box(rect.left(), rect.top(), rect.right(), rect.bottom())


def _color(kind: str, catalog: Catalog, theme: Theme) -> QColor | None:
    """What the strip of a card has; None for inputs and outputs, which are pills."""
    spec = catalog.layers.get(kind) if size_of(kind) != PILL else None
    return theme.category(spec.category) if spec is not None else None


def _draw_mark(painter: QPainter, box: QRectF, mark: Mark, theme: Theme) -> None:
    """A frame is a breath of its colour; a note a sheet with nothing to read on it."""
    if isinstance(mark, Frame):
        painter.fillRect(box, tinted(theme, mark.color, 2 * BODY))
        painter.setPen(QPen(tinted(theme, mark.color, 0.5), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 2, 2)
    else:
        painter.fillRect(box, theme.color("hover"))


def _draw_node(painter: QPainter, box: QRectF, color: QColor | None, theme: Theme) -> None:
    radius = min(3.0, box.height() / 2) if color else box.height() / 2
    if box.height() < _PLAIN:
        # As on the canvas seen from afar: bodies in their colour.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color or theme.color("second"))
        painter.drawRoundedRect(box, radius, radius)
        return
    body = QPainterPath()
    body.addRoundedRect(box, radius, radius)
    painter.fillPath(body, theme.color("card"))
    if color:
        strip = QPainterPath()
        strip.addRect(QRectF(box.topLeft(), box.bottomLeft() + QPointF(_STRIP, 0)))
        painter.fillPath(body.intersected(strip), color)
    painter.strokePath(body, QPen(theme.color("border" if color else "second"), 1))
