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
from designer.ui.canvas.geometry import CORNER, Box
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
        for key in shown:
            mark, rect = marks.all[key], _crisp(camera.rect(marks.boxes[key]), ratio)
            if isinstance(mark, Frame):
                self._frame(painter, mark, rect, camera.zoom)
                if not _above(camera.zoom):
                    self._title(
                        painter, mark, rect, title_box(marks.boxes[key], camera.zoom), camera
                    )
            else:
                self._note(painter, mark, rect, camera.zoom, ratio)
            if key in chosen:
                self._outline(painter, rect, QPen(self._theme.color("accent"), 2.0), camera.zoom)

    def paint_titles(
        self, painter: QPainter, camera: Camera, marks: Marks, shown: Sequence[str]
    ) -> None:
        """Paint the titles that are above their frames; where they meet, that of the larger one."""
        if not _above(camera.zoom):
            return
        taken: list[QRectF] = []
        for key in shown:
            mark = marks.all[key]
            if isinstance(mark, Frame) and mark.title:
                chip = self._chip(mark, camera.rect(title_box(marks.boxes[key], camera.zoom)))
                if not chip.isEmpty() and not any(chip.intersects(other) for other in taken):
                    taken.append(chip)
                    painter.fillRect(chip, tinted(self._theme, mark.color, 2 * BAR))
                    self._write(painter, mark.title, chip, _PAD / 2, self._far_font())

    # --- Frames ---------------------------------------------------------------------------------

    def _frame(self, painter: QPainter, frame: Frame, rect: QRectF, zoom: float) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = _rounded(rect, zoom)
        painter.fillPath(body, _clear(self._theme.category(frame.color), BODY))
        if not _above(zoom):
            bar = QPainterPath()
            bar.addRect(QRectF(rect.topLeft(), QSizeF(rect.width(), _bar(zoom))))
            tint = _clear(self._theme.category(frame.color), BAR - BODY)
            painter.fillPath(body.intersected(bar), tint)
        painter.restore()
        self._outline(
            painter, rect, QPen(_clear(self._theme.category(frame.color), _RIM), 1.0), zoom
        )

    def _title(
        self, painter: QPainter, frame: Frame, rect: QRectF, box: Box, camera: Camera
    ) -> None:
        del rect
        bar = camera.rect(box)
        px = max(_TITLE_PX, base_px() * camera.zoom)
        font = font_at(1.0, weight=QFont.Weight.DemiBold, px=px)
        self._write(painter, frame.title, bar, _PAD * camera.zoom, font)

    def _far_font(self) -> QFont:
        return font_at(1.0, weight=QFont.Weight.DemiBold, px=_TITLE_PX)

    def _chip(self, frame: Frame, room: QRectF) -> QRectF:
        """Where a title stands above its frame; empty where there is no room to begin it."""
        if room.width() < _NARROW:
            return QRectF()
        wide = QFontMetricsF(self._far_font()).horizontalAdvance(frame.title) + _PAD + 1
        top = round(room.bottom() - READABLE)
        return QRectF(round(room.left()), top, min(wide, room.width()), READABLE)

    def _write(self, painter: QPainter, text: str, rect: QRectF, pad: float, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        room = rect.width() - 2 * pad
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(QPointF(round(rect.left() + pad), round(baseline)), shown)

    # --- Notes ----------------------------------------------------------------------------------

    def _note(self, painter: QPainter, note: Note, rect: QRectF, zoom: float, ratio: float) -> None:
        pixels = rect.width() * rect.height() * ratio * ratio
        if self._sprites is None or zoom < _FAR or pixels > _LARGEST:
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
        if scale < _FAR:
            return
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
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = pen.widthF() / 2
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = rect.adjusted(inset, inset, -inset, -inset)
        painter.drawPath(_rounded(inner, zoom))
        painter.restore()


def _above(zoom: float) -> bool:
    """Whether titles stand above their frames, because they have no room within."""
    return _bar(zoom) < READABLE


def _bar(zoom: float) -> float:
    return TITLE * zoom


def _clear(color: QColor, share: float) -> QColor:
    color.setAlphaF(share)
    return color


def _rounded(rect: QRectF, zoom: float) -> QPainterPath:
    path = QPainterPath()
    radius = CORNER * max(zoom, 0.0)
    path.addRoundedRect(rect, radius, radius)
    return path


def _crisp(rect: QRectF, ratio: float) -> QRectF:
    """On whole device px, so that edges are not smeared."""
    left, top = round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio
    right, bottom = round(rect.right() * ratio) / ratio, round(rect.bottom() * ratio) / ratio
    return QRectF(left, top, right - left, bottom - top)
