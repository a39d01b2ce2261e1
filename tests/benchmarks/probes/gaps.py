"""How long an event loop does not turn, and how much of that its own thread was at work."""

import time

from PySide6.QtCore import QObject, QTimer

TICK = 5  # milliseconds between two looks at the clock, which take time from other threads


class Gaps(QObject):
    """Between two turns: `all` are the seconds by the clock, `work` those of the thread's CPU.

    On a computer whose cores are all taken the two part: the rest is waiting for a core.
    """

    def __init__(self) -> None:
        super().__init__()
        self.all: list[float] = []
        self.work: list[float] = []
        self._last, self._spent = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begins to watch."""
        self.all, self.work = [], []
        self._last, self._spent = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _tick(self) -> None:
        now, spent = time.perf_counter(), time.thread_time()
        self.all.append(now - self._last)
        self.work.append(spent - self._spent)
        self._last, self._spent = now, spent

    def longest(self) -> float:
        """Seconds; ends the watch."""
        self._timer.stop()
        self._tick()
        return max(self.all)
