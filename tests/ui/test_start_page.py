"""The start page: a card for each design, with its picture and what it is."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.formats.examples import list_examples, load_example
from designer.ui.design_card import PICTURE, DesignCard
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


def test_a_title_fits_its_card(page: StartPage) -> None:
    for card in page.findChildren(DesignCard):
        assert card.sizeHint().width() == PICTURE.width() + 2
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
