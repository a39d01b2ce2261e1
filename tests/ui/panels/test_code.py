"""The code panel: live text, and the selection both ways."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.codegen.script import Script
from designer.document import edits
from designer.document.model import Document
from designer.document.problem import Problem
from designer.ui.panels.code import CodePanel
from designer.ui.session import Session
from designer.ui.theme import Theme, load


@pytest.fixture
def panel(qtbot: QtBot, session: Session, light: Theme) -> CodePanel:
    made = CodePanel(session, light)
    qtbot.addWidget(made)
    made.resize(800, 240)
    made.show()
    qtbot.waitExposed(made)
    return made


def script(session: Session) -> Script:
    found = session.script
    assert isinstance(found, Script)
    return found


def test_the_script_of_the_design_is_shown_and_follows_it(
    qtbot: QtBot, panel: CodePanel, session: Session
) -> None:
    assert panel.view.toPlainText() == script(session).text
    session.do("Set", lambda d: edits.set_param(d, "conv2", "filters", 48))
    qtbot.waitUntil(lambda: "48" in panel.view.toPlainText())
    assert panel.view.toPlainText() == script(session).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\nc", "a\nx\nc"),
        ("a\nb\nc", "a\nc"),
        ("a\nc", "a\nb\nc"),
        ("a\nb", "a\nb\n"),
        ("a\nb\n", "a\nb"),
        ("", "a\nb"),
        ("a\nb", ""),
        ("a\na\na", "a\na"),
        ("a\nb", "c\na\nb"),
        ("a\nb", "a\nb\nc"),
    ],
)
def test_any_text_becomes_any_other(panel: CodePanel, before: str, after: str) -> None:
    panel.view.show_text(before)
    panel.view.show_text(after)
    assert panel.view.toPlainText() == after


def test_a_change_keeps_scroll_and_selected_text(panel: CodePanel) -> None:
    lines = [f"line {i}" for i in range(200)]
    panel.view.show_text("\n".join(lines))
    cursor = QTextCursor(panel.view.document().findBlockByNumber(150))
    cursor.select(QTextCursor.SelectionType.LineUnderCursor)
    panel.view.setTextCursor(cursor)
    panel.view.verticalScrollBar().setValue(140)
    lines[10:11] = ["other", "two"]
    panel.view.show_text("\n".join(lines))
    assert panel.view.textCursor().selectedText() == "line 150"
    assert panel.view.verticalScrollBar().value() == 140


def test_the_lines_of_selected_nodes_light_up_and_are_scrolled_to(
    panel: CodePanel, session: Session
) -> None:
    session.select({"conv2"})
    first, last = script(session).spans["conv2"]
    assert panel.view.lit_lines == list(range(first, last + 1))
    top = panel.view.firstVisibleBlock().blockNumber() + 1
    assert top <= first
    session.select(())
    assert panel.view.lit_lines == []


def test_a_click_on_a_line_selects_its_node_without_scrolling_away(
    qtbot: QtBot, panel: CodePanel, session: Session
) -> None:
    first, _ = script(session).spans["conv1"]
    panel.view.show_line(first)
    cursor = QTextCursor(panel.view.document().findBlockByNumber(first - 1))
    place = panel.view.cursorRect(cursor).center()
    scroll = panel.view.verticalScrollBar().value()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.selection == {"conv1"}
    assert panel.view.verticalScrollBar().value() == scroll


def test_a_line_that_belongs_to_no_node_leaves_the_selection(
    panel: CodePanel, session: Session
) -> None:
    session.select({"conv1"})
    panel.view.line_chosen.emit(1)
    assert session.selection == {"conv1"}


def test_while_the_design_cannot_be_written_the_last_text_stays_and_the_reason_is_told(
    panel: CodePanel, session: Session
) -> None:
    text = panel.view.toPlainText()
    session.scripted.emit(Problem("error", "cycle", "The wires close a circle."))
    assert panel.view.toPlainText() == text
    assert panel.why.text() == "The wires close a circle."
    assert not panel.exporter.isEnabled()
    session.scripted.emit(session.script)
    assert panel.why.isHidden()
    assert panel.exporter.isEnabled()


def test_copy_takes_the_whole_script_or_what_is_selected(panel: CodePanel) -> None:
    panel.copier.click()
    assert QGuiApplication.clipboard().text() == panel.view.toPlainText()
    cursor = QTextCursor(panel.view.document())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
    panel.view.setTextCursor(cursor)
    panel.copier.click()
    assert "\n" not in QGuiApplication.clipboard().text()


def test_an_empty_design_says_what_will_be_here(
    qtbot: QtBot, panel: CodePanel, session: Session
) -> None:
    session.become(Document())
    qtbot.waitUntil(panel.hint.isVisible)
    with qtbot.waitSignal(panel.add_requested) as asked:
        panel.add.click()
    assert asked.args == ["layers.InputLayer"]


def colors(panel: CodePanel, line: int) -> dict[str, str]:
    block = panel.view.document().findBlockByNumber(line)
    found: dict[str, str] = {}
    formats: list[Any] = block.layout().formats()
    for part in formats:
        text = block.text()[part.start : part.start + part.length]
        found[text] = part.format.foreground().color().name().upper()
    return found


def test_python_is_highlighted_in_the_colours_of_the_theme(panel: CodePanel) -> None:
    text = 'def f(x=1e-3):  # why\n    """One\n    two."""\n    return "a\\"b"\n'
    panel.view.show_text(text)
    roles = load("light").roles
    first = colors(panel, 0)
    assert first["def"] == roles["code_keyword"]
    assert first["f"] == roles["code_name"]
    assert first["1e-3"] == roles["code_number"]
    assert first["# why"] == roles["code_comment"]
    assert colors(panel, 2) == {'    two."""': roles["code_string"]}
    assert colors(panel, 3)['"a\\"b"'] == roles["code_string"]
    panel.set_theme(load("dark"))
    assert colors(panel, 0)["def"] == load("dark").roles["code_keyword"]
