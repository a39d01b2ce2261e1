"""The start page: a card for each design, with its picture and what it is."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import marks
from designer.document.model import INPUT, OUTPUT, Document, Frame, Graph, Node
from designer.formats.examples import list_examples, load_example
from designer.ui.canvas.mark_painter import BODY, tinted
from designer.ui.design_card import DesignCard, WayTile
from designer.ui.start_hints import Hints
from designer.ui.start_page import StartPage
from designer.ui.theme import load
from designer.ui.thumbnail import thumbnail


@pytest.fixture
def page(qtbot: QtBot, catalog: Catalog) -> StartPage:
    widget = StartPage(catalog, load("light"))
    qtbot.addWidget(widget)
    widget.resize(1280, 800)
    widget.show_recent(())
    return widget


def test_every_example_says_in_a_sentence_what_it_is(page: StartPage) -> None:
    cards = page.findChildren(DesignCard)
    assert [card.text() for card in cards] == [e.title for e in list_examples()]
    assert [card.accessibleDescription() for card in cards] == [e.summary for e in list_examples()]


def test_a_card_is_chosen_by_the_keyboard(page: StartPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()
    chosen: list[str] = []
    page.example_chosen.connect(chosen.append)
    card = page.findChildren(DesignCard)[0]
    card.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert chosen == [list_examples()[0].key]


def test_a_first_user_finds_three_ways_to_begin(page: StartPage, qtbot: QtBot) -> None:
    tiles = page.findChildren(WayTile)
    assert [tile.text() for tile in tiles] == ["New design", "Open…", "Paste Keras code"]
    assert page.focusProxy() is tiles[0]
    assert all(tile.accessibleDescription() for tile in tiles)
    for tile, wanted in zip(
        tiles, (page.new_wanted, page.open_wanted, page.paste_wanted), strict=True
    ):
        with qtbot.waitSignal(wanted):
            QTest.keyClick(tile, Qt.Key.Key_Return)


@pytest.mark.parametrize("size", [(1280, 733), (1440, 833), (1920, 1013), (1000, 600)])
def test_the_page_is_as_wide_as_its_window_and_no_wider(
    page: StartPage, qtbot: QtBot, size: tuple[int, int]
) -> None:
    page.resize(*size)
    with qtbot.waitExposed(page):
        page.show()
    shown = (*page.findChildren(DesignCard), *page.findChildren(WayTile))
    rights = [tile.mapTo(page, tile.rect().topRight()).x() for tile in shown]
    assert max(rights) <= size[0] - 22
    examples = page.findChildren(DesignCard)
    if size[0] >= 1280:
        assert len({card.y() for card in examples}) == 1, "examples stand in one row"
        assert abs(max(c.mapTo(page, c.rect().topRight()).x() for c in examples) - max(rights)) < 8
    bottom = page.findChildren(Hints)[0]
    assert bottom.mapTo(page, bottom.rect().bottomLeft()).y() < size[1] or size[1] < 700


def test_with_a_past_the_last_designs_come_first(page: StartPage, tmp_path: Path) -> None:
    files = tuple(tmp_path / f"net{n}.skipwire" for n in range(9))
    page.show_recent(files)
    titles = [card.text() for card in page.findChildren(DesignCard)]
    assert titles[:5] == [f"net{n}" for n in range(5)], "one row"
    assert titles[5:] == [e.title for e in list_examples()]
    assert not page.findChildren(Hints)
    assert not page.findChildren(WayTile)


def test_a_title_fits_its_card(page: StartPage) -> None:
    for card in page.findChildren(DesignCard):
        assert card.title_fits, card.text()


def test_a_tall_design_fills_its_picture(catalog: Catalog, qapp: object) -> None:
    size = QSize(200, 160)
    image = thumbnail(load_example("skip_autoencoder"), catalog, load("light"), size, 1).toImage()
    ground = load("light").color("canvas").rgb()
    painted = [
        (x, y) for x in range(200) for y in range(160) if image.pixel(x, y) != ground
    ]  # fmt: skip
    assert max(x for x, _ in painted) - min(x for x, _ in painted) > 80
    assert max(y for _, y in painted) - min(y for _, y in painted) > 120


def test_inputs_and_outputs_are_pictured_alike(catalog: Catalog, qapp: object) -> None:
    drawn = []
    for kind in (INPUT, OUTPUT):
        lone = Document(graph=Graph({"n": Node("n", kind, "n")}))
        drawn.append(thumbnail(lone, catalog, load("light"), QSize(200, 160), 1).toImage())
    assert drawn[0] == drawn[1]


def test_a_picture_shows_the_frames(catalog: Catalog, qapp: object) -> None:
    plain = load_example("residual_add")
    inner = marks.extent_of_all(plain, plain.graph.nodes)
    assert inner is not None
    x, y, right, bottom = marks.framing(inner)
    frame = Frame("f", "All", "core", x, y, right - x, bottom - y)
    framed = marks.add_marks(plain, [frame])
    theme, size = load("light"), QSize(200, 160)
    image = thumbnail(framed, catalog, theme, size, 1).toImage()
    tint = tinted(theme, "core", 2 * BODY).rgb()
    painted = sum(image.pixel(x, y) == tint for x in range(200) for y in range(160))
    assert painted > 2000
