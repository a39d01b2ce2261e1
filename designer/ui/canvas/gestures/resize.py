"""Resizing a frame or a note by an edge or a corner; the sides that are drawn land on the grid."""

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from designer.document import marks
from designer.document.extent import Extent
from designer.ui.canvas.geometry import Box, snapped
from designer.ui.canvas.gestures.gesture import Gesture, Pointer, Stage
from designer.ui.canvas.marks import BODY, READABLE, Grip, Marks, resized

_SHAPES = {
    BODY: Qt.CursorShape.ArrowCursor,
    **dict.fromkeys(("left", "right"), Qt.CursorShape.SizeHorCursor),
    **dict.fromkeys(("top", "bottom"), Qt.CursorShape.SizeVerCursor),
    **dict.fromkeys(("left top", "right bottom"), Qt.CursorShape.SizeFDiagCursor),
    **dict.fromkeys(("right top", "left bottom"), Qt.CursorShape.SizeBDiagCursor),
}


def cursor_of(part: str) -> Qt.CursorShape:
    """How the pointer looks over that part of a frame or note."""
    return _SHAPES[part]


class ResizeGesture(Gesture):
    """Draws the grip's sides; a press without a drag selects."""

    scrolls = True

    def __init__(self, stage: Stage, start: Pointer, grip: Grip) -> None:
        super().__init__(stage, start)
        self.cursor = cursor_of(grip.part)
        self._grip = grip
        self._before = (stage.session.chosen, stage.chosen_wires)
        self._home = stage.scene.marks.boxes[grip.mark]
        self._box = self._home
        self._drawn = False
        stage.choose((stage.session.chosen | {grip.mark}) if start.adds else {grip.mark})

    @property
    def hidden_marks(self) -> frozenset[str]:
        return frozenset((self._grip.mark,)) if self._drawn else frozenset()

    def move(self, at: Pointer) -> None:
        far = (at.place - self.start.place).manhattanLength()
        self._drawn = self._drawn or far >= QApplication.startDragDistance()
        if self._drawn:
            self._box = self._drawn_to(at)

    def _drawn_to(self, at: Pointer) -> Box:
        home, part = self._home, self._grip.part
        x = home.left if "left" in part else home.right
        y = home.top if "top" in part else home.bottom
        dx = snapped(x + at.point.x - self.start.point.x) - x
        dy = snapped(y + at.point.y - self.start.point.y) - y
        frame = self.stage.scene.marks.is_frame(self._grip.mark)
        return resized(home, part, dx, dy, marks.LEAST_FRAME if frame else marks.LEAST_NOTE)

    def release(self, at: Pointer) -> None:
        self.move(at)
        key, extent = self._grip.mark, Extent(*self._box)
        if self._drawn and self._box != self._home:
            label = QCoreApplication.translate("canvas", "Resize")
            self.stage.session.do(label, lambda d: marks.resize(d, key, extent), origin=self.stage)

    def cancel(self) -> None:
        self.stage.choose(*self._before)

    def extent(self) -> QRectF:
        if not self._drawn:
            return QRectF()
        return self.stage.camera.rect(self._box).adjusted(0, -READABLE, 0, 0)

    def paint(self, painter: QPainter) -> None:
        if not self._drawn:
            return
        stage, box, key = self.stage, self._box, self._grip.mark
        place = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
        changed = Marks({key: replace(stage.scene.marks.all[key], **place)})
        emphasis = stage.emphasis()
        stage.picture.paint_marks(painter, stage.camera, stage.ratio(), emphasis, (key,), changed)
