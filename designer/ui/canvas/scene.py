"""What the canvas derives from the document and its report: boxes, ports, routes, looks, indexes.

A cache, never a truth: `sync` follows each Change incrementally and `become` rebuilds it all.
No Qt, so that hits and geometry are tested as numbers.
"""

from collections.abc import Iterable, Mapping

from designer.catalog.spec import Catalog
from designer.document.diff import SECTIONS, Change
from designer.document.extent import size_of
from designer.document.model import EXIT, OUTPUT, Document, Edge, Node
from designer.document.order import skip_edges
from designer.document.problem import Problem
from designer.document.sharing import kin
from designer.infer.report import NodeReport, Report
from designer.ui.canvas.edges import Route, lane_routes, wire
from designer.ui.canvas.geometry import REACH, Box, Point, Sites, Socket, sites_of, union
from designer.ui.canvas.index import Index
from designer.ui.canvas.look import Look, by_node, category_of, look_of, tone_of
from designer.ui.canvas.marks import Marks
from designer.ui.canvas.on_demand import OnDemand
from designer.ui.canvas.sides import AHEAD, Faces, Joints, faces, turned_sites
from designer.ui.canvas.sockets import Sockets
from designer.ui.canvas.summary import shape_text
from designer.ui.canvas.ways import Ways, ways

MANY = 64  # nodes; when more than these and half of all come or go, nothing is kept in step
MARGIN = 14.0  # what a node paints beyond its box: ports, badge, selection


class Scene:
    """Derived geometry of one document; everything in canvas px at 100 %."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.looks: OnDemand[str, Look] = OnDemand(self._look)
        self.tones: OnDemand[Edge, str] = OnDemand(self._tone)
        self.labels: OnDemand[Edge, str] = OnDemand(self._label)
        self._faces: OnDemand[Edge, Faces] = OnDemand(self._faces_of)
        self._known = Sockets(catalog)
        self._former: Scene | None = None
        self.tints: Mapping[str, str] = {}
        self.become(Document(), Report())

    def become(self, document: Document, report: Report) -> None:
        """Start over from this document."""
        self.document, self.report = document, report
        self.marks = Marks(document.marks)
        self.boxes: dict[str, Box] = {}
        self.sites: dict[str, Sites] = {}
        self.routes: dict[Edge, Route] = {}
        for kept in (self.looks, self.tones, self.labels):
            kept.clear()
        self.skips: frozenset[Edge] = frozenset()
        self.nodes: Index[str] = Index()
        self.wires: Index[Edge] = Index()
        self._ways = Ways({}, {})
        self._problems: Mapping[str, tuple[Problem, ...]] = by_node(report.problems)
        self.version = 0
        self._box(document.graph.nodes)
        self.skips = skip_edges(document.graph)
        self._retrace()
        self._place(document.graph.nodes)
        self._route(document.graph.edges)

    def adopt(self, other: "Scene", report: Report) -> None:
        """Become what another scene is, which nobody else looks at, under this report."""
        version, made = self.version, (self.looks, self.tones, self.labels, self._faces)
        vars(self).update(vars(other))
        self.looks, self.tones, self.labels, self._faces = made
        for kept in made:
            kept.clear()
        self.looks.update(other.looks)
        self.tones.update(other.tones)
        self.version = version + 1
        self.judge(report)

    def parted(self) -> "Scene":
        """What this scene is now as one of its own, to be adopted again later."""
        other = Scene(self._catalog)
        mine = ("looks", "tones", "labels", "_faces")
        own = {name: vars(other)[name] for name in mine} | {"_former": None}
        vars(other).update(vars(self) | own)
        other.looks.update(self.looks)
        other.tones.update(self.tones)
        return other

    def _turn_over(self, change: Change, document: Document, report: Report) -> None:
        """Become a quite different document; the one before is kept, for undo asks for it."""
        former, kept, version = self._former, self.parted(), self.version
        if former is not None and former.document is document:
            self.adopt(former, report)
        else:
            self.become(document, report)
        undoable = not change.sections.issuperset(SECTIONS)
        self._former, self.version = kept if undoable else None, version + 1

    @property
    def direction(self) -> str:
        """Which way the layout runs: "down" or "right"."""
        return self.document.direction

    @property
    def bounds(self) -> Box | None:
        """The box around all there is; None for an empty document."""
        wires = (route.box for route in self.routes.values())
        return union((*self.boxes.values(), *wires, *self.marks.boxes.values()))

    def extent(self, ids: Iterable[str]) -> Box | None:
        """The box around these nodes, frames and notes."""
        return union(b for i in ids if (b := self.boxes.get(i) or self.marks.boxes.get(i)))

    # --- Following the document -----------------------------------------------------------------

    def sync(self, change: Change, document: Document, report: Report) -> None:
        """Follow a change of the document; the report may be newer as well."""
        if self._other(change, document):
            self._turn_over(change, document, report)
            return
        before, self.version, self.document = self.document.graph, self.version + 1, document
        self.marks.follow(document.marks)
        told = self._adopt(report)
        for node in change.removed:
            self._forget_node(node)
        for edge in change.unlinked:
            self._forget_edge(edge)
        ends = {end for e in (*change.linked, *change.unlinked) for end in (e.source, e.target)}
        touched = {i for i in ends | change.added | change.updated if i in document.graph.nodes}
        touched |= self._reshaped(told - touched)
        self._box(touched)
        edges = self._rewired(change, touched)
        self._place(touched)
        turned = self._turned(edges, touched)
        self._place(turned)
        changed = change.added | change.removed | (change.updated - change.moved)
        self.looks.forget(touched | turned | kin(before, document.graph, changed))
        self._route(edges | self._wires_of(turned))
        self._refresh(told - touched)

    def _other(self, change: Change, document: Document) -> bool:
        """Whether so much is different that nothing is to be kept in step."""
        coming, going, there = len(change.added), len(change.removed), len(self.boxes)
        stale = there - going + coming != len(document.graph.nodes)
        return stale or "direction" in change.sections or coming + going > max(MANY, there // 2)

    def _rewired(self, change: Change, touched: set[str]) -> set[Edge]:
        """The wires that run otherwise now, and those whose nodes have changed."""
        graph = self.document.graph
        edges = (set(change.linked) & graph.edges) | self._wires_of(touched)
        if change.added or change.removed or change.linked or change.unlinked:
            before = self.skips
            self.skips = skip_edges(graph)
            edges |= (before ^ self.skips) & graph.edges
        elif not change.moved:
            return edges
        return edges | self._retrace()

    def _wires_of(self, nodes: Iterable[str]) -> set[Edge]:
        graph = self.document.graph
        found: set[Edge] = set()
        for node in nodes:
            found.update(graph.incoming.get(node, ()))
            found.update(graph.outgoing.get(node, ()))
        return found

    def _turned(self, edges: Iterable[Edge], known: set[str]) -> set[str]:
        """Nodes at these wires, besides the known ones, whose ports are elsewhere now.

        In the slot of a merge wires stand in the order in which they come in, so that they do
        not cross: a lane that goes elsewhere can turn its whole merge.
        """
        ends = {i for e in edges for i in (e.source, e.target)} - known
        return {i for i in ends if self.sites[i] != self.sites_at(i)}

    def judge(self, report: Report) -> frozenset[str]:
        """Follow a new report; tells the nodes that look different now."""
        told = self._adopt(report)
        if told:
            self.version += 1
            self._refresh(told)
        return told

    def _adopt(self, report: Report) -> frozenset[str]:
        """Take the report as the valid one; tells the nodes of which it says something else."""
        before, problems = self.report, self._problems
        self.report = report
        self._problems = by_node(report.problems)
        now, old = report.nodes, before.nodes
        return frozenset(
            i
            for i in self.document.graph.nodes
            if _differ(now.get(i), old.get(i)) or _differ(self._problems.get(i), problems.get(i))
        )

    def _reshaped(self, told: frozenset[str]) -> set[str]:
        """Those that have another number of outputs now."""
        return {i for i in told if self._outputs(i) != len(self.sites[i].outputs)}

    def _refresh(self, told: frozenset[str]) -> None:
        reshaped = self._reshaped(told)
        self._place(reshaped)
        self.looks.forget(told)
        graph = self.document.graph
        self._route({e for i in reshaped for e in graph.outgoing.get(i, ())})
        for wires in (graph.outgoing, graph.incoming):
            self._untell(e for i in told for e in wires.get(i, ()))

    # --- Deriving -------------------------------------------------------------------------------

    def _box(self, ids: Iterable[str]) -> None:
        self._faces.clear()
        for i in ids:
            node = self.document.graph.nodes[i]
            self.boxes[i] = box = Box.around(node.x, node.y, *size_of(node.type))
            self.nodes.put(i, box.grown(MARGIN))

    def _place(self, ids: Iterable[str]) -> None:
        for i in ids:
            self.sites[i] = self.sites_at(i)

    def sites_at(
        self, node: str, box: Box | None = None, joined: Mapping[Edge, Faces] | None = None
    ) -> Sites:
        """The ports of a node, or those if it were in that box and its wires ran so."""
        where = box or self.boxes[node]
        graph, usual, given = self.document.graph, AHEAD[self.direction], joined or {}
        sockets, outputs = self._sockets(node), self._outputs(node)
        into = graph.incoming.get(node, ())
        out = graph.outgoing.get(node, ())
        entering = [(given.get(e) or self.faces(e)).target for e in into]
        leaving = [(given.get(e) or self.faces(e)).source for e in out]
        if entering.count(usual.target) == len(into) and leaving.count(usual.source) == len(out):
            return sites_of(where, sockets, outputs, self.direction)
        starts = sorted(zip(out, leaving, strict=True), key=lambda s: (s[0] in self.skips, s))
        joints = Joints(
            {(e.input, e.slot): side for e, side in zip(into, entering, strict=True)},
            tuple((e.output, side) for e, side in starts),
        )
        return turned_sites(where, sockets, outputs, self.direction, joints)

    def faces(self, edge: Edge) -> Faces:
        """The sides that a wire joins."""
        return self._faces[edge]

    def _faces_of(self, edge: Edge) -> Faces:
        known = self._ways.faces.get(edge)
        if known is not None or edge in self.skips:
            return known or AHEAD[self.direction]
        return faces(self.boxes[edge.source], self.boxes[edge.target], self.direction)

    def _outputs(self, node: str) -> int:
        block = self.document.blocks.get(node)
        if block is not None or self.document.graph.nodes[node].type in (OUTPUT, EXIT):
            return len(block.outputs) if block is not None else 0
        told = self.report.nodes.get(node)
        wired = (e.output + 1 for e in self.document.graph.outgoing.get(node, ()))
        return max(1, len(told.outputs) if told is not None else 0, *wired, 1)

    def owner(self, node: Node) -> Node:
        """The node whose layer this one calls: itself unless it shares one."""
        return self.document.graph.nodes.get(node.shares, node) if node.shares else node

    def _sockets(self, node: str) -> tuple[Socket, ...]:
        graph = self.document.graph
        incoming = graph.incoming.get(node, ())
        if len(incoming) > 1:
            incoming = tuple(sorted(incoming, key=lambda e: (self._approach(e), e)))
        return self._known.of(graph.nodes[node].type, tuple([(e.input, e.slot) for e in incoming]))

    def category(self, node: str) -> str:
        """The category that colours a node, or its tint."""
        return self.tints.get(node) or category_of(self.document.graph.nodes[node], self._catalog)

    def tint(self, tints: Mapping[str, str]) -> None:
        """Colour these nodes by other names than those of their categories, and no others."""
        before, self.tints = self.tints, tints
        self.looks.forget(i for i in {**before, **tints} if before.get(i) != tints.get(i))
        self.version += before != tints

    def _look(self, key: str) -> Look:
        node = self.document.graph.nodes[key]
        return look_of(
            node,
            self.owner(node),
            self._catalog,
            self.told(key),
            self._problems.get(key, ()),
            self.boxes[key],
            self.sites[key],
            self.direction,
        )._replace(
            category=self.category(key),
            shared=bool(node.shares) or key in self.document.graph.shared,
        )

    def told(self, node: str) -> NodeReport | None:
        """What the report says of a node."""
        return self.report.nodes.get(node)

    def problems_of(self, node: str) -> tuple[Problem, ...]:
        """The problems of a node."""
        return self._problems.get(node, ())

    def _route(self, edges: Iterable[Edge]) -> None:
        found = set(edges)
        corners = self._ways.corners
        lanes = {e: corners[e] for e in found & corners.keys()}
        for edge, route in lane_routes(lanes, self.ends, self.direction).items():
            self._put(edge, route)
        for edge in found - lanes.keys():
            faces = self.faces(edge)
            sites = self.sites[edge.source], self.sites[edge.target]
            self._put(edge, wire(*self.ends_at(edge, *sites, faces.source), faces, self.direction))
        self._untell(found)

    def _retrace(self) -> set[Edge]:
        """Find the ways of skips and detours anew; tells which wires run otherwise now."""
        edges, before = self.document.graph.edges, self._ways
        self._ways = ways(self.boxes, self.nodes, edges, self.skips, self.direction, before.lanes)
        self._faces.clear()
        return before.differing(self._ways) & edges

    def _approach(self, edge: Edge) -> float:
        """Where a wire comes from, across the layout's direction."""
        across = 0 if self.direction == "down" else 1
        corners = self._ways.corners.get(edge)
        if corners is not None:
            return corners[len(corners) // 2][across]
        node = self.document.graph.nodes[edge.source]
        return (node.x, node.y)[across]

    def _put(self, edge: Edge, route: Route) -> None:
        self.routes[edge] = route
        self.wires.put(edge, route.box.grown(REACH))

    def ends(self, edge: Edge) -> tuple[Point, Point]:
        """Where a wire starts and ends."""
        side = self.faces(edge).source
        return self.ends_at(edge, self.sites[edge.source], self.sites[edge.target], side)

    def ends_at(self, edge: Edge, source: Sites, target: Sites, side: str) -> tuple[Point, Point]:
        """Where a wire that leaves at that side would run with its nodes' ports there."""
        start, end = source.leaving(edge.output, side), target.end(edge.input, edge.slot)
        from_box, to_box = self.boxes[edge.source], self.boxes[edge.target]
        return (
            start.point if start is not None else from_box.center,
            end.point if end is not None else to_box.center,
        )

    def _untell(self, edges: Iterable[Edge]) -> None:
        for edge in edges if self.tones or self.labels else ():
            self.tones.pop(edge, None)
            self.labels.pop(edge, None)

    def _tone(self, edge: Edge) -> str:
        return tone_of(edge, self._problems.get(edge.target, ()), edge in self.skips)

    def _label(self, edge: Edge) -> str:
        told = self.report.nodes.get(edge.source)
        known = told is not None and edge.output < len(told.outputs)
        return shape_text(told.outputs[edge.output] if told and known else None)

    def _forget_node(self, node: str) -> None:
        for derived in (self.boxes, self.sites, self.looks):
            derived.pop(node, None)
        self.nodes.discard(node)

    def _forget_edge(self, edge: Edge) -> None:
        self.routes.pop(edge, None)
        self.tones.pop(edge, None)
        self.labels.pop(edge, None)
        self.wires.discard(edge)

    # --- What is where --------------------------------------------------------------------------

    def node_at(self, point: Point) -> str | None:
        """The topmost node under a point."""
        around = Box(point.x, point.y, point.x, point.y)
        hits = [i for i in self.nodes.hits(around) if self.boxes[i].holds(point)]
        if len(hits) < 2:
            return hits[0] if hits else None
        order = {i: rank for rank, i in enumerate(self.document.graph.nodes)}
        return max(hits, key=order.__getitem__)

    def nodes_within(self, area: Box) -> frozenset[str]:
        """The nodes that touch an area."""
        return frozenset(i for i in self.nodes.hits(area) if self.boxes[i].touches(area))


def _differ(one: object, other: object) -> bool:
    # Nearly all reports of nodes are the same object as before.
    return one is not other and one != other


def scene_of(catalog: Catalog, document: Document, report: Report) -> Scene:
    """The scene of a document, made in any thread."""
    scene = Scene(catalog)
    scene.become(document, report)
    return scene
