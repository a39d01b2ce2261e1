"""The user's own layers in the window: files that were agreed to are run by the worker, and what
they offer comes into the catalogue. Nothing is run that nobody has said yes to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from designer.catalog import own_layers
from designer.document.model import Document, LayerFile
from designer.document.own_layers import needed, recorded
from designer.document.problem import ProblemError
from designer.formats import layer_problems
from designer.formats.layer_file import LayerSource, read_layers
from designer.infer.adopting import adopted
from designer.protocol import Load, Loaded, Locate, Located, NotLoaded
from designer.ui.processes import WorkerLink, WorkerState
from designer.ui.session import Session
from designer.ui.trust import Trust

GRACE = 10.0  # seconds that the worker has to say that a file took too long
_LOST = ("restarting", "failed")


@dataclass(frozen=True, slots=True)
class _Flight:
    """A file that the worker is running."""

    order: Load
    source: LayerSource
    again: bool  # for a new worker, in which it is not known yet


class OwnLayers(QObject):
    """The files that are loaded, on their way, or missing."""

    changed = Signal()  # other layers can be placed now
    loaded = Signal(object, object)  # LayerSource, tuple of the Problems that are doubtful in it
    failed = Signal(object)  # Problem: a file was not loaded
    missing = Signal(object)  # tuple[LayerFile, ...]: the current design needs them
    stale = Signal(object)  # LayerSource: its files are others on the disk now
    located = Signal(object)  # Located: where a module is

    def __init__(
        self,
        session: Session,
        link: WorkerLink,
        trust: Trust,
        parent: QObject,
        seconds: float = layer_problems.SECONDS,
        grace: float = GRACE,
    ) -> None:
        super().__init__(parent)
        self.trust = trust
        self._session = session
        self._link = link
        self._seconds = seconds
        self._grace = grace
        self._numbers = count(1)
        self._held: dict[str, LayerSource] = {}
        self._waiting: list[LayerSource] = []
        self._flights: dict[int, _Flight] = {}
        self._told_of: set[str] = set()  # contents that were told of as others
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._look_at_disk)
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._lose_patience)
        link.ready.connect(self._send_all)
        link.state_changed.connect(self._follow_worker)
        link.layers_told.connect(self._hear)

    @property
    def sources(self) -> Mapping[str, LayerSource]:
        """The files that are loaded, by module."""
        return self._held

    def load(self, source: LayerSource) -> None:
        """Runs a file; whoever calls this has the user's yes to its content."""
        self.trust.add(source)
        self._order(source)

    def locate(self, module: str) -> bool:
        """Asks where a module is; False while nobody can say."""
        self._link.ask(Locate(next(self._numbers), module))
        return self._link.state.phase == "ready"

    def consider(self) -> None:
        """Looks what the current design needs: files that were agreed to are loaded, others told
        of by `missing`.
        """
        document = self._session.whole
        self._adopt(document)
        known = {file.module: file for file in document.layer_files}
        under_way = {flight.source.module for flight in self._flights.values()}
        under_way |= {source.module for source in self._waiting}
        wanted = sorted(needed(document.graph) - self._held.keys() - under_way)
        files = [known.get(module, LayerFile(module)) for module in wanted]
        missing = tuple(file for file in files if not self._load_agreed(file))
        if missing:
            self.missing.emit(missing)

    def contents(self, document: Document) -> dict[str, bytes]:
        """The files that a run of this design needs beside its script, as they were loaded."""
        found: dict[str, bytes] = {}
        for module in needed(document.graph) & self._held.keys():
            source = self._held[module]
            if not source.named:
                found |= {source.relative(path): data for path, data in source.files.items()}
        return found

    # --- orders -------------------------------------------------------------------------------

    def _load_agreed(self, file: LayerFile) -> bool:
        """Loads a file that a design names if its content was agreed to; whether it was."""
        path = Path(file.file)
        # A file that nobody ever agreed to is not even read.
        if not file.file or not self.trust.knows(path):
            return False
        try:
            source = read_layers(path)
        except ProblemError:
            return False
        agreed = source.module == file.module and self.trust.allows(source)
        if agreed:
            self._order(source)
        return agreed

    def _order(self, source: LayerSource) -> None:
        if self._link.state.phase == "ready":
            self._send([source], again=False)
        else:
            self._waiting.append(source)

    def _send_all(self) -> None:
        """A new worker knows none of them; orders go before the questions that need them."""
        waiting, self._waiting = self._waiting, []
        self._send(self._held.values(), again=True)
        self._send(waiting, again=False)

    def _send(self, sources: Iterable[LayerSource], *, again: bool) -> None:
        for source in sources:
            path, number = str(source.path), next(self._numbers)
            order = Load(number, source.module, path, source.hashes, source.named, self._seconds)
            self._flights[number] = _Flight(order, source, again)
            self._link.ask(order)
        self._wait()

    def _wait(self) -> None:
        if self._flights:
            self._patience.start(round((self._seconds + self._grace) * 1000))
        else:
            self._patience.stop()

    # --- what comes of them -------------------------------------------------------------------

    def _hear(self, told: Loaded | NotLoaded | Located) -> None:
        if isinstance(told, Located):
            self.located.emit(told)
            return
        flight = self._flights.pop(told.request, None)
        self._wait()
        if flight is None:
            return
        if isinstance(told, NotLoaded):
            self._refuse(flight, told)
        else:
            self._take(flight, told)

    def _take(self, flight: _Flight, told: Loaded) -> None:
        source, catalog = flight.source, self._session.catalog
        try:
            specs = own_layers.read(source.module, told.layers)
        except ValueError as error:  # also msgspec's
            odd = NotLoaded(told.request, source.module, "custom_odd", str(error))
            self._refuse(flight, odd)
            return
        former = {spec.key: spec for spec in own_layers.of_module(catalog, source.module)}
        own_layers.put(catalog, source.module, specs, source.file)
        self._hold(source)
        if flight.again and former == specs:
            return  # as they were before the worker was started anew
        self._session.judge_anew()
        self._adopt(self._session.whole)
        self.changed.emit()
        self.loaded.emit(source, layer_problems.remarks(told, source.path))

    def _refuse(self, flight: _Flight, told: NotLoaded) -> None:
        source = flight.source
        if flight.again:
            self._let_go(source.module)
        self.failed.emit(layer_problems.refusal(told, source.path))

    def _let_go(self, module: str) -> None:
        """The worker has not got it any more."""
        source = self._held.pop(module, None)
        if source is not None:
            self._watcher.removePaths([str(path) for path in source.files])
            own_layers.drop(self._session.catalog, module)
            self._session.judge_anew()
            self.changed.emit()

    def _hold(self, source: LayerSource) -> None:
        former = self._held.get(source.module)
        if former is not None:
            self._watcher.removePaths([str(path) for path in former.files])
        self._held[source.module] = source
        self._told_of.discard(source.digest)
        self._watcher.addPaths([str(path) for path in source.files])

    def _adopt(self, document: Document) -> None:
        """Nodes that waited become what the files say, and the design names the files."""
        catalog = self._session.catalog
        files = own_layers.files(catalog)

        def edit(whole: Document) -> Document:
            for module in self._held:
                whole = adopted(whole, catalog, module)
            return recorded(whole, files)

        if edit(document) != document:
            self._session.do_whole(self.tr("Load custom layers"), edit)

    # --- what goes wrong ----------------------------------------------------------------------

    def _follow_worker(self, state: WorkerState) -> None:
        if state.phase not in (*_LOST, "off") or not self._flights:
            return
        flights, self._flights = list(self._flights.values()), {}
        if state.phase in _LOST:
            # It runs one after the other: the first that has no answer is what it died of.
            culprit = flights.pop(0)
            self._give_up(culprit, layer_problems.died(culprit.order))
        self._waiting += [flight.source for flight in flights if not flight.again]
        self._wait()

    def _lose_patience(self) -> None:
        flights = list(self._flights.values())
        self._flights = {}
        culprit = flights.pop(0)
        self._waiting += [flight.source for flight in flights if not flight.again]
        slow = NotLoaded(culprit.order.request, culprit.order.module, "custom_endless", "")
        self._give_up(culprit, slow)
        self._link.restart()

    def _give_up(self, flight: _Flight, told: NotLoaded) -> None:
        """It is not tried again, also not at the next start."""
        self.trust.remove(flight.source.path)
        self._let_go(flight.source.module)
        self._refuse(_Flight(flight.order, flight.source, again=False), told)

    def _look_at_disk(self, name: str) -> None:
        # An editor that replaces the file ends the watch.
        if name not in self._watcher.files() and Path(name).exists():
            self._watcher.addPath(name)
        for source in tuple(self._held.values()):
            if Path(name) not in source.files:
                continue
            now = _digest(source)
            if now != source.digest and now not in self._told_of:
                self._told_of.add(now)
                self.stale.emit(source)


def _digest(source: LayerSource) -> str:
    """The content that is at its place now; "" where there is none that Python reads."""
    try:
        return read_layers(source.path, source.module if source.named else "").digest
    except ProblemError:
        return ""
