"""The inspector shows and edits frames and notes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.document.marks import add_marks, remove
from designer.document.model import Frame, Note
from designer.ui.panels.inspector import InspectorPanel
from designer.ui.panels.mark_page import MarkPage
from designer.ui.session import Session
from designer.ui.theme import load
from tests.ui.canvas.desk import residual


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> InspectorPanel:
    session.become(
        add_marks(
            residual(),
            [
                Frame("f", "Encoder", "core", -120, 40, 240, 190),
                Frame("g", "Other", "blocks", 300, 40, 240, 190),
                Note("n", "why", 600, 40, 120, 60),
            ],
        )
    )
    made = InspectorPanel(session, load("light"))
    qtbot.addWidget(made)
    made.show()
    return made


def page(panel: InspectorPanel) -> MarkPage:
    found = panel.marks
    assert found.isVisible()
    return found


def frame(session: Session, key: str) -> Frame:
    found = session.document.marks[key]
    assert isinstance(found, Frame)
    return found


def test_a_frame_shows_its_title_and_takes_another(panel: InspectorPanel, session: Session) -> None:
    session.select(["f"])
    line = page(panel).title
    assert line.text() == "Encoder" and not page(panel).text.isVisible()
    assert page(panel).said.text() == "Frame, 2 nodes"
    line.selectAll()
    QTest.keyClicks(line, "Down")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert frame(session, "f").title == "Down"


def test_a_title_is_kept_when_something_else_is_selected(
    panel: InspectorPanel, session: Session
) -> None:
    session.select(["f"])
    QTest.keyClicks(page(panel).title, "!")
    session.select(["conv"])
    assert frame(session, "f").title == "!Encoder"
    assert not panel.marks.isVisible() and panel.page.isVisible()


def test_a_swatch_colours_all_selected_frames(panel: InspectorPanel, session: Session) -> None:
    session.select(["f", "g"])
    assert "2" in page(panel).said.text()
    assert not any(swatch.isChecked() for swatch in page(panel).swatches.values())
    page(panel).swatches["merging"].click()
    assert frame(session, "f").color == frame(session, "g").color == "merging"
    assert page(panel).swatches["merging"].isChecked()
    session.undo()
    assert frame(session, "g").color == "blocks"


def test_a_note_is_written_letter_by_letter_in_one_step(
    panel: InspectorPanel, session: Session
) -> None:
    session.select(["n"])
    text = page(panel).text
    assert text.toPlainText() == "why" and not page(panel).colors.isVisible()
    text.moveCursor(text.textCursor().MoveOperation.End)
    QTest.keyClicks(text, " not")
    note = session.document.marks["n"]
    assert isinstance(note, Note) and note.text == "why not"
    session.undo()
    assert page(panel).text.toPlainText() == "why" and not session.history.can_undo


def test_what_is_gone_is_no_longer_shown(panel: InspectorPanel, session: Session) -> None:
    session.select(["n"])
    session.do("gone", lambda d: remove(d, ["n"]))
    assert panel.design.isVisible()


def test_the_content_of_a_frame_is_selected_and_fitted(
    panel: InspectorPanel, session: Session
) -> None:
    session.select(["f"])
    page(panel).fit.click()
    assert frame(session, "f").width == 176 + 32
    page(panel).content.click()
    assert session.selection == {"conv", "add"} and not session.marks
