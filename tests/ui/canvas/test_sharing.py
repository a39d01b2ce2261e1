"""Layers that several nodes call: marked on their cards, rimmed with each other, kept in step."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor

from designer.document import edits
from designer.document.sharing import share, unshare
from designer.ui.theme import load
from tests.ui.canvas.desk import Desk, residual

ACCENT = load("light").color("accent")


@pytest.fixture
def twins(desk: Desk) -> Desk:
    """The residual design with a second convolution beside the first, nothing shared yet."""
    made = residual()
    node = edits.new_node(made.graph, "layers.Conv2D", 260, 96, {"filters": 5, "kernel_size": 1})
    desk.session.become(edits.add(made, [node]))
    desk.view.zoom_to(1.0)
    desk.view.fit()
    return desk


def twin(desk: Desk) -> str:
    return next(key for key in desk.session.document.graph.nodes if key.startswith("conv2d"))


def near(color: QColor, wanted: QColor) -> bool:
    pairs = ((color.red(), wanted.red()), (color.green(), wanted.green()))
    return all(abs(a - b) < 40 for a, b in (*pairs, (color.blue(), wanted.blue())))


def has_chain(desk: Desk, node: str) -> bool:
    """Whether the accent colour is painted at the end of the card's second line."""
    rect, image = desk.view.node_rect(node), desk.view.grab().toImage()
    corner = rect.bottomRight() - QPoint(30, 22)
    found = (image.pixelColor(corner + QPoint(x, y)) for x in range(28) for y in range(20))
    return any(near(color, ACCENT) for color in found)


def rimmed(desk: Desk, node: str) -> bool:
    """Whether something of the accent colour is painted along the left border of the card."""
    rect, image = desk.view.node_rect(node), desk.view.grab().toImage()
    y = rect.center().y() + 6
    found = (image.pixelColor(rect.left() + x, y) for x in range(-4, 2))
    return any(near(color, ACCENT) for color in found)


def test_cards_of_a_shared_layer_bear_a_chain_until_they_are_parted(twins: Desk) -> None:
    ids = ("conv", twin(twins))
    assert not any(has_chain(twins, key) for key in ids)
    twins.session.do("Share", lambda d: share(d, ids))
    assert all(has_chain(twins, key) for key in ids)
    twins.session.undo()
    assert not any(has_chain(twins, key) for key in ids)
    twins.session.redo()
    twins.session.do("Part", lambda d: unshare(d, ids[1:]))
    assert not any(has_chain(twins, key) for key in ids)


def test_what_is_set_at_one_call_is_read_on_the_card_of_the_other(twins: Desk) -> None:
    key = twin(twins)
    twins.session.do("Share", lambda d: share(d, ("conv", key)))
    twins.session.do("Set", lambda d: edits.set_param(d, key, "filters", 77))
    looks = twins.view.scene.looks
    assert "77" in looks["conv"].second
    assert looks["conv"].second == looks[key].second


def test_selecting_one_call_rims_the_others(twins: Desk) -> None:
    key = twin(twins)
    twins.session.select(["conv"])
    assert not rimmed(twins, key)
    twins.session.do("Share", lambda d: share(d, ("conv", key)))
    assert rimmed(twins, key)
    assert not rimmed(twins, "add")
    twins.session.select([])
    assert not rimmed(twins, key)


def test_deleting_a_call_takes_the_chain_from_the_last_one(twins: Desk) -> None:
    key = twin(twins)
    twins.session.do("Share", lambda d: share(d, ("conv", key)))
    twins.session.do("Delete", lambda d: edits.remove(d, ["conv"]))
    assert not has_chain(twins, key)
    assert twins.session.document.graph.nodes[key].params["filters"] == 3
