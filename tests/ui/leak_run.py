"""A life of the window, several times over: a thousand nodes are opened, deleted, brought back,
deleted again, and the window is closed. Says as JSON what is left afterwards.

Run with a folder to use. It is a program of its own, because what leaks is seen best in the whole.
"""

import ctypes
import gc
import json
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from designer.document.edits import remove
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.serialize import to_bytes
from designer.ui.app import Program, make_application
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench

NODES = 1000
LIVES = 2
TURNS = 4
PATIENCE = 120  # seconds
# The offscreen platform says so of windows and popups; it is about that platform, not about us.
_OF_PLATFORM = "This plugin does not support"


def thousand() -> Document:
    """A chain of activations with a skip into an addition every four, in twenty columns."""
    nodes = {"n0": Node("n0", INPUT, "image", {"shape": [8, 8, 4]})}
    edges: set[Edge] = set()
    for number in range(1, NODES):
        key, before = f"n{number}", f"n{number - 1}"
        x, y = number % 20 * 240.0, number // 20 * 120.0
        kind = "layers.Add" if number % 4 == 0 else "layers.Activation"
        kind = OUTPUT if number == NODES - 1 else kind
        params = {"activation": "relu"} if kind == "layers.Activation" else {}
        nodes[key] = Node(key, kind, key, params, x=x, y=y)
        if kind == "layers.Add":
            edges |= {
                Edge(before, 0, key, "inputs", 0),
                Edge(f"n{number - 4}", 0, key, "inputs", 1),
            }
        else:
            edges.add(Edge(before, 0, key, "inputs"))
    return Document("thousand", Graph(nodes, frozenset(edges)))


class Life:
    """One window from its first paint to its end."""

    def __init__(self, design: Path, folder: Path) -> None:
        settings = Settings(folder / "settings.ini")
        settings.put("runs/folder", str(folder / "runs"))
        self.program = Program([], folder / "state", settings)
        self.design = design
        self.program.window.resize(1280, 800)
        self.program.window.show()
        wait(lambda: self.program.workbench is not None, "the window is furnished")
        sys.excepthook = sys.__excepthook__  # what goes wrong here is to be seen

    @property
    def bench(self) -> Workbench:
        """The furnished window."""
        assert self.program.workbench is not None
        return self.program.workbench

    def go_through(self) -> None:
        """Opens, deletes, undoes and redoes, as its user would by the commands."""
        bench, session = self.bench, self.bench.session
        bench.documents.open(self.design)
        wait(lambda: len(session.document.graph.nodes) == NODES, "the design is open")
        wait(lambda: session.report.complete, "Keras has answered")
        whole = to_bytes(session.document)
        for _ in range(TURNS):
            bench.canvas.select_all()
            settle(0.05)
            self._do("edit.delete")
            assert not session.document.graph.nodes
            self._do("edit.undo")
            assert to_bytes(session.document) == whole
            self._do("edit.redo")
            assert not session.document.graph.nodes
            self._do("edit.undo")
        session.do("Delete", lambda document: remove(document, document.graph.nodes))
        self._do("edit.undo")
        assert to_bytes(session.document) == whole

    def end(self) -> None:
        """Closes the window, its changes thrown away, and lets everything go."""
        window = self.program.window
        window.may_close = None
        window.close()
        window.deleteLater()
        self.program.deleteLater()
        del self.program
        settle(0.3)

    def _do(self, command: str) -> None:
        action = self.bench.window.actions_by_id[command]
        assert action.isEnabled(), command
        action.trigger()
        settle(0.05)


def settle(seconds: float) -> None:
    """Lets the event loop run, deletions included."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        time.sleep(0.002)


def wait(wanted: Callable[[], bool], what: str) -> None:
    """Waits until something is so."""
    end = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < end, f"waited in vain: {what}"
        settle(0.02)


def resident() -> int:
    """Bytes in memory, after what is free has been given back."""
    for _ in range(3):
        gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    return int(psutil.Process().memory_info().rss)


def lived(design: Path, folder: Path) -> dict[str, int]:
    """One life, and the memory before the design, with it, and after the window."""
    life = Life(design, folder)
    settle(0.5)
    before = resident()
    life.go_through()
    during = resident()
    life.end()
    del life
    settle(0.2)
    return {"before": before, "with the design": during, "after": resident()}


def left(application: QApplication) -> dict[str, list[str]]:
    """What should have gone with the window."""
    top = [f"{type(w).__name__} {w.objectName()}" for w in application.topLevelWidgets()]
    threads = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
    children = [" ".join(c.cmdline()) for c in psutil.Process().children(recursive=True)]
    owned = [type(o).__name__ for o in application.children() if "Timer" in type(o).__name__]
    ours = [
        type(o).__name__
        for o in gc.get_objects()
        if type(o).__module__.startswith("designer.ui.")
        and type(o).__name__ in ("Workbench", "MainWindow", "CanvasView", "Session", "Scene")
    ]
    return {"widgets": top, "threads": threads, "children": children, "timers": owned, "ours": ours}


def main(folder: Path) -> None:
    """Lives so many times, and tells."""
    messages: list[str] = []

    def heard(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
        if kind != QtMsgType.QtDebugMsg and not str(text).startswith(_OF_PLATFORM):
            messages.append(f"{kind.name}: {text}")

    warned: list[str] = []
    warnings.showwarning = lambda message, *_: warned.append(str(message))
    qInstallMessageHandler(heard)
    application = make_application()
    application.setQuitOnLastWindowClosed(False)
    design = folder / "thousand.skipwire"
    design.write_bytes(to_bytes(thousand()))
    told: dict[str, Any] = {
        "lives": [lived(design, folder) for _ in range(LIVES)],
        "left": left(application),
        "messages": messages,
        "warnings": warned,
    }
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
