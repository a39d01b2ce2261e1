"""The designs that are open: what the session keeps of each, and what their tabs are called."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from designer.document.diff import Change
from designer.document.history import History
from designer.document.lowering import lowered
from designer.document.model import Document
from designer.document.serialize import SUFFIX
from designer.document.showing import shown
from designer.infer.engine import Inference
from designer.infer.report import Report
from designer.protocol import Ask
from designer.ui.preparing import Prepared


@dataclass(eq=False, slots=True)
class Design:
    """One open design. Only the session writes here; for all others it is what they keep by it.

    `number` counts the designs of a session in the order in which they were opened.
    """

    inference: Inference
    number: int
    history: History
    path: Path | None = None
    selection: frozenset[str] = frozenset()  # nodes
    marks: frozenset[str] = frozenset()  # frames and notes that are selected
    scope: str = ""  # the block that is shown from inside, "" for the design itself
    sheets: dict[str, tuple[Document, Document]] = field(default_factory=dict)  # by scope

    @property
    def document(self) -> Document:
        """The whole document as it is now."""
        return self.history.document

    @property
    def sheet(self) -> Document:
        """What is shown of it: the document itself where it has no blocks."""
        whole = self.document
        if not whole.blocks:
            return whole
        kept = self.sheets.get(self.scope)
        if kept is None or kept[0] is not whole:
            self.sheets = {k: v for k, v in self.sheets.items() if k in whole.blocks or not k}
            kept = self.sheets[self.scope] = whole, shown(whole, self.scope)
        return kept[1]

    def through(self, edit: Callable[[Document], Document]) -> Document:
        """The whole document after an edit of what is shown; ProblemError if the edit refuses."""
        sheet = self.sheet
        return lowered(self.document, self.scope, sheet, edit(sheet))

    @property
    def modified(self) -> bool:
        """Whether closing it now would lose something."""
        return not self.history.saved

    @property
    def pristine(self) -> bool:
        """Whether nobody has done anything to it yet: an empty sheet without a past."""
        steps = len(self.history.steps)
        return self.path is None and steps == 1 and self.document == Document()

    def infer(
        self, change: Change, known: Report, ready: Prepared | None = None
    ) -> tuple[Report, Ask | None]:
        """The report, and what is still to be asked; a question under way is not asked again.

        `change` led from a document of which `known` is the report; `ready` was found ahead.
        """
        if ready is None and not change.structural and not change.sections:
            # Frames and notes, and where nodes are, mean nothing to Keras.
            self.inference.moved(self.document)
            return known, None
        if ready is None:
            return self.inference.update(self.document)
        self.inference = ready.inference
        if ready.ask is None or self.inference.awaits(ready.ask.request):
            return ready.report, None
        return self.inference.update(self.document)


def heir(before: Sequence[Design], current: Design, rest: Sequence[Design]) -> Design | None:
    """Which of the designs that are left takes the place of one that is closed: a neighbour."""
    place = before.index(current) if current in before else 0
    after = [design for design in before[place:] if design in rest] or rest[-1:]
    return after[0] if after else None


def same_file(one: Path, other: Path | None) -> bool:
    """Whether both paths lead to one file that exists."""
    try:
        return other is not None and one.samefile(other)
    except OSError:
        return False  # one of them has been deleted since


def titles(designs: Iterable[Design]) -> Mapping[Design, str]:
    """What each design is called: as its file, or by its own name while it has none.

    Files of one name get the folders that tell them apart; designs without a file get numbers.
    """
    alike: dict[str, list[Design]] = {}
    for design in designs:
        alike.setdefault(_plain(design), []).append(design)
    found: dict[Design, str] = {}
    for name, those in alike.items():
        filed = [design for design in those if design.path is not None]
        for design, folder in zip(filed, _apart([d.path for d in filed if d.path]), strict=True):
            found[design] = f"{name} – {folder}" if folder else name
        loose = sorted((d for d in those if d.path is None), key=lambda d: d.number)
        for count, design in enumerate(loose, start=2 if filed else 1):
            found[design] = name if count == 1 else f"{name} {count}"
    return found


def _plain(design: Design) -> str:
    if design.path is None:
        return design.document.name
    return design.path.stem if design.path.suffix == SUFFIX else design.path.name


def _apart(paths: Sequence[Path]) -> list[str]:
    """The last folders of each path, as many as tell them all apart; "" where there is but one."""
    if len(paths) < 2:
        return [""] * len(paths)
    folders = [path.absolute().parent.parts for path in paths]
    deepest = max(map(len, folders))
    for count in range(1, deepest + 1):
        shown = ["/".join(parts[-count:]).replace("//", "/") for parts in folders]
        if len(set(shown)) == len(shown):
            return shown
    return [str(path.parent) for path in paths]
