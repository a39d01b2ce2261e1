"""Python files come in by the menu and by dropping them, and what was translated is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from designer.document.problem import Problem
from designer.ui.canvas.dropping import files_of
from designer.ui.documents import Documents
from designer.ui.session import Session
from designer.ui.settings import Settings
from tests.ui.answers import Answers

MODEL = "import keras\ni = keras.Input((4,))\nm = keras.Model(i, keras.layers.Dense({})(i))\n"


@pytest.fixture
def documents(session: Session, settings: Settings, tmp_path: Path) -> Iterator[Documents]:
    made = Documents(session, settings, tmp_path / "state", Answers(), session)
    yield made
    made.close()


@pytest.fixture
def told(documents: Documents) -> list[Problem]:
    found: list[Problem] = []
    documents.failed.connect(found.append)
    return found


def write(folder: Path, units: str) -> Path:
    path = folder / "net.py"
    path.write_text(MODEL.format(units), encoding="utf-8")
    return path


def test_a_script_opens_as_a_design_that_is_not_saved_yet(
    qtbot: QtBot, session: Session, documents: Documents, told: list[Problem], tmp_path: Path
) -> None:
    with qtbot.waitSignal(documents.opened):
        documents.open(write(tmp_path, "3"))
    assert len(session.document.graph.nodes) == 3
    assert (session.document.name, session.path) == ("net", None)
    assert session.modified
    assert not told


def test_what_was_translated_is_said_once_and_stands_on_the_canvas(
    qtbot: QtBot, session: Session, documents: Documents, told: list[Problem], tmp_path: Path
) -> None:
    with qtbot.waitSignal(documents.opened):
        documents.open(write(tmp_path, "output_dim=3, init='uniform'"))
    assert [(problem.severity, problem.code) for problem in told] == [("info", "translated")]
    assert told[0].message.startswith("net.py was read as a network, and 2 things")
    assert len(session.document.marks) == 1


def test_a_script_that_cannot_be_read_is_told_with_its_line_and_nothing_is_lost(
    qtbot: QtBot, session: Session, documents: Documents, told: list[Problem], tmp_path: Path
) -> None:
    before = session.document
    with qtbot.waitSignal(documents.failed):
        documents.open(write(tmp_path, "cfg.units"))
    assert told[0].code == "unknown_value"
    assert told[0].message.startswith("line 3: `cfg.units`")
    assert session.document == before


def test_python_files_can_be_dropped_on_the_canvas() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(f"/a/{name}") for name in ("b.PY", "c.ipynb", "d.txt")])
    assert files_of(mime) == ["/a/b.PY", "/a/c.ipynb"]
