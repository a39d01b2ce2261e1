"""A bypassed node on the canvas: faint at every zoom, with the wire that passes it, and told."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QColor, QImage

from designer.document import edits
from designer.document.model import Edge
from designer.ui.canvas.bypassing import idle, passage, passing
from designer.ui.canvas.hover import Hit, tip
from designer.ui.canvas.painter import BYPASSED
from designer.ui.theme import load
from tests.ui.canvas.desk import Desk

FIRST, SECOND = Edge("conv", 0, "add", "inputs", 0), Edge("image", 0, "add", "inputs", 1)


def bypass(desk: Desk, *ids: str, on: bool = True) -> None:
    assert desk.session.do("Bypass", lambda d: edits.bypass(d, ids, on=on))


def shot(desk: Desk) -> QImage:
    return desk.view.grab().toImage()


def mixed(over: QColor, under: QColor) -> QColor:
    """What is seen of a colour at the strength of a bypassed node."""
    pairs = zip(rgb(over), rgb(under), strict=True)
    return QColor(*(round(BYPASSED * a + (1 - BYPASSED) * b) for a, b in pairs))


def rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def strip(desk: Desk) -> list[QColor]:
    """The colours across the leading side of the convolution."""
    rect, image = desk.view.node_rect("conv"), shot(desk)
    row = rect.top() + rect.height() // 4
    return [image.pixelColor(rect.left() + x, row) for x in range(-2, 5)]


def has(colors: list[QColor], wanted: QColor) -> bool:
    return any(
        all(abs(a - b) <= 2 for a, b in zip(rgb(color), rgb(wanted), strict=True))
        for color in colors
    )


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("zoom", [0.2, 0.45, 1.0, 2.0])
def test_it_is_painted_at_40_percent_at_every_zoom(desk: Desk, name: str, zoom: float) -> None:
    theme = load(name)
    desk.view.set_theme(theme)
    desk.view.zoom_to(zoom)
    color = theme.category("convolution")
    assert has(strip(desk), color)
    bypass(desk, "conv")
    assert has(strip(desk), mixed(color, theme.color("canvas")))
    assert not has(strip(desk), color)


@pytest.mark.parametrize("zoom", [0.2, 0.45, 1.0])
def test_switched_on_again_or_undone_it_looks_as_before(desk: Desk, zoom: float) -> None:
    desk.view.zoom_to(zoom)
    before = shot(desk)
    bypass(desk, "conv", "add")
    faint = shot(desk)
    assert faint != before
    bypass(desk, "conv", "add", on=False)
    assert shot(desk) == before
    desk.session.undo()
    assert shot(desk) == faint
    desk.session.undo()
    assert shot(desk) == before


def test_what_is_bypassed_step_by_step_looks_like_what_was_opened_so(desk: Desk) -> None:
    bypass(desk, "conv", "add")
    desk.session.do("Move", lambda d: edits.move(d, {"conv": (300.0, 120.0), "add": (9.0, 400.0)}))
    desk.view.fit()
    followed = shot(desk)
    desk.session.become(desk.session.document)
    desk.view.fit()
    assert shot(desk) == followed


def test_the_wire_at_the_first_input_passes_and_the_others_end(desk: Desk) -> None:
    scene = desk.view.scene
    assert passing(scene, "add") is None
    assert not idle(scene, SECOND)
    bypass(desk, "add")
    assert passing(scene, "add") == FIRST
    assert not idle(scene, FIRST)
    assert idle(scene, SECOND)
    desk.session.do("Cut", lambda d: edits.disconnect(d, [FIRST]))
    assert passing(scene, "add") == SECOND
    assert not idle(scene, SECOND)


@pytest.mark.parametrize("direction", ["down", "right"])
def test_the_passing_wire_goes_on_from_where_it_comes_in(desk: Desk, direction: str) -> None:
    desk.session.do("Turn", lambda d: edits.set_direction(d, direction))
    scene, out = desk.view.scene, Edge("add", 0, "out", "inputs")
    assert passage(scene, out) == ()
    bypass(desk, "add")
    way = passage(scene, out)
    assert way[0] == scene.routes[FIRST].points[-1]
    assert way[-1] == scene.routes[out].points[0]
    box = scene.boxes["add"]
    assert all(box.left <= p.x <= box.right and box.top <= p.y <= box.bottom for p in way)
    # Only up and down, or level, as all corners of wires.
    assert all(a.x == b.x or a.y == b.y for a, b in pairwise(way))


@pytest.mark.parametrize("moved", [{"add"}, {"conv"}, {"conv", "add"}, {"add", "out"}, {"out"}])
def test_it_passes_while_it_or_its_neighbours_are_moved(desk: Desk, moved: set[str]) -> None:
    bypass(desk, "conv", "add")
    desk.session.select(moved)
    start = desk.center(min(moved))
    way = QPoint(64, 0)
    desk.press(start)
    desk.move(start, start + way)
    assert passes(desk, desk.view.node_rect("conv").translated(way * int("conv" in moved)))
    assert passes(desk, desk.view.node_rect("add").translated(way * int("add" in moved)))
    desk.release(start + way)
    assert passes(desk, desk.view.node_rect("conv"))
    bypass(desk, "conv", on=False)
    assert not passes(desk, desk.view.node_rect("conv"))


def passes(desk: Desk, card: QRect) -> bool:
    """Whether a line crosses the upper part of that card, above its text and below its ports."""
    image, row = shot(desk), card.top() + 6
    colors = [image.pixelColor(x, row) for x in range(card.left() + 30, card.right() - 10)]
    return not has(colors[:1], min(colors, key=QColor.lightness))


def test_a_wire_out_of_it_shows_the_shape_that_passes(desk: Desk) -> None:
    assert desk.session.do("Set", lambda d: edits.set_param(d, "conv", "filters", 16))
    scene = desk.view.scene
    assert scene.labels[FIRST] == "32×32×16"
    bypass(desk, "conv")
    assert scene.labels[FIRST] == "32×32×3"
    assert scene.looks["conv"].weights == ""


def test_tool_tip_and_screen_reader_say_so(desk: Desk) -> None:
    assert "Bypassed" not in tip(desk.view.scene, Hit("conv"))
    bypass(desk, "conv")
    assert "Bypassed" in tip(desk.view.scene, Hit("conv"))
    node = QAccessible.queryAccessibleInterface(desk.view).child(1)
    assert node.text(QAccessible.Text.Name) == "conv, bypassed"
    assert node.text(QAccessible.Text.Value) == "Conv2D  3 · 3×3, 32×32×3"
    desk.session.undo()
    assert node.text(QAccessible.Text.Name) == "conv"
