"""Wiring: from a port to a port, either way; a wire picked up at an input is plugged elsewhere.

The model says whether a wire is possible, and Keras whether it fits: both are told beside the
pointer before the wire is dropped. Keras' word is no condition: a misfit can be mended later.
"""

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from designer.document import edits
from designer.document.model import Document, Edge
from designer.document.problem import Problem
from designer.infer.trial import Verdict, tensor_of
from designer.ui.canvas.bubble import Bubble, Saying, saying_of
from designer.ui.canvas.edges import Route, curve
from designer.ui.canvas.geometry import Point, Site
from designer.ui.canvas.gestures.gesture import Gesture, Pointer, Stage
from designer.ui.canvas.gestures.wire_ports import WirePorts
from designer.ui.canvas.nearest import nearest_site
from designer.ui.canvas.placing import PendingWire, completed
from designer.ui.canvas.summary import shape_text

_EXTENT = 12.0
_TONES = {"open": "accent", "good": "good", "warning": "warning", "error": "error"}


class WireGesture(Gesture):
    """A wire in the hand. `lifted` is the wire that was picked up, if it is not a new one."""

    cursor = Qt.CursorShape.CrossCursor
    scrolls = True

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
        self._verdict = Verdict()
        self._document = self._without_lifted(stage.scene.document)
        self._ports = WirePorts(stage, pending, self._document)
        self._bubble = Bubble(stage.theme)

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
    def still(self) -> bool:
        return self._drawn

    @property
    def hidden(self) -> tuple[frozenset[str], frozenset[Edge]]:
        lifted = self._lifted if self._drawn else None
        return frozenset(), frozenset((lifted,)) if lifted else frozenset()

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
        if not self._drawn and far >= QApplication.startDragDistance():
            self._drawn, self._over = True, None
            self.stage.hand_changed()  # the ports all over the canvas
        over = self._found(at)
        if over != self._over:
            self._over = over
            self._answer = self._wire(*over) if over is not None else None
            self._verdict = Verdict()
            if self._answer is not None and self._drawn:
                self._verdict = self.stage.judge.first(self._answer, self._lifted)

    def look_again(self) -> None:
        if self._answer is not None:
            self._verdict = self.stage.judge.verdict(self._answer, self._lifted)

    def _found(self, at: Pointer) -> tuple[str, Site | None] | None:
        scene = self.stage.scene
        hit = nearest_site(scene, at.point)
        if hit is not None and hit[0] != self._pending.node:
            return hit
        node = scene.node_at(at.point)
        if node is None or (node == self._pending.node and self._near_start(at)):
            return None
        return node, None

    def _near_start(self, at: Pointer) -> bool:
        # The press began on this node's rim: leaving it is no attempt to wire it to itself.
        start = self.stage.camera.to_widget(*self.start.point)
        return not self._lifted and (at.place - start).manhattanLength() < 40

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
    def verdict(self) -> Verdict:
        """What is known of the wire if it were dropped now."""
        return self._verdict

    @property
    def fits(self) -> bool:
        """Whether it would be connected if it were dropped now."""
        return isinstance(self._answer, Edge)

    @property
    def at(self) -> Pointer:
        """Where its end is."""
        return self._at

    @property
    def saying(self) -> Saying:
        """What stands beside the pointer."""
        return saying_of(self._verdict, self._carried())

    def _carried(self) -> str:
        if self._verdict.carried is not None:
            return shape_text(self._verdict.carried)
        if not self._pending.forward:
            return ""
        report = self.stage.session.report
        return shape_text(tensor_of(report, self._pending.node, self._pending.output))

    def _place(self) -> QRectF:
        # Beside the wire, on the side from which it came: the target stays in sight.
        above = self._pending.forward and self.stage.scene.direction == "down"
        return self._bubble.rect(self.saying, self._at.place, self.stage.visible(), above=above)

    def extent(self) -> QRectF:
        if not self._drawn:
            return QRectF()
        area = self.stage.camera.rect(self._route().box)
        area = area.adjusted(-_EXTENT, -_EXTENT, _EXTENT, _EXTENT)
        return area | self._place() if self.saying else area

    def paint(self, painter: QPainter) -> None:
        if not self._drawn:
            return
        stage, tone = self.stage, _TONES[self._verdict.level]
        self._ports.paint(painter)
        stage.picture.draw_route(painter, stage.camera, self._route(), tone, extra=0.8)
        if isinstance(self._answer, Edge):
            end = Site(*self._target(), output=True, port="", number=0)
            stage.picture.port(painter, stage.camera, end, tone)
        if self.saying:
            self._bubble.draw(painter, self.saying, self._place())
