"""Paints a scene through a camera: what is on screen, in the detail that the zoom can show.

Below zoom 0.3 rectangles and lines in one call per colour, to 0.55 bodies and titles, above
sprites, shapes and smooth wires. Speed comes from batching, culling and cached sprites.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from designer.document.model import Edge
from designer.document.sharing import kin
from designer.ui.canvas.backdrop import Backdrop
from designer.ui.canvas.bypassing import idle, passage
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.crisp import Moved, aside, card_rect, draw_rim, whole
from designer.ui.canvas.edges import Route
from designer.ui.canvas.geometry import HELD, Box, Point, Site
from designer.ui.canvas.label_places import LabelPlaces
from designer.ui.canvas.mark_painter import MarkPainter
from designer.ui.canvas.marks import READABLE, Marks
from designer.ui.canvas.paths import route_lines, route_path, transform
from designer.ui.canvas.scene import Scene
from designer.ui.canvas.sprites import Sprites, label_size
from designer.ui.canvas.strokes import Stamps, Strokes
from designer.ui.theme import Theme

FAR = 0.3
MIDDLE = 0.55
LABELS = 0.42  # from here on shapes find room between the nodes
DIMMED = 0.35
BYPASSED = 0.4
_WIDTHS = {"skip": 1.6, "error": 1.6, "warning": 1.6}
_MAIN = 1.2
_SHORT = 60.0  # canvas px; wires no longer than that are seen no more from furthest away
_LABEL_ROOM = 24.0  # canvas px around a wire's box in which its label may stand
Part = tuple[frozenset[str], frozenset[Edge]]  # some of the nodes and wires
_Paint = tuple[str, float]  # role or category, and opacity
_TONES = ("edge", "skip", "warning", "error")


@dataclass(frozen=True)
class Emphasis:
    """What stands out: selected and hovered things, and the path that is lit (None: no path).

    `hidden` nodes, wires and marks are left out: a gesture paints them itself. `still`: nothing
    moves but what a gesture paints over it all.
    """

    nodes: frozenset[str] = frozenset()
    wires: frozenset[Edge] = frozenset()
    hovered: str | None = None
    hovered_wire: Edge | None = None
    path: tuple[frozenset[str], frozenset[Edge]] | None = None
    hidden: frozenset[str] = frozenset()
    hidden_wires: frozenset[Edge] = frozenset()
    marks: frozenset[str] = frozenset()
    hidden_marks: frozenset[str] = frozenset()
    still: bool = False

    @property
    def parted(self) -> bool:
        """Whether what stands still is painted once, apart from what a gesture paints."""
        return bool(self.still or self.hidden or self.hidden_wires or self.hidden_marks)


@dataclass
class _Far:
    """The batches of the far view, valid for one version of the scene and what is left out."""

    key: object = None
    rects: dict[_Paint, list[QRectF]] = field(default_factory=dict)
    lines: dict[_Paint, list[QLineF]] = field(default_factory=dict)
    short: dict[_Paint, list[QLineF]] = field(default_factory=dict)


class ScenePainter:
    """Paints one scene in one theme. Holds only caches.

    `direct` draws nodes and shapes as strokes and text instead of pictures of them, which is what
    vector formats are for.
    """

    def __init__(self, scene: Scene, theme: Theme, *, direct: bool = False) -> None:
        self._scene = scene
        self._direct = direct
        self._far = _Far()
        self._paths: dict[Edge, tuple[Route, QPainterPath]] = {}
        self._moved = Moved()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self.sprites = Sprites(theme)
        self._stamps: Stamps = Strokes(theme) if self._direct else self.sprites
        self._backdrop = Backdrop(theme)
        self._marks = MarkPainter(theme, None if self._direct else self.sprites)
        self._places = LabelPlaces(self._scene, *label_size(theme))

    def paint(
        self, painter: QPainter, camera: Camera, area: QRectF, ratio: float, emphasis: Emphasis
    ) -> None:
        """Paint what lies in `area` (widget px); `ratio` is device px per widget px."""
        self._backdrop.paint(painter, camera, area, ratio)
        marks = self._scene.marks
        near = marks.touching(camera.box(area).grown(READABLE / camera.zoom))
        shown = [key for key in near if key not in emphasis.hidden_marks]
        self._marks.paint(painter, camera, ratio, marks, shown, emphasis.marks)
        self._paint_scene(painter, camera, area, ratio, emphasis, None)
        self._marks.paint_titles(painter, camera, ratio, marks, shown)

    def paint_part(
        self,
        painter: QPainter,
        camera: Camera,
        area: QRectF,
        ratio: float,
        emphasis: Emphasis,
        part: Part,
    ) -> None:
        """Paint only these nodes and wires, hidden or not, on what is there already."""
        self._paint_scene(painter, camera, area, ratio, emphasis, part)

    def paint_marks(
        self,
        painter: QPainter,
        camera: Camera,
        ratio: float,
        emphasis: Emphasis,
        only: Collection[str],
        instead: Marks | None = None,
    ) -> None:
        """Paint only these frames and notes, hidden or not; or what `instead` says they are."""
        marks = instead or self._scene.marks
        shown = marks.in_order(only)
        self._marks.paint(painter, camera, ratio, marks, shown, emphasis.marks)
        self._marks.paint_titles(painter, camera, ratio, marks, shown)

    def _paint_scene(
        self,
        painter: QPainter,
        camera: Camera,
        area: QRectF,
        ratio: float,
        emphasis: Emphasis,
        part: Part | None,
    ) -> None:
        box = camera.box(area)
        if camera.zoom < FAR:
            self._paint_far(painter, camera, box, emphasis, part)
            return
        wires = self._scene.wires.hits(box.grown(_LABEL_ROOM))
        wires = wires & part[1] if part else wires - emphasis.hidden_wires
        self._wires(painter, camera, wires, ratio, emphasis)
        if camera.zoom >= LABELS:
            self._labels(painter, camera, sorted(wires), ratio, emphasis)
        nodes = self._scene.nodes.hits(box)
        nodes = nodes & part[0] if part else nodes - emphasis.hidden
        self._nodes(painter, camera, nodes, ratio, emphasis)

    # --- Far ------------------------------------------------------------------------------------

    def _paint_far(
        self,
        painter: QPainter,
        camera: Camera,
        box: Box,
        emphasis: Emphasis,
        part: Part | None,
    ) -> None:
        key = (self._scene.version, emphasis.hidden, emphasis.path, part)
        if self._far.key != key:
            self._far = self._batched(emphasis, part, key)
        batch = self._far
        painter.save()
        painter.setTransform(transform(camera), combine=True)
        wires = [batch.lines] if camera.zoom * _SHORT < 3.0 else [batch.short, batch.lines]
        for (tone, opacity), lines in (item for part in wires for item in part.items()):
            painter.setOpacity(opacity)
            painter.setPen(QPen(self._theme.color(tone), 0))
            painter.drawLines(lines)
        painter.setPen(Qt.PenStyle.NoPen)
        for (category, opacity), rects in batch.rects.items():
            painter.setOpacity(opacity)
            painter.setBrush(self._theme.category(category))
            painter.drawRects(rects)
        painter.restore()
        chosen = emphasis.nodes & part[0] if part else emphasis.nodes - emphasis.hidden
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("accent"), 2.0))
        seen = chosen & self._scene.nodes.hits(box) if chosen else ()
        painter.drawRects([camera.rect(self._scene.boxes[node]) for node in seen])

    def _opacity(self, node: str, emphasis: Emphasis) -> float:
        dimmed = emphasis.path is not None and node not in emphasis.path[0]
        bypassed = self._scene.document.graph.nodes[node].bypassed
        return (DIMMED if dimmed else 1.0) * (BYPASSED if bypassed else 1.0)

    def _wire_opacity(self, edge: Edge, emphasis: Emphasis) -> float:
        dimmed = emphasis.path is not None and edge not in emphasis.path[1]
        # Nearly always nothing is bypassed, and wires are many.
        faint = self._scene.document.graph.bypassed and idle(self._scene, edge)
        return (DIMMED if dimmed else 1.0) * (BYPASSED if faint else 1.0)

    def _batched(self, emphasis: Emphasis, part: Part | None, key: object) -> _Far:
        far = _Far(key)
        nodes = part[0] if part else self._scene.boxes.keys() - emphasis.hidden
        wires = part[1] if part else self._scene.routes.keys() - emphasis.hidden_wires
        for node, b in self._scene.boxes.items():
            if node in nodes:
                paint = (self._scene.category(node), self._opacity(node, emphasis))
                rect = QRectF(b.left, b.top, b.width, b.height)
                far.rects.setdefault(paint, []).append(rect)
        tones = self._scene.tones
        toned: dict[str, list[Edge]] = {tone: [] for tone in _TONES}
        for edge in self._scene.routes:
            if edge in wires:
                toned[tones[edge]].append(edge)
        for tone, edges in toned.items():
            for edge in edges:
                paint = (tone, self._wire_opacity(edge, emphasis))
                for line in route_lines(self._scene.routes[edge]):
                    lines = far.short if line.length() < _SHORT else far.lines
                    lines.setdefault(paint, []).append(line)
        return far

    # --- Wires ----------------------------------------------------------------------------------

    def _wires(
        self,
        painter: QPainter,
        camera: Camera,
        wires: set[Edge],
        ratio: float,
        emphasis: Emphasis,
    ) -> None:
        painter.save()
        painter.setTransform(transform(camera), combine=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        strong = emphasis.wires | ({emphasis.hovered_wire} if emphasis.hovered_wire else set())
        # A file is to be the same each time; on a screen no order is seen.
        ordered = sorted(wires) if self._direct else wires
        for tone in _TONES:
            pen = self._pen(tone, camera.zoom, ratio)
            painter.setPen(pen)
            for edge in ordered:
                if self._scene.tones[edge] == tone and edge not in strong:
                    painter.setOpacity(self._wire_opacity(edge, emphasis))
                    self._wire(painter, camera, edge, ratio, pen.widthF())
        painter.setOpacity(1.0)
        for edge in wires & strong:
            tone = "accent" if edge in emphasis.wires else self._scene.tones[edge]
            pen = self._pen(tone, camera.zoom, ratio, extra=0.8)
            painter.setPen(pen)
            self._wire(painter, camera, edge, ratio, pen.widthF())
        painter.restore()

    def _wire(
        self, painter: QPainter, camera: Camera, edge: Edge, ratio: float, width: float
    ) -> None:
        path, move = self._path(edge), None
        if camera.zoom >= MIDDLE and not self._direct:
            move = aside(self._scene.routes[edge], camera, ratio, width * camera.zoom)
        # Another path is cheap, another transformation of the painter is not.
        painter.drawPath(self._moved.path(edge, path, move / camera.zoom) if move else path)

    def _pen(self, tone: str, zoom: float, ratio: float, extra: float = 0.0) -> QPen:
        width = (_WIDTHS.get(tone, _MAIN) + extra) * max(zoom, 0.8)
        if not self._direct:
            width = whole(width, ratio)
        # Thin pens of width 0 are the quick ones, and from afar one sees no difference.
        thin = zoom < MIDDLE and tone == "edge" and not extra
        # Widths are px of the screen's scale, so that a wire is as bold on every screen.
        pen = QPen(self._theme.color(tone), 0.0 if thin else width / zoom)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if tone == "error":
            pen.setDashPattern([4.0, 3.0])
        return pen

    def _path(self, edge: Edge) -> QPainterPath:
        route = self._scene.routes[edge]
        kept = self._paths.get(edge)
        if kept is not None and kept[0] is route:
            return kept[1]
        if len(self._paths) > 2 * len(self._scene.routes) + 64:
            self._paths.clear()
        path = route_path(route, passage(self._scene, edge))
        self._paths[edge] = (route, path)
        return path

    def draw_route(
        self,
        painter: QPainter,
        camera: Camera,
        route: Route,
        tone: str,
        extra: float = 0.0,
        before: Sequence[Point] = (),
    ) -> None:
        """Draw a wire that is not in the scene, as gestures do, and the way that leads to it."""
        painter.save()
        painter.setTransform(transform(camera), combine=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ratio = painter.device().devicePixelRatioF()
        painter.setPen(self._pen(tone, camera.zoom, ratio, extra))
        painter.drawPath(route_path(route, before))
        painter.restore()

    def _labels(
        self,
        painter: QPainter,
        camera: Camera,
        wires: list[Edge],
        ratio: float,
        emphasis: Emphasis,
    ) -> None:
        for edge in wires:
            at = self._places.at(edge, camera.zoom)
            if at is None:
                continue
            dim = emphasis.path is not None and edge not in emphasis.path[1]
            self.label(painter, camera, edge, at, ratio, dim=dim)

    def label(
        self,
        painter: QPainter,
        camera: Camera,
        edge: Edge,
        at: Point,
        ratio: float,
        *,
        dim: bool = False,
    ) -> None:
        """Write the shape of a wire, centred at a point of the canvas."""
        tone = self._scene.tones[edge]
        role = "second" if tone == "edge" else tone
        center = camera.to_widget(at.x, at.y)
        painter.setOpacity(DIMMED if dim else 1.0)
        text = self._scene.labels[edge]
        self._stamps.draw_label(painter, center, text, role, camera.zoom, ratio)
        painter.setOpacity(1.0)

    # --- Nodes ----------------------------------------------------------------------------------

    def _nodes(
        self,
        painter: QPainter,
        camera: Camera,
        nodes: set[str],
        ratio: float,
        emphasis: Emphasis,
    ) -> None:
        titles = camera.zoom < MIDDLE
        for node in self._in_order(nodes):
            painter.setOpacity(self._opacity(node, emphasis))
            look, box = self._scene.looks[node], self._scene.boxes[node]
            corner = camera.to_widget(box.left, box.top)
            self._stamps.draw_node(painter, corner, look, camera.zoom, ratio, titles=titles)
        painter.setOpacity(1.0)
        self._frames(painter, camera, nodes, ratio, emphasis)

    def _in_order(self, nodes: set[str]) -> list[str]:
        if len(nodes) * 8 > len(self._scene.boxes):
            return [i for i in self._scene.document.graph.nodes if i in nodes]
        return sorted(nodes)

    def _frames(
        self, painter: QPainter, camera: Camera, nodes: set[str], ratio: float, emphasis: Emphasis
    ) -> None:
        rims = [(node, "accent", 2.0) for node in nodes & emphasis.nodes]
        graph = self._scene.document.graph  # what is changed in a selected node is changed in kin
        others = kin(graph, graph, emphasis.nodes) & nodes - emphasis.nodes
        rims += [(node, "accent", 1.0) for node in others]
        if emphasis.hovered in nodes - emphasis.nodes:
            rims.append((emphasis.hovered, "second", 1.0))
        for node, role, width in rims:
            rect = card_rect(self._scene.boxes[node], camera, ratio)
            pen = QPen(self._theme.color(role), whole(width, ratio))
            draw_rim(painter, rect, pen, camera.zoom, pill=self._scene.looks[node].pill)

    def port(self, painter: QPainter, camera: Camera, site: Site, role: str) -> None:
        """A port as it looks under the pointer, or lit while a wire is in the hand."""
        zoom = max(camera.zoom, 0.5)
        center = camera.to_widget(site.x, site.y)
        size, wide = HELD * zoom, 2 * site.reach * camera.zoom
        down = self._scene.direction == "down"
        rect = QRectF(0, 0, size + wide * down, size + wide * (not down))
        rect.moveCenter(center)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("canvas"), 1.5))
        painter.setBrush(self._theme.color(role))
        painter.drawRoundedRect(rect, size / 2, size / 2)
        painter.restore()
