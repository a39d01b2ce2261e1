"""The hand by keyboard: goes from node to node, moves nodes, places them, and wires them.

A wire that was begun by key is the same gesture as one that is dragged, with the pointer put on
the port that the keys have come to.
"""

from typing import Protocol

from PySide6.QtCore import QPointF
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from designer.document.model import Edge
from designer.infer.wiring import ports
from designer.ui.canvas import commands
from designer.ui.canvas.geometry import GRID, Box, Point, Site
from designer.ui.canvas.gestures.gesture import Pointer, Stage
from designer.ui.canvas.gestures.wire import WireGesture
from designer.ui.canvas.hand import Hand
from designer.ui.canvas.placing import Pending, PendingInsert, PendingWire
from designer.ui.canvas.scene import Scene

AHEAD = 96.0  # canvas px from the middle of a node to that of the one after it
_ROOM = Box(-88.0, -30.0, 88.0, 30.0)  # what a new card covers around its middle, with some air
_STUB = 28.0  # px of the screen that a wire in the hand is long at first
_TRIES = 200


class Keyed(Stage, Protocol):
    """What the keys see of the canvas."""

    def reveal(self, node: str) -> None: ...
    def edit(self, key: str) -> None: ...
    def pointed(self) -> Point: ...
    def ask_for_node(self, at: Point, pending: Pending | None) -> None: ...
    def underMouse(self) -> bool: ...  # noqa: N802 - Qt's name


class KeyHand:
    """At most one wire is in it."""

    def __init__(self, stage: Keyed, hand: Hand) -> None:
        self._stage = stage
        self._hand = hand
        self._wire: WireGesture | None = None
        self._pending = PendingWire("", forward=True)
        self._target = ""
        self._port = 0
        self._number = 0
        self._home = ""  # the node whose wires are gone through

    @property
    def wiring(self) -> bool:
        """Whether a wire that was begun by key is in the hand."""
        return self._wire is not None and self._hand.gesture is self._wire

    # --- Going and moving -----------------------------------------------------------------------

    def go(self, dx: int, dy: int) -> bool:
        """Select the neighbour in that direction, the first node where none is selected; with a
        wire in the hand, lead it there.
        """
        if self.wiring:
            return self._lead(dx, dy)
        stage = self._stage
        here, wire = min(stage.session.selection, default=None), self._chosen_wire()
        if here is None and wire is not None:
            node: str | None = self._end(wire, dx, dy)
        else:
            node = neighbour(stage.scene, here, dx, dy)
        if node is not None:
            stage.choose({node})
            stage.reveal(node)
        return True

    def move(self, dx: int, dy: int, steps: int = 1) -> bool:
        """Move the selection by so many steps of the grid; with a wire in the hand, lead it."""
        if self.wiring:
            return self._lead(dx, dy)
        far = GRID * steps
        return commands.nudge(self._stage.session, dx * far, dy * far, self._stage)

    def accept(self) -> bool:
        """Connect the wire in the hand, or ask for the editor of what is selected."""
        if self.wiring:
            self._connect()
            return True
        chosen = self._stage.session.chosen
        if len(chosen) != 1:
            return False
        self._stage.edit(next(iter(chosen)))
        return True

    def next_wire(self) -> bool:
        """Select a wire of the selected node; with a wire selected, the next one of that node."""
        stage, graph = self._stage, self._stage.scene.document.graph
        if len(stage.session.selection) == 1:
            (self._home,) = stage.session.selection
        wires = [*graph.incoming.get(self._home, ()), *graph.outgoing.get(self._home, ())]
        if self.wiring or not wires:
            return False
        former = self._chosen_wire()
        place = wires.index(former) + 1 if former in wires else 0
        stage.choose((), (wires[place % len(wires)],))
        return True

    def _chosen_wire(self) -> Edge | None:
        wires = self._stage.chosen_wires
        return next(iter(wires)) if len(wires) == 1 else None

    def _end(self, wire: Edge, dx: int, dy: int) -> str:
        """The node at that end of a wire."""
        along = dy if self._stage.scene.direction == "down" else dx
        return wire.source if along < 0 else wire.target

    # --- Placing --------------------------------------------------------------------------------

    def search(self) -> None:
        """Ask for a layer: for the wire in the hand, on the wire that is selected, or beside."""
        stage, wire = self._stage, self._chosen_wire()
        if self.wiring:
            pending = self._pending
            at = self._ahead(pending.node, forward=pending.forward)
            self._hand.cancel()
            stage.ask_for_node(free(stage.scene, at), pending)
        elif wire is not None:
            stage.ask_for_node(stage.scene.routes[wire].label, PendingInsert(wire))
        else:
            stage.ask_for_node(free(stage.scene, self._wanted()), None)

    def _wanted(self) -> Point:
        """At the pointer; where that is elsewhere, after the selected node, or in the middle."""
        selection = self._stage.session.selection
        if self._stage.underMouse() or len(selection) != 1:
            return self._stage.pointed()
        return self._ahead(next(iter(selection)), forward=True)

    def tab(self) -> bool:
        """The next port of the node that the wire is led to; without a wire, the search."""
        if not self.wiring:
            self.search()
        elif self._target:
            self._port += 1
            self._point()
        return True

    # --- Wiring ---------------------------------------------------------------------------------

    def begin(self, *, forward: bool) -> bool:
        """Take a wire from the selected node into the hand; once more takes its next port."""
        selection, scene = self._stage.session.selection, self._stage.scene
        if len(selection) != 1:
            return False
        (node,) = selection
        sites = scene.sites[node].outputs if forward else self._free_inputs(node)
        again = self.wiring and self._pending.node == node and self._pending.forward == forward
        if not sites:
            return False
        number = self._number + 1 if again else 0
        self._number = number % len(sites)
        site = sites[self._number]
        self._hand.cancel()
        if forward:
            self._pending = PendingWire(node, forward=True, output=site.number)
        else:
            self._pending = PendingWire(node, forward=False, port=site.port)
        self._wire = WireGesture(self._stage, self._pointer(site.point), self._pending)
        self._hand.begin(self._wire, dragged=False)
        self._target, self._port = "", 0
        self._wire.move(self._pointer(self._off(site.point, forward=forward)))
        self._stage.hand_changed()
        return True

    def _free_inputs(self, node: str) -> list[Site]:
        """Its inputs, those without a wire first, as far as a wire can be drawn to them."""
        scene = self._stage.scene
        taken = {edge.input for edge in scene.document.graph.incoming.get(node, ())}
        kind = scene.document.graph.nodes[node].type
        known = {port.name for port in ports(self._stage.session.catalog, kind)}
        sites = [site for site in scene.sites[node].inputs if site.port in known]
        return sorted(sites, key=lambda site: site.port in taken and not site.variadic)

    def _lead(self, dx: int, dy: int) -> bool:
        scene, here = self._stage.scene, self._target or self._pending.node
        there = next((n for n in beside(scene, here, dx, dy) if n != self._pending.node), None)
        if there is not None:
            self._target, self._port = there, 0
            self._stage.reveal(there)
            self._point()
        return True

    def _point(self) -> None:
        """Put the pointer on the port that was come to."""
        if self._wire is None:
            return
        sites = self._stage.scene.sites[self._target]
        ends = sites.inputs if self._pending.forward else sites.outputs
        center = self._stage.scene.boxes[self._target].center
        # At first the node's middle: that is its first free port.
        at = ends[(self._port - 1) % len(ends)].point if ends and self._port else center
        self._wire.move(self._pointer(at))
        self._stage.hand_changed()
        self._tell()

    def _connect(self) -> None:
        wire, target = self._wire, self._target
        if wire is None or not target:
            self.search()
            return
        if not wire.fits:
            self._tell()
            return
        self._wire = None
        at = wire.at
        self._hand.cancel()
        wire.release(at)
        self._stage.choose({target if self._pending.forward else self._pending.node})

    def _tell(self) -> None:
        """What stands beside the wire, for those who hear it."""
        stage = self._stage
        if self._wire is None or not isinstance(stage, QWidget):
            return
        name = stage.scene.document.graph.nodes[self._target].name
        words = " ".join(part for part in (name, self._wire.saying.text) if part)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(stage, words))

    def _ahead(self, node: str, *, forward: bool) -> Point:
        middle = self._stage.scene.boxes[node].center
        step = AHEAD if forward else -AHEAD
        down = self._stage.scene.direction == "down"
        return Point(middle.x, middle.y + step) if down else Point(middle.x + 2 * step, middle.y)

    def _off(self, port: Point, *, forward: bool) -> Point:
        """A little way off a port, where a wire is seen and no node is met yet."""
        step = (_STUB if forward else -_STUB) / self._stage.camera.zoom
        down = self._stage.scene.direction == "down"
        return Point(port.x, port.y + step) if down else Point(port.x + step, port.y)

    def _pointer(self, at: Point) -> Pointer:
        return Pointer(QPointF(self._stage.camera.to_widget(*at)), at)


def free(scene: Scene, at: Point) -> Point:
    """The place itself, or the nearest one ahead of it where a card covers no other."""
    down = scene.direction == "down"
    for _ in range(_TRIES):
        room = Box(at.x + _ROOM.left, at.y + _ROOM.top, at.x + _ROOM.right, at.y + _ROOM.bottom)
        if not scene.nodes.hits(room):
            return at
        at = Point(at.x, at.y + GRID) if down else Point(at.x + GRID, at.y)
    return at


def neighbour(scene: Scene, node: str | None, dx: int, dy: int) -> str | None:
    """The node in that direction: along a wire if there is one, else the nearest one there.

    From no node at all it is the first one.
    """
    if node is None:
        return next(iter(scene.boxes), None)
    graph = scene.document.graph
    along = dy if scene.direction == "down" else dx
    ends: list[str] = []
    if along > 0:
        ends = [edge.target for edge in graph.outgoing.get(node, ())]
    elif along < 0:
        ends = [edge.source for edge in graph.incoming.get(node, ())]
    ends.sort(key=lambda other: _far(scene, node, other))
    return next(iter(ends or beside(scene, node, dx, dy)), None)


def beside(scene: Scene, node: str, dx: int, dy: int) -> list[str]:
    """The nodes on that side of a node, those first that are near and straight ahead."""
    here = scene.boxes[node].center
    found = []
    for other, box in scene.boxes.items():
        x, y = box.center.x - here.x, box.center.y - here.y
        ahead, aside = (x * dx, abs(y)) if dx else (y * dy, abs(x))
        if ahead > 0:
            found.append((aside > 2 * ahead, ahead + 2 * aside, other))
    return [other for _, _, other in sorted(found)]


def _far(scene: Scene, one: str, other: str) -> float:
    a, b = scene.boxes[one].center, scene.boxes[other].center
    return abs(a.x - b.x) + abs(a.y - b.y)
