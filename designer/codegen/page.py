"""The lines of a script under construction, and which of them belong to what."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Page:
    """Lines, and by the id of a node or block the first and last of its own (from 1)."""

    lines: list[str] = field(default_factory=list)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    def write(self, *lines: str) -> None:
        """Adds lines that belong to no node."""
        self.lines += lines

    def begin(self, heading: Iterable[str]) -> None:
        """Begins a part: an empty line where something stands above, and the heading."""
        self.write(*([""] if self.lines else []), *heading)

    def span(self, node: str, lines: list[str]) -> None:
        """Adds the lines of a node or block."""
        first = len(self.lines) + 1
        self.lines += lines
        self.spans[node] = (first, len(self.lines))
