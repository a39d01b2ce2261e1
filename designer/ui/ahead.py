"""Builds panels that will be wanted soon while nobody waits: one, then a pause, then the next."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

QUIET = 700  # milliseconds without news before something is built


class Ahead(QObject):
    """Builds each of `keys` by `build` once it has been quiet; `disturb` puts it off, and so does
    whatever `busy` tells of.
    """

    done = Signal()

    def __init__(
        self,
        keys: Iterable[str],
        build: Callable[[str], object],
        busy: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._keys = list(keys)
        self._build = build
        self._busy = busy
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self._next)

    @property
    def waiting(self) -> bool:
        """Whether something will be built."""
        return self._timer.isActive()

    def disturb(self) -> None:
        """Something else goes on: begins to wait, or waits anew."""
        if self._keys:
            self._timer.start()

    def _next(self) -> None:
        if self._busy():
            self._timer.start()
            return
        self._build(self._keys.pop(0))
        if self._keys:
            self._timer.start()
        else:
            self.done.emit()
