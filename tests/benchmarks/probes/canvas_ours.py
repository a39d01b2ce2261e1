"""Our canvas on a session that knows all shapes, with everything switched on: shapes on wires,
badges, frames with titles, notes, and the overview map. The peers draw nothing like these.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from designer.catalog.load import load
from designer.document import edits
from designer.document.files import write_atomic
from designer.document.model import COLORS, INPUT, Document, Edge, Frame, Graph, Mark, Node, Note
from designer.document.serialize import from_bytes, to_bytes
from designer.protocol import Ask
from designer.ui.app import spare_collections
from designer.ui.canvas.view import CanvasView
from designer.ui.session import Session
from designer.ui.theme import load as theme
from tests.benchmarks.probes.canvas_plan import BLOCK, CARD, PITCH, Plan
from tests.fake_worker import FakeWorker

KINDS = ("layers.Conv2D", "layers.BatchNormalization", "layers.ReLU", "layers.Add")
DOUBTFUL = 6  # every so many blocks one has a badge: its merge stretches a tensor
ROOM = 22.0  # px around the nodes in a frame
NOTE = (200.0, 56.0)  # px; there is one above each column


def kind_of(node: int) -> tuple[str, dict[str, Any]]:
    """Type and parameters of a node."""
    if node == 0:
        return INPUT, {"shape": [32, 32, 64]}
    conv = {"filters": 64, "kernel_size": 3, "padding": "same"}
    if node % BLOCK == BLOCK - 2 and node // BLOCK % DOUBTFUL == DOUBTFUL - 1:
        return KINDS[0], conv | {"filters": 1}
    kind = KINDS[node % BLOCK]
    return kind, conv if kind == KINDS[0] else {}


def document(plan: Plan) -> Document:
    """The graph as a design."""
    nodes = {}
    for number in range(plan.count):
        key, (kind, params), (x, y) = f"n{number}", kind_of(number), plan.place(number)
        nodes[key] = Node(key, kind, f"node_{number}", params, x=float(x), y=float(y))
    wires = {Edge(f"n{s}", 0, f"n{t}", "inputs", slot) for s, t, slot in plan.wires()}
    marks: list[Mark] = [*frames(plan), *notes(plan)]
    graph = Graph(nodes, frozenset(wires))
    return Document("chain", graph, marks={mark.id: mark for mark in marks})


def frames(plan: Plan) -> Iterator[Frame]:
    """A frame around each half of a column, by turns in all colours."""
    for number, first in enumerate(range(0, plan.count, plan.half)):
        last = min(first + plan.half, plan.count) - 1
        top, bottom = plan.box(first), plan.box(last)
        yield Frame(
            f"f{number}",
            f"Stage {number}",
            COLORS[number % len(COLORS)],
            top.left() - ROOM,
            top.top() - ROOM,
            CARD[0] + 2 * ROOM,
            bottom.bottom() - top.top() + 2 * ROOM,
        )


def notes(plan: Plan) -> Iterator[Note]:
    """A note above each column."""
    for number, node in enumerate(range(0, plan.count, plan.rows)):
        x, y = plan.place(node)
        text = f"**Column {number}** keeps the resolution"
        yield Note(f"note{number}", text, x - NOTE[0] / 2, y - PITCH[1] * 1.5, *NOTE)


class Program:
    """The canvas as the window holds it; a worker without Keras answers at once."""

    wheel_keys = Qt.KeyboardModifier.NoModifier
    skips = frozenset[str]()

    def __init__(self) -> None:
        self.session = Session(load())
        spare_collections()  # as the program does when its window is furnished
        self._asked: list[Ask] = []
        self.session.asked.connect(self._asked.append)
        self._worker = FakeWorker()
        self.widget = self.port = self.view = CanvasView(self.session, theme("light"))

    def build(self, plan: Plan) -> None:
        self.session.become(document(plan))
        self._answer()

    def _answer(self) -> None:
        while self._asked:
            self.session.told(self._worker.answer(self._asked.pop()))

    def fit(self) -> None:
        self.view.fit()

    def renew(self) -> None:
        self.view.sheet.forget()
        self.view.update()

    def near(self, node: int) -> None:
        self.view.zoom_to(1.0)
        way = self.view.rect().center() - self.spot(node)
        self.view.pan(way.x(), way.y())

    def spot(self, node: int) -> QPoint:
        return self.view.node_rect(f"n{node}").center()

    def empty(self, node: int) -> QPoint:
        return self.spot(node) + QPoint(round(PITCH[0] / 2 * self.view.camera.zoom), 0)

    def pan(self, dx: int, dy: int) -> bool:
        return False

    def select(self, nodes: Sequence[int]) -> None:
        self.session.select(f"n{node}" for node in nodes)

    def count(self) -> int:
        return len(self.view.scene.boxes)

    def acts(self, file: Path) -> Mapping[str, Callable[[], object]]:
        def load_file() -> None:
            self.session.become(from_bytes(file.read_bytes()))
            self._answer()
            self.view.fit()

        return {
            "delete all": self._delete_all,
            "undo": self.session.undo,
            "redo": self.session.redo,
            "undo again": self.session.undo,
            "save": lambda: write_atomic(file, to_bytes(self.session.document)),
            "close": lambda: self.session.become(Document()),
            "load": load_file,
        }

    def _delete_all(self) -> None:
        self.view.select_all()
        self.view.delete_selection()

    def habits(self, node: int) -> Mapping[str, Callable[[int], object]]:
        def hover(number: int) -> None:
            at = self.spot(node + (0, 1, BLOCK)[number % 3])
            place, glob = QPointF(at), QPointF(self.view.mapToGlobal(at))
            none = Qt.MouseButton.NoButton
            keys = Qt.KeyboardModifier.NoModifier
            move = QMouseEvent(QEvent.Type.MouseMove, place, glob, none, none, keys)
            QApplication.sendEvent(self.view, move)

        def kind(number: int) -> None:
            filters = 64 + number % 2
            conv = f"n{node // BLOCK * BLOCK}"
            self.session.do("Filters", lambda d: edits.set_param(d, conv, "filters", filters))

        return {
            "hover at 100 %": hover,
            "select one at 100 %": lambda number: self.select([node + number % 2]),
            "set a parameter at 100 %": kind,
        }
