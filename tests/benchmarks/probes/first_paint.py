"""Starts our window ("ours") or a bare one with an empty view ("bare") up to its first paint."""

import os
import sys
import time

HEAVY = ("keras", "tensorflow", "numpy", "pyqtgraph")


def tell() -> None:
    """Prints the clock, this process's CPU seconds, and what is loaded of the heavy packages."""
    now, cpu = time.monotonic(), time.process_time()
    loaded = " ".join(name for name in HEAVY if name in sys.modules)
    # By hand: json would be imported in the bare window's account.
    sys.stdout.write(f'{{"painted": {now}, "cpu": {cpu}, "loaded": "{loaded}"}}\n')
    sys.stdout.flush()
    os._exit(0)


def bare() -> None:
    """A main window with an empty graphics view, as short as it can be written."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QMainWindow

    class Bare(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, tell)

    application = QApplication([])
    window = Bare()
    window.setCentralWidget(QGraphicsView(QGraphicsScene(window)))
    window.resize(1280, 800)
    window.show()
    application.exec()


def ours() -> None:
    """Our program by its own way in, up to where it would furnish the painted window."""
    import designer.__main__
    from designer.ui import app

    class Painted(app.Program):
        def furnish(self) -> None:
            tell()

    app.Program = Painted  # type: ignore[misc]  # the probe takes the place of what follows
    designer.__main__.main([])


if __name__ == "__main__":
    {"bare": bare, "ours": ours}[sys.argv[1]]()
