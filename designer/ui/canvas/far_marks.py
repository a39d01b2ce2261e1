"""Frames and notes as they are seen from afar, found once for each place where the view stands."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPen

from designer.ui.canvas.camera import Camera
from designer.ui.canvas.marks import Marks


class Shape(NamedTuple):
    """The body of a frame or note, in widget px, and for a frame its rim."""

    body: QRectF
    ink: QColor
    rim: QRectF
    pen: QPen | None


class Chip(NamedTuple):
    """A title above its frame, in widget px: its ground, and where its text begins."""

    ground: QRectF
    ink: QColor
    at: QPointF
    text: str


Made = tuple[dict[str, Shape], list[Chip]]
Make = Callable[[Camera, float, Marks, Sequence[str]], Made]


class FarMarks:
    """Remembers the shapes and titles of the last view."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._key: object = None
        self._all: object = None
        self._made: Made = ({}, [])

    def of(self, camera: Camera, ratio: float, marks: Marks, shown: Sequence[str]) -> Made:
        """The shapes of these by their ids, and the titles that find room."""
        key = (camera, ratio, tuple(shown))
        if self._all is not marks.all or self._key != key:
            self._key, self._all = key, marks.all
            self._made = self._make(camera, ratio, marks, shown)
        return self._made
