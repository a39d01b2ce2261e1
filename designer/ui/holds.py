"""The files of open designs: each is locked against other windows and watched on the disk as long
as its design is open.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from designer.document.serialize import SUFFIX
from designer.ui.designs import Design


@dataclass(slots=True)
class _Hold:
    """What is held of one file; `seen` is the fingerprint of what we read or wrote last."""

    path: Path
    lock: QLockFile | None
    seen: str
    overtaken: bool = False  # another program has written it since


class Holds(QObject):
    """The hold on the file of each design, if it has one."""

    changed = Signal(object)  # Design: another program wrote its file

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._kept: dict[Design, _Hold] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._look_at_disk)

    def take(self, design: Design, path: Path, lock: QLockFile | None, seen: str) -> None:
        """Holds this file for the design, and the one that it had before no longer."""
        self.release(design)
        self._kept[design] = _Hold(path, lock, seen)
        self._watcher.addPath(str(path))

    def take_back(self, design: Design, path: Path, lock: QLockFile | None, seen: str) -> None:
        """Holds a file that was let go; another program may have written it meanwhile."""
        self.take(design, path, lock, seen)
        self._kept[design].overtaken = self.differs(design)

    def wrote(self, design: Design, seen: str) -> None:
        """What the file holds now is our own doing."""
        hold = self._kept.get(design)
        if hold is not None:
            hold.seen, hold.overtaken = seen, False

    def release(self, design: Design) -> None:
        """Lets the file of a design go, if it has one."""
        hold = self._kept.pop(design, None)
        if hold is None:
            return
        if hold.lock is not None:
            hold.lock.unlock()
        if all(hold.path != other.path for other in self._kept.values()):
            self._watcher.removePath(str(hold.path))

    def close(self) -> None:
        """Lets all files go."""
        for design in tuple(self._kept):
            self.release(design)

    def seen(self, design: Design) -> str:
        """The fingerprint of what we read or wrote last in a design's file, "" without one."""
        hold = self._kept.get(design)
        return hold.seen if hold is not None else ""

    def overtaken(self, design: Design) -> bool:
        """Whether another program has been seen to write the file, and nobody has dealt with it."""
        hold = self._kept.get(design)
        return hold is not None and hold.overtaken

    def differs(self, design: Design) -> bool:
        """Whether the file holds something else than what we read or wrote last."""
        hold = self._kept.get(design)
        on_disk = fingerprint(hold.path) if hold is not None else ""
        return hold is not None and on_disk != "" and on_disk != hold.seen

    def lock(self, path: Path) -> QLockFile | None:
        """A lock on that file; None where another window, or a design of this one, has it."""
        key = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return QLockFile("")  # without a state folder windows cannot know of each other
        lock = QLockFile(str(self._folder / f"{key}.lock"))
        lock.setStaleLockTime(0)  # a window may stay open for days; a dead owner still counts
        # Only a lock that another window holds counts, not one that the disk refuses.
        held = QLockFile.LockError.LockFailedError
        return lock if lock.tryLock(0) or lock.error() != held else None

    def _look_at_disk(self, name: str) -> None:
        path = Path(name)
        # An atomic save replaces the file, which the watcher takes for its end.
        if name not in self._watcher.files() and path.exists():
            self._watcher.addPath(name)
        for design, hold in tuple(self._kept.items()):
            if hold.path == path and self.differs(design):
                hold.overtaken = True
                self.changed.emit(design)


def own_print(path: Path) -> str:
    """The fingerprint of a design; a model's weights, hundreds of MB, are none of our business."""
    return fingerprint(path) if path.suffix == SUFFIX else ""


def fingerprint(path: Path) -> str:
    """A digest of a file's bytes, "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
