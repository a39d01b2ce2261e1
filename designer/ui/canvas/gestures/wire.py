"""Wiring: from a port to a port, either way; a wire picked up at an input is plugged elsewhere.

The model says whether a wire is possible; a refusal is told in a bubble beside the pointer.
"""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from designer.document import edits
from designer.document.model import Document, Edge
from designer.document.problem import Problem
from designer.ui.canvas.bubble import bubble_rect, draw_bubble
from designer.ui.canvas.edges import Route, curve
from designer.ui.canvas.geometry import Box, Point, Site
from designer.ui.canvas.gestures.gesture import Gesture, Pointer, Stage
from designer.ui.canvas.painter import FAR
from designer.ui.canvas.placing import PendingWire, completed
from designer.ui.translate import tell

_EXTENT = 12.0


class WireGesture(Gesture):
    """A wire in the hand. `lifted` is the wire that was picked up, if it is not a new one."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(
        self, stage: Stage, start: Pointer, pending: PendingWire, lifted: Edge | None = None
    ) -> None:
        super().__init__(stage, start)
        self._pending = pending
        self._lifted = lifted
        self._drawn = False
        self._at = start
        self._anchor = self._anchored()
        self._over: tuple[str, Site | None] | None = None
        self._answer: Edge | Problem | None = None
        self._document = self._without_lifted(stage.scene.document)
        self._lit = self._accepting()

    def _without_lifted(self, document: Document) -> Document:
        return edits.disconnect(document, (self._lifted,)) if self._lifted else document

    def _anchored(self) -> Point:
        sites = self.stage.scene.sites[self._pending.node]
        if self._pending.forward:
            site = sites.output(self._pending.output)
        else:
            site = sites.end(self._pending.port, self._pending.slot or 0)
        return site.point if site is not None else self.start.point

    @property
    def hidden(self) -> tuple[frozenset[str], frozenset[Edge]]:
        lifted = self._lifted if self._drawn else None
        return frozenset(), frozenset((lifted,)) if lifted else frozenset()

    def _accepting(self) -> list[Site]:
        """The ports on screen that would take the wire; none from so far that ports are unseen."""
        stage = self.stage
        if stage.camera.zoom < FAR:
            return []
        found: list[Site] = []
        for node in stage.scene.nodes.hits(stage.camera.box(stage.visible())):
            sites = stage.scene.sites[node]
            ends = sites.inputs if self._pending.forward else sites.outputs
            found += [site for site in ends if isinstance(self._wire(node, site), Edge)]
        return found

    def _wire(self, node: str, site: Site | None) -> Edge | Problem:
        catalog = self.stage.session.catalog
        if site is None or site.output == self._pending.forward:
            return completed(self._document, catalog, self._pending, node)
        if site.output:
            return completed(self._document, catalog, self._pending, node, output=site.number)
        # A merge's slot takes the wire at its next free place, a single input at its only one.
        slot = None if site.variadic else site.number
        return completed(self._document, catalog, self._pending, node, site.port, slot)

    def move(self, at: Pointer) -> None:
        self._at = at
        far = (at.place - self.start.place).manhattanLength()
        self._drawn = self._drawn or far >= QApplication.startDragDistance()
        over = self._found(at)
        if over != self._over:
            self._over = over
            self._answer = self._wire(*over) if over is not None else None

    def _found(self, at: Pointer) -> tuple[str, Site | None] | None:
        scene = self.stage.scene
        hit = scene.site_at(at.point)
        if hit is not None and hit[0] != self._pending.node:
            return hit
        node = scene.node_at(at.point)
        if node is None or (node == self._pending.node and self._near_start(at)):
            return None
        return node, None

    def _near_start(self, at: Pointer) -> bool:
        # The press began on this node's rim: leaving it is no attempt to wire it to itself.
        return not self._lifted and (at.place - self.start.place).manhattanLength() < 40

    def release(self, at: Pointer) -> None:
        self.move(at)
        if not self._drawn:
            return
        if isinstance(self._answer, Edge):
            self._connect(self._answer)
        elif self._answer is None and self._over is None:
            self._into_the_void(at)

    def _connect(self, edge: Edge) -> None:
        lifted = self._lifted
        if edge == lifted:
            return
        label = QCoreApplication.translate("canvas", "Connect")
        self.stage.session.do(
            label, lambda d: edits.connect(self._without_lifted(d), edge), origin=self.stage
        )

    def _into_the_void(self, at: Pointer) -> None:
        if self._lifted is None:
            if not self._near_start(at):
                self.stage.ask_for_node(at.point, self._pending)
            return
        label = QCoreApplication.translate("canvas", "Disconnect")
        self.stage.session.do(label, self._without_lifted, origin=self.stage)

    # --- Preview --------------------------------------------------------------------------------

    def _target(self) -> Point:
        """The end of the wire: the port that takes it, or the pointer."""
        if not isinstance(self._answer, Edge):
            return self._at.point
        scene = self.stage.scene
        edge = self._answer
        if self._pending.forward:
            site = scene.sites[edge.target].end(edge.input, edge.slot)
        else:
            site = scene.sites[edge.source].output(edge.output)
        return site.point if site is not None else self._at.point

    def _route(self) -> Route:
        ends = (self._anchor, self._target())
        return curve(*(ends if self._pending.forward else ends[::-1]), self.stage.scene.direction)

    @property
    def refusal(self) -> str:
        """Why the wire cannot end where the pointer is; "" if it can, or is over nothing."""
        return tell(self._answer) if isinstance(self._answer, Problem) else ""

    def extent(self) -> QRectF:
        if not self._drawn:
            return QRectF()
        camera, refusal = self.stage.camera, self.refusal
        area = camera.rect(self._route().box).adjusted(-_EXTENT, -_EXTENT, _EXTENT, _EXTENT)
        for site in self._lit:
            area |= camera.rect(_around(site)).adjusted(-_EXTENT, -_EXTENT, _EXTENT, _EXTENT)
        if refusal:
            area |= bubble_rect(refusal, self._at.place, self.stage.visible())
        return area

    def paint(self, painter: QPainter) -> None:
        if not self._drawn:
            return
        stage = self.stage
        for site in self._lit:
            stage.picture.port(painter, stage.camera, site, "good")
        refused = isinstance(self._answer, Problem)
        tone = "error" if refused else "accent"
        stage.picture.draw_route(painter, stage.camera, self._route(), tone, extra=0.8)
        if isinstance(self._answer, Edge):
            end = Site(*self._target(), output=True, port="", number=0)
            stage.picture.port(painter, stage.camera, end, "accent")
        if refused:
            place = QPointF(self._at.place)
            draw_bubble(painter, self.refusal, place, stage.visible(), stage.theme)


def _around(site: Site) -> Box:
    return Box(site.x, site.y, site.x, site.y).grown(site.reach)
