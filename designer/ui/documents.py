"""The files behind the session: open, save, revert, and the questions that these raise.

Questions go to an `Asker`, so that tests answer them; answers are plain words.
"""

import hashlib
import os
from functools import partial
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace
from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from designer.document.files import write_atomic
from designer.document.model import Document
from designer.document.problem import Problem, ProblemError, Where
from designer.document.serialize import SUFFIX, to_bytes
from designer.formats.opening import open_design
from designer.formats.python_source import translations
from designer.ui.preparing import Prepared
from designer.ui.reading import Reader
from designer.ui.session import Session
from designer.ui.settings import Settings


class Asker(Protocol):
    """Whoever answers: dialogs in the window, fixed answers in tests."""

    def unsaved(self, name: str) -> str:
        """There are unsaved changes: "save", "discard" or "cancel"."""

    def open_path(self) -> Path | None:
        """Which file to open; None to leave it."""

    def save_path(self, suggestion: Path) -> Path | None:
        """Where to save; None to leave it."""

    def changed_on_disk(self, path: Path) -> str:
        """Another program wrote the file: "overwrite", "save_as", "reload" or "cancel"."""

    def in_use(self, path: Path) -> str:
        """Another window has the file: "copy", "continue" or "cancel"."""


class Documents(QObject):
    """One session's file. `failed` carries what went wrong; the session keeps what it had."""

    failed = Signal(object)  # Problem
    opened = Signal()  # a design is open now
    busy = Signal(str)  # name of the file that is being read, "" when done
    disk_changed = Signal(object)  # Path: another program wrote the file that is open

    def __init__(
        self, session: Session, settings: Settings, state: Path, asker: Asker, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._locks = state / "locks"
        self._asker = asker
        self._lock: QLockFile | None = None
        self._print = ""
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._look_at_disk)
        self._reader = Reader(self)
        self._reader.busy.connect(self.busy)

    # --- open ---------------------------------------------------------------------------------

    def new(self) -> None:
        """Starts an empty design, after the question about the present one."""
        if self.may_leave():
            self.take(Document())

    def open(self, path: Path | None = None) -> None:
        """Opens a file, or asks which."""
        if not self.may_leave():
            return
        chosen = path or self._asker.open_path()
        if chosen is not None:
            catalog, prepare = self._session.catalog, self._session.prepare
            self._reader.read(
                chosen,
                lambda: (prepare(partial(open_design, chosen, catalog)), _own_print(chosen)),
                lambda read: self._arrived(chosen, *read),
                self.failed.emit,
            )

    def open_copy(self, path: Path) -> None:
        """Opens a file as a design of its own, to be saved elsewhere (that of a run)."""
        if not self.may_leave():
            return
        try:
            document = open_design(path, self._session.catalog)
        except ProblemError as error:
            self.failed.emit(error.problem)
        else:
            self.take(document, saved=False)

    def cancel_reading(self) -> None:
        """Forgets the file that is being read."""
        self._reader.cancel()

    def take(self, document: Document | Prepared, *, saved: bool = True) -> None:
        """Opens a design that has no file: a new one, an example, an import."""
        self._release()
        self._session.become(document, None, saved=saved)
        self.opened.emit()

    def revert(self) -> None:
        """Makes the document what the file holds; this is an edit and can be undone."""
        path = self._session.path
        if path is None:
            return
        try:
            document = open_design(path, self._session.catalog)
        except ProblemError as error:
            self.failed.emit(error.problem)
            return
        if self._session.do(self.tr("Revert"), lambda _: document):
            self._session.mark_saved(path)
            self._print = fingerprint(path)

    # --- save ---------------------------------------------------------------------------------

    def save(self) -> bool:
        """Writes the design to its file, or asks for one; whether it is saved now."""
        path = self._session.path
        if path is None:
            return self.save_as()
        on_disk = fingerprint(path)
        if on_disk and on_disk != self._print:
            answer = self._asker.changed_on_disk(path)
            if answer == "save_as":
                return self.save_as()
            if answer == "reload":
                self.revert()
            if answer != "overwrite":
                return False
        return self._write(path)

    def save_as(self) -> bool:
        """Asks for a file and writes the design there; whether it is saved now."""
        session = self._session
        suggestion = session.path or Path(session.document.name + SUFFIX)
        chosen = self._asker.save_path(suggestion)
        if chosen is None:
            return False
        path = chosen if chosen.suffix else chosen.with_suffix(SUFFIX)
        if path == session.path:
            return self._write(path)
        lock = self._lock_for(path)
        if lock is None and self._asker.in_use(path) != "continue":
            return False
        self._name_after(path)
        if not self._write(path):
            if lock is not None:
                lock.unlock()
            return False
        self._own(path, lock)
        return True

    def export(self, path: Path, text: str) -> bool:
        """Writes a text beside the design's own file, the Python script for instance."""
        try:
            write_atomic(path, text.encode())
        except ProblemError as error:
            self.failed.emit(error.problem)
            return False
        return True

    # --- leave --------------------------------------------------------------------------------

    def may_leave(self) -> bool:
        """Whether the present design may go: nothing to lose, saved now, or given up."""
        if not self._session.modified:
            return True
        answer = self._asker.unsaved(self._session.document.name)
        return self.save() if answer == "save" else answer == "discard"

    def close(self) -> None:
        """Lets go of the file and of a reading that is under way."""
        self._reader.close()
        self._release()

    # --- parts --------------------------------------------------------------------------------

    def _arrived(self, path: Path, ready: Prepared, seen: str) -> None:
        if path.suffix != SUFFIX:
            self.take(ready, saved=False)
            self._tell_translations(path, ready.document)
            return
        same = _same_file(path, self._session.path)
        lock = None if same else self._lock_for(path)
        answer = "continue" if same or lock is not None else self._asker.in_use(path)
        if answer == "copy":
            name = self.tr("{name} copy").format(name=ready.document.name)
            self.take(replace(ready.document, name=name), saved=False)
        elif answer == "continue":
            if not same:
                self._own(path, lock)
            self._print = seen
            self._session.become(ready, path)
            self._settings.remember(path)
            self.opened.emit()

    def _tell_translations(self, path: Path, document: Document) -> None:
        count = translations(document)
        if count:
            template = (
                "{name} was read as a network, and {count} things in it were translated or are "
                "doubtful: the note on the canvas lists them."
            )
            if count == 1:
                template = "{name} was read as a network. Mind the note on the canvas."
            values = {"name": path.name, "count": count}
            where = Where(file=str(path))
            self.failed.emit(Problem("info", "translated", template, values, where))

    def _name_after(self, path: Path) -> None:
        # A design that nobody named is called as its first file.
        if self._session.path is None and self._session.document.name == Document().name:
            self._session.do(self.tr("Name the design"), lambda d: replace(d, name=path.stem))

    def _write(self, path: Path) -> bool:
        data = to_bytes(self._session.document)
        try:
            write_atomic(path, data)
        except ProblemError as error:
            self.failed.emit(error.problem)
            return False
        self._print = hashlib.sha256(data).hexdigest()
        self._session.mark_saved(path)
        self._settings.remember(path)
        return True

    def _own(self, path: Path, lock: QLockFile | None) -> None:
        self._release()
        self._lock = lock
        self._watcher.addPath(str(path))

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())

    def _lock_for(self, path: Path) -> QLockFile | None:
        key = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]
        try:
            self._locks.mkdir(parents=True, exist_ok=True)
        except OSError:
            return QLockFile("")  # without a state folder windows cannot know of each other
        lock = QLockFile(str(self._locks / f"{key}.lock"))
        lock.setStaleLockTime(0)  # a window may stay open for days; a dead owner still counts
        # Only a lock that another window holds counts, not one that the disk refuses.
        held = QLockFile.LockError.LockFailedError
        return lock if lock.tryLock(0) or lock.error() != held else None

    def _look_at_disk(self, name: str) -> None:
        path = Path(name)
        # An atomic save replaces the file, which the watcher takes for its end.
        if name not in self._watcher.files() and path.exists():
            self._watcher.addPath(name)
        on_disk = fingerprint(path)
        if on_disk and on_disk != self._print:
            self.disk_changed.emit(path)


def _same_file(one: Path, other: Path | None) -> bool:
    try:
        return other is not None and one.samefile(other)
    except OSError:
        return False  # the other one has been deleted since


def _own_print(path: Path) -> str:
    """The fingerprint of a design; a model's weights, hundreds of MB, are none of our business."""
    return fingerprint(path) if path.suffix == SUFFIX else ""


def fingerprint(path: Path) -> str:
    """A digest of a file's bytes, "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
