"""The canvas as it was painted last, as a picture that reaches beyond the screen on all sides.

What is seen again is copied, px for px, not painted again: a pan paints a strip only now and then,
a drag nothing but what moves. Where it would not be the very same px, everything is painted anew.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from math import ceil
from typing import cast

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform

from designer.ui.canvas.camera import Camera
from designer.ui.canvas.painter import FAR, Emphasis

MARGIN = 64  # widget px on each side that are painted ahead of a pan
MOST = 5  # rectangles that are painted one by one; more are painted as one
_AROUND = ((-MARGIN, 0, 0, 0), (0, -MARGIN, 0, 0), (0, 0, MARGIN, 0), (0, 0, 0, MARGIN))

Paint = Callable[[QPainter, Camera, QRectF, float, Emphasis], None]


@dataclass(frozen=True)
class Shot:
    """One state of the view: size in widget px, device px per widget px, and what stands out."""

    size: QSize
    camera: Camera
    ratio: float
    emphasis: Emphasis

    @property
    def visible(self) -> QRectF:
        """The whole widget."""
        return QRectF(QPointF(), self.size.toSizeF())


def areas(region: QRegion) -> list[QRect]:
    """A region as few rectangles: a pan uncovers strips, whose bounding box would be everything.

    Qt cuts a region into bands from left to right; what goes on below is one piece again.
    """
    found: list[QRect] = []
    for piece in cast(Iterable[QRect], region):
        above = next((r for r in found if _goes_on(r, piece)), None)
        if above is not None:
            above.setBottom(piece.bottom())
        else:
            found.append(QRect(piece))
    return found if len(found) <= MOST else [region.boundingRect()]


def _goes_on(above: QRect, below: QRect) -> bool:
    sides = above.left() == below.left() and above.right() == below.right()
    return sides and above.bottom() + 1 == below.top()


class Sheet:
    """One picture of what `paint` paints. Its places are those of the widget at `home`, which is
    where the view stood when it was begun.
    """

    def __init__(self, paint: Paint) -> None:
        self._paint = paint
        self._pixmap = QPixmap()
        self._ratio = 1.0
        self._room = self._seen = QRect()  # all that it can hold; what the screen showed last
        self._valid = QRect()  # what is painted
        self._home = Camera()
        self._key: Hashable = None

    @property
    def size(self) -> int:
        """Bytes that the picture takes."""
        return self._pixmap.width() * self._pixmap.height() * 4

    def forget(self) -> None:
        """What is painted is not to be seen again."""
        self._valid = QRect()

    def follow(self, region: QRegion, shot: Shot, version: Hashable) -> None:
        """Be the picture of this shot.

        What is told by `version` and by what stands out may look different in `region` (widget
        px) and off the screen, and only there.
        """
        if not self._fits(shot):
            self._begin(shot)
        way = self._way(shot.camera)
        seen = QRect(-way, shot.size)
        key = (version, shot.emphasis)
        stale = QRegion()
        if key != self._key:
            stale = region.translated(-way)
            self._valid &= self._seen
        if not self._room.contains(seen):
            self._shift(way)
            stale.translate(way)
            seen = QRect(QPoint(), shot.size)
        self._key, self._seen = key, seen
        grown = self._grown(seen) if stale.isEmpty() else seen
        self._fill((QRegion(grown) - self._valid) | (stale & grown), shot)
        self._valid = grown

    def draw(self, painter: QPainter, camera: Camera) -> None:
        """Draw it where it belongs on the screen."""
        at = QPointF(self._room.topLeft() + self._way(camera)) * self._ratio
        painter.save()
        # In device px it is a mere copy, whatever the screen's scale is.
        painter.scale(1 / self._ratio, 1 / self._ratio)
        painter.drawPixmap(at, self._pixmap)
        painter.restore()

    def draw_scaled(self, painter: QPainter, camera: Camera) -> None:
        """Draw it as if that camera had taken it."""
        scale = camera.zoom / self._home.zoom
        dx, dy = camera.x - self._home.x * scale, camera.y - self._home.y * scale
        corner = QPointF(self._valid.topLeft() - self._room.topLeft()) * self._ratio
        source = QRectF(corner, QSizeF(self._valid.size()) * self._ratio)
        painter.save()
        painter.setTransform(QTransform(scale, 0, 0, scale, dx, dy), combine=True)
        painter.drawPixmap(QRectF(self._valid), self._pixmap, source)
        painter.restore()

    def _way(self, camera: Camera) -> QPoint:
        """From home to a camera."""
        return QPoint(camera.x - self._home.x, camera.y - self._home.y)

    def _fits(self, shot: Shot) -> bool:
        """Whether it can show the shot without a px of the screen being split."""
        if self._pixmap.isNull() or shot.camera.zoom != self._home.zoom:
            return False
        way = QPointF(self._way(shot.camera)) * shot.ratio
        whole = way.x().is_integer() and way.y().is_integer()
        return whole and shot.ratio == self._ratio and shot.size == self._seen.size()

    def _begin(self, shot: Shot) -> None:
        self._home, self._ratio = shot.camera, shot.ratio
        margin = MARGIN if (MARGIN * shot.ratio).is_integer() else 0
        self._seen, self._valid = QRect(QPoint(), shot.size), QRect()
        self._room = self._seen.adjusted(-margin, -margin, margin, margin)
        wide, high = (ceil(n * shot.ratio) for n in self._room.size().toTuple())
        if self._pixmap.size() != QSize(wide, high):
            self._pixmap = QPixmap(wide, high)

    def _shift(self, way: QPoint) -> None:
        """Make the place where the view stands now the home."""
        here = QRect(-way, self._seen.size())
        kept = self._valid & self._room.translated(-way)
        if kept.intersects(here):
            dx, dy = (round(n * self._ratio) for n in way.toTuple())
            self._pixmap.scroll(dx, dy, self._pixmap.rect())
            self._valid = kept.translated(way)
        else:
            self._valid = QRect()
        self._home = self._home.panned(way.x(), way.y())

    def _grown(self, seen: QRect) -> QRect:
        """What is to be painted so that all that is seen is; more on the sides to which it goes."""
        valid = self._valid
        if valid.contains(seen):
            return valid
        if not valid.intersects(seen):
            return seen
        ahead = (
            seen.left() < valid.left(),
            seen.top() < valid.top(),
            seen.right() > valid.right(),
            seen.bottom() > valid.bottom(),
        )
        grown = valid | seen
        for wanted, sides in zip(ahead, _AROUND, strict=True):
            grown = grown.adjusted(*sides) if wanted else grown
        return grown & self._room

    def _fill(self, region: QRegion, shot: Shot) -> None:
        if region.isEmpty():
            return
        corner = self._room.topLeft()
        camera = self._home.panned(-corner.x(), -corner.y())
        self._pixmap.setDevicePixelRatio(self._ratio)
        painter = QPainter(self._pixmap)
        # From afar everything is drawn in one go, wherever it is.
        at_once = shot.camera.zoom < FAR
        for area in [region.boundingRect()] if at_once else areas(region):
            place = area.translated(-corner)
            painter.setClipRect(place)
            self._paint(painter, camera, QRectF(place), self._ratio, shot.emphasis)
        painter.end()
        self._pixmap.setDevicePixelRatio(1.0)
