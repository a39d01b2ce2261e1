"""Recovery copies: unsaved changes of every open design are set aside from time to time, and
offered at the next start if the window did not end as it should.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile, QObject, QTimer

from designer.document.files import read_limited, write_atomic
from designer.document.model import Document
from designer.document.problem import ProblemError
from designer.document.serialize import SUFFIX, from_bytes, to_bytes
from designer.ui.designs import Design
from designer.ui.session import Session

_LARGEST = 100_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Leftover:
    """What a window left that did not end well: the copy, and the file it belongs to, if any."""

    copy: Path
    origin: Path | None

    def read(self) -> Document:
        """The design in the copy; ProblemError where it cannot be read."""
        return from_bytes(read_limited(self.copy, _LARGEST), str(self.copy))

    def discard(self) -> None:
        """Removes the copy."""
        with suppress(OSError):
            for suffix in (SUFFIX, ".origin", ".lock"):
                self.copy.with_suffix(suffix).unlink(missing_ok=True)


class _Copy:
    """The copy of one design, locked as long as the window lives."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"{uuid4().hex}{SUFFIX}"
        self._kept: Document | None = None
        self._lock: QLockFile | None = None

    def keep(self, design: Design) -> None:
        """Writes the design as it is now, unless that is what the copy holds."""
        document = design.document
        if document is self._kept or not self._prepare():
            return
        # A full disk must not disturb the work: saving will say so.
        with suppress(ProblemError):
            write_atomic(self._file, to_bytes(document))
            write_atomic(self._file.with_suffix(".origin"), str(design.path or "").encode())
            self._kept = document

    def drop(self) -> None:
        """The copy is not needed: all is saved."""
        if self._lock is not None:
            self.leave()
            Leftover(self._file, None).discard()

    def leave(self) -> None:
        """The copy stays for the next start."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _prepare(self) -> bool:
        if self._lock is not None:
            return True
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return False
        lock = QLockFile(str(self._file.with_suffix(".lock")))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            return False
        self._lock = lock
        return True


class Recovery(QObject):
    """Keeps a copy in `folder` of each design of a session that has unsaved changes."""

    def __init__(self, session: Session, folder: Path, seconds: int, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._copies: dict[Design, _Copy] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(seconds * 1000)
        self._timer.timeout.connect(self.keep)
        self._timer.start()
        session.designs_changed.connect(self._forget_closed)

    def keep(self) -> None:
        """Sets aside every document that has changes that no file holds."""
        unsaved = [design for design in self._session.designs if design.modified]
        self._drop_all_but(unsaved)
        for design in unsaved:
            self._copies.setdefault(design, _Copy(self._folder)).keep(design)

    def drop(self) -> None:
        """No copy is needed: all is saved, or given up."""
        self._drop_all_but([])

    def close(self) -> None:
        """The window ends as it should."""
        self._timer.stop()
        self.drop()

    def leave(self) -> None:
        """The window ends without a question: what is not saved stays for the next start."""
        self.keep()
        self._timer.stop()
        for copy in self._copies.values():
            copy.leave()
        self._copies.clear()

    def _forget_closed(self) -> None:
        # At once: a design that was closed on purpose is not to be offered at the next start.
        self._drop_all_but([d for d in self._copies if d in self._session.designs])

    def _drop_all_but(self, wanted: list[Design]) -> None:
        for design in [d for d in self._copies if d not in wanted]:
            self._copies.pop(design).drop()


def leftovers(folder: Path) -> tuple[Leftover, ...]:
    """Copies of windows that are gone, the newest first."""
    try:
        copies = sorted(folder.glob(f"*{SUFFIX}"), key=lambda p: -p.stat().st_mtime)
    except OSError:
        return ()
    return tuple(Leftover(copy, _origin(copy)) for copy in copies if _abandoned(copy))


def _abandoned(copy: Path) -> bool:
    lock = QLockFile(str(copy.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True


def _origin(copy: Path) -> Path | None:
    try:
        text = copy.with_suffix(".origin").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return Path(text) if text else None
