"""Panels are built before they are wanted, one at a time, when it is quiet."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from designer.ui.ahead import Ahead


def test_each_panel_is_built_once_and_with_a_turn_of_events_between(qtbot: QtBot) -> None:
    owner = QObject()
    built: list[str] = []
    ahead = Ahead(("training", "runs"), built.append, lambda: False, owner)
    assert not built
    with qtbot.waitSignal(ahead.done, timeout=20_000):
        ahead.disturb()
        assert not built
    assert built == ["training", "runs"]
    ahead.disturb()
    assert not ahead.waiting


def test_nothing_is_built_while_it_is_not_quiet(qtbot: QtBot) -> None:
    owner = QObject()
    built: list[str] = []
    ahead = Ahead(("training",), built.append, lambda: False, owner)
    ahead.disturb()
    ahead.disturb()
    assert ahead.waiting
    assert not built


def test_nothing_is_built_while_a_file_is_read(qtbot: QtBot) -> None:
    owner = QObject()
    built: list[str] = []
    asked: list[bool] = []

    def busy() -> bool:
        asked.append(len(asked) < 2)
        return asked[-1]

    ahead = Ahead(("training",), built.append, busy, owner)
    ahead.disturb()
    qtbot.waitUntil(lambda: asked == [True], timeout=20_000)
    assert ahead.waiting
    assert not built
    qtbot.waitUntil(lambda: built == ["training"], timeout=20_000)
    assert asked == [True, True, False]
