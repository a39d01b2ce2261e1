"""A second window: it opens a model of Keras by its name, then a file that the first window has.

Run with the model and the design.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.e2e.robot import Robot, run


def main() -> None:
    """The model is a design; the file of the other window is told of, and opens as a copy."""
    model, design = Path(sys.argv[1]), Path(sys.argv[2])
    robot = Robot([model])
    session = robot.bench.session
    robot.wait(lambda: session.document.name == "net", "the model has become a design")
    robot.wait(lambda: session.report.complete, "Keras has answered")
    assert session.report.totals.layers == 3
    questions: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            questions.append(box.text())
            watch.stop()

    watch = QTimer()
    watch.timeout.connect(look)
    watch.start(50)
    # One chain: the dialogs run loops of their own until they are answered.
    robot.xdotool("key", "ctrl+o", "sleep", 1.5, "key", "ctrl+a", "type", "--delay", 5,
                  "--args", 1, str(design), "sleep", 0.3, "key", "Return", "sleep", 1.5,
                  "key", "Return")  # fmt: skip
    robot.wait(lambda: session.document.name == "tiny copy", "a copy is open")
    assert questions == ["tiny.skipwire is open in another window."], questions
    assert session.path is None
    robot.close()


if __name__ == "__main__":
    run(main)
