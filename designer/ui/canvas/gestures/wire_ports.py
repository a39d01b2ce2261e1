"""The ports on screen while a wire is in the hand: those that could take it stand out.

By the rules of wiring alone, for all of them at once; what Keras says of one is told at the port.
"""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from designer.document.model import Document
from designer.infer.wiring import circling, ports
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.geometry import DOT, HELD, Site
from designer.ui.canvas.gestures.gesture import Stage
from designer.ui.canvas.painter import FAR, MIDDLE
from designer.ui.canvas.placing import PendingWire

_RIM = 1.5  # px of canvas around a port that stands out
_FADED = 0.72  # how much of a port that cannot take the wire is covered


class WirePorts:
    """Paints the ports that the view shows now. `document` is without the wire that is lifted."""

    def __init__(self, stage: Stage, pending: PendingWire, document: Document) -> None:
        self._stage = stage
        self._pending = pending
        self._document = document
        graph = document.graph
        self._circling = circling(graph, pending.node, forward=pending.forward)
        self._fit: list[Site] = []
        self._unfit: list[Site] = []
        self._camera: Camera | None = None

    def _look(self) -> None:
        """See which ports the view shows now. From so far that none is seen, none."""
        stage = self._stage
        if stage.camera == self._camera:
            return
        self._camera, self._fit, self._unfit = stage.camera, [], []
        if stage.camera.zoom < FAR:
            return
        for node in stage.scene.nodes.hits(stage.camera.box(stage.visible())):
            if node == self._pending.node:
                continue
            sites = stage.scene.sites[node]
            ends = sites.inputs if self._pending.forward else sites.outputs
            known = self._known(node)
            for site in ends:
                (self._fit if site.port in known else self._unfit).append(site)
            self._unfit += sites.outputs if self._pending.forward else sites.inputs

    def _known(self, node: str) -> set[str]:
        """The ports of a node that may take the wire; an output has no name."""
        if node in self._circling:
            return set()
        if not self._pending.forward:
            return {""}
        kind = self._document.graph.nodes[node].type
        return {port.name for port in ports(self._stage.session.catalog, kind)}

    def paint(self, painter: QPainter) -> None:
        """Paint them in widget coordinates."""
        self._look()
        theme, zoom = self._stage.theme, max(self._stage.camera.zoom, 0.5)
        area = painter.clipBoundingRect().adjusted(-HELD, -HELD, HELD, HELD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._stage.camera.zoom >= MIDDLE:
            painter.setOpacity(_FADED)
            self._draw(painter, self._unfit, area, theme.color("card"), (DOT + 3) * zoom)
            painter.setOpacity(1.0)
        self._draw(painter, self._fit, area, theme.color("canvas"), HELD * zoom + 2 * _RIM)
        self._draw(painter, self._fit, area, theme.color("accent"), HELD * zoom)
        painter.restore()

    def _draw(
        self, painter: QPainter, sites: list[Site], area: QRectF, color: QColor, size: float
    ) -> None:
        # Round caps make dots of points and bars of lines: two calls, however many ports there are.
        camera, down = self._stage.camera, self._stage.scene.direction == "down"
        dots: list[QPointF] = []
        bars: list[QLineF] = []
        for site in sites:
            center = camera.to_widget(site.x, site.y)
            reach = site.reach * camera.zoom
            if not area.adjusted(-reach, -reach, reach, reach).contains(center):
                continue
            if reach:
                along = QPointF(reach, 0) if down else QPointF(0, reach)
                bars.append(QLineF(center - along, center + along))
            else:
                dots.append(center)
        painter.setPen(QPen(color, size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(dots)
        painter.drawLines(bars)
