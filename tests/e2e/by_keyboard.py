"""The residual network built with the keys alone, in the real window. Run with the file to save."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from designer.document.model import INPUT
from tests.e2e.robot import Robot, run

FAR = 40  # presses of Tab at most


class Typist:
    """Never touches the mouse."""

    def __init__(self) -> None:
        self.robot = Robot()
        self.bench = self.robot.bench
        self.canvas = self.bench.canvas

    def add(self, words: str) -> None:
        """Types a layer's name over the canvas and takes what is found first."""
        before = len(self.bench.session.document.graph.nodes)
        self.ready()
        self.robot.type(words)
        self.robot.keys("Return")
        graph = self.bench.session
        self.robot.wait(lambda: len(graph.document.graph.nodes) == before + 1, f"{words} is there")
        self.ready()

    def ready(self) -> None:
        """The canvas has the keys."""
        self.robot.wait(self.canvas.hasFocus, "the canvas has the focus")

    def wire_on(self, words: str) -> None:
        """Takes a wire from the selected node, and a new layer for its end."""
        self.robot.keys("ctrl+Return")
        self.add(words)

    @property
    def selected(self) -> str:
        """The type of the selected node."""
        (node,) = self.bench.session.selection
        return self.bench.session.document.graph.nodes[node].type

    def go(self, key: str, wanted: str) -> None:
        """Goes to a neighbour, which must be of that type."""
        self.robot.keys(key)
        assert self.selected == wanted, self.selected

    def tab_to(self, name: str) -> None:
        """Tab until the field of that name has the focus."""
        for _ in range(FAR):
            field = QApplication.focusWidget()
            if field is not None and field.accessibleName() == name:
                return
            self.robot.keys("Tab")
        raise AssertionError(f"no way to {name} by Tab")


def build(typist: Typist) -> None:
    """Input, convolution, addition, output, and the skip edge."""
    robot, wires = typist.robot, typist.bench.session
    robot.keys("ctrl+n")
    typist.add("input")
    typist.wire_on("conv2d")
    typist.wire_on("add")
    typist.go("ctrl+Up", "layers.Conv2D")
    typist.go("ctrl+Up", INPUT)
    robot.keys("ctrl+Return", "Down", "Down", "Return")
    assert len(wires.document.graph.edges) == 3
    assert typist.selected == "layers.Add"
    typist.wire_on("output")
    assert len(wires.document.graph.edges) == 4


def edit(typist: Typist) -> None:
    """As many filters as the image has channels, and padding, so that the sum fits."""
    robot, session = typist.robot, typist.bench.session
    typist.go("ctrl+Up", "layers.Add")
    typist.go("ctrl+Up", "layers.Conv2D")
    (conv,) = session.selection
    robot.keys("Return")
    typist.tab_to("filters")
    robot.keys("ctrl+a")
    robot.type("3")
    robot.keys("Return")
    typist.tab_to("padding")
    robot.type("same")
    robot.keys("Return", "ctrl+0")
    typist.ready()
    params = session.document.graph.nodes[conv].params
    assert params["filters"] == 3, params
    assert params["padding"] == "same", params


def main() -> None:
    """Builds, edits, takes back and makes again, saves."""
    target = Path(sys.argv[1])
    typist = Typist()
    robot, session = typist.robot, typist.bench.session
    try:
        build(typist)
        edit(typist)
        whole = session.document
        robot.keys("Delete", "ctrl+z")
        assert session.document == whole
        robot.wait(lambda: session.report.complete, "Keras has answered")
        wrong = [p.message for p in session.report.errors if p.where.section != "data"]
        assert not wrong, wrong
        # One chain: the dialog runs a loop of its own until it is answered.
        typing = ("type", "--delay", 5, "--args", 1, str(target))
        robot.xdotool("key", "ctrl+s", "sleep", 1.5, *typing, "sleep", 0.3, "key", "Return")
        robot.wait(target.exists, "the design is saved")
        assert not session.modified
    finally:
        robot.shot(target.with_suffix(".png"))
        robot.close()


if __name__ == "__main__":
    run(main)
