"""Where the view stands when a design is opened, and where it goes when its room changes."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF

from designer.document.model import INPUT
from designer.ui.canvas.camera import ROOM, Camera, framing
from designer.ui.canvas.scene import Scene

ENOUGH = 0.62  # zoom; shapes on the wires are read down to it
READABLE = 0.75  # zoom; so is what a card says
Choice = Callable[[Scene, QSizeF], Camera]
_NEAR = 24.0  # px that stay free between what is kept in view and the view's edge


def whole(scene: Scene, size: QSizeF) -> Camera:
    """The camera that shows everything, at most at 100 %; an empty canvas' origin is its middle."""
    bounds = scene.bounds
    if bounds is None:
        return Camera(round(size.width() / 2), round(size.height() / 2))
    return framing(bounds, size)


def beginning(scene: Scene, size: QSizeF) -> Camera:
    """The camera at opening: everything, or where that would be too small to read, the inputs."""
    camera, bounds = whole(scene, size), scene.bounds
    if bounds is None or camera.zoom >= ENOUGH:
        return camera
    inputs = scene.extent(n.id for n in scene.document.graph.nodes.values() if n.type == INPUT)
    middle = (inputs or bounds).center
    down = scene.direction == "down"
    x = _offset(bounds.left, bounds.right, size.width(), None if down else bounds.left, middle.x)
    y = _offset(bounds.top, bounds.bottom, size.height(), bounds.top if down else None, middle.y)
    return Camera(round(x), round(y), READABLE)


def _offset(low: float, high: float, room: float, start: float | None, middle: float) -> float:
    """One axis: all of it in the middle if it fits, else its start at the edge, or the inputs."""
    if (high - low) * READABLE <= room - 2 * ROOM:
        return room / 2 - (low + high) / 2 * READABLE
    if start is not None:
        return ROOM - start * READABLE
    # No further than the design's own edges: beside them there is nothing to see.
    furthest, nearest = room - ROOM - high * READABLE, ROOM - low * READABLE
    return min(nearest, max(furthest, room / 2 - middle * READABLE))


def into_view(rect: QRectF, view: QRectF) -> QPoint:
    """The least pan that brings a rectangle into the view; none if it is in it."""
    if view.contains(rect):
        return QPoint()
    room = view.adjusted(_NEAR, _NEAR, -_NEAR, -_NEAR)
    dx = _shift(rect.left(), rect.right(), room.left(), room.right())
    dy = _shift(rect.top(), rect.bottom(), room.top(), room.bottom())
    return QPoint(round(dx), round(dy))


def _shift(low: float, high: float, first: float, last: float) -> float:
    """The least move that brings [low, high] into [first, last]; its beginning if it is longer."""
    if low < first or high - low > last - first:
        return first - low
    return min(0.0, last - high)


class Footing:
    """Remembers how the view was placed: in another room it is placed so again, until it is moved.

    The user's own standpoint is kept, but for what is selected, which stays in view.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._choice: Choice | None = None
        self._camera = Camera()

    def take(self, choice: Choice, view: QRectF) -> Camera:
        """Stand where `whole` or `beginning` says."""
        self._choice, self._camera = choice, choice(self._scene, view.size())
        return self._camera

    def leave(self) -> None:
        """The design is another one: stay where we are."""
        self._choice = None

    def resized(self, camera: Camera, chosen: Iterable[str], former: QSize, size: QSize) -> Camera:
        """The camera for the view's new size."""
        before, after = (QRectF(QPointF(), s.toSizeF()) for s in (former, size))
        box = self._scene.extent(chosen)
        seen = box is not None and before.contains(camera.rect(box))
        if self._choice is not None and camera == self._camera:
            camera = self.take(self._choice, after)
        if box is None or not seen:
            return camera
        move = into_view(camera.rect(box), after)
        return camera.panned(move.x(), move.y())
