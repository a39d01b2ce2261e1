"""Recovery copies: unsaved changes are set aside from time to time, and offered at the next start
if the window did not end as it should.
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


class Recovery(QObject):
    """Keeps one copy for one session in `folder`, locked as long as the window lives."""

    def __init__(self, session: Session, folder: Path, seconds: int, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._copy = folder / f"{uuid4().hex}{SUFFIX}"
        self._kept: Document | None = None
        self._lock: QLockFile | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(seconds * 1000)
        self._timer.timeout.connect(self.keep)
        self._timer.start()

    def keep(self) -> None:
        """Sets the document aside if it has changes that no file holds."""
        document = self._session.document
        if not self._session.modified:
            self.drop()
        elif document is not self._kept and self._prepare():
            # A full disk must not disturb the work: saving will say so.
            with suppress(ProblemError):
                write_atomic(self._copy, to_bytes(document))
                origin = str(self._session.path or "")
                write_atomic(self._copy.with_suffix(".origin"), origin.encode())
                self._kept = document

    def drop(self) -> None:
        """The copy is not needed: all is saved."""
        if self._lock is None:
            return
        self._lock.unlock()
        self._lock = None
        self._kept = None
        Leftover(self._copy, None).discard()

    def close(self) -> None:
        """The window ends as it should."""
        self._timer.stop()
        self.drop()

    def leave(self) -> None:
        """The window ends without a question: what is not saved stays for the next start."""
        self.keep()
        self._timer.stop()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _prepare(self) -> bool:
        if self._lock is not None:
            return True
        try:
            self._copy.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return False
        lock = QLockFile(str(self._copy.with_suffix(".lock")))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            return False
        self._lock = lock
        return True


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
