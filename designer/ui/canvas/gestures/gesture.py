"""What every gesture is: begun by a press, moved, and released or cancelled; one edit at most.

A gesture previews in its own paint and touches the document only on release.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from designer.document.model import Edge
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.geometry import Point
from designer.ui.canvas.judge import Judge
from designer.ui.canvas.painter import Emphasis, ScenePainter
from designer.ui.canvas.placing import PendingWire
from designer.ui.canvas.scene import Scene
from designer.ui.session import Session
from designer.ui.theme import Theme


@dataclass(frozen=True)
class Pointer:
    """Where the pointer is: in the widget, on the canvas, and with which keys held."""

    place: QPointF
    point: Point
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    @property
    def adds(self) -> bool:
        """Whether the selection is to be extended rather than replaced."""
        wanted = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        return bool(self.modifiers & wanted)


class Stage(Protocol):
    """What gestures see of the canvas."""

    session: Session
    judge: Judge
    scene: Scene
    picture: ScenePainter
    theme: Theme
    snaps: bool  # whether neighbours attract what is dragged

    @property
    def camera(self) -> Camera: ...
    @property
    def chosen_wires(self) -> frozenset[Edge]: ...
    def choose(self, nodes: Iterable[str], wires: Iterable[Edge] = ()) -> None: ...
    def visible(self) -> QRectF: ...
    def ratio(self) -> float: ...
    def emphasis(self) -> Emphasis: ...
    def map_place(self, place: QPointF) -> Point | None: ...
    def pan(self, dx: int, dy: int) -> None: ...
    def ask_for_node(self, at: Point, pending: PendingWire | None) -> None: ...
    def hand_changed(self) -> None: ...
    def update(self, area: QRect, /) -> None: ...
    def setFocus(self, reason: Qt.FocusReason, /) -> None: ...  # noqa: N802 - Qt's name
    def setCursor(self, shape: Qt.CursorShape, /) -> None: ...  # noqa: N802 - Qt's name


class Gesture(ABC):
    """One thing the hand does. At most one is current."""

    cursor = Qt.CursorShape.ArrowCursor
    scrolls = False  # whether the canvas scrolls where it is dragged to the border

    def __init__(self, stage: Stage, start: Pointer) -> None:
        self.stage = stage
        self.start = start

    @property
    def still(self) -> bool:
        """Whether it paints over a canvas that stands still, so that a picture of that will do."""
        return False

    @property
    def hidden(self) -> tuple[frozenset[str], frozenset[Edge]]:
        """Nodes and wires that the gesture paints itself while it lasts."""
        return frozenset(), frozenset()

    @property
    def hidden_marks(self) -> frozenset[str]:
        """Frames and notes that the gesture paints itself while it lasts."""
        return frozenset()

    @abstractmethod
    def move(self, at: Pointer) -> None:
        """The pointer is there now."""

    @abstractmethod
    def release(self, at: Pointer) -> None:
        """The button was let go: commit."""

    def cancel(self) -> None:
        """Leave no trace; the document was not touched anyway."""
        return

    def look_again(self) -> None:
        """More is known than at the last move: of a shape, for instance."""
        return

    def extent(self) -> QRectF:
        """What the gesture's paint covers, in widget px; empty for nothing."""
        return QRectF()

    def paint(self, painter: QPainter) -> None:
        """Paint over the scene, in widget coordinates."""
        return
