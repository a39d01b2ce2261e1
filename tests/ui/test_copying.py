"""A copy runs beside the window, comes to its end, and says how it ended."""

import os
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from designer.ui.copying import Copier


def test_a_copy_tells_where_it_will_be_and_when_it_is_there(qtbot: QtBot, tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(os.urandom(2_500_000))
    owner = QObject()
    copier = Copier(owner)
    told: list[Path] = []
    copier.began.connect(told.append)
    copier.copied.connect(told.append)
    with qtbot.waitSignal(copier.copied):
        copier.copy(source, target)
    assert target.read_bytes() == source.read_bytes()
    assert told == [target, target]


def test_a_copy_that_fails_keeps_what_was_there(qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "b"
    target.write_bytes(b"old")
    owner = QObject()
    copier = Copier(owner)
    with qtbot.waitSignal(copier.failed) as told:
        copier.copy(tmp_path / "none", target)
    assert told.args[0].code == "cannot_read"
    assert target.read_bytes() == b"old"


def test_a_window_that_closes_waits_for_the_copy(qtbot: QtBot, tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(os.urandom(20_000_000))
    owner = QObject()
    copier = Copier(owner)
    copier.copy(source, target)
    copier.close()
    assert target.stat().st_size == 20_000_000
