"""Pictures of nodes and labels, drawn once per look, scale and theme, and kept in bounded memory.

Everything inside a sprite is in device px, so that it is crisp at every zoom and screen scale.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from designer.ui.canvas.crisp import snap
from designer.ui.canvas.geometry import CORNER, DOT, STRIP
from designer.ui.canvas.look import Dot, Look
from designer.ui.canvas.scene import MARGIN
from designer.ui.theme import Theme

LIMIT = 16 * 1024 * 1024  # bytes of all sprites together
_LARGEST_FONT = 13.0  # canvas px; a card is no taller for a larger interface font
_PAD = 10.0
_SMALL = 0.85
_BADGE = 8.0  # radius
_READABLE = 8.5  # px that a title has at least where only titles are drawn
_LABEL_PX = 8.0  # px that a shape has at least
_HALO = 3.0
_DOUBLE = 3.0  # from the border of a block to its second border
_RING = 3.25  # radius of a ring of the chain that marks shared layers

Brush = Callable[[QPainter], None]


class Sprites:
    """The sprites of one theme on one kind of screen; the least used ones are forgotten."""

    def __init__(self, theme: Theme, limit: int = LIMIT) -> None:
        self._theme = theme
        self._limit = limit
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._size = 0

    @property
    def size(self) -> int:
        """Bytes that the kept sprites take."""
        return self._size

    def node(self, look: Look, zoom: float, ratio: float, *, titles: bool) -> QPixmap:
        """The picture of a node with a margin around; `titles`: body and name only."""
        scale = zoom * ratio
        key = (look, round(scale, 4), ratio, titles)
        size = QSizeF(look.width + 2 * MARGIN, look.height + 2 * MARGIN) * scale

        def draw(painter: QPainter) -> None:
            Card(painter, look, scale, self._theme).draw(titles=titles)

        return self.stamp(key, size, ratio, draw)

    def label(self, text: str, role: str, zoom: float, ratio: float) -> QPixmap:
        """A shape in the mono font with a halo in the canvas' colour, to stand on a wire."""
        # From further away a shape stays as large as can be read.
        scale = max(zoom, _LABEL_PX / (base_px() * _SMALL)) * ratio
        key = (text, role, round(scale, 4), ratio)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        words = Words(text, role, scale, self._theme)
        return self.stamp(key, words.size, ratio, words.draw)

    def draw_node(
        self,
        painter: QPainter,
        corner: QPointF,
        look: Look,
        zoom: float,
        ratio: float,
        *,
        titles: bool,
    ) -> None:
        """Draw a node whose card has its upper left corner there, in widget px."""
        sprite = self.node(look, zoom, ratio, titles=titles)
        # The sprite's card begins at a rounded margin: place the card, not the sprite.
        edge = round(MARGIN * zoom * ratio) / ratio
        place = QPointF(snap(corner.x(), ratio) - edge, snap(corner.y(), ratio) - edge)
        painter.drawPixmap(place, sprite)

    def draw_label(
        self, painter: QPainter, center: QPointF, text: str, role: str, zoom: float, ratio: float
    ) -> None:
        """Draw a shape centred there, in widget px."""
        sprite = self.label(text, role, zoom, ratio)
        size = sprite.deviceIndependentSize()
        x = snap(center.x() - size.width() / 2, ratio)
        y = snap(center.y() - size.height() / 2, ratio)
        painter.drawPixmap(QPointF(x, y), sprite)

    def stamp(self, key: Hashable, size: QSizeF, ratio: float, draw: Brush) -> QPixmap:
        """The picture of that key and size in device px, drawn if it is not kept any more."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        pixmap = QPixmap(max(1, ceil(size.width())), max(1, ceil(size.height())))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        self._keep(key, pixmap)
        return pixmap

    def _keep(self, key: Hashable, pixmap: QPixmap) -> None:
        self._kept[key] = pixmap
        self._size += _bytes(pixmap)
        while self._size > self._limit and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._size -= _bytes(old)


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def base_px() -> float:
    """Size of the interface's font in px, as far as cards follow it."""
    return min(_LARGEST_FONT, float(QFontInfo(QGuiApplication.font()).pixelSize()))


def font_at(
    scale: float, family: str = "", weight: QFont.Weight = QFont.Weight.Normal, px: float = 0.0
) -> QFont:
    """The interface's font, or one of `family`, where `scale` is device px per canvas px."""
    font = QFont(QGuiApplication.font())
    if family:
        font.setFamily(family)
        font.setStyleHint(QFont.StyleHint.Monospace)
    font.setWeight(weight)
    screen = QGuiApplication.primaryScreen()
    # Sizes in points may be fractions, sizes in px may not.
    font.setPointSizeF(max(0.5, (px or base_px()) * scale * 72.0 / screen.logicalDotsPerInchY()))
    return font


def label_size(theme: Theme) -> tuple[float, float]:
    """How wide a letter of a wire's shape is, and how high, in canvas px."""
    metrics = QFontMetricsF(font_at(_SMALL, theme.mono))
    return metrics.horizontalAdvance("0"), metrics.ascent()


class Words:
    """A shape as it stands on a wire, with its halo. `scale` is device px per canvas px."""

    def __init__(self, text: str, role: str, scale: float, theme: Theme) -> None:
        self._text = text
        self._role = role
        self._theme = theme
        self._halo = _HALO * scale
        self._font = font_at(scale * _SMALL, theme.mono)
        self._metrics = QFontMetricsF(self._font)

    @property
    def size(self) -> QSizeF:
        """What it takes with its halo, in device px."""
        wide = self._metrics.horizontalAdvance(self._text) + 2 * self._halo
        return QSizeF(wide, self._metrics.height() + self._halo)

    def draw(self, painter: QPainter) -> None:
        """Draw it with its upper left corner at the origin."""
        at = QPointF(round(self._halo), round(self._halo / 2 + self._metrics.ascent()))
        path = QPainterPath()
        path.addText(at, self._font, self._text)
        pen = QPen(self._theme.color("canvas"), 2 * self._halo)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
        painter.setFont(self._font)
        painter.setPen(self._theme.color(self._role))
        painter.drawText(at, self._text)


class Card:
    """Draws one node, its margin around it. `scale` is device px per canvas px."""

    def __init__(self, painter: QPainter, look: Look, scale: float, theme: Theme) -> None:
        self._painter = painter
        self._look = look
        self._scale = scale
        self._theme = theme
        edge = round(MARGIN * scale)
        self._rect = QRectF(edge, edge, round(look.width * scale), round(look.height * scale))

    def draw(self, *, titles: bool) -> None:
        self._body()
        if titles:
            self._title()
        elif self._look.pill:
            self._pill_text()
        else:
            self._text()
        if not titles:
            for dot in self._look.dots:
                self._dot(dot)
        if self._look.badge:
            self._badge(count=not titles)

    def _x(self, x: float) -> float:
        return self._rect.left() + x * self._scale

    def _y(self, y: float) -> float:
        return self._rect.top() + y * self._scale

    def _body(self) -> None:
        painter, theme, scale = self._painter, self._theme, self._scale
        radius = self._rect.height() / 2 if self._look.pill else CORNER * scale
        line = max(1.0, round(scale))
        outline = QPainterPath()
        inset = self._rect.adjusted(line / 2, line / 2, -line / 2, -line / 2)
        outline.addRoundedRect(inset, radius - line / 2, radius - line / 2)
        painter.fillPath(outline, theme.color("card"))
        painter.strokePath(outline, QPen(theme.color("border"), line))
        if self._look.double:
            self._inner_border(radius, line)
        if not self._look.pill:
            full = QPainterPath()
            full.addRoundedRect(self._rect, radius, radius)
            strip = QPainterPath()
            wide = max(2.0, round(STRIP * scale))
            strip.addRect(QRectF(self._rect.topLeft(), QSizeF(wide, self._rect.height())))
            painter.fillPath(full.intersected(strip), theme.category(self._look.category))

    def _inner_border(self, radius: float, line: float) -> None:
        """The second border of a block, which has more in it."""
        gap = max(2.0, round(_DOUBLE * self._scale)) + line / 2
        inner = self._rect.adjusted(gap, gap, -gap, -gap)
        corner = max(radius - gap, 1.0)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._theme.color("border"), line))
        self._painter.drawRoundedRect(inner, corner, corner)

    def _write(self, text: str, font: QFont, color: QColor, rect: QRectF, side: str) -> float:
        """Writes on one line, elided to the room; tells how wide it came out."""
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        wide = metrics.horizontalAdvance(shown)
        x = rect.left()
        if side == "right":
            x = rect.right() - wide
        elif side == "center":
            x = rect.center().x() - wide / 2
        baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
        self._painter.setFont(font)
        self._painter.setPen(color)
        self._painter.drawText(QPointF(round(x), round(baseline)), shown)
        return wide

    def _text(self) -> None:
        left, right = STRIP + _PAD, self._look.width - _PAD
        small = font_at(self._scale * _SMALL)
        mono = font_at(self._scale * _SMALL, self._theme.mono)
        second = self._theme.color("second")
        first_row, second_row = (6.0, 24.0), (24.0, 42.0)
        wide = 0.0
        if self._look.weights:
            room = self._row(left, right, *first_row)
            wide = self._write(self._look.weights, mono, second, room, "right") / self._scale + 8
        name = font_at(self._scale, weight=QFont.Weight.DemiBold)
        room = self._row(left, right - wide, *first_row)
        self._write(self._look.name, name, self._theme.color("text"), room, "left")
        if self._look.shared:
            right -= self._chain(self._row(left, right, *second_row)) / self._scale + 4
        room = self._row(left, right, *second_row)
        self._write(self._look.second, small, second, room, "left")

    def _chain(self, room: QRectF) -> float:
        """Two rings that hold each other, at the end of the room; tells how wide they are."""
        radius = _RING * self._scale
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._theme.color("accent"), max(1.0, 1.25 * self._scale)))
        center = QPointF(room.right() - radius, room.center().y())
        for step in (0.0, 1.25 * radius):
            self._painter.drawEllipse(center - QPointF(step, 0), radius, radius)
        return 3.25 * radius

    def _row(self, left: float, right: float, top: float, bottom: float) -> QRectF:
        return QRectF(
            QPointF(self._x(left), self._y(top)), QPointF(self._x(right), self._y(bottom))
        )

    def _pill_text(self) -> None:
        name = font_at(self._scale, weight=QFont.Weight.DemiBold)
        mono = font_at(self._scale * _SMALL, self._theme.mono)
        scale, gap = self._scale, 8.0
        whole = self._look.width - 2 * (_PAD + 4)
        wide = QFontMetricsF(mono).horizontalAdvance(self._look.second) / scale
        room = whole - (wide + gap if self._look.second else 0.0)
        first = min(QFontMetricsF(name).horizontalAdvance(self._look.name) / scale + 1, room)
        total = first + (gap + wide if self._look.second else 0.0)
        left = (self._look.width - total) / 2
        height = self._look.height
        text = self._theme.color("text")
        self._write(self._look.name, name, text, self._row(left, left + first, 0, height), "left")
        if self._look.second:
            rect = self._row(left + first + gap, left + total + 2, 0, height)
            self._write(self._look.second, mono, self._theme.color("second"), rect, "left")

    def _title(self) -> None:
        # Only the name is left, so it may be larger than on a full card: it is still to be read.
        px = min(max(base_px() * 1.25, _READABLE / self._scale), self._look.height * 0.6)
        font = font_at(self._scale, weight=QFont.Weight.DemiBold, px=px)
        rect = self._row(STRIP + 6, self._look.width - 6, 0, self._look.height)
        side = "center" if self._look.pill else "left"
        self._write(self._look.name, font, self._theme.color("text"), rect, side)

    def _dot(self, dot: Dot) -> None:
        # The slot of a merge is an open bar, a little wider than the dots of the wires in it.
        size = (DOT + 2.0 if dot.reach else DOT) * self._scale
        wide = 2 * dot.reach * self._scale
        extent = QSizeF(size + wide, size) if self._look.down else QSizeF(size, size + wide)
        rect = QRectF(QPointF(), extent)
        rect.moveCenter(QPointF(self._x(dot.x), self._y(dot.y)))
        painter, theme = self._painter, self._theme
        role = "disabled" if dot.optional and not dot.taken else "edge"
        painter.setPen(Qt.PenStyle.NoPen)
        if dot.taken and not dot.reach:
            painter.setBrush(theme.color(role))
        else:
            painter.setBrush(theme.color("card"))
            painter.setPen(QPen(theme.color(role), max(1.0, self._scale)))
        painter.drawRoundedRect(rect, size / 2, size / 2)

    def _badge(self, *, count: bool) -> None:
        role = self._look.severity if self._look.severity in ("error", "warning") else "second"
        radius = _BADGE * self._scale * (1.0 if count else 1.4)
        center = QPointF(self._x(self._look.width - 2), self._y(2))
        painter = self._painter
        painter.setPen(QPen(self._theme.color("canvas"), max(1.0, 1.5 * self._scale)))
        painter.setBrush(self._theme.color(role))
        painter.drawEllipse(center, radius, radius)
        if count:
            font = font_at(self._scale * _SMALL, weight=QFont.Weight.Bold)
            rect = QRectF(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
            text = str(self._look.badge) if self._look.badge < 10 else "9+"
            self._write(text, font, self._theme.color("canvas"), rect, "center")
