"""Panning: the canvas follows the hand."""

from PySide6.QtCore import QPoint, Qt

from designer.ui.canvas.gestures.gesture import Gesture, Pointer, Stage


class PanGesture(Gesture):
    """Moves the view by whole px; Esc puts it back."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, stage: Stage, start: Pointer) -> None:
        super().__init__(stage, start)
        self._last = start.place.toPoint()
        self._total = QPoint()

    def move(self, at: Pointer) -> None:
        step = at.place.toPoint() - self._last
        self._last = at.place.toPoint()
        self._total += step
        if not step.isNull():
            self.stage.pan(step.x(), step.y())

    def release(self, at: Pointer) -> None:
        self.move(at)

    def cancel(self) -> None:
        self.stage.pan(-self._total.x(), -self._total.y())
