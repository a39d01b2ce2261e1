"""Where frames and notes lie on the canvas, in canvas px at 100 %, and which part of one is where.

A part of the scene's geometry, so it is a cache as well. No Qt.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from designer.document.extent import extent_of
from designer.document.marks import MARGIN, TITLE
from designer.document.model import Frame, Mark
from designer.ui.canvas.geometry import Box, Point, union
from designer.ui.canvas.index import Index

BODY = "body"  # what is taken hold of to move: a frame's title, a whole note
_GRIP = 5.0  # widget px on both sides of an edge
READABLE = 17.0  # widget px, the height of a title that can be read at any zoom
_NONE: Mapping[str, Mark] = {}


class Grip(NamedTuple):
    """Which mark, and which part of it: BODY, or the sides of an edge or corner ("left top")."""

    mark: str
    part: str


class Marks:
    """The frames and notes of one document; follows it by itself."""

    def __init__(self, marks: Mapping[str, Mark] = _NONE) -> None:
        self.all: Mapping[str, Mark] = _NONE
        self.boxes: dict[str, Box] = {}
        self._index: Index[str] = Index()
        self.follow(marks)

    def follow(self, marks: Mapping[str, Mark]) -> None:
        """Know these frames and notes from now on."""
        before, self.all = self.all, marks
        for key in before.keys() - marks.keys():
            del self.boxes[key]
            self._index.discard(key)
        for key, mark in marks.items():
            if before.get(key) is not mark:
                self.boxes[key] = box = Box(*extent_of(mark))
                self._index.put(key, box)

    def touching(self, area: Box) -> list[str]:
        """What touches an area, from the lowest to the topmost: large frames lie below all."""
        return self.in_order(self._index.hits(area))

    def in_order(self, ids: Iterable[str]) -> list[str]:
        """These, from the lowest to the topmost."""
        return sorted(ids, key=self._rank)

    def ranked(self) -> list[tuple[Mark, Box]]:
        """All of them with their boxes, from the lowest to the topmost."""
        return [(self.all[key], self.boxes[key]) for key in self.in_order(self.all)]

    def within(self, area: Box) -> frozenset[str]:
        """What lies wholly within an area."""
        return frozenset(k for k in self._index.hits(area) if _holds(area, self.boxes[k]))

    def extent(self, ids: Iterable[str]) -> Box | None:
        """The box around these."""
        return union(self.boxes[key] for key in ids if key in self.boxes)

    def grip(self, point: Point, zoom: float) -> Grip | None:
        """What a press takes hold of there: the topmost note, title or edge."""
        reach = _GRIP / zoom
        around = max(reach, READABLE / zoom)  # from afar titles stand above their frames
        for key in reversed(self.touching(Box(*point, *point).grown(around))):
            box = self.boxes[key]
            part = sides(box, point, reach) or (
                BODY if self._handle(key, zoom).holds(point) else ""
            )
            if part:
                return Grip(key, part)
        return None

    def _handle(self, key: str, zoom: float) -> Box:
        return title_box(self.boxes[key], zoom) if self.is_frame(key) else self.boxes[key]

    def is_frame(self, key: str) -> bool:
        """Whether it is a frame, not a note."""
        return isinstance(self.all[key], Frame)

    def _rank(self, key: str) -> tuple[bool, float, str]:
        box = self.boxes[key]
        return not self.is_frame(key), -box.width * box.height, key


def title_box(frame: Box, zoom: float) -> Box:
    """The bar of a frame's title: within its upper edge, from afar reaching out above it, because
    what the frame was put around begins below.
    """
    height = max(TITLE, READABLE / zoom)
    bottom = frame.top + min(height, TITLE + MARGIN / 2)
    return Box(frame.left, bottom - height, frame.right, bottom)


def sides(box: Box, point: Point, reach: float) -> str:
    """The sides of the edge or the corner at a point, such as "right bottom"; "" for none."""
    if not box.grown(reach).holds(point):
        return ""
    across, down = min(reach, box.width / 4), min(reach, box.height / 4)  # some middle is left
    found = [
        "left" if point.x <= box.left + across else "",
        "right" if point.x >= box.right - across else "",
        "top" if point.y <= box.top + down else "",
        "bottom" if point.y >= box.bottom - down else "",
    ]
    return " ".join(side for side in found if side)


def resized(box: Box, part: str, dx: float, dy: float, least: tuple[float, float]) -> Box:
    """The box with those sides moved, no smaller than `least`: the other sides stay."""
    left, top, right, bottom = box
    if "left" in part:
        left = min(left + dx, right - least[0])
    if "right" in part:
        right = max(right + dx, left + least[0])
    if "top" in part:
        top = min(top + dy, bottom - least[1])
    if "bottom" in part:
        bottom = max(bottom + dy, top + least[1])
    return Box(left, top, right, bottom)


def _holds(area: Box, box: Box) -> bool:
    return (
        area.left <= box.left
        and area.top <= box.top
        and box.right <= area.right
        and box.bottom <= area.bottom
    )
