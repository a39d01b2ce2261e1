"""Nodes and shapes drawn straight to a device, as vector formats want them: without pixels."""

from typing import Protocol

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from designer.ui.canvas.look import Look
from designer.ui.canvas.scene import MARGIN
from designer.ui.canvas.sprites import Card, Words
from designer.ui.theme import Theme


class Stamps(Protocol):
    """How the scene's painter puts a node or a shape in its place: sprites, or strokes."""

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

    def draw_label(
        self, painter: QPainter, center: QPointF, text: str, role: str, zoom: float, ratio: float
    ) -> None:
        """Draw a shape centred there, in widget px."""


class Strokes:
    """Draws in one theme, with every call anew: what is written once needs no cache."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

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
        del ratio  # there are no device px to be in step with
        edge = round(MARGIN * zoom)
        painter.save()
        painter.translate(corner - QPointF(edge, edge))
        Card(painter, look, zoom, self._theme).draw(titles=titles)
        painter.restore()

    def draw_label(
        self, painter: QPainter, center: QPointF, text: str, role: str, zoom: float, ratio: float
    ) -> None:
        """Draw a shape centred there, in widget px."""
        del ratio
        words = Words(text, role, zoom, self._theme)
        painter.save()
        painter.translate(center - QPointF(words.size.width() / 2, words.size.height() / 2))
        words.draw(painter)
        painter.restore()
