"""Starts the window. What is on the screen first must not wait for what is needed later: no
catalogue, no panel, no worker before the first paint.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from designer.ui.interrupts import Interrupts
from designer.ui.looks import Looks
from designer.ui.settings import Settings, config_file, data_folder, state_folder
from designer.ui.window import MainWindow

if TYPE_CHECKING:
    from designer.ui.workbench import Workbench

# Seconds that the window's thread waits for Python while another one computes. A paint asks for it
# again after each call of Qt, so a millisecond stood the window still for a tenth of a second.
SWITCH = 0.0001
GARBAGE = 50_000  # objects between two collections; with Python's 700 a large design opens in twice
# the time, and a drag skips frames


def make_application() -> QApplication:
    """Qt's application, set up as ours; the one that runs if there is one."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    # Qt shares larger fills among threads and waits for them, some 50 times in a paint of curves.
    # While a training holds every core, each wait is for one: a plot took 77 ms instead of 27.
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    # Qt 6 passes fractional scale factors through by itself. Naming that here, or anything else
    # of the namespace Qt, would build its hundred enumerations before the first paint: 28 ms.
    app = QApplication(sys.argv[:1])
    # The window's thread waits no longer than that for one that reads a file.
    sys.setswitchinterval(SWITCH)
    spare_collections()
    app.setApplicationName("skipwire")
    app.setApplicationDisplayName("Skipwire")
    app.setDesktopFileName("skipwire")
    app.setStyle("Fusion")
    return app


def spare_collections() -> None:
    """Let Python look for garbage less often; what is there by now it never looks at again."""
    gc.freeze()
    gc.set_threshold(GARBAGE)


class Program(QObject):
    """A window that is shown at once and furnished after its first paint."""

    def __init__(self, files: Sequence[Path], state: Path, settings: Settings) -> None:
        super().__init__()
        self.workbench: Workbench | None = None
        self.furnished: list[Callable[[Workbench], object]] = []
        self._files = list(files)
        self._state = state
        self._settings = settings
        self.looks = Looks(settings, self)
        self.window = MainWindow(settings, self.looks.theme)
        self.window.painted.connect(lambda: QTimer.singleShot(0, self, self.furnish))
        self.window.closed.connect(self.close)

    def furnish(self) -> None:
        """Loads what a window needs to be of use, and opens the files."""
        # Late on purpose: these bring the catalogue, the canvas and the panels.
        from designer.catalog.load import load
        from designer.runs.folder import default_base
        from designer.ui import crash_log
        from designer.ui.icons import application_icon
        from designer.ui.processes import WorkerLink, worker_command
        from designer.ui.workbench import Places, Workbench

        crash_log.log_to(self._state)
        crash_log.catch_all(self.confess)
        QGuiApplication.setWindowIcon(application_icon())
        chosen = str(self._settings.get("runs/folder"))
        runs = Path(chosen) if chosen else default_base()
        places = Places(self._state, runs, data_folder() / "blocks")
        interpreter = str(self._settings.get("worker/interpreter"))
        link = WorkerLink(worker_command(interpreter), self._state / "keras", self)
        self.workbench = Workbench(self.window, self.looks, self._settings, places, load(), link)
        self.workbench.start(self._files)
        spare_collections()  # the catalogue and the panels stay as long as the window
        for then in self.furnished:
            then(self.workbench)

    def close(self) -> None:
        """Ends what was started with the window."""
        if self.workbench is not None:
            self.workbench.close()
            self.workbench = None
            gc.unfreeze()  # what was to stay as long as the window may go
            sys.excepthook = sys.__excepthook__

    def leave(self) -> None:
        """Closes the window without a question; unsaved changes are offered at the next start."""
        if self.workbench is not None:
            self.workbench.recovery.leave()
        self.window.may_close = None
        self.window.close()
        self.close()

    def confess(self, error: BaseException) -> None:
        """Says that something went wrong inside; the document is as it was before."""
        if self.workbench is not None:
            text = self.tr("Something went wrong inside Skipwire ({error}). Your design is kept.")
            name = type(error).__name__
            self.workbench.recovery.keep()
            self.workbench.bar.say("error", text.format(error=name))


def run_window(files: Sequence[str]) -> int:
    """Opens the window with these files and returns the exit status when it is closed."""
    app = make_application()
    paths = [Path(file).absolute() for file in files]
    program = Program(paths, state_folder(), Settings(config_file()))
    interrupts = Interrupts()

    def end(number: int) -> None:
        program.leave()
        QCoreApplication.exit(128 + number)  # what a shell reports for a signal

    interrupts.arrived.connect(end)
    program.window.fit_into(app.primaryScreen().availableSize())
    program.window.show()
    status = app.exec()
    program.close()
    interrupts.close()
    return status
