"""Starts the window. What is on the screen first must not wait for what is needed later: no
catalogue, no panel, no worker before the first paint.
"""

import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from designer.ui.docks import PANELS
from designer.ui.looks import Looks
from designer.ui.settings import Settings, config_file, state_folder
from designer.ui.window import MainWindow

if TYPE_CHECKING:
    from designer.ui.workbench import Workbench

_log = logging.getLogger("skipwire")
_LOG_SIZE = 500_000  # bytes of the log file, of which one predecessor is kept


def make_application() -> QApplication:
    """Qt's application, set up as ours; the one that runs if there is one."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    policy = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(policy)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("skipwire")
    app.setApplicationDisplayName("Skipwire")
    app.setDesktopFileName("skipwire")
    app.setStyle("Fusion")
    return app


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
        for panel in PANELS:
            if panel.place == "drawer":
                self.window.drawer.announce(panel.key, label_of(panel.title), label_of(panel.tip))
        self.window.painted.connect(lambda: QTimer.singleShot(0, self, self.furnish))
        self.window.closed.connect(self.close)

    def furnish(self) -> None:
        """Loads what a window needs to be of use, and opens the files."""
        # Late on purpose: these bring the catalogue, the canvas and the panels.
        from designer.catalog.load import load
        from designer.runs.folder import default_base
        from designer.ui.icons import application_icon
        from designer.ui.processes import WorkerLink, worker_command
        from designer.ui.workbench import Places, Workbench

        QGuiApplication.setWindowIcon(application_icon())
        chosen = str(self._settings.get("runs/folder"))
        places = Places(self._state, Path(chosen) if chosen else default_base())
        interpreter = str(self._settings.get("worker/interpreter"))
        link = WorkerLink(worker_command(interpreter), self._state / "keras", self)
        self.workbench = Workbench(self.window, self.looks, self._settings, places, load(), link)
        self.workbench.start(self._files)
        for then in self.furnished:
            then(self.workbench)

    def close(self) -> None:
        """Ends what was started with the window."""
        if self.workbench is not None:
            self.workbench.close()
            self.workbench = None

    def confess(self, error: BaseException) -> None:
        """Says that something went wrong inside; the document is as it was before."""
        if self.workbench is not None:
            text = self.tr("Something went wrong inside Skipwire ({error}). Your design is kept.")
            name = type(error).__name__
            self.workbench.recovery.keep()
            self.workbench.bar.say("error", text.format(error=name))


def label_of(text: str) -> str:
    """The title of a panel in the user's language."""
    return QApplication.translate("panels", text)


def log_to(folder: Path) -> None:
    """Writes the log into the state folder; without one, errors go to stderr."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "skipwire.log", maxBytes=_LOG_SIZE, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)


def catch_all(program: Program) -> None:
    """An exception that nobody caught is logged and told, instead of printed or fatal."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        _log.error("uncaught: %s", "".join(traceback.format_exception(kind, error, trace)))
        program.confess(error)

    sys.excepthook = hook


def run_window(files: Sequence[str]) -> int:
    """Opens the window with these files and returns the exit status when it is closed."""
    app = make_application()
    log_to(state_folder())
    paths = [Path(file).absolute() for file in files]
    program = Program(paths, state_folder(), Settings(config_file()))
    catch_all(program)
    program.window.show()
    status = app.exec()
    program.close()
    sys.excepthook = sys.__excepthook__
    return status
