"""Work beside the event loop: told while it takes its time, void when it is cancelled."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from designer.ui.reading import SMALL, Reader


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[Reader]:
    parent = QObject()
    made = Reader(parent)
    yield made
    made.close()


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.skipwire"
    path.write_bytes(b" " * (SMALL + 1))
    return path


def test_a_file_that_takes_its_time_is_named_until_it_is_there(
    reader: Reader, large: Path, qtbot: QtBot
) -> None:
    gate, told, got = threading.Event(), list[str](), list[object]()
    reader.busy.connect(told.append)
    reader.read(large, lambda: gate.wait(30), got.append, got.append)
    qtbot.waitUntil(lambda: told == ["large.skipwire"])
    assert not got
    gate.set()
    qtbot.waitUntil(lambda: got == [True])
    assert told == ["large.skipwire", ""]


def test_of_a_file_that_is_read_at_once_nothing_is_told(
    reader: Reader, large: Path, qtbot: QtBot
) -> None:
    told, got = list[str](), list[object]()
    reader.busy.connect(told.append)
    reader.read(large, lambda: "read", got.append, got.append)
    qtbot.waitUntil(lambda: got == ["read"])
    qtbot.wait(200)
    assert not told


def test_a_cancelled_reading_tells_nothing_any_more(
    reader: Reader, large: Path, qtbot: QtBot
) -> None:
    gate, told, got = threading.Event(), list[str](), list[object]()
    reader.busy.connect(told.append)
    reader.read(large, lambda: gate.wait(30), got.append, got.append)
    reader.cancel()
    gate.set()
    qtbot.wait(200)
    assert not told
    assert not got
