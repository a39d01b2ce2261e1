"""Drags wires in the window over one target after the other and tells how long each verdict took
to be painted: a design of a thousand nodes, the worker warm, every question a new one.
"""

import json
import sys
import time

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.ui.canvas.gestures.wire import WireGesture
from tests.benchmarks.probes.desk import Desk

STEP = 96.0  # canvas px between two nodes
EVERY = 12  # nodes from one source to the next


def design(count: int) -> Document:
    """Convolutions in a row, each with filters of its own; every fifth node adds a skip to it."""
    nodes = [Node("n0", INPUT, "n0", {"shape": [64, 64, 8]})]
    edges: list[Edge] = []
    for place in range(1, count - 1):
        key, before = f"n{place}", f"n{place - 1}"
        edges.append(Edge(before, 0, key, "inputs", 0))
        if place % 5 == 0:
            nodes.append(Node(key, "layers.Concatenate", key, {"axis": -1}))
            edges.append(Edge(f"n{place - 3}", 0, key, "inputs", 1))
        else:
            params = {"filters": 8 + place, "kernel_size": 3, "padding": "same"}
            nodes.append(Node(key, "layers.Conv2D", key, params))
    nodes.append(Node(f"n{count - 1}", OUTPUT, "output"))
    edges.append(Edge(f"n{count - 2}", 0, f"n{count - 1}", "inputs", 0))
    placed = [
        Node(n.id, n.type, n.name, n.params, x=0.0, y=STEP * place) for place, n in enumerate(nodes)
    ]
    return Document("long", Graph({n.id: n for n in placed}, frozenset(edges)))


class _Painted(QObject):
    """Counts the paints of the canvas that show what is known of the wire in the hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._canvas = desk.bench.canvas
        self.count = 0
        self._canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            gesture = self._canvas.gesture
            judged = isinstance(gesture, WireGesture) and gesture.verdict.level != "open"
            self.count += judged
        return False


class _Mouse:
    """Presses, moves and lets go over the canvas."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._canvas = desk.bench.canvas

    def send(self, kind: QEvent.Type, at: QPoint) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        which = none if kind == QEvent.Type.MouseMove else left
        held = none if kind == QEvent.Type.MouseButtonRelease else left
        there = QPointF(self._canvas.mapToGlobal(at))
        keys = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, QPointF(at), there, which, held, keys)
        self._desk.app.sendEvent(self._canvas, event)


def measure(count: int) -> dict[str, list[float]]:
    """Seconds from the pointer's coming on a port to the end of the paint that shows the verdict:
    `times` for new questions, `again` for targets that were asked about before.
    """
    desk = Desk()
    desk.warm()
    desk.session.become(design(count))
    desk.settle()
    canvas, mouse, painted = desk.bench.canvas, _Mouse(desk), _Painted(desk)
    canvas.zoom_to(0.75)
    found: dict[str, list[float]] = {"times": [], "again": []}
    for start in range(2, count - 20, EVERY):
        canvas.reveal(f"n{start + 6}")
        canvas.reveal(f"n{start}")
        targets = [n for n in _targets(start) if canvas.visible().contains(_port(desk, n))]
        desk.idle(0.03)
        mouse.send(QEvent.Type.MouseButtonPress, canvas.port_point(f"n{start}", output=True))
        for kind in ("times", "again"):
            for target in targets:
                mouse.send(QEvent.Type.MouseMove, QPoint(40, 40))
                desk.idle(0.01)
                found[kind].append(_judged(desk, mouse, painted, target))
        canvas.escape()
        mouse.send(QEvent.Type.MouseButtonRelease, QPoint(40, 40))
    desk.close()
    return found


def _targets(start: int) -> list[str]:
    return [f"n{place}" for place in range(start + 2, start + 8)]


def _port(desk: Desk, node: str) -> QPointF:
    graph = desk.session.document.graph
    slot = len(graph.incoming[node]) if graph.nodes[node].type.endswith("Concatenate") else 0
    return QPointF(desk.bench.canvas.port_point(node, "inputs", slot))


def _judged(desk: Desk, mouse: _Mouse, painted: _Painted, target: str) -> float:
    before = painted.count
    at = _port(desk, target).toPoint()
    begun = time.perf_counter()
    mouse.send(QEvent.Type.MouseMove, at)
    desk.until(lambda: painted.count > before)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))) + "\n")
