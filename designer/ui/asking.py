"""The questions that files raise. Whoever answers is passed in, so that tests do; answers are plain
words.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Asker(Protocol):
    """Whoever answers: dialogs in the window, fixed answers in tests."""

    def unsaved(self, name: str) -> str:
        """There are unsaved changes: "save", "discard" or "cancel"."""

    def unsaved_several(self, names: Sequence[str]) -> str:
        """Several designs have unsaved changes: "save", "discard" or "cancel", for all of them."""

    def open_paths(self) -> Sequence[Path]:
        """Which files to open; none to leave it."""

    def save_path(self, suggestion: Path) -> Path | None:
        """Where to save; None to leave it."""

    def changed_on_disk(self, path: Path) -> str:
        """Another program wrote the file: "overwrite", "save_as", "reload" or "cancel"."""

    def in_use(self, path: Path) -> str:
        """Another window has the file: "copy", "continue" or "cancel"."""
