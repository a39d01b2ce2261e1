"""Scrolling while something is dragged to the border: faster the nearer it is and the longer it
is held there. What is in the hand stays under the pointer.
"""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, QRectF, QTimer

ZONE = 24.0  # widget px along the border in which the canvas scrolls
TICK = 16  # milliseconds
_SLOW, _FAST = 120.0, 640.0  # px a second at the zone's inner edge, and at the border
_OUTSIDE = 60.0  # px beyond the border at which the speed has doubled; it grows no more
_RAMP = 1200.0  # milliseconds after which the speed has doubled
_TOWARDS = 8.0  # px towards a border: then a drag that began near it means it


def speed(place: float, low: float, high: float) -> float:
    """Px a second along one axis, for a pointer between these borders; what appears moves in.

    Positive towards `low`, as the canvas moves then; 0 off the zones.
    """
    if high - low < 4 * ZONE:
        return 0.0
    before, behind = low + ZONE - place, place - (high - ZONE)
    depth = max(before, behind)
    if depth <= 0:
        return 0.0
    inside = min(1.0, depth / ZONE)
    outside = min(1.0, max(0.0, depth - ZONE) / _OUTSIDE)
    pace = (_SLOW + (_FAST - _SLOW) * inside) * (1 + outside)
    return pace if before > behind else -pace


class AutoScroll(QObject):
    """`scroll` is told by how many whole px the canvas is to move."""

    def __init__(self, scroll: Callable[[int, int], object]) -> None:
        super().__init__()
        self._scroll = scroll
        self._place = self._start = QPointF()
        self._view = QRectF()
        self._free: tuple[bool, bool] = (False, False)  # whether an axis may scroll
        self._rest = QPointF()  # parts of px that are still to go
        self._held = QElapsedTimer()
        self._last = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._tick)

    @property
    def running(self) -> bool:
        """Whether the canvas scrolls."""
        return self._timer.isActive()

    def begin(self, place: QPointF) -> None:
        """A drag begins there. Near a border it scrolls only once it means the border."""
        self.stop()
        self._start, self._free = place, (False, False)

    def follow(self, place: QPointF, view: QRectF) -> None:
        """The pointer is there now, over a view that large."""
        self._place, self._view = place, view
        self._free = (
            self._free[0] or self._meant(place.x(), self._start.x(), view.left(), view.right()),
            self._free[1] or self._meant(place.y(), self._start.y(), view.top(), view.bottom()),
        )
        if self._pace() == (0.0, 0.0):
            self.stop()
        elif not self.running:
            self._held.start()
            self._last.start()
            self._timer.start()

    @staticmethod
    def _meant(place: float, start: float, low: float, high: float) -> bool:
        pace = speed(place, low, high)
        if not pace:
            return True
        return start - place > _TOWARDS if pace > 0 else place - start > _TOWARDS

    def _pace(self) -> tuple[float, float]:
        view, place, free = self._view, self._place, self._free
        x = speed(place.x(), view.left(), view.right()) if free[0] else 0.0
        y = speed(place.y(), view.top(), view.bottom()) if free[1] else 0.0
        return x, y

    def stop(self) -> None:
        """Nothing is dragged, or it is off the border."""
        self._timer.stop()
        self._rest = QPointF()

    def _tick(self) -> None:
        self.advance(min(100, self._last.restart()), self._held.elapsed())

    def advance(self, passed: float, held: float) -> None:
        """Scroll for that many milliseconds, after so many at the border."""
        x, y = self._pace()
        share = passed / 1000 * (1 + min(1.0, held / _RAMP))
        wanted = self._rest + QPointF(x, y) * share
        step = QPointF(float(int(wanted.x())), float(int(wanted.y())))
        self._rest = wanted - step
        if not step.isNull():
            self._scroll(int(step.x()), int(step.y()))
