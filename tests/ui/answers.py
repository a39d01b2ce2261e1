"""Answers to the questions of a window, for tests: agreed on before, and noted when asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Answers:
    """Answers that were agreed on, and the questions that were asked."""

    on_unsaved: str = "cancel"
    on_open: Sequence[Path] = ()
    on_save: Path | None = None
    on_disk: str = "cancel"
    on_use: str = "cancel"
    asked: list[str] = field(default_factory=list)

    def unsaved(self, name: str) -> str:
        self.asked.append("unsaved")
        return self.on_unsaved

    def unsaved_several(self, names: Sequence[str]) -> str:
        self.asked.append(f"unsaved {', '.join(names)}")
        return self.on_unsaved

    def open_paths(self) -> Sequence[Path]:
        self.asked.append("open")
        return self.on_open

    def save_path(self, suggestion: Path) -> Path | None:
        self.asked.append("save")
        return self.on_save

    def changed_on_disk(self, path: Path) -> str:
        self.asked.append("disk")
        return self.on_disk

    def in_use(self, path: Path) -> str:
        self.asked.append("use")
        return self.on_use
