"""The floor: the least widget that draws the boxes and lines of the graph, and nothing else.

It knows no text, no ports, no document; from near it draws only the cells that are seen.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from tests.benchmarks.probes.canvas_plan import PITCH, SIZE, Plan

FAR = 0.3  # below, boxes are rectangles and wires lines
CELL = 512.0
LIMITS = (0.02, 4.0)


class Program(QWidget):
    """Boxes that can be dragged, wires that follow, and a camera."""

    wheel_keys = Qt.KeyboardModifier.NoModifier
    skips = frozenset[str]()

    def __init__(self) -> None:
        super().__init__()
        self.widget = self.port = self
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._zoom, self._corner = 1.0, QPointF()
        self._rects: list[QRectF] = []
        self._lines: list[QLineF] = []
        self._cells: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
        self._chosen: set[int] = set()
        self._last = QPointF()
        self._colors = [QColor.fromHsv(hue, 20, 250) for hue in (0, 210, 120)]

    def build(self, plan: Plan) -> None:
        self._plan = plan
        self._wires = [(source, target) for source, target, _ in plan.wires()]
        self._rects = [QRectF(plan.box(node)) for node in range(plan.count)]
        self._lines = [self._line(*wire) for wire in self._wires]
        self._paths = [self._path(line) for line in self._lines]
        self._cells.clear()
        for node, rect in enumerate(self._rects):
            self._cell(rect.center())[0].append(node)
        for wire, line in enumerate(self._lines):
            self._cell(line.center())[1].append(wire)
        self._of: dict[int, list[int]] = {}
        for wire, ends in enumerate(self._wires):
            for end in ends:
                self._of.setdefault(end, []).append(wire)

    def _cell(self, at: QPointF) -> tuple[list[int], list[int]]:
        key = int(at.x() // CELL), int(at.y() // CELL)
        return self._cells.setdefault(key, ([], []))

    def _line(self, source: int, target: int) -> QLineF:
        one, other = self._rects[source], self._rects[target]
        return QLineF(one.center().x(), one.bottom(), other.center().x(), other.top())

    @staticmethod
    def _path(line: QLineF) -> QPainterPath:
        path, pull = QPainterPath(line.p1()), QPointF(0.0, max(20.0, line.dy() / 2))
        path.cubicTo(line.p1() + pull, line.p2() - pull, line.p2())
        return path

    def fit(self) -> None:
        last = self._plan.count - 1
        wide = self._plan.place(last)[0] + PITCH[0]
        high = (self._plan.rows + 1) * PITCH[1]
        self._zoom = min(1.0, SIZE[0] / wide, SIZE[1] / high)
        self._corner = QPointF(PITCH[0] / 2, PITCH[1] / 2) * self._zoom
        self.update()

    def renew(self) -> None:
        self.update()

    def near(self, node: int) -> None:
        self._zoom = 1.0
        self._corner = QPointF(*SIZE) / 2 - QPointF(*self._plan.place(node))
        self.update()

    def spot(self, node: int) -> QPoint:
        return (self._rects[node].center() * self._zoom + self._corner).toPoint()

    def empty(self, node: int) -> QPoint:
        beside = self._rects[node].center() + QPointF(PITCH[0] / 2, 0)
        return (beside * self._zoom + self._corner).toPoint()

    def pan(self, dx: int, dy: int) -> bool:
        return False

    def select(self, nodes: Sequence[int]) -> None:
        self._chosen = set(nodes)

    def count(self) -> int:
        return len(self._rects)

    def acts(self, file: Path) -> Mapping[str, Callable[[], object]]:
        return {}

    def habits(self, node: int) -> Mapping[str, Callable[[int], object]]:
        return {}

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        way, self._last = event.position() - self._last, event.position()
        if event.buttons() == Qt.MouseButton.MiddleButton:
            self._corner += way
        else:
            self._drag(way / self._zoom)
        self.update()

    def _drag(self, way: QPointF) -> None:
        for node in self._chosen:
            self._rects[node].translate(way)
        for wire in {wire for node in self._chosen for wire in self._of.get(node, ())}:
            self._lines[wire] = self._line(*self._wires[wire])
            self._paths[wire] = self._path(self._lines[wire])

    def wheelEvent(self, event: QWheelEvent) -> None:
        zoom = self._zoom * 1.2 ** (event.angleDelta().y() / 120)
        zoom = min(max(zoom, LIMITS[0]), LIMITS[1])
        fixed = event.position()
        self._corner = fixed - (fixed - self._corner) * (zoom / self._zoom)
        self._zoom = zoom
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        background, card, border = self._colors
        painter.fillRect(event.rect(), background)
        painter.translate(self._corner)
        painter.scale(self._zoom, self._zoom)
        painter.setPen(QPen(border, 0))
        painter.setBrush(card)
        if self._zoom < FAR:
            painter.drawLines(self._lines)
            painter.drawRects(self._rects)
        else:
            self._paint_near(painter)
        painter.end()

    def _paint_near(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = (int(c // CELL) for c in (-self._corner / self._zoom).toTuple())
        wide, high = (int(px / self._zoom // CELL) + 2 for px in SIZE)
        seen = [
            self._cells.get((column, row), ((), ()))
            for column in range(left, left + wide)
            for row in range(top, top + high)
        ]
        for _, wires in seen:
            for wire in wires:
                painter.drawPath(self._paths[wire])
        for nodes, _ in seen:
            for node in nodes:
                painter.drawRoundedRect(self._rects[node], 6, 6)
