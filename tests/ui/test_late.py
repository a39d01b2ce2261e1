"""A module that is imported in a thread arrives, or the reason why it did not."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from designer.ui.late import LateImport


def test_a_module_arrives_in_the_window(qtbot: QtBot) -> None:
    owner = QObject()
    late = LateImport("json", owner)
    with qtbot.waitSignal(late.ready) as told:
        late.start()
        late.start()
    assert told.args[0].__name__ == "json"


def test_a_missing_module_is_told_once_however_often_it_is_asked_for(qtbot: QtBot) -> None:
    owner = QObject()
    late = LateImport("no_such_module_anywhere", owner)
    with qtbot.waitSignal(late.failed) as told:
        late.start()
    assert "no_such_module_anywhere" in told.args[0]
    late.start()
