"""Our whole window in a probe's process: started, fed and watched by hand-turned events."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from designer.ui.app import Program, make_application
from designer.ui.settings import Settings, config_file, state_folder
from designer.ui.workbench import Workbench

PATIENCE = 120.0  # seconds


class _Paints(QObject):
    """Counts the paints of the canvas that show a complete report."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.complete = 0
        bench.canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._bench.session.report.complete:
            self.complete += 1
        return False


class Desk:
    """A furnished window with a worker that is ready and warm."""

    def __init__(self) -> None:
        self.app = make_application()
        self.program = Program([], state_folder(), Settings(config_file()))
        self.program.window.show()
        self.until(lambda: self.program.workbench is not None)
        assert self.program.workbench is not None
        self.bench: Workbench = self.program.workbench
        self.session = self.bench.session
        self.paints = _Paints(self.bench)

    def warm(self) -> None:
        """Waits for the worker, and lets it answer designs that have nothing to do with others."""
        self.until(lambda: self.bench.link.state.phase == "ready")
        for example in ("residual_add", "skip_autoencoder"):
            self.bench.open_example(example)
            self.settle()

    def until(self, there: Callable[[], object], patience: float = PATIENCE) -> None:
        """Turns events until it is so."""
        end = time.monotonic() + patience
        wake = QTimer(interval=50)
        wake.start()
        while not there():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to it in time")
        wake.stop()

    def idle(self, seconds: float) -> None:
        """Turns events for that long."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end)

    def settle(self) -> None:
        """Until everything is known, painted, and quiet."""
        self.until(lambda: self.session.report.complete)
        self.idle(0.25)

    def shown(self, act: Callable[[], object]) -> float:
        """Seconds from the act until all shapes are known and painted."""
        before = self.paints.complete
        start = time.perf_counter()
        act()
        self.until(lambda: self.session.report.complete and self.paints.complete > before)
        return time.perf_counter() - start

    def open(self, file: str) -> float:
        """Seconds from File > Open with that file until all its shapes are painted."""
        name = self.session.document
        documents = self.bench.documents

        def act() -> None:
            documents.open(Path(file))
            self.until(lambda: self.session.document is not name)

        self.session.mark_saved(Path("unasked"))  # what was open may go without a question
        return self.shown(act)

    def worker(self) -> psutil.Process:
        """The worker's process."""
        return psutil.Process(self.bench.link.pid)

    def spent(self) -> float:
        """CPU seconds of the worker so far."""
        times = self.worker().cpu_times()
        return float(times.user + times.system)

    def close(self) -> None:
        """Ends window and worker."""
        self.program.window.may_close = None
        self.program.window.close()
        self.program.close()


def resident(process: psutil.Process | None = None) -> float:
    """MB that a process holds now, this one's by default."""
    return float((process or psutil.Process()).memory_info().rss) / 1e6
