"""Imports a heavy module in a thread, so that the window goes on while Python reads it."""

import threading
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from PySide6.QtCore import QObject, QTimer, Signal

LOOK = 20  # milliseconds


class LateImport(QObject):
    """`ready` gives the module, in the window's thread; `failed` the reason why it is not there."""

    ready = Signal(object)
    failed = Signal(str)

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._module: ModuleType | None = None
        self._error = ""
        self._thread = threading.Thread(target=self._load, name=f"import {name}", daemon=True)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begins; the same module may be asked for any number of times."""
        if self._thread.ident is None:
            self._thread.start()
            self._timer.start()

    def _load(self) -> None:
        try:
            self._module = import_module(self._name)
        except ImportError as error:
            self._error = str(error)

    def _look(self) -> None:
        if self._thread.is_alive():
            return
        self._timer.stop()
        if self._module is not None:
            self.ready.emit(self._module)
        else:
            self.failed.emit(self._error)


Importer = Callable[[str, QObject], LateImport]
