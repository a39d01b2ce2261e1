"""Draws the skip autoencoder as a person would, and trains it: all by X events.

Run as a program: `python -m tests.e2e.draw_autoencoder DESIGN_TO_SAVE PICTURE`.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QPoint

from designer.document.model import INPUT, OUTPUT, Node
from designer.ui.design_card import WayTile
from designer.ui.panels.inspector import InspectorPanel
from designer.ui.panels.palette import PalettePanel
from tests.e2e.robot import Robot, run

STEP = 100  # canvas pixels from one layer to the next
SEARCH = {INPUT: "Input", OUTPUT: "Output"}

# The layers from the top down, and in brackets what else is wired to a merge before its step.
ENCODER = (("conv", "layers.Conv2D", 32), ("conv", "layers.Conv2D", 64),
           ("conv", "layers.Conv2D", 128), ("conv", "layers.Conv2D", 128))  # fmt: skip
DECODER = ((128, 2), (64, 1), (32, 0))  # filters, and which encoder layer skips to the merge


class Draughtsman:
    """Knows where things are in the window and how a person uses them."""

    def __init__(self, robot: Robot) -> None:
        self.robot = robot
        self.canvas = robot.bench.canvas
        palette = robot.bench.panels["palette"]
        inspector = robot.bench.panels["inspector"]
        assert isinstance(palette, PalettePanel)
        assert isinstance(inspector, InspectorPanel)
        self.palette, self.inspector = palette, inspector
        self.order: list[str] = []

    def place(self, kind: str) -> str:
        """Drags a layer from the palette to the next free place of the column."""
        name = SEARCH.get(kind, kind.rpartition(".")[2])
        if self.palette.search.text() != name:
            self.robot.click(self.palette.search)
            self.robot.keys("ctrl+a")
            self.robot.type(name)
        tree = self.palette.tree
        self.robot.wait(lambda: kind in self.palette.found(), f"the palette finds {name}")
        model = tree.model()
        row = self.palette.found().index(kind)
        start = self.robot.at(tree.viewport(), tree.visualRect(model.index(row, 0)).center())
        spot = QPoint(self.canvas.width() // 3, 60 + STEP * len(self.order))
        before = set(self.nodes)
        self.robot.drag(start, self.robot.at(self.canvas, spot))
        self.robot.wait(lambda: len(self.nodes) == len(before) + 1, f"{name} is on the canvas")
        added = (set(self.nodes) - before).pop()
        self.order.append(added)
        return added

    @property
    def nodes(self) -> dict[str, Node]:
        """What is on the canvas."""
        return dict(self.robot.bench.session.document.graph.nodes)

    def wire(self, source: str, target: str, slot: int = 0) -> None:
        """Drags a wire from an output to an input."""
        canvas, session = self.canvas, self.robot.bench.session
        count = len(session.document.graph.edges)
        start = canvas.port_point(source, output=True)
        end = canvas.port_point(target, "inputs", slot)
        self.robot.drag(self.robot.at(canvas, start), self.robot.at(canvas, end))
        self.robot.wait(lambda: len(session.document.graph.edges) == count + 1, "the wire is there")

    def select(self, *ids: str) -> None:
        """Clicks a node and, with Shift, the others."""
        for number, node in enumerate(ids):
            # On the name, away from ports and wires.
            place = self.canvas.node_rect(node).topLeft() + QPoint(30, 16)
            if number:
                self.robot.xdotool("keydown", "shift")
            self.robot.click(self.canvas, place)
            if number:
                self.robot.xdotool("keyup", "shift")
        self.robot.wait(lambda: self.robot.bench.session.selection == set(ids), "they are selected")

    def set_param(self, name: str, text: str) -> None:
        """Types a value into the inspector's field, or chooses it in a combobox."""
        form = self.inspector.page.form
        assert form is not None
        editor = form.params.rows[name].editor
        if hasattr(editor, "combo"):
            spot = self.robot.at(editor, editor.rect().center())
            # One chain, because the popup of a combobox runs a loop of its own.
            self.robot.xdotool("mousemove", spot.x(), spot.y(), "sleep", 0.1, "click", 1,
                               "sleep", 0.4, "type", "--delay", 20, text)  # fmt: skip
            self.robot.keys("Return")
        else:
            self.robot.type_into(editor, text)
        self.robot.spin(0.1)


def draw(robot: Robot) -> Draughtsman:
    """The whole network, from the empty start page on."""
    new = next(b for b in robot.bench.start_page.findChildren(WayTile) if b.isVisible())
    robot.click(new)
    robot.wait(robot.bench.canvas.isVisible, "the canvas is there")
    hand = Draughtsman(robot)
    image = hand.place(INPUT)
    convs = [hand.place(kind) for _, kind, _ in ENCODER]
    kinds = ("layers.UpSampling2D", "layers.Conv2D", "layers.Concatenate")
    steps = [[hand.place(kind) for kind in kinds] for _ in DECODER]
    tail = [hand.place("layers.UpSampling2D"), hand.place("layers.Conv2D"),
            hand.place("layers.Conv2D"), hand.place(OUTPUT)]  # fmt: skip
    before = image
    for conv in convs:
        hand.wire(before, conv)
        before = conv
    for (_, skip), (up, conv, merge) in zip(DECODER, steps, strict=True):
        hand.wire(before, up)
        hand.wire(up, conv)
        hand.wire(convs[skip], merge, 0)  # the skip edge: the encoder's output comes first
        hand.wire(conv, merge, 1)
        before = merge
    for node in tail:
        hand.wire(before, node)
        before = node
    set_parameters(hand, image, convs, [step[1] for step in steps], tail[1:3])
    return hand


def set_parameters(
    hand: Draughtsman, image: str, encoder: list[str], decoder: list[str], last: list[str]
) -> None:
    """Several nodes at once where they agree, one by one where they do not."""
    hand.select(image)
    hand.set_param("shape", "32, 32, 3")
    hand.select(*encoder, *decoder, *last)
    hand.set_param("kernel_size", "3")
    hand.set_param("padding", "same")
    hand.select(*encoder, *decoder)
    hand.set_param("activation", "relu")
    hand.select(*encoder)
    hand.set_param("strides", "2")
    filters = [count for _, _, count in ENCODER] + [count for count, _ in DECODER] + [32, 3]
    for node, count in zip([*encoder, *decoder, *last], filters, strict=True):
        hand.select(node)
        hand.set_param("filters", str(count))


def choose_data(hand: Draughtsman) -> None:
    """Lets go of the selection, chooses the photographs and a short training."""
    robot, design = hand.robot, hand.inspector.design
    robot.click(hand.canvas, QPoint(hand.canvas.width() - 40, hand.canvas.height() - 40))
    robot.wait(design.isVisible, "the inspector shows the design")
    spot = robot.at(design.data.source, design.data.source.rect().center())
    robot.xdotool("mousemove", spot.x(), spot.y(), "sleep", 0.1, "click", 1, "sleep", 0.4,
                  "type", "Photos")  # fmt: skip
    robot.keys("Return")
    robot.wait(lambda: design.data.form is not None, "the data has options")
    assert design.data.form is not None
    for name, value in (("train_patches", "96"), ("validation_patches", "32")):
        robot.type_into(design.data.form.rows[name].editor, value)
    robot.type_into(design.training.rows["epochs"].editor, "2")


def train(hand: Draughtsman) -> None:
    """Clicks Train and watches until the run has ended."""
    robot, monitor = hand.robot, hand.robot.bench.monitor
    robot.click(robot.window.header.button)
    robot.wait(lambda: monitor.folder is not None, "a run is followed")
    robot.wait(lambda: monitor.state == "finished", "the run has ended", 120)
    assert monitor.progress.epochs_done == 2
    assert ("loss", "validation") in monitor.progress.curves


def main() -> None:
    """Draws, checks what the window says, trains, saves with the keyboard, takes a picture."""
    target, picture = Path(sys.argv[1]), Path(sys.argv[2])
    robot = Robot(size=(1500, 2100))
    try:
        hand = draw(robot)
        session = robot.bench.session
        choose_data(hand)
        robot.wait(lambda: session.report.complete, "Keras has answered")
        assert not session.report.problems, [p.message for p in session.report.problems]
        assert session.report.totals.parameters == 592_163, session.report.totals
        assert session.report.totals.layers == 17, session.report.totals
        (end,) = session.report.outputs
        assert end.spec is not None
        assert end.spec.shape == (None, 32, 32, 3), end
        # One chain: the dialog runs a loop of its own until it is answered.
        # `type` takes the rest of the line for text if it is not told how much of it is.
        typing = ("type", "--delay", 5, "--args", 1, str(target))
        robot.xdotool("key", "ctrl+s", "sleep", 1.5, *typing, "sleep", 0.3, "key", "Return")
        robot.wait(target.exists, "the design is saved")
        assert not session.modified
        train(hand)
    finally:
        robot.shot(picture)
        robot.close()


if __name__ == "__main__":
    run(main)
