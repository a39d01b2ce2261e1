"""What the canvas keeps of each design while another one is shown: where it stood, and what it had
derived, so that coming back is instant.
"""

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QSize

from designer.document.model import Edge
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.scene import Scene
from designer.ui.canvas.standpoint import Footing
from designer.ui.designs import Design


@dataclass(frozen=True, slots=True)
class Standing:
    """How a design was seen last; `size` is that of the view then, `framed` whether it had one."""

    scene: Scene
    camera: Camera
    footing: Footing
    wires: frozenset[Edge]
    framed: bool
    size: QSize


class Standings:
    """The standings of the designs that are open and not shown."""

    def __init__(self) -> None:
        self._kept: dict[Design, Standing] = {}

    def keep(self, design: Design, standing: Standing) -> None:
        """Another design is shown from now on."""
        self._kept[design] = standing

    def take(self, design: Design) -> Standing | None:
        """How this design was seen, None if it has not been; it is the view's again."""
        return self._kept.pop(design, None)

    def forget_all_but(self, designs: Collection[Design]) -> None:
        """The others have been closed."""
        for design in self._kept.keys() - set(designs):
            del self._kept[design]
