"""Ctrl+C in the terminal and the system's request to end: both close the window at once, and
unsaved changes wait in their recovery copy for the next start.
"""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts(QObject):
    """`arrived` tells the signal's number in the event loop, where it is safe to act on it.

    Python runs its handlers only between its own steps, and Qt's loop takes none while it waits:
    hence the socket, into which the system writes the number (signal.set_wakeup_fd).
    """

    arrived = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._former_end = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._former = {number: signal.signal(number, _pass_on) for number in SIGNALS}

    def close(self) -> None:
        """Signals mean again what they meant before."""
        for number, handler in self._former.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._former_end)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _hear(self) -> None:
        for number in self._read.recv(64):
            self.arrived.emit(number)


def _pass_on(number: int, frame: FrameType | None) -> None:
    """The number is on its way through the socket already."""
