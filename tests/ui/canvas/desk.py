"""A canvas with a mouse, and a small design that has one skip edge."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.serialize import to_bytes
from designer.ui.canvas.view import CanvasView
from designer.ui.session import Session

SAME = {"filters": 3, "kernel_size": 3, "padding": "same"}


def residual() -> Document:
    """image -> conv -> add -> out, and the image into the add as well."""
    nodes = [
        Node("image", INPUT, "image", {"shape": [32, 32, 3]}, x=0, y=0),
        Node("conv", "layers.Conv2D", "conv", SAME, x=0, y=96),
        Node("add", "layers.Add", "add", x=0, y=192),
        Node("out", OUTPUT, "out", x=0, y=288),
    ]
    edges = {
        Edge("image", 0, "conv", "inputs"),
        Edge("conv", 0, "add", "inputs", 0),
        Edge("image", 0, "add", "inputs", 1),
        Edge("add", 0, "out", "inputs"),
    }
    return Document("residual", Graph({n.id: n for n in nodes}, frozenset(edges)))


@dataclass
class Desk:
    """A canvas with a mouse: what a person can do to it."""

    view: CanvasView
    session: Session

    @property
    def bytes(self) -> bytes:
        """The document as it would be saved."""
        return to_bytes(self.session.document)

    def center(self, node: str) -> QPoint:
        """The middle of a node in the widget, off its ports."""
        return self.view.node_rect(node).center()

    def hover(self, at: QPoint, held: Qt.MouseButton = Qt.MouseButton.NoButton,
              keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:  # fmt: skip
        """The pointer comes there. QTest would move the real pointer, which another window may
        lie under."""
        kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        there = QPointF(self.view.mapToGlobal(at))
        event = QMouseEvent(kind, QPointF(at), there, none, held, keys)
        QApplication.sendEvent(self.view, event)

    def press(self, at: QPoint, *, button: Qt.MouseButton = Qt.MouseButton.LeftButton,
              keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:  # fmt: skip
        QTest.mousePress(self.view, button, keys, at)

    def move(self, start: QPoint, end: QPoint) -> None:
        """Small steps, as a hand makes them."""
        for step in range(1, 9):
            self.hover(start + (end - start) * step / 8, Qt.MouseButton.LeftButton)

    def release(self, at: QPoint, *, button: Qt.MouseButton = Qt.MouseButton.LeftButton,
                keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:  # fmt: skip
        QTest.mouseRelease(self.view, button, keys, at)

    def drag(self, start: QPoint, end: QPoint, *,
             button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:  # fmt: skip
        self.press(start, button=button)
        self.move(start, end)
        self.release(end, button=button)

    def click(self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.press(at, keys=keys)
        self.release(at, keys=keys)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, keys)

    def wired(self, *ends: str) -> bool:
        """Whether a wire runs between two nodes."""
        source, target = ends
        return any(
            e.source == source and e.target == target for e in self.session.document.graph.edges
        )
