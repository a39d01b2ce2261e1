"""The rubber band: a press on empty canvas that selects the nodes it is drawn over, and the frames
and notes that it holds."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication

from designer.ui.canvas.geometry import Box
from designer.ui.canvas.gestures.gesture import Gesture, Pointer, Stage

_TINT = 0.12


class BandGesture(Gesture):
    """Selects while it grows; with Shift or Ctrl it adds. A click alone selects nothing."""

    scrolls = True

    def __init__(self, stage: Stage, start: Pointer) -> None:
        super().__init__(stage, start)
        self._before = (stage.session.chosen, stage.chosen_wires)
        self._kept = stage.session.chosen if start.adds else frozenset[str]()
        self._at = start
        self._drawn = False

    def move(self, at: Pointer) -> None:
        self._at = at
        far = (at.place - self.start.place).manhattanLength()
        self._drawn = self._drawn or far >= QApplication.startDragDistance()
        if self._drawn:
            area = Box.between(self.start.point, at.point)
            scene = self.stage.scene
            self.stage.choose(self._kept | scene.nodes_within(area) | scene.marks.within(area))

    def release(self, at: Pointer) -> None:
        self.move(at)
        if not self._drawn and not self.start.adds:
            self.stage.choose(())

    def cancel(self) -> None:
        self.stage.choose(*self._before)

    def extent(self) -> QRectF:
        if not self._drawn:
            return QRectF()
        # The canvas may have scrolled since it was begun.
        start = self.stage.camera.to_widget(*self.start.point)
        return QRectF(start, self._at.place).normalized()

    def paint(self, painter: QPainter) -> None:
        if not self._drawn:
            return
        color = self.stage.theme.color("accent")
        painter.setPen(QPen(color, 1))
        color.setAlphaF(_TINT)
        painter.fillRect(self.extent(), color)
        painter.drawRect(self.extent().adjusted(0.5, 0.5, -0.5, -0.5))
