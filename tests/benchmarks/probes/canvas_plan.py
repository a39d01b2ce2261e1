"""The graph that each canvas draws, and what the rows of the measurement ask of a canvas."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

SIZE = (1200, 800)  # px of the window
CARD = (176, 48)
PITCH = (320, 96)  # px between two neighbours in a column, and between two columns
BLOCK = 4  # nodes; a wire skips from the first of them to the last


@dataclass(frozen=True)
class Plan:
    """A chain of `count` nodes in columns, with a skip every four; as wide as a screen is."""

    count: int

    @property
    def rows(self) -> int:
        """How many nodes stand in a column: whole blocks, so that no skip leaves it."""
        shape = SIZE[1] / PITCH[1] / (SIZE[0] / PITCH[0])
        return BLOCK * max(1, round(math.sqrt(self.count * shape) / BLOCK))

    @property
    def half(self) -> int:
        """How many nodes of a column stand in one frame: whole blocks."""
        return BLOCK * -(-self.rows // BLOCK // 2)

    def place(self, node: int) -> tuple[int, int]:
        """The middle of a node."""
        return node // self.rows * PITCH[0], node % self.rows * PITCH[1]

    def box(self, node: int) -> QRect:
        """Where a node stands."""
        x, y = self.place(node)
        return QRect(x - CARD[0] // 2, y - CARD[1] // 2, *CARD)

    def wires(self) -> Iterator[tuple[int, int, int]]:
        """Source, target, and the target's input."""
        for node in range(1, self.count):
            yield node - 1, node, 0
        for node in range(0, self.count - BLOCK + 1, BLOCK):
            yield node, node + BLOCK - 1, 1

    @property
    def middle(self) -> int:
        """A node in the midst of the drawing, the second of its block."""
        columns = -(-self.count // self.rows)
        node = columns // 2 * self.rows + self.rows // 2
        return min(node, self.count - BLOCK) // BLOCK * BLOCK + 1


class Canvas(Protocol):
    """One program in its own window. What it cannot do is None in `acts`."""

    widget: QWidget  # the window
    port: QWidget  # what takes the mouse
    wheel_keys: Qt.KeyboardModifier  # held while the wheel zooms
    skips: frozenset[str]  # rows of drags that do not end in a time that can be waited for

    def build(self, plan: Plan) -> None:
        """Makes the graph, from nothing."""

    def fit(self) -> None:
        """Shows all of it."""

    def renew(self) -> None:
        """Has all that is seen painted anew, from no picture that was kept."""

    def near(self, node: int) -> None:
        """Shows a node in the middle, at 100 %."""

    def spot(self, node: int) -> QPoint:
        """Where on the port a node can be taken hold of."""

    def empty(self, node: int) -> QPoint:
        """A place on the port beside a node where there is nothing."""

    def pan(self, dx: int, dy: int) -> bool:
        """Moves the view by so many px; False where the middle button does that."""

    def select(self, nodes: Sequence[int]) -> None:
        """Selects these nodes."""

    def count(self) -> int:
        """How many nodes it shows."""

    def acts(self, file: Path) -> Mapping[str, Callable[[], object]]:
        """Further rows, each measured once and in this order, with the frame that follows.

        The canvas is empty after "delete all", "redo" and "close".
        """

    def habits(self, node: int) -> Mapping[str, Callable[[int], object]]:
        """Further rows that are frames: each is called with 0, 1, 2 ..."""
