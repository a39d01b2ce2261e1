"""Paints frames and notes below the nodes, and above them from afar the frames' titles, which stay
as large as can be read. A frame is a breath of its colour, so that what stands on it stays clear.
"""

from collections import OrderedDict
from collections.abc import Sequence, Set

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from designer.document.marks import TITLE
from designer.document.model import Frame, Note
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.crisp import snap
from designer.ui.canvas.far_marks import Chip, FarMarks, Shape
from designer.ui.canvas.geometry import CORNER
from designer.ui.canvas.marks import READABLE, Marks, title_box
from designer.ui.canvas.note_text import NoteText
from designer.ui.canvas.sprites import Sprites, base_px, font_at
from designer.ui.theme import Theme

BODY = 0.06  # how much of a frame's colour there is behind its nodes
BAR = 0.14  # and behind its title
_RIM = 0.55
_FAR = 0.3  # zoom below which no text of a note is drawn
_LARGEST = 4_000_000  # device px of a note that is kept as a picture
_TITLE_PX = 11.0  # px of a title's letters that can be read
_PAD = 10.0
_NARROW = 22.0  # px; on a frame less wide than that no title is begun
_KEPT = 64  # texts that are laid out
_MANY = 2000  # titles that are measured


def tinted(theme: Theme, color: str, share: float) -> QColor:
    """The canvas with a share of a frame's colour."""
    over, under = theme.category(color), theme.color("canvas")
    pairs = zip(over.getRgb()[:3], under.getRgb()[:3], strict=True)  # type: ignore[index] # Qt's stub
    return QColor(*(round(share * o + (1 - share) * u) for o, u in pairs))


class MarkPainter:
    """Paints marks in one theme; without `sprites` everything anew, as vector formats need it."""

    def __init__(self, theme: Theme, sprites: Sprites | None) -> None:
        self._theme = theme
        self._sprites = sprites
        self._texts: OrderedDict[tuple[str, float], NoteText] = OrderedDict()
        self._titles: dict[tuple[str, int, float], tuple[str, float]] = {}
        self._fonts: dict[float, tuple[QFont, QFontMetricsF]] = {}  # the one of this zoom
        self._inks: dict[tuple[str, float], QColor] = {}
        self._far = FarMarks(self._seen_from_afar)

    def paint(
        self,
        painter: QPainter,
        camera: Camera,
        ratio: float,
        marks: Marks,
        shown: Sequence[str],
        chosen: Set[str],
    ) -> None:
        """Paint these, from the lowest to the topmost."""
        if camera.zoom < _FAR:
            self._paint_far(painter, camera, ratio, marks, shown, chosen)
            return
        for key in shown:
            mark, rect = marks.all[key], _crisp(camera.rect(marks.boxes[key]), ratio)
            if isinstance(mark, Frame):
                self._frame(painter, mark, rect, camera.zoom)
            else:
                self._note(painter, mark, rect, camera.zoom, ratio)
            if key in chosen:
                self._outline(painter, rect, QPen(self._theme.color("accent"), 2.0), camera.zoom)

    def _paint_far(
        self,
        painter: QPainter,
        camera: Camera,
        ratio: float,
        marks: Marks,
        shown: Sequence[str],
        chosen: Set[str],
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for key, shape in self._far.of(camera, ratio, marks, shown)[0].items():
            painter.fillRect(shape.body, shape.ink)
            if shape.pen is not None:
                painter.setPen(shape.pen)
                painter.drawRect(shape.rim)
            if key in chosen:
                rect = _crisp(camera.rect(marks.boxes[key]), ratio)
                self._outline(painter, rect, QPen(self._theme.color("accent"), 2.0), camera.zoom)

    def paint_titles(
        self, painter: QPainter, camera: Camera, ratio: float, marks: Marks, shown: Sequence[str]
    ) -> None:
        """Paint the titles, over the wires that come in through them. Where those meet that are
        above their frames, that of the larger one.
        """
        if not _above(camera.zoom):
            for key in shown:
                frame = marks.all[key]
                if isinstance(frame, Frame) and frame.title:
                    bar = camera.rect(title_box(marks.boxes[key], camera.zoom))
                    self._title(painter, frame, bar, camera.zoom)
            return
        painter.setFont(self._font(_TITLE_PX)[0])
        painter.setPen(self._theme.color("text"))
        for chip in self._far.of(camera, ratio, marks, shown)[1]:
            painter.fillRect(chip.ground, chip.ink)
            painter.drawText(chip.at, chip.text)

    def _seen_from_afar(
        self, camera: Camera, ratio: float, marks: Marks, shown: Sequence[str]
    ) -> tuple[dict[str, Shape], list[Chip]]:
        shapes = {}
        for key in shown:
            mark, rect = marks.all[key], _crisp(camera.rect(marks.boxes[key]), ratio)
            if isinstance(mark, Frame):
                body, rim = rect.adjusted(0.5, 0, -0.5, -0.5), rect.adjusted(0.5, 0.5, -0.5, -0.5)
                pen = QPen(self._ink(mark.color, _RIM), 1.0)
                shapes[key] = Shape(body, self._ink(mark.color, BODY), rim, pen)
            else:
                shapes[key] = Shape(rect, self._theme.color("hover"), rect, None)
        return shapes, self._chips(camera, marks, shown)

    def _chips(self, camera: Camera, marks: Marks, shown: Sequence[str]) -> list[Chip]:
        found = []
        taken: dict[int, list[QRectF]] = {}  # by the lines that they begin in
        for key in shown:
            mark = marks.all[key]
            if isinstance(mark, Frame) and mark.title:
                room = camera.rect(title_box(marks.boxes[key], camera.zoom))
                line = int(room.bottom() // READABLE)
                near = [chip for n in (line - 1, line, line + 1) for chip in taken.get(n, ())]
                chip = self._chip(mark.title, room)
                if not chip.isEmpty() and not any(chip.intersects(other) for other in near):
                    taken.setdefault(line, []).append(chip)
                    at, text = self._placed(mark.title, chip, _PAD / 2, _TITLE_PX)
                    found.append(Chip(chip, self._chip_ink(mark.color, 2 * BAR), at, text))
        return found

    # --- Frames ---------------------------------------------------------------------------------

    def _frame(self, painter: QPainter, frame: Frame, rect: QRectF, zoom: float) -> None:
        # Rectangles are filled many times as fast as rounded ones, and in a tint that faint nobody
        # sees that the lower corners are none.
        bar = 0.0 if _above(zoom) else min(round(_bar(zoom)), rect.height())
        painter.fillRect(rect.adjusted(0.5, bar, -0.5, -0.5), self._ink(frame.color, BODY))
        if bar:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(_cap(rect, bar, CORNER * zoom), self._ink(frame.color, BAR))
            painter.restore()
        self._outline(painter, rect, QPen(self._ink(frame.color, _RIM), 1.0), zoom)

    def _ink(self, color: str, share: float) -> QColor:
        """A frame's colour, so faint."""
        key = (color, share)
        if key not in self._inks:
            self._inks[key] = self._theme.category(color)
            self._inks[key].setAlphaF(share)
        return self._inks[key]

    def _chip_ink(self, color: str, share: float) -> QColor:
        """The same on the canvas, as an opaque ground."""
        key = (color, 1.0 + share)
        if key not in self._inks:
            self._inks[key] = tinted(self._theme, color, share)
        return self._inks[key]

    def _title(self, painter: QPainter, frame: Frame, bar: QRectF, zoom: float) -> None:
        pad, px = _PAD * zoom, max(_TITLE_PX, base_px() * zoom)
        _, wide = self._cut(frame.title, bar.width() - 2 * pad, px)
        ground = QRectF(bar.left() + pad - 2, bar.top() + 2, wide + 4, bar.height() - 4)
        painter.fillRect(ground, self._chip_ink(frame.color, BAR))
        self._write(painter, frame.title, bar, pad, px)

    def _chip(self, title: str, room: QRectF) -> QRectF:
        """Where a title stands above its frame; empty where there is no room to begin it."""
        if room.width() < _NARROW:
            return QRectF()
        _, wide = self._cut(title, room.width() - _PAD, _TITLE_PX)
        top = snap(room.bottom() - READABLE, 1.0)
        return QRectF(snap(room.left(), 1.0), top, min(wide + _PAD + 1, room.width()), READABLE)

    def _write(self, painter: QPainter, text: str, rect: QRectF, pad: float, px: float) -> None:
        at, shown = self._placed(text, rect, pad, px)
        painter.setFont(self._font(px)[0])
        painter.setPen(self._theme.color("text"))
        painter.drawText(at, shown)

    def _placed(self, text: str, rect: QRectF, pad: float, px: float) -> tuple[QPointF, str]:
        """Where a title begins in a rectangle, and as much of it as there is room for."""
        _, metrics = self._font(px)
        shown, _ = self._cut(text, rect.width() - 2 * pad, px)
        baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
        return QPointF(snap(rect.left() + pad, 1.0), snap(baseline, 1.0)), shown

    def _font(self, px: float) -> tuple[QFont, QFontMetricsF]:
        if px not in self._fonts:
            self._fonts.clear()
            font = font_at(1.0, weight=QFont.Weight.DemiBold, px=px)
            self._fonts[px] = (font, QFontMetricsF(font))
        return self._fonts[px]

    def _cut(self, title: str, room: float, px: float) -> tuple[str, float]:
        """As much of a title as there is room for, and how wide that is."""
        key = (title, int(room), px)
        if key not in self._titles:
            if len(self._titles) > _MANY:
                self._titles.clear()
            _, metrics = self._font(px)
            shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room + 1)
            self._titles[key] = (shown, metrics.horizontalAdvance(shown))
        return self._titles[key]

    # --- Notes ----------------------------------------------------------------------------------

    def _note(self, painter: QPainter, note: Note, rect: QRectF, zoom: float, ratio: float) -> None:
        if zoom < _FAR:
            painter.fillRect(rect, self._theme.color("hover"))
            return
        pixels = rect.width() * rect.height() * ratio * ratio
        if self._sprites is None or pixels > _LARGEST:
            painter.save()
            painter.translate(rect.topLeft())
            self._draw_note(painter, note, rect.size(), zoom)
            painter.restore()
            return
        key = ("note", note.text, note.width, note.height, round(zoom, 4), ratio)

        def draw(device: QPainter) -> None:
            self._draw_note(device, note, rect.size() * ratio, zoom * ratio)

        sprite = self._sprites.stamp(key, rect.size() * ratio, ratio, draw)
        painter.drawPixmap(rect.topLeft(), sprite)

    def _draw_note(self, painter: QPainter, note: Note, size: QSizeF, scale: float) -> None:
        whole = QRectF(QPointF(), size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = _rounded(whole, scale)
        painter.fillPath(sheet, self._theme.color("hover"))
        text = self._text(note)
        painter.setClipRect(whole, Qt.ClipOperation.IntersectClip)
        painter.scale(scale, scale)
        text.draw(painter, note.height)
        if text.height > note.height + 1:
            self._tell_more(painter, note)

    def _tell_more(self, painter: QPainter, note: Note) -> None:
        """Three dots where the text goes on below the note's edge."""
        font = font_at(1.0, weight=QFont.Weight.Bold)
        metrics = QFontMetricsF(font)
        wide, high = metrics.horizontalAdvance("…") + _PAD, metrics.height()
        corner = QRectF(note.width - wide, note.height - high, wide, high)
        painter.fillRect(corner, self._theme.color("hover"))
        painter.setFont(font)
        painter.setPen(self._theme.color("second"))
        painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, "…")

    def _text(self, note: Note) -> NoteText:
        key = (note.text, note.width)
        text = self._texts.pop(key, None) or NoteText(note.text, note.width, self._theme)
        self._texts[key] = text
        while len(self._texts) > _KEPT:
            self._texts.popitem(last=False)
        return text

    def _outline(self, painter: QPainter, rect: QRectF, pen: QPen, zoom: float) -> None:
        inset = pen.widthF() / 2
        inner = rect.adjusted(inset, inset, -inset, -inset)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if zoom < _FAR:
            painter.drawRect(inner)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPath(_rounded(inner, zoom))
        painter.restore()


def _above(zoom: float) -> bool:
    """Whether titles stand above their frames, because they have no room within."""
    return _bar(zoom) < READABLE


def _bar(zoom: float) -> float:
    return TITLE * zoom


def _rounded(rect: QRectF, zoom: float) -> QPainterPath:
    path = QPainterPath()
    radius = CORNER * max(zoom, 0.0)
    path.addRoundedRect(rect, radius, radius)
    return path


def _cap(rect: QRectF, height: float, radius: float) -> QPainterPath:
    """The upper part of a rounded rectangle."""
    left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.top() + height
    path = QPainterPath(QPointF(left, bottom))
    path.lineTo(left, top + radius)
    path.quadTo(left, top, left + radius, top)
    path.lineTo(right - radius, top)
    path.quadTo(right, top, right, top + radius)
    path.lineTo(right, bottom)
    path.closeSubpath()
    return path


def _crisp(rect: QRectF, ratio: float) -> QRectF:
    """On whole device px, so that edges are not smeared."""
    left, top = snap(rect.left(), ratio), snap(rect.top(), ratio)
    right, bottom = snap(rect.right(), ratio), snap(rect.bottom(), ratio)
    return QRectF(left, top, right - left, bottom - top)
