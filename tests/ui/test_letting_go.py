"""What ran beside the event loop is let go when it has come to its end."""

import gc
import weakref
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from designer.ui.copying import Copier
from designer.ui.panels.runs import RunsPanel
from designer.ui.reading import Reader
from designer.ui.theme import load


class Heavy:
    """Something that a reading holds on to."""


def test_a_reading_keeps_nothing_of_what_it_did(qtbot: QtBot) -> None:
    owner, heard = QObject(), list[int]()
    reader, heavy = Reader(owner), Heavy()
    held = weakref.ref(heavy)

    def done(got: int, _held: Heavy = heavy) -> None:
        heard.append(got)

    reader.work(lambda: 1, done, lambda problem: None)
    del done
    del heavy
    qtbot.waitUntil(lambda: heard == [1])

    def gone() -> bool:
        gc.collect()
        return held() is None

    qtbot.waitUntil(gone)
    reader.close()


def test_copies_and_listings_are_not_collected_for_ever(qtbot: QtBot, tmp_path: Path) -> None:
    def kept() -> int:
        gc.collect()
        return sum(type(thing).__name__ in ("_Copy", "QRunnable") for thing in gc.get_objects())

    (tmp_path / "model.keras").write_bytes(b"weights")
    owner, copied = QObject(), list[Path]()
    copier = Copier(owner)
    copier.copied.connect(copied.append)
    panel = RunsPanel(tmp_path / "runs", load("light"))
    qtbot.addWidget(panel)
    before = kept()
    for number in range(5):
        copier.copy(tmp_path / "model.keras", tmp_path / f"copy{number}.keras")
        panel.refresh()
    qtbot.waitUntil(lambda: len(copied) == 5)
    qtbot.waitUntil(lambda: kept() == before)
    copier.close()
