"""A user of the real window: moves the mouse and types through X events (xdotool), and looks.

It lives in the window's own process to know where things are, but it never calls what a click
would call. While xdotool works, Qt's loop runs, as it would for a person.
"""

import faulthandler
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QProcess
from PySide6.QtWidgets import QApplication, QWidget

from designer.ui.app import Program, make_application
from designer.ui.settings import Settings, config_file, state_folder
from designer.ui.workbench import Workbench

PAUSE = 0.03  # seconds between the small moves of a drag: one jump is no drag
MOVES = 10
PATIENCE = 200  # seconds of a whole script; then it says where it hangs


class Robot:
    """Opens the window and drives it."""

    def __init__(self, files: Sequence[Path] = (), size: tuple[int, int] = (1280, 800)) -> None:
        self.app: QApplication = make_application()
        self.program = Program(files, state_folder(), Settings(config_file()))
        self.window = self.program.window
        self.window.resize(*size)
        self.window.show()
        self.wait(lambda: self.program.workbench is not None, "the window is furnished")
        self.wait(self.window.isActiveWindow, "the window is active")
        self.spin(1.0)  # the window manager moves it, the page paints its pictures

    @property
    def bench(self) -> Workbench:
        """The furnished window."""
        assert self.program.workbench is not None
        return self.program.workbench

    def spin(self, seconds: float) -> None:
        """Lets the window live for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            time.sleep(0.002)

    def wait(self, wanted: Callable[[], bool], what: str, seconds: float = 60) -> None:
        """Waits until something is so; AssertionError names what never came."""
        end = time.monotonic() + seconds
        while not wanted():
            assert time.monotonic() < end, f"waited {seconds:.0f} s in vain: {what}"
            self.spin(0.02)

    def xdotool(self, *words: object) -> None:
        """Runs one chain of xdotool commands while the window's loop goes on."""
        process = QProcess()
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedChannels)
        process.start("xdotool", [str(word) for word in words])
        state = QProcess.ProcessState.NotRunning
        end = time.monotonic() + 30
        while process.state() != state and time.monotonic() < end:
            self.spin(0.01)
        assert process.exitCode() == 0, f"xdotool failed: {words}"
        self.spin(0.05)

    def at(self, widget: QWidget, place: QPoint) -> QPoint:
        """A place of a widget in pixels of the screen."""
        assert widget.rect().contains(place), f"{place} is outside of {widget}: {widget.rect()}"
        return widget.mapToGlobal(place) * self.window.devicePixelRatio()

    def click(self, widget: QWidget, place: QPoint | None = None, button: int = 1) -> None:
        """Clicks into a widget, in its middle if no place is given."""
        spot = self.at(widget, place or widget.rect().center())
        self.xdotool("mousemove", spot.x(), spot.y(), "sleep", 0.05, "click", button)

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Presses at one place of the screen, moves in small steps, and lets go at the other."""
        words: list[object] = ["mousemove", start.x(), start.y(), "sleep", PAUSE, "mousedown", 1]
        for step in range(1, MOVES + 1):
            x = start.x() + (end.x() - start.x()) * step / MOVES
            y = start.y() + (end.y() - start.y()) * step / MOVES
            words += ["sleep", PAUSE, "mousemove", round(x), round(y)]
        words += ["sleep", 2 * PAUSE, "mouseup", 1]
        self.xdotool(*words)

    def keys(self, *names: str) -> None:
        """Presses keys one after the other ("ctrl+s", "Return")."""
        for name in names:
            self.xdotool("key", "--clearmodifiers", name)

    def type(self, text: str) -> None:
        """Types a text."""
        self.xdotool("type", "--delay", 15, text)

    def type_into(self, widget: QWidget, text: str) -> None:
        """Clicks into a field, replaces what it holds and commits it."""
        self.click(widget)
        self.keys("ctrl+a")
        self.type(text)
        self.keys("Return")

    def shot(self, path: Path) -> None:
        """Writes a picture of the window."""
        self.spin(0.3)
        self.window.grab().save(str(path))

    def close(self) -> None:
        """Closes the window as the program does at its end, unsaved or not."""
        self.window.may_close = None
        self.window.close()
        self.program.close()
        self.spin(0.2)


def run(script: Callable[[], None]) -> None:
    """Runs a script for the robot; an exception in a slot of the window fails it too."""
    uncaught: list[str] = []

    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        uncaught.extend(traceback.format_exception(kind, error, trace))

    sys.excepthook = note
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    try:
        script()
    finally:
        faulthandler.cancel_dump_traceback_later()
        sys.excepthook = sys.__excepthook__
        sys.stdout.write("".join(uncaught))
    assert not uncaught, "an exception was not caught in the window"
    sys.stdout.write("the robot is done\n")
