"""The palette: search, drag, recent and favourite types."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.document.model import OUTPUT
from designer.ui.panels.palette import RECENT_LIMIT, Forgetful, PalettePanel
from designer.ui.panels.palette_tree import CATEGORY, MIME_TYPE, mime_data
from designer.ui.session import Session
from designer.ui.theme import Theme, load


@pytest.fixture
def store() -> Forgetful:
    return Forgetful()


@pytest.fixture
def panel(qtbot: QtBot, session: Session, light: Theme, store: Forgetful) -> PalettePanel:
    made = PalettePanel(session, light, store)
    qtbot.addWidget(made)
    made.resize(208, 600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def groups(panel: PalettePanel) -> dict[str, list[str]]:
    model = panel.tree.model()
    found = {}
    for row in range(model.rowCount()):
        head = model.index(row, 0)
        types = [panel.tree.type_at(model.index(i, 0, head)) for i in range(model.rowCount(head))]
        found[str(head.data(CATEGORY))] = types
    return found


def test_skip_finds_add_and_concatenate(qtbot: QtBot, panel: PalettePanel) -> None:
    QTest.keyClicks(panel.search, "skip")
    assert panel.found()[:2] == ["layers.Add", "layers.Concatenate"]


def test_everything_of_keras_can_be_placed(panel: PalettePanel, session: Session) -> None:
    placed = {type_ for types in groups(panel).values() for type_ in types}
    assert placed == {*session.catalog.layers, OUTPUT}
    assert groups(panel)["ends"] == ["layers.InputLayer", OUTPUT]
    assert list(groups(panel))[-1] == "operations"


def test_enter_in_the_search_asks_for_the_first_hit(qtbot: QtBot, panel: PalettePanel) -> None:
    QTest.keyClicks(panel.search, "dense")
    with qtbot.waitSignal(panel.add_requested) as asked:
        QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert asked.args == ["layers.Dense"]


def test_the_arrow_keys_lead_from_the_search_into_the_list_and_back(
    qtbot: QtBot, panel: PalettePanel
) -> None:
    panel.focus_search()
    QTest.keyClicks(panel.search, "conv")
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.tree.hasFocus()
    QTest.keyClick(panel.tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.add_requested) as asked:
        QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert asked.args == [panel.found()[1]]
    QTest.keyClick(panel.tree, Qt.Key.Key_Up)
    QTest.keyClick(panel.tree, Qt.Key.Key_Up)
    assert panel.search.hasFocus()


def test_letters_typed_in_the_list_go_to_the_search(qtbot: QtBot, panel: PalettePanel) -> None:
    panel.tree.setFocus()
    QTest.keyClicks(panel.tree, "r")
    assert panel.search.text() == "r"
    assert panel.search.hasFocus()


def test_a_double_click_asks_for_the_type(qtbot: QtBot, panel: PalettePanel) -> None:
    panel.search.setText("conv2d")
    with qtbot.waitSignal(panel.add_requested) as asked:
        panel.tree.doubleClicked.emit(panel.tree.model().index(0, 0))
    assert asked.args == ["layers.Conv2D"]


def test_a_drag_carries_the_key_of_the_type(panel: PalettePanel) -> None:
    assert bytes(mime_data("layers.Add").data(MIME_TYPE).data()) == b"layers.Add"
    panel.search.setText("skip")
    drag = panel.tree.make_drag("layers.Add")
    assert drag.mimeData().hasFormat("application/x-skipwire-type")
    assert not drag.pixmap().isNull()
    drag.deleteLater()


def test_what_was_placed_last_is_first_among_the_recent(
    panel: PalettePanel, store: Forgetful
) -> None:
    for type_ in ("layers.Add", "layers.Dense", "layers.Add"):
        panel.note_used(type_)
    assert groups(panel)["recent"] == ["layers.Add", "layers.Dense"]
    assert next(iter(groups(panel))) == "recent"
    for type_ in list(groups(panel)["convolution"]):
        panel.note_used(type_)
    assert len(store.words("palette/recent")) == RECENT_LIMIT


def test_a_favourite_is_marked_by_the_menu_and_kept(
    qtbot: QtBot, panel: PalettePanel, store: Forgetful, session: Session, light: Theme
) -> None:
    menu = panel.context_menu("layers.LSTM")
    menu.actions()[1].trigger()
    menu.deleteLater()
    assert groups(panel)["favourites"][-1] == "layers.LSTM"
    other = PalettePanel(session, light, store)
    qtbot.addWidget(other)
    assert other.favourites == panel.favourites
    for type_ in panel.favourites:
        panel.set_favourite(type_, wanted=False)
    assert "favourites" not in groups(panel)


def test_a_folded_category_stays_folded(
    qtbot: QtBot, panel: PalettePanel, store: Forgetful, session: Session, light: Theme
) -> None:
    place = list(groups(panel)).index("convolution")
    panel.tree.collapse(panel.tree.model().index(place, 0))
    other = PalettePanel(session, light, store)
    qtbot.addWidget(other)
    assert not other.tree.isExpanded(other.tree.model().index(place, 0))


def test_a_search_without_a_hit_says_so_and_offers_the_way_back(
    qtbot: QtBot, panel: PalettePanel
) -> None:
    panel.search.setText("qqq")
    assert "qqq" in panel.nothing.text()
    assert panel.clear.isVisible()
    panel.clear.click()
    assert panel.search.text() == ""
    assert panel.nothing.isHidden()
    assert "ends" in groups(panel)


def test_a_tool_tip_is_the_first_paragraph_of_the_documentation(panel: PalettePanel) -> None:
    panel.search.setText("conv2d")
    tip = panel.tree.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "2D convolution layer."


def test_another_theme_is_taken(panel: PalettePanel) -> None:
    panel.set_theme(load("dark"))
    assert panel.palette().window().color() == load("dark").color("window")
