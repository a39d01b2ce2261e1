"""Nodes glide to their new places when a layout, its undo or its redo moves them.

Paint only, over the canvas: the document has changed already, and any input ends it at once.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QStyle, QWidget

from designer.document.diff import Change
from designer.document.model import Document, Edge
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.geometry import Box
from designer.ui.canvas.overview import Overview
from designer.ui.canvas.painter import BYPASSED, FAR, MIDDLE
from designer.ui.canvas.view import CanvasView

DURATION = 160  # milliseconds
MOST = 1000  # nodes on the way; with more of them frames would be dropped
_INPUT = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.KeyPress,
    QEvent.Type.Resize,
    QEvent.Type.Hide,
}


@dataclass(frozen=True)
class _Trip:
    """What is on the way, seen through one camera: old and new boxes, and the rest as pictures."""

    camera: Camera
    ways: dict[str, tuple[Box, Box]]
    still: QPixmap
    wires: QPixmap
    overview: Overview


class Glide(QWidget):
    """Lies over the canvas while nodes move, and is hidden otherwise."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.wanted = True
        self._canvas = canvas
        self._before = canvas.session.document
        self._design = canvas.session.current
        self._trip: _Trip | None = None
        self._part = 0.0
        self._motion = QVariantAnimation(self, duration=DURATION, startValue=0.0, endValue=1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._step)
        self._motion.finished.connect(self.finish)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()
        canvas.installEventFilter(self)
        canvas.session.changed.connect(self._follow)

    @property
    def under_way(self) -> bool:
        """Whether nodes are moving."""
        return self._trip is not None

    def finish(self) -> None:
        """Everything is where it belongs."""
        if self._trip is not None:
            self._trip = None
            self._motion.stop()
            self.hide()

    def _follow(self, change: Change, origin: object) -> None:
        session, before, design = self._canvas.session, self._before, self._design
        self._before, self._design = session.document, session.current
        self.finish()
        # What views do themselves, such as a drag, is seen while it happens.
        arranged = origin is None and change.moved and not change.sections
        if arranged and session.current is design and not (change.added or change.removed):
            self._start(before, change.moved)

    def _allowed(self) -> bool:
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return self.wanted and self._canvas.isVisible() and self.style().styleHint(hint) > 0

    def _start(self, before: Document, moved: Collection[str]) -> None:
        if not self._allowed():
            return
        camera = self._canvas.camera
        ways = self._ways(before, moved, camera.box(QRectF(self._canvas.rect())))
        if not 0 < len(ways) <= MOST:
            return
        scene = self._canvas.scene
        wires = frozenset(e for e in scene.routes if e.source in ways or e.target in ways)
        still, faint = self._pictures(camera, frozenset(ways), wires)
        self._trip = _Trip(camera, ways, still, faint, Overview(scene))
        self._part = 0.0
        self.setGeometry(self._canvas.rect())
        self.show()
        self.raise_()
        self._motion.start()

    def _ways(
        self, before: Document, moved: Collection[str], seen: Box
    ) -> dict[str, tuple[Box, Box]]:
        """The old and new box of each node that is on screen before or after."""
        found = {}
        boxes, former = self._canvas.scene.boxes, before.graph.nodes
        for node in moved:
            if node in boxes and node in former:
                new = boxes[node]
                old = Box.around(former[node].x, former[node].y, new.width, new.height)
                if old.touches(seen) or new.touches(seen):
                    found[node] = (old, new)
        return found

    def _pictures(
        self, camera: Camera, nodes: frozenset[str], wires: frozenset[Edge]
    ) -> tuple[QPixmap, QPixmap]:
        """What stands still, and the wires of what moves, which fade in."""
        canvas = self._canvas
        area, ratio = QRectF(canvas.rect()), canvas.ratio()
        emphasis = replace(
            canvas.emphasis(), hidden=nodes, hidden_wires=wires, path=None, hovered=None
        )
        still, faint = (QPixmap(canvas.size() * ratio) for _ in range(2))
        faint.fill(Qt.GlobalColor.transparent)
        for picture in (still, faint):
            picture.setDevicePixelRatio(ratio)
        painter = QPainter(still)
        canvas.picture.paint(painter, camera, area, ratio, emphasis)
        painter.end()
        painter = QPainter(faint)
        part = (frozenset[str](), wires)
        canvas.picture.paint_part(painter, camera, area, ratio, emphasis, part)
        painter.end()
        return still, faint

    def _step(self, part: float) -> None:
        self._part = part
        if self._trip is not None and self._trip.camera != self._canvas.camera:
            self.finish()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._trip is not None and event.type() in _INPUT:
            self.finish()
        return False

    # --- Paint ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        trip = self._trip
        if trip is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, trip.still)
        painter.setOpacity(self._part**2)  # late, when nodes are nearly there
        painter.drawPixmap(0, 0, trip.wires)
        painter.setOpacity(1.0)
        paint = self._paint_far if trip.camera.zoom < FAR else self._paint_near
        paint(painter, trip)
        canvas = self._canvas
        visible = QRectF(canvas.rect())
        trip.overview.paint(painter, trip.camera, visible, canvas.ratio(), canvas.theme)
        painter.end()

    def _between(self, way: tuple[Box, Box]) -> Box:
        (old, new), part = way, self._part - 1.0
        return new.shifted(part * (new.left - old.left), part * (new.top - old.top))

    def _paint_far(self, painter: QPainter, trip: _Trip) -> None:
        rects: dict[str, list[QRectF]] = {}
        for node, way in trip.ways.items():
            category = self._canvas.scene.category(node)
            rects.setdefault(category, []).append(trip.camera.rect(self._between(way)))
        painter.setPen(Qt.PenStyle.NoPen)
        for category, found in rects.items():
            painter.setBrush(self._canvas.theme.category(category))
            painter.drawRects(found)

    def _paint_near(self, painter: QPainter, trip: _Trip) -> None:
        canvas, camera = self._canvas, trip.camera
        bypassed = canvas.session.document.graph.bypassed
        for node, way in trip.ways.items():
            box, look = self._between(way), canvas.scene.looks[node]
            painter.setOpacity(BYPASSED if node in bypassed else 1.0)
            canvas.picture.sprites.draw_node(
                painter,
                camera.to_widget(box.left, box.top),
                look,
                camera.zoom,
                canvas.ratio(),
                titles=camera.zoom < MIDDLE,
            )
        painter.setOpacity(1.0)
