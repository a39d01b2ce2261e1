"""What a fix would do, shown on the canvas before it is done: new nodes and wires as ghosts, a
frame around what would change, and the shape and weights that would come out.

Paint only; any input on the canvas ends it.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from designer.document.model import Document, Edge, Graph
from designer.document.order import reading_order
from designer.ui.advice import Preview
from designer.ui.canvas.bubble import Bubble, Saying
from designer.ui.canvas.crisp import card_rect, draw_rim, whole
from designer.ui.canvas.painter import FAR, LABELS, Emphasis, ScenePainter
from designer.ui.canvas.paths import route_path, transform
from designer.ui.canvas.scene import Scene, scene_of
from designer.ui.canvas.summary import count_text, shape_text
from designer.ui.canvas.view import CanvasView

GHOST = 0.5
_DASH = [4.0, 3.0]
_WIDTH = 1.6
_INPUT = {QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.KeyPress}


class FixPreview(QWidget):
    """Lies over the canvas while a fix is looked at, and is hidden otherwise."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._preview: Preview | None = None
        self._scene: Scene | None = None
        self._new: frozenset[str] = frozenset()
        self._wires: frozenset[Edge] = frozenset()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        canvas.installEventFilter(self)

    @property
    def preview(self) -> Preview | None:
        """What is shown."""
        return self._preview

    @property
    def ghosts(self) -> frozenset[str]:
        """The nodes that would be added."""
        return self._new

    def show_preview(self, preview: Preview | None) -> None:
        """Shows this one; None hides it."""
        self._preview = preview
        self.setVisible(preview is not None)
        if preview is None:
            self._scene, self._new, self._wires = None, frozenset(), frozenset()
            return
        before, after = preview.before.graph, preview.after.graph
        self._new = frozenset(after.nodes.keys() - before.nodes.keys())
        self._wires = after.edges - before.edges
        part = _around(after, self._new, self._wires)
        design = Document(graph=part, direction=preview.after.direction)
        self._scene = scene_of(self._canvas.session.catalog, design, preview.report)
        self.setGeometry(self._canvas.rect())
        self.raise_()
        self.update()

    def saying(self) -> Saying:
        """The shape that would come out of the node with the problem, and the weights it costs."""
        preview = self._preview
        if preview is None:
            return Saying()
        told = preview.report.nodes.get(preview.problem.where.node)
        shape = ", ".join(shape_text(spec) for spec in told.outputs) if told is not None else ""
        more = preview.parameters
        if more == 0:
            return Saying(shape, "", self.tr("As many parameters as before"), "good")
        count = count_text(abs(more))
        text = (
            self.tr("{count} more parameters") if more > 0 else self.tr("{count} parameters less")
        )
        return Saying(shape, "", text.format(count=count), "good")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._preview is not None and event.type() in _INPUT:
            self.show_preview(None)
        elif event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return False

    # --- Paint ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        preview, scene = self._preview, self._scene
        if preview is None or scene is None:
            return
        painter = QPainter(self)
        painter.setOpacity(GHOST)
        painter.drawPixmap(0, 0, self._ghosts(scene))
        painter.setOpacity(1.0)
        self._draw_wires(painter, scene)
        self._draw_rims(painter, preview, scene)
        self._draw_saying(painter, preview)
        painter.end()

    def _ghosts(self, scene: Scene) -> QPixmap:
        canvas, ratio = self._canvas, self._canvas.ratio()
        pixmap = QPixmap(canvas.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter, part = QPainter(pixmap), (self._new, frozenset[Edge]())
        picture = ScenePainter(scene, canvas.theme)
        picture.paint_part(painter, canvas.camera, canvas.visible(), ratio, Emphasis(), part)
        painter.end()
        return pixmap

    def _draw_wires(self, painter: QPainter, scene: Scene) -> None:
        canvas, camera = self._canvas, self._canvas.camera
        painter.save()
        painter.setTransform(transform(camera), combine=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(canvas.theme.color("accent"), _WIDTH * max(camera.zoom, 0.8) / camera.zoom)
        pen.setDashPattern(_DASH)
        painter.setPen(pen)
        wires = [edge for edge in sorted(self._wires) if edge in scene.routes]
        for edge in wires:
            painter.drawPath(route_path(scene.routes[edge]))
        painter.restore()
        picture = ScenePainter(scene, canvas.theme)
        for edge in wires if camera.zoom >= LABELS else ():
            picture.label(painter, camera, edge, scene.routes[edge].label, canvas.ratio())

    def _draw_rims(self, painter: QPainter, preview: Preview, scene: Scene) -> None:
        before, after = preview.before.graph.nodes, preview.after.graph.nodes
        shown, boxes = self._canvas.scene, scene.boxes
        for key in self._new & boxes.keys():
            self._rim(painter, scene, key, "accent")
        for key in before.keys() & shown.boxes.keys():
            if key not in after:
                self._rim(painter, shown, key, "error")
            elif before[key] is not after[key] and before[key] != after[key]:
                self._rim(painter, shown, key, "accent")

    def _rim(self, painter: QPainter, scene: Scene, key: str, role: str) -> None:
        canvas, camera = self._canvas, self._canvas.camera
        ratio = canvas.ratio()
        pen = QPen(canvas.theme.color(role), whole(_WIDTH, ratio))
        pen.setDashPattern(_DASH)
        rect = card_rect(scene.boxes[key], camera, ratio)
        zoom = max(camera.zoom, FAR)
        draw_rim(painter, rect, pen, zoom, pill=scene.looks[key].pill)

    def _draw_saying(self, painter: QPainter, preview: Preview) -> None:
        place = self._place(preview)
        if place is None:
            return
        canvas, bubble, saying = self._canvas, Bubble(self._canvas.theme), self.saying()
        bubble.draw(painter, saying, bubble.rect(saying, place, canvas.visible(), above=False))

    def _place(self, preview: Preview) -> QPointF | None:
        """Below what is new or changed, so that nothing of it is hidden."""
        before, after = preview.before.graph.nodes, preview.after.graph.nodes
        changed = [n for key, n in after.items() if before.get(key) != n]
        keys = reading_order(changed) or (preview.problem.where.node,)
        scene = self._scene if self._scene is not None else self._canvas.scene
        boxes = {**self._canvas.scene.boxes, **scene.boxes}
        box = boxes.get(keys[0])
        if box is None:
            return None
        rect: QRectF = self._canvas.camera.rect(box)
        return QPointF(rect.left(), rect.bottom())


def _around(graph: Graph, new: frozenset[str], wires: frozenset[Edge]) -> Graph:
    """What a picture of these nodes and wires needs: also the wires beside them, which share the
    slots of merges.
    """
    ends = new | {end for edge in wires for end in (edge.source, edge.target)}
    beside = {
        edge
        for key in ends
        for edge in (*graph.incoming.get(key, ()), *graph.outgoing.get(key, ()))
    }
    keys = ends | {end for edge in beside for end in (edge.source, edge.target)}
    return Graph({key: graph.nodes[key] for key in graph.nodes if key in keys}, frozenset(beside))
