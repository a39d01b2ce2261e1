"""Undo and redo as a list of documents: a value too, so that nothing can get out of step with it.

Documents share what an edit did not touch, which makes a long history cheap.
"""

from msgspec import Struct
from msgspec.structs import replace

from designer.document.model import Document

LIMIT = 1000  # steps kept; a step of a large design costs little more than its changed nodes


class Step(Struct, frozen=True):
    """A document and the label of the action that led to it."""

    document: Document
    label: str = ""
    merge_key: str = ""


class History(Struct, frozen=True):
    """`steps[position]` is the present; what follows it can be redone.

    Two actions with the same merge key that is not empty become one step, until something else
    happens in between (a slider's travel, the letters of a name).
    """

    steps: tuple[Step, ...]
    position: int = 0
    saved_document: Document | None = None

    @staticmethod
    def start(document: Document, saved: bool = True) -> "History":
        """A history without a past."""
        return History((Step(document),), 0, document if saved else None)

    @property
    def document(self) -> Document:
        """The present document."""
        return self.steps[self.position].document

    @property
    def can_undo(self) -> bool:
        """Whether there is a past."""
        return self.position > 0

    @property
    def can_redo(self) -> bool:
        """Whether something was undone."""
        return self.position + 1 < len(self.steps)

    @property
    def undo_label(self) -> str:
        """What undo would take back."""
        return self.steps[self.position].label

    @property
    def redo_label(self) -> str:
        """What redo would do again."""
        return self.steps[self.position + 1].label if self.can_redo else ""

    @property
    def saved(self) -> bool:
        """Whether the present equals what was saved last."""
        return self.saved_document is not None and self.document == self.saved_document

    def do(self, label: str, after: Document, merge_key: str = "") -> "History":
        """The history in which the document became `after`; the same one if nothing changed."""
        if after == self.document:
            return self
        kept = self.steps[: self.position + 1]
        if merge_key and self.can_undo and kept[-1].merge_key == merge_key and not self.can_redo:
            kept = kept[:-1]
        steps = (*kept, Step(after, label, merge_key))[-LIMIT:]
        return History(steps, len(steps) - 1, self.saved_document)

    def undo(self) -> "History":
        """One step back, or the same at the beginning."""
        return replace(self, position=max(self.position - 1, 0))._sealed()

    def redo(self) -> "History":
        """One step forth, or the same at the end."""
        return replace(self, position=min(self.position + 1, len(self.steps) - 1))._sealed()

    def mark_saved(self) -> "History":
        """The present is what the file holds. The next action starts a step of its own."""
        return replace(self, saved_document=self.document)._sealed()

    def _sealed(self) -> "History":
        present = self.steps[self.position]
        if not present.merge_key:
            return self
        steps = list(self.steps)
        steps[self.position] = replace(present, merge_key="")
        return replace(self, steps=tuple(steps))
