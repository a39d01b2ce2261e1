"""What the canvas keeps of each design and block while another one is shown: where it stood, and
what it had derived, so that coming back is instant.
"""

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QSize

from designer.document.model import Document, Edge
from designer.infer.report import Report
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.scene import Scene
from designer.ui.canvas.standpoint import Footing
from designer.ui.designs import Design
from designer.ui.scopes import sheet_change

Sheet = tuple[Design, str]  # a design, and the block of it that is shown from inside


@dataclass(frozen=True, slots=True)
class Standing:
    """How a design was seen last; `size` is that of the view then, `framed` whether it had one."""

    scene: Scene
    camera: Camera
    footing: Footing
    wires: frozenset[Edge]
    framed: bool
    size: QSize

    def take_up(self, scene: Scene, document: Document, report: Report) -> None:
        """Let a scene be this one's again, and follow what has changed since."""
        scene.adopt(self.scene, report)
        if scene.document is not document:
            scene.sync(sheet_change(scene.document, document), document, report)


class Standings:
    """The standings of what is open and not shown."""

    def __init__(self) -> None:
        self._kept: dict[Sheet, Standing] = {}

    def keep(self, sheet: Sheet, standing: Standing) -> None:
        """Another sheet is shown from now on."""
        design, scope = sheet
        if not scope or scope in design.document.blocks:
            self._kept[sheet] = standing

    def take(self, sheet: Sheet) -> Standing | None:
        """How this sheet was seen, None if it has not been; it is the view's again."""
        return self._kept.pop(sheet, None)

    def forget_all_but(self, designs: Collection[Design]) -> None:
        """The others have been closed."""
        for sheet in [sheet for sheet in self._kept if sheet[0] not in designs]:
            del self._kept[sheet]
