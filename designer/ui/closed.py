"""The designs that were closed last, to be opened again as they were: with their past, and with
what was not saved.
"""

from dataclasses import dataclass

from designer.ui.designs import Design

_MOST = 20


@dataclass(frozen=True, slots=True)
class Closed:
    """A design, the place of its tab, and the fingerprint of its file when it was closed."""

    design: Design
    place: int
    seen: str


class ClosedDesigns:
    """The last ones of a window. An empty sheet is not worth coming back."""

    def __init__(self) -> None:
        self._kept: list[Closed] = []

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, closed: Closed) -> None:
        """This one has just been closed."""
        if not closed.design.pristine:
            self._kept = [*self._kept, closed][-_MOST:]

    def last(self) -> Closed | None:
        """The one that was closed last, which is not remembered any longer; None for none."""
        return self._kept.pop() if self._kept else None
