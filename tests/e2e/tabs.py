"""Two designs in one window: both are edited, gone between by keyboard, and saved each to its file.

Run with the two designs.
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox

from designer.document.serialize import from_bytes
from tests.e2e.robot import Robot, run


class User:
    """Has both designs open, the second one before the eyes."""

    def __init__(self, first: Path, second: Path) -> None:
        self.first, self.second = first, second
        self.robot = Robot([first, second])
        self.session = self.robot.bench.session
        self.tabs = self.robot.bench.tab_commands.row.tabs
        self.robot.wait(lambda: self.tabs.count() == 2, "both are open")
        self.robot.wait(lambda: self.session.report.complete, "Keras has answered")

    def seen(self) -> Path | None:
        """The file of the design that is seen, as tab and session agree."""
        assert self.tabs.designs[self.tabs.currentIndex()] is self.session.current
        return self.session.path

    def go(self, keys: str, wanted: Path) -> None:
        """Presses keys, after which that design is seen and the canvas listens."""
        self.robot.keys(keys)
        self.robot.wait(lambda: self.seen() == wanted, f"{keys} leads to {wanted.name}")
        assert self.robot.window.focusWidget() is self.robot.bench.canvas

    def add(self, letters: str) -> None:
        """Adds a layer as a hand on the keyboard does: Tab, a few letters, Enter."""
        count = len(self.session.document.graph.nodes)
        self.robot.keys("Tab")
        self.robot.wait(self.robot.bench.quick_add.isVisible, "the search is open")
        self.robot.type(letters)
        self.robot.keys("Return")
        self.robot.wait(lambda: len(self.session.document.graph.nodes) == count + 1, letters)
        self.robot.wait(lambda: not self.robot.bench.quick_add.isVisible(), "the search is closed")

    def locks(self) -> int:
        """How many files are locked."""
        return len(list((self.robot.bench.places.state / "locks").glob("*.lock")))


def types(file: Path) -> set[str]:
    """The types of the layers that a file holds."""
    nodes = from_bytes(file.read_bytes()).graph.nodes.values()
    return {node.type.rpartition(".")[2] for node in nodes}


def main() -> None:
    """Every edit, undo and save is of the design that is seen."""
    first, second = Path(sys.argv[1]), Path(sys.argv[2])
    user = User(first, second)
    robot, bench = user.robot, user.robot.bench
    assert user.seen() == second
    assert user.locks() == 2
    user.add("flatten")
    robot.keys("ctrl+plus", "ctrl+plus")
    zoom = bench.canvas.camera.zoom
    user.go("ctrl+shift+Tab", first)
    assert bench.canvas.camera.zoom != zoom
    user.add("dropout")
    user.add("relu")
    robot.keys("ctrl+z")
    user.go("ctrl+Tab", second)
    robot.wait(lambda: bench.canvas.camera.zoom == zoom, "it is seen as it was left")
    robot.keys("ctrl+z", "ctrl+shift+z", "ctrl+s")
    robot.wait(lambda: not user.session.modified, "the second is saved")
    assert types(second) - types(first) == {"Flatten"}
    user.go("alt+1", first)
    assert user.session.modified
    robot.keys("ctrl+s")
    robot.wait(lambda: not user.session.modified, "the first is saved")
    assert types(first) - types(second) == {"Dropout"}
    user.go("ctrl+Next", second)
    save_at_closing(user)
    robot.keys("ctrl+w")
    robot.wait(lambda: not user.tabs.count(), "both are closed")
    assert bench.window.stack.currentWidget() is bench.start_page
    assert user.locks() == 0
    robot.close()


def save_at_closing(user: User) -> None:
    """Ctrl+W asks for what is not saved, and Enter saves it."""
    robot = user.robot
    user.add("softmax")
    # One chain: the question runs a loop of its own until it is answered.
    robot.xdotool("key", "ctrl+w", "sleep", 1.0, "key", "Return")
    robot.wait(lambda: user.tabs.count() == 1, "the design is closed")
    assert not isinstance(QApplication.activeModalWidget(), QMessageBox)
    assert "Softmax" in types(user.second)
    assert user.seen() == user.first
    assert user.locks() == 1


if __name__ == "__main__":
    run(main)
