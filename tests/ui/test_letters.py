"""The letters of menus: each entry of each menu has one, and no two of a menu have the same."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits, marks
from designer.document.model import Frame, Note
from designer.ui import menus
from designer.ui.canvas.hover import Hit
from designer.ui.canvas.marks import BODY, Grip
from designer.ui.letters import give_letters, letter_of
from designer.ui.panels.palette import PalettePanel
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench
from tests.ui.benches import furnish


@pytest.fixture
def bench(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path
) -> Iterator[Workbench]:
    """A window with an example, a frame and a note."""
    for name in ("one & two.skipwire", "another.skipwire"):
        settings.remember(tmp_path / name)
    made = furnish(qtbot, catalog, settings, tmp_path)
    made.window.show()
    made.open_example("residual_add")
    frame = Frame("f", "All", "core", -500, -500, 1000, 1000)
    note = Note("n", "Why?", 700, 0, 160, 100)
    made.session.do("mark", lambda d: marks.add_marks(d, [frame, note]))
    yield made
    made.window.may_close = None
    made.close()
    made.window.close()
    made.window.deleteLater()


def clashes(menu: QMenu) -> list[str]:
    """Entries without a letter, and those that share one."""
    shown = [a.text() for a in menu.actions() if not a.isSeparator() and a.isVisible()]
    letters = [letter_of(text) for text in shown]
    return [t for t, one in zip(shown, letters, strict=True) if not one or letters.count(one) > 1]


def on_canvas(bench: Workbench, found: Hit) -> QMenu:
    return bench.canvas_commands.menu.build(found, QPoint(300, 300))


def test_each_menu_of_the_bar_has_a_letter_for_each_entry(bench: Workbench) -> None:
    bench.window.menus[menus.RECENT].aboutToShow.emit()
    found = {path: clashes(menu) for path, menu in bench.window.menus.items()}
    assert not {path: those for path, those in found.items() if those}
    titles = [letter_of(action.text()) for action in bench.window.header.menus.actions()]
    assert len(set(titles)) == len(titles)


def _node(bench: Workbench) -> QMenu:
    return on_canvas(bench, Hit("conv1"))


def _bypassed(bench: Workbench) -> QMenu:
    bench.session.select({"conv1"})
    bench.commands.bypass()
    return on_canvas(bench, Hit("conv1"))


def _port(bench: Workbench) -> QMenu:
    return on_canvas(bench, Hit("conv1", bench.canvas.scene.sites["conv1"].outputs[0]))


def _broken(bench: Workbench) -> QMenu:
    bench.session.do("Break", lambda d: edits.set_param(d, "conv1", "filters", 5))
    bench.session.select(())
    return on_canvas(bench, Hit("add1"))


def _several(bench: Workbench) -> QMenu:
    bench.session.select({"conv1", "add1"})
    return on_canvas(bench, Hit("conv1"))


def _wire(bench: Workbench) -> QMenu:
    return on_canvas(bench, Hit(wire=min(bench.session.document.graph.edges)))


def _frame(bench: Workbench) -> QMenu:
    return on_canvas(bench, Hit(grip=Grip("f", BODY)))


def _colors(bench: Workbench) -> QMenu:
    (colors,) = _frame(bench).findChildren(QMenu)
    return colors


def _tab(bench: Workbench) -> QMenu:
    return bench.tab_commands.menu_of(bench.session.current)


def _palette(bench: Workbench) -> QMenu:
    panel = bench.panels["palette"]
    assert isinstance(panel, PalettePanel)
    return panel.context_menu("layers.Dense")


BUILT: dict[str, Callable[[Workbench], QMenu]] = {
    "node": _node,
    "bypassed node": _bypassed,
    "port": _port,
    "node with a problem": _broken,
    "several": _several,
    "wire": _wire,
    "frame": _frame,
    "colours": _colors,
    "note": lambda bench: on_canvas(bench, Hit(grip=Grip("n", BODY))),
    "canvas": lambda bench: on_canvas(bench, Hit()),
    "tab": _tab,
    "palette": _palette,
}


@pytest.mark.parametrize("name", BUILT)
def test_each_menu_of_a_place_has_a_letter_for_each_entry(bench: Workbench, name: str) -> None:
    menu = BUILT[name](bench)
    assert menu.actions()
    assert clashes(menu) == []


def test_letters_that_are_given_begin_words_where_they_can(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    for text in ("&Add", "Another one", "a", "Save && close", "1 × 1"):
        menu.addAction(text)
    give_letters(menu)
    texts = [action.text() for action in menu.actions()]
    assert texts == ["&Add", "Another &one", "a", "&Save && close", "&1 × 1"]
