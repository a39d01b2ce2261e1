"""File > Export picture: what it offers, what it writes, and what it says when it cannot."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.document.model import Document
from designer.document.problem import Problem
from designer.ui import theme
from designer.ui.picture import KINDS, Picture
from designer.ui.picture_dialog import DOT, PictureDialog, export_picture, file_dialog
from designer.ui.session import Session


@pytest.fixture
def drawn(session: Session, autoencoder: Document) -> Picture:
    session.become(autoencoder)
    chosen = frozenset(sorted(autoencoder.graph.nodes)[:2])
    look = theme.load("dark")
    return Picture(session.document, session.report, session.catalog, look, nodes=chosen)


def export(session: Session, window: QWidget, path: Path) -> list[Problem]:
    """Exports the selection, or all, to that file; tells the problems."""
    told: list[Problem] = []
    done: list[Path] = []
    look = theme.load("light")
    export_picture(window, session, look, told.append, done.append, lambda picture: (picture, path))
    assert done == ([] if told else [path])
    return told


def test_the_dialog_offers_the_selection_and_the_colours_of_the_window(
    qtbot: QtBot, drawn: Picture
) -> None:
    dialog = PictureDialog(drawn)
    qtbot.addWidget(dialog)
    wanted = dialog.wanted()
    assert wanted.nodes == drawn.nodes
    assert wanted.theme.name == "dark"
    dialog.extent.setCurrentIndex(0)
    dialog.colors.setCurrentIndex(0)
    dialog.scale.setValue(3.0)
    wanted = dialog.wanted()
    assert (wanted.nodes, wanted.theme.name, wanted.scale) == (None, "light", 3.0)


def test_every_field_of_the_dialog_has_a_name(qtbot: QtBot, drawn: Picture) -> None:
    dialog = PictureDialog(drawn)
    qtbot.addWidget(dialog)
    assert all(w.accessibleName() for w in (dialog.extent, dialog.colors, dialog.scale))


def test_the_suffix_follows_the_kind_that_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = file_dialog(None, tmp_path / "net")
    qtbot.addWidget(dialog)
    assert dialog.defaultSuffix() == "svg"
    for filter_ in dialog.nameFilters():
        dialog.filterSelected.emit(filter_)
        assert f"*.{dialog.defaultSuffix()}" in filter_


@pytest.mark.parametrize("kind", [*KINDS, DOT])
def test_the_suffix_of_the_file_decides_the_format(
    kind: str, qtbot: QtBot, session: Session, autoencoder: Document, tmp_path: Path
) -> None:
    session.become(autoencoder)
    window = QWidget()
    qtbot.addWidget(window)
    path = tmp_path / f"net.{kind}"
    assert export(session, window, path) == []
    begins = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", DOT: b"digraph"}
    assert path.read_bytes().startswith(begins[kind])


def test_the_selection_alone_is_a_smaller_picture(
    qtbot: QtBot, session: Session, autoencoder: Document, tmp_path: Path
) -> None:
    session.become(autoencoder)
    window = QWidget()
    qtbot.addWidget(window)
    whole, part = tmp_path / "whole.png", tmp_path / "part.png"
    export(session, window, whole)
    session.select(sorted(autoencoder.graph.nodes)[:1])
    export(session, window, part)
    assert QImage(str(part)).height() < QImage(str(whole)).height()


@pytest.mark.parametrize(
    ("name", "code"), [("net.gif", "no_picture_kind"), ("nowhere/net.svg", "cannot_write")]
)
def test_what_cannot_be_written_is_told(
    name: str, code: str, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    told = export(session, window, tmp_path / name)
    assert [problem.code for problem in told] == [code]
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_when_the_question_is_cancelled(qtbot: QtBot, session: Session) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    told: list[Problem] = []
    done: list[Path] = []
    look = theme.load("light")
    export_picture(window, session, look, told.append, done.append, lambda picture: None)
    assert not told
    assert not done
