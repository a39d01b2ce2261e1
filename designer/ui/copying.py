"""Copies files beside the event loop: a trained model may be larger than the memory."""

from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from designer.document.files import copy_atomic
from designer.document.problem import Problem, ProblemError


class _Post(QObject):
    """Carries the outcome from the thread of the pool into that of the window."""

    ended = Signal(object, object)  # the copy, Problem | None


class _Copy:
    """One file on its way from `source` to `target`."""

    def __init__(self, post: _Post, source: Path, target: Path) -> None:
        self.post = post
        self.source = source
        self.target = target

    def run(self) -> None:
        problem: Problem | None = None
        try:
            copy_atomic(self.source, self.target)
        except ProblemError as error:
            problem = error.problem
        self.post.ended.emit(self, problem)


class Copier(QObject):
    """Every copy comes to its end, and how it ended is told."""

    began = Signal(object)  # Path: where the copy will be
    copied = Signal(object)  # Path: it is there, whole
    failed = Signal(object)  # Problem: what was at that path before is still there

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._post = _Post()
        self._post.ended.connect(self._ended)
        self._under_way: set[_Copy] = set()

    def copy(self, source: Path, target: Path) -> None:
        """Begins at once, or when the copies before it are done."""
        one = _Copy(self._post, source, target)
        self._under_way.add(one)
        self.began.emit(target)
        # Its function, for the pool would keep a QRunnable for ever.
        self._pool.start(one.run)

    def close(self) -> None:
        """Waits for what is under way: a window that is closed does not take back a save."""
        self._pool.waitForDone()

    @Slot(object, object)
    def _ended(self, one: _Copy, problem: Problem | None) -> None:
        self._under_way.discard(one)
        if problem is None:
            self.copied.emit(one.target)
        else:
            self.failed.emit(problem)
