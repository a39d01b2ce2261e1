"""The files behind the session: open, save, revert, close, and the questions that these raise."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from designer.document.files import write_atomic
from designer.document.model import Document
from designer.document.own_layers import relative
from designer.document.problem import Problem, ProblemError, Where
from designer.document.serialize import SUFFIX, to_bytes
from designer.formats.opening import open_design
from designer.formats.python_source import translations
from designer.ui.asking import Asker
from designer.ui.closed import Closed, ClosedDesigns
from designer.ui.designs import Design, same_file
from designer.ui.holds import Holds, fingerprint, own_print
from designer.ui.preparing import Prepared
from designer.ui.reading import Reader
from designer.ui.session import Session
from designer.ui.settings import Settings

_OPEN = "open_designs"


class Documents(QObject):
    """The files of a session's designs. `failed` carries what went wrong; nothing is lost then."""

    failed = Signal(object)  # Problem
    opened = Signal()  # a design has been opened, and is the current one
    shown = Signal()  # one that was open is the current one now
    emptied = Signal()  # the last design has been closed
    busy = Signal(str)  # name of the file that is being read, "" when done
    disk_changed = Signal(object)  # Path: another program wrote the file of an open design
    exported = Signal(object)  # Path: a script or table is there now

    def __init__(
        self, session: Session, settings: Settings, state: Path, asker: Asker, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._asker = asker
        self._holds = Holds(state / "locks", self)
        self._holds.changed.connect(self._tell_of_disk)
        self._closed = ClosedDesigns()
        self._waiting: list[Path] = []  # files to be opened
        self._reading = False  # whether the first of them is on its way
        self._serving = False
        self._reader = Reader(self)
        self._reader.busy.connect(self.busy)

    # --- open ---------------------------------------------------------------------------------

    def new(self) -> None:
        """Starts an empty design."""
        self.take(Document())

    def open(self, path: Path | None = None) -> None:
        """Opens a file beside those that are open, or asks which."""
        self.open_all([path] if path is not None else self._asker.open_paths())

    def open_all(self, paths: Iterable[Path]) -> None:
        """Opens files one after the other; the last one is the current one then."""
        self._waiting.extend(paths)
        self._read_waiting()

    def open_copy(self, path: Path) -> None:
        """Opens a file as a design of its own, to be saved elsewhere (that of a run)."""
        try:
            document = open_design(path, self._session.catalog)
        except ProblemError as error:
            self.failed.emit(error.problem)
        else:
            self.take(document, saved=False)

    def left_open(self) -> list[Path]:
        """Files that were open when the last window closed, if the user wants them again."""
        if not self._settings.get("files/reopen"):
            return []
        return [path for path in map(Path, self._settings.words(_OPEN)) if path.is_file()]

    def remember_open(self) -> None:
        """Notes the files that are open, for the next start."""
        kept = [design.path for design in self._session.designs]
        # The current one once more, at the end: what is opened last is seen.
        paths = [path for path in (*kept, self._session.path) if path is not None]
        wanted = self._settings.get("files/reopen")
        self._settings.keep_words(_OPEN, tuple(map(str, paths)) if wanted else ())

    @property
    def reading(self) -> bool:
        """Whether a file is on its way into the window."""
        return self._reading

    def cancel_reading(self) -> None:
        """Forgets the files that are being read."""
        self._waiting.clear()
        self._reading = False
        self._reader.cancel()

    def take(self, document: Document | Prepared, *, saved: bool = True) -> None:
        """Opens a design that has no file: a new one, an example, an import."""
        self._session.open(document, None, saved=saved)
        self.opened.emit()

    def take_once(self, document: Document) -> None:
        """Opens a design that has no file, or goes to it where it is open and still the same."""
        designs = self._session.designs
        same = (d for d in designs if d.path is None and d.document == document)
        known = next(same, None)
        if known is None:
            self.take(document)
        else:
            self.show(known)

    @property
    def can_reopen(self) -> bool:
        """Whether a design has been closed that can come back."""
        return len(self._closed) > 0

    def reopen(self) -> None:
        """Opens the design again that was closed last, with its past and what was not saved."""
        closed = self._closed.last()
        if closed is None:
            return
        path = closed.design.path
        known = self._open_with(path) if path is not None else None
        if known is not None:
            self.show(known)
        elif path is None or self._take_back(closed, path):
            self._session.restore(closed.design, closed.place)
            self.opened.emit()
            self._tell_if_overtaken(closed.design)
        else:
            self._closed.keep(closed)

    def show(self, design: Design) -> None:
        """Makes an open design the current one."""
        self._turn_to(design)
        self._tell_if_overtaken(design)

    def reload(self, path: Path) -> None:
        """Shows the design of a file as the file has it now; this can be undone."""
        design = self._open_with(path)
        if design is None:
            self.open(path)
            return
        self._turn_to(design)
        self.revert()

    def revert(self) -> None:
        """Makes the document what the file holds; this is an edit and can be undone."""
        path = self._session.path
        if path is None:
            return
        seen = fingerprint(path)
        try:
            document = open_design(path, self._session.catalog)
        except ProblemError as error:
            self.failed.emit(error.problem)
            return
        if self._session.do(self.tr("Revert"), lambda _: document):
            self._session.mark_saved(path)
            self._holds.wrote(self._session.current, seen)

    # --- save ---------------------------------------------------------------------------------

    def save(self) -> bool:
        """Writes the design to its file, or asks for one; whether it is saved now."""
        path = self._session.path
        if path is None:
            return self.save_as()
        if self._holds.differs(self._session.current):
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
        if self._open_with(path) not in (None, session.current):
            template = "{name} is open in another tab. Close it there, or choose another name."
            self.failed.emit(Problem("error", "open_in_a_tab", template, {"name": path.name}))
            return False
        lock = self._holds.lock(path)
        if lock is None and self._asker.in_use(path) != "continue":
            return False
        self._name_after(path)
        if not self._write(path):
            if lock is not None:
                lock.unlock()
            return False
        self._holds.take(session.current, path, lock, fingerprint(path))
        return True

    def export(self, path: Path, text: str) -> bool:
        """Writes a text beside the design's own file, the Python script for instance."""
        try:
            write_atomic(path, text.encode())
        except ProblemError as error:
            self.failed.emit(error.problem)
            return False
        self.exported.emit(path)
        return True

    # --- leave --------------------------------------------------------------------------------

    def close_designs(self, designs: Iterable[Design]) -> bool:
        """Closes these designs after the question about unsaved changes; whether they are gone."""
        wanted = tuple(designs)
        if not self._may_go(wanted):
            return False
        places = {design: place for place, design in enumerate(self._session.designs)}
        # From the last on, so that each comes back to its place.
        for design in sorted(wanted, key=lambda d: -places.get(d, 0)):
            closed = Closed(design, places.get(design, 0), self._holds.seen(design))
            self._closed.keep(closed)
            self._holds.release(design)
        self._session.drop(wanted)
        if not self._session.designs:
            self.emptied.emit()
        return True

    def may_leave(self) -> bool:
        """Whether all designs may go: nothing to lose, saved now, or given up."""
        return self._may_go(self._session.designs)

    def close(self) -> None:
        """Lets go of the files and of a reading that is under way."""
        self._waiting.clear()
        self._reader.close()
        self._holds.close()

    # --- parts --------------------------------------------------------------------------------

    def _turn_to(self, design: Design) -> None:
        self._session.switch(design)
        self.shown.emit()

    def _take_back(self, closed: Closed, path: Path) -> bool:
        """Holds the file of a design again; False where another window has it and may keep it."""
        design, lock = closed.design, self._holds.lock(path)
        answer = "continue" if lock is not None else self._asker.in_use(path)
        if answer == "copy" or not path.exists():
            design.history = replace(design.history, saved_document=None)
        if answer == "copy":
            design.path = None
        elif answer == "continue":
            self._holds.take_back(design, path, lock, closed.seen)
        return answer != "cancel"

    def _read_waiting(self) -> None:
        if self._serving:  # what arrives at once is followed by the loop below
            return
        self._serving = True
        while self._waiting and not self._reading:
            path = self._waiting[0]
            known = self._open_with(path)
            if known is None:
                self._reading = True
                self._read(path)  # a small file is there at once
            else:
                self._waiting.pop(0)
                self._settings.remember(path)
                self.show(known)
        self._serving = False

    def _read(self, path: Path) -> None:
        catalog, prepare = self._session.catalog, self._session.prepare

        def arrived(read: tuple[Prepared, str]) -> None:
            self._arrived(path, *read)
            over()

        def failed(problem: Problem) -> None:
            self.failed.emit(problem)
            over()

        def over() -> None:
            self._reading = False
            self._waiting.remove(path)
            self._read_waiting()

        self._reader.read(
            path,
            lambda: (prepare(partial(open_design, path, catalog)), own_print(path)),
            arrived,
            failed,
        )

    def _arrived(self, path: Path, ready: Prepared, seen: str) -> None:
        if path.suffix != SUFFIX:
            self.take(ready, saved=False)
            self._tell_translations(path, ready.document)
            return
        lock = self._holds.lock(path)
        answer = "continue" if lock is not None else self._asker.in_use(path)
        if answer == "copy":
            name = self.tr("{name} copy").format(name=ready.document.name)
            self.take(replace(ready.document, name=name), saved=False)
        elif answer == "continue":
            self._session.open(ready, path)
            self._holds.take(self._session.current, path, lock, seen)
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

    def _open_with(self, path: Path) -> Design | None:
        """The design that has this file, if one is open."""
        designs = self._session.designs
        return next((d for d in designs if d.path == path or same_file(path, d.path)), None)

    def _may_go(self, designs: Sequence[Design]) -> bool:
        self._session.leaving.emit()  # what is being typed is a change, too
        unsaved = [design for design in designs if design.modified]
        if not unsaved:
            return True
        names = [self._session.titles[design] for design in unsaved]
        if len(unsaved) == 1:
            self.show(unsaved[0])
            answer = self._asker.unsaved(names[0])
        else:
            answer = self._asker.unsaved_several(names)
        return self._save_all(unsaved) if answer == "save" else answer == "discard"

    def _save_all(self, designs: Iterable[Design]) -> bool:
        for design in designs:
            self.show(design)  # whoever is asked for a file sees what for
            if not self.save():
                return False
        return True

    def _name_after(self, path: Path) -> None:
        # A design that nobody named is called as its first file.
        if self._session.path is None and self._session.document.name == Document().name:
            self._session.do(self.tr("Name the design"), lambda d: replace(d, name=path.stem))

    def _write(self, path: Path) -> bool:
        data = to_bytes(relative(self._session.whole, path.parent))
        try:
            write_atomic(path, data)
        except ProblemError as error:
            self.failed.emit(error.problem)
            return False
        self._holds.wrote(self._session.current, hashlib.sha256(data).hexdigest())
        self._session.mark_saved(path)
        self._settings.remember(path)
        return True

    def _tell_if_overtaken(self, design: Design) -> None:
        if self._holds.overtaken(design):
            self._tell_of_disk(design)

    def _tell_of_disk(self, design: Design) -> None:
        if design.path is not None:
            self.disk_changed.emit(design.path)
