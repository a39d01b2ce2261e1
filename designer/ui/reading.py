"""Reads files beside the event loop, so that the window answers while a large one is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot

from designer.document.problem import Problem, ProblemError
from designer.document.serialize import SUFFIX

PATIENCE = 100  # milliseconds before anything is said of a file that is being read
SMALL = 20_000  # bytes of a design that are read in a few milliseconds: no thread for these


class _Post(QObject):
    """Carries the result from the thread of the pool into that of the window."""

    arrived = Signal(object, object, object)  # the reading, result, Problem | None


class _Reading:
    """One file on its way, and what is to happen when it is there."""

    def __init__(
        self,
        post: _Post,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Problem], object],
    ) -> None:
        self.post = post
        self.done = done
        self.failed = failed
        self._work = work

    def run(self) -> None:
        try:
            result = self._work()
        except ProblemError as error:
            self.post.arrived.emit(self, None, error.problem)
        else:
            self.post.arrived.emit(self, result, None)


class Reader(QObject):
    """One reading counts at a time: a new one, or `cancel`, makes the last one void."""

    busy = Signal(str)  # name of a file that takes its time, "" when nothing is read any more

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._name = ""
        self._pool = QThreadPool(self)
        self._post = _Post()  # without a parent: a reading may come to its end after the reader
        self._post.arrived.connect(self._arrived)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(lambda: self.busy.emit(self._name))
        self._current: _Reading | None = None
        self._under_way: set[_Reading] = set()

    def read(
        self,
        path: Path,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Problem], object],
    ) -> None:
        """Calls `done` with what `work` returns, or `failed` with its Problem."""
        reading = self._begin(work, done, failed)
        if _small(path):
            reading.run()
        else:
            self._name = path.name
            self._patience.start()
            # Its function, for the pool would keep a QRunnable, and all that it holds, for ever.
            self._pool.start(reading.run)

    def work(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Problem], object],
    ) -> None:
        """The same for work that reads no file."""
        self._pool.start(self._begin(work, done, failed).run)

    def _begin(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Problem], object],
    ) -> _Reading:
        self.cancel()
        reading = _Reading(self._post, work, done, failed)
        self._current = reading
        self._under_way.add(reading)
        return reading

    def cancel(self) -> None:
        """What is being read counts for nothing."""
        if self._current is not None:
            self._current = None
            if self._name and not self._patience.isActive():
                self.busy.emit("")
            self._patience.stop()
            self._name = ""

    def close(self) -> None:
        """Waits for a reading, which cannot be interrupted, but at most a second."""
        self.cancel()
        self._pool.waitForDone(1000)

    @Slot(object, object, object)
    def _arrived(self, reading: _Reading, result: object, problem: Problem | None) -> None:
        self._under_way.discard(reading)
        if reading is not self._current:
            return
        self.cancel()
        if problem is None:
            reading.done(result)
        else:
            reading.failed(problem)


def _small(path: Path) -> bool:
    try:
        return path.suffix == SUFFIX and path.stat().st_size < SMALL
    except OSError:
        return True
