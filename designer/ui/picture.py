"""A design as a picture in a file: SVG and PDF with text as text, PNG at any scale.

The canvas' own painter draws it at 100 %, on another device, so a picture shows what the canvas
shows at its closest: every name, shape and badge.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QPointF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.document.problem import failure
from designer.infer.report import Report
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.geometry import Box, union
from designer.ui.canvas.painter import Emphasis, Part, ScenePainter
from designer.ui.canvas.scene import MARGIN, Scene
from designer.ui.theme import Theme

ROOM = 24  # canvas px around what is drawn
LONGEST = 14_400.0  # points; no reader of PDF takes a larger page
LARGEST = 400_000_000  # px; 1.6 GB of memory
_TILE = 4096  # px; Qt's painter knows no coordinates beyond 32,767
_FORMAT = QImage.Format.Format_RGB32
_BYTES = 4  # of a px
_POINTS = 72.0  # per inch
_INCHES = 39.37  # per metre
_NOT_IN_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"  # names in files may hold anything
_EMPTY = Box(0.0, 0.0, 240.0, 160.0)


@dataclass(frozen=True, eq=False)
class Picture:
    """What is to be drawn: the nodes, frames and notes in `nodes` and the wires between them, or
    everything if it is None.

    `scale` is px of the picture per px of the canvas at 100 %.
    """

    document: Document
    report: Report
    catalog: Catalog
    theme: Theme
    scale: float = 1.0
    nodes: frozenset[str] | None = None


class _Figure:
    """The design laid out for drawing; `size` is in canvas px."""

    def __init__(self, picture: Picture, *, direct: bool) -> None:
        self._theme = picture.theme
        self._scene = Scene(picture.catalog)
        self._scene.become(picture.document, picture.report)
        self._painter = ScenePainter(self._scene, picture.theme, direct=direct)
        self._part = self._parted(picture.nodes)
        marks = frozenset(self._scene.marks.boxes)
        self._marks = marks if picture.nodes is None else marks & picture.nodes
        box = self._box()
        self._camera = Camera(round(ROOM - box.left), round(ROOM - box.top))
        self.size = QSize(round(box.width) + 2 * ROOM, round(box.height) + 2 * ROOM)

    @property
    def whole(self) -> QRectF:
        """All of it, in px at 100 %."""
        return QRectF(0, 0, self.size.width(), self.size.height())

    def _parted(self, nodes: frozenset[str] | None) -> Part:
        edges = self._scene.document.graph.edges
        if nodes is None:
            return frozenset(self._scene.boxes), edges
        inner = frozenset(e for e in edges if e.source in nodes and e.target in nodes)
        return nodes & self._scene.boxes.keys(), inner

    def _box(self) -> Box:
        nodes, edges = self._part
        boxes = [self._scene.boxes[node] for node in nodes]
        boxes += [self._scene.marks.boxes[key] for key in self._marks]
        return union((*boxes, *(self._scene.routes[edge].box for edge in edges))) or _EMPTY

    def draw(self, painter: QPainter, ratio: float, area: QRectF) -> None:
        """Draws what lies in an area, in px of the figure at 100 %."""
        painter.fillRect(area, self._theme.color("canvas"))
        around = area.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        camera, plain = self._camera, Emphasis()
        self._painter.paint_marks(painter, camera, ratio, plain, self._marks)
        self._painter.paint_part(painter, camera, around, ratio, plain, self._part)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    return buffer


def _bytes(buffer: QBuffer) -> bytes:
    return bytes(buffer.data().data())


def _resolution() -> int:
    """Dots per inch that make a font in points as large as the canvas' measures take it to be."""
    return round(QGuiApplication.primaryScreen().logicalDotsPerInchY())


def _svg(picture: Picture) -> bytes:
    buffer = _buffer()
    figure = _Figure(picture, direct=True)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setTitle(picture.document.name)
    generator.setResolution(_resolution())
    generator.setSize((QSizeF(figure.size) * picture.scale).toSize())
    generator.setViewBox(figure.whole)
    with QPainter(generator) as painter:
        figure.draw(painter, 1.0, figure.whole)
    return _with_known_fonts(_bytes(buffer), picture.theme)


def _with_known_fonts(svg: bytes, theme: Theme) -> bytes:
    """Names fonts as they are really called, and a kind of font for where they are not installed.

    Qt writes the names that fonts were asked for by, "Sans Serif", which only Qt knows.
    """

    def named(found: re.Match[str]) -> str:
        family = QFontInfo(QFont(found[1])).family().replace("'", "")
        kind = "monospace" if found[1] == theme.mono else "sans-serif"
        return f"font-family=\"'{escape(family)}', {kind}\""

    text = re.sub('font-family="([^"]*)"', named, svg.decode())
    return re.sub(_NOT_IN_XML, "", text).encode()


def _pdf(picture: Picture) -> bytes:
    buffer = _buffer()
    figure = _Figure(picture, direct=True)
    resolution = _resolution()
    longest = max(figure.size.width(), figure.size.height()) * _POINTS / resolution
    scale = min(picture.scale, LONGEST / longest)
    page = QSizeF(figure.size) * (scale * _POINTS / resolution)
    writer = QPdfWriter(buffer)
    writer.setTitle(picture.document.name)
    writer.setCreator("Skipwire")
    writer.setResolution(resolution)
    exactly = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(page, QPageSize.Unit.Point, "", exactly))
    writer.setPageMargins(QMarginsF())
    with QPainter(writer) as painter:
        painter.scale(scale, scale)
        figure.draw(painter, 1.0, figure.whole)
    return _bytes(buffer)


def _png(picture: Picture) -> bytes:
    buffer = _buffer()
    figure = _Figure(picture, direct=False)
    size = (QSizeF(figure.size) * picture.scale).toSize().expandedTo(QSize(1, 1))
    image = _canvas(size)
    for tile in _tiles(size):
        _copy(_drawn(figure, tile, picture.scale), image, tile)
    dots = round(_resolution() * picture.scale * _INCHES)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    image.setText("Title", picture.document.name)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return _bytes(buffer)


def _canvas(size: QSize) -> QImage:
    image = QImage()
    if size.width() * size.height() <= LARGEST:
        image = QImage(size, _FORMAT)  # a null image where the memory is not there
    if image.isNull():
        raise failure(
            "picture_too_large",
            "A picture of {width} × {height} pixels is more than can be drawn: choose a smaller "
            "scale, a selection, or SVG, which has no pixels.",
            width=size.width(),
            height=size.height(),
        )
    return image


def _tiles(size: QSize) -> Iterator[QRect]:
    whole = QRect(0, 0, size.width(), size.height())
    for top in range(0, size.height(), _TILE):
        for left in range(0, size.width(), _TILE):
            yield QRect(left, top, _TILE, _TILE).intersected(whole)


def _drawn(figure: _Figure, tile: QRect, scale: float) -> QImage:
    image = QImage(tile.size(), _FORMAT)
    image.setDevicePixelRatio(scale)
    corner = QPointF(tile.topLeft()) / scale
    area = QRectF(corner, QSizeF(tile.size()) / scale)
    with QPainter(image) as painter:
        painter.translate(-corner)
        figure.draw(painter, scale, area)
    return image


def _copy(tile: QImage, image: QImage, place: QRect) -> None:
    """Copies pixels as bytes: a painter on the whole image would end at its coordinates' limit."""
    source, target = memoryview(tile.constBits()), memoryview(image.bits())
    wide, line = place.width() * _BYTES, image.bytesPerLine()
    start = place.top() * line + place.left() * _BYTES
    for row in range(place.height()):
        target[start : start + wide] = source[row * wide : (row + 1) * wide]
        start += line


_PAINTERS: dict[str, Callable[[Picture], bytes]] = {"svg": _svg, "png": _png, "pdf": _pdf}
KINDS = tuple(_PAINTERS)


def paint(picture: Picture, kind: str) -> bytes:
    """The bytes of a picture file; `kind` is "svg", "png" or "pdf".

    ProblemError "picture_too_large" where a PNG would have more than 400 million pixels. A PDF
    that would be longer than its readers show is drawn smaller.
    """
    return _PAINTERS[kind](picture)
