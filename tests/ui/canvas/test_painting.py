"""Painting at every zoom, scale, theme and size, from one node to thousands."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from designer.document.edits import set_direction
from designer.document.model import Document, Edge, Graph, Node
from designer.document.problem import Problem, Where
from designer.infer.report import NodeReport, Report
from designer.layout.place import arrange
from designer.protocol import TensorSpec
from designer.ui.canvas.look import Look
from designer.ui.canvas.sprites import Sprites
from designer.ui.session import Session
from designer.ui.theme import load
from tests.ui.canvas.desk import Desk

LOOK = Look(
    width=176,
    height=48,
    pill=False,
    name="conv",
    second="Conv2D",
    weights="36.9 k",
    category="convolution",
    badge=0,
    severity="",
    dots=(),
    down=True,
)


def chain(count: int) -> Document:
    """A chain of that many additions, a skip every four."""
    nodes = {f"n{i}": Node(f"n{i}", "layers.Add", f"n{i}", x=0.0, y=96.0 * i) for i in range(count)}
    wires = {Edge(f"n{i}", 0, f"n{i + 1}", "inputs", 0) for i in range(count - 1)}
    wires |= {Edge(f"n{i}", 0, f"n{i + 3}", "inputs", 1) for i in range(0, count - 3, 4)}
    return Document("chain", Graph(nodes, frozenset(wires)))


def has(image: QImage, color: QColor) -> bool:
    """Whether some px has that very colour."""
    wanted = color.rgb().to_bytes(4, "little")
    data = bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits())
    place = data.find(wanted)
    while place >= 0 and place % 4:
        place = data.find(wanted, place + 1)
    return place >= 0


def shot(desk: Desk) -> QImage:
    return desk.view.grab().toImage()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("zoom", [0.1, 0.31, 0.45, 0.8, 1.0, 2.0])
def test_nodes_show_their_category_at_every_zoom(desk: Desk, zoom: float, theme: str) -> None:
    desk.view.set_theme(load(theme))
    desk.view.zoom_to(zoom)
    assert has(shot(desk), load(theme).category("convolution"))


def test_a_thousand_nodes_are_painted_and_edited(desk: Desk, session: Session) -> None:
    session.become(chain(1000))
    desk.view.fit()
    assert has(shot(desk), load("light").category("merging"))
    desk.view.zoom_to(0.4)
    shot(desk)
    session.select(["n500"])
    desk.view.delete_selection()
    session.undo()
    desk.view.zoom_to(1.0)
    desk.view.reveal("n500")
    desk.drag(desk.center("n500"), desk.center("n500") + QPoint(60, 0))
    assert session.document.graph.nodes["n500"].x == 64


def test_what_is_painted_in_parts_equals_what_is_painted_at_once(desk: Desk) -> None:
    whole = shot(desk)
    start = desk.center("conv")
    desk.press(start)
    desk.move(start, start + QPoint(90, 50))
    shot(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.release(start)
    desk.hover(QPoint(5, 5))
    desk.session.select([])
    assert shot(desk) == whole


def test_a_problem_shows_as_a_badge_and_a_broken_wire(desk: Desk) -> None:
    error = load("light").color("error")
    assert not has(shot(desk), error)
    problem = Problem("error", "shapes_differ", "No.", where=Where(node="add"))
    desk.session.reported.emit(Report({}, (problem,)))
    assert has(shot(desk), error)
    assert desk.view.scene.tones[Edge("conv", 0, "add", "inputs", 0)] == "error"


def test_a_broadcast_shows_as_a_warning(desk: Desk) -> None:
    problem = Problem("warning", "broadcast", "Hm.", where=Where(node="add"))
    desk.session.reported.emit(Report({}, (problem,)))
    assert desk.view.scene.tones[Edge("conv", 0, "add", "inputs", 0)] == "warning"


def test_the_shape_stands_on_the_wire(desk: Desk) -> None:
    told = NodeReport((TensorSpec((None, 8, None, 3)),), known=True)
    desk.session.reported.emit(Report({"conv": told}))
    edge = Edge("conv", 0, "add", "inputs", 0)
    assert desk.view.scene.labels[edge] == "8×?×3"
    assert desk.view.scene.labels[Edge("add", 0, "out", "inputs")] == "?"


def test_resting_on_a_wire_lights_its_path_and_dims_the_rest(desk: Desk, qtbot: QtBot) -> None:
    skip = Edge("image", 0, "add", "inputs", 1)
    desk.hover(desk.view.wire_point(skip))
    qtbot.waitUntil(lambda: desk.view.emphasis().path is not None)
    path = desk.view.emphasis().path
    assert path is not None
    assert path[0] == {"image", "add", "out"}
    shot(desk)
    desk.hover(QPoint(5, 5))
    assert desk.view.emphasis().path is None


def test_an_empty_canvas_says_what_to_do(desk: Desk) -> None:
    desk.session.become(Document())
    assert has(shot(desk), load("light").color("second"))


def test_the_design_may_run_to_the_right(desk: Desk) -> None:
    desk.session.do("turn", lambda d: arrange(set_direction(d, "right")))
    shot(desk)
    left = desk.view.node_rect("conv").left()
    assert abs(desk.view.port_point("conv", "inputs").x() - left) <= 1


def test_sprites_stay_within_their_memory(qtbot: QtBot) -> None:
    sprites = Sprites(load("light"), limit=200_000)
    for number in range(50):
        sprites.node(LOOK._replace(name=str(number)), 1.0, 1.0, titles=False)
        assert sprites.size <= 200_000
    assert sprites.node(LOOK, 1.0, 2.0, titles=False).devicePixelRatio() == 2.0


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "2"])
def test_painting_at_every_screen_scale_warns_of_nothing(scale: str) -> None:
    script = (
        "from PySide6.QtWidgets import QApplication\n"
        "from PySide6.QtCore import QPoint\n"
        "app = QApplication([])\n"
        "from designer.catalog.load import load as catalog\n"
        "from designer.formats.examples import load_example\n"
        "from designer.ui.canvas.view import CanvasView\n"
        "from designer.ui.session import Session\n"
        "from designer.ui.theme import load\n"
        "session = Session(catalog())\n"
        "view = CanvasView(session, load('dark'))\n"
        "view.resize(700, 500)\n"
        "session.become(load_example('skip_autoencoder'))\n"
        "view.show()\n"
        "for zoom in (0.1, 0.4, 0.7, 1.0, 1.3):\n"
        "    view.zoom_to(zoom)\n"
        "    picture = view.grab()\n"
        "    view.pan(10, 5)\n"
        "print(picture.devicePixelRatio(), picture.width())\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env=_environment(scale),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.split() == [str(float(scale)), str(round(700 * float(scale)))]


def _environment(scale: str) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
