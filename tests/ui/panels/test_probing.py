"""Keras is asked about a value while it is being typed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.infer.asides import FIRST_REQUEST
from designer.protocol import Answer, Ask, Refusal, TensorSpec, Told
from designer.ui.panels.inspector import InspectorPanel
from designer.ui.session import Session
from designer.ui.theme import Theme
from designer.ui.widgets.row import ParamRow
from designer.ui.widgets.text import TextEditor

REFUSED = Answer(refusal=Refusal("configure", "ValueError", "`filters` is odd."))
FITS = Answer((TensorSpec((None, 4, 4, 8)),))


class Strict:
    """A worker that takes no odd number of filters."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.asked: list[object] = []
        session.asked.connect(self.answer)

    def answer(self, ask: Ask) -> None:
        if ask.request > FIRST_REQUEST:
            filters = ask.steps[0].params["filters"]
            self.asked.append(filters)
            self.session.told(Told(ask.request, (REFUSED if filters % 2 else FITS,)))


@pytest.fixture
def panel(
    qtbot: QtBot, catalog: Catalog, design: Document, light: Theme
) -> Iterator[InspectorPanel]:
    session = Session(catalog)
    session.become(design)
    made = InspectorPanel(session, light)
    qtbot.addWidget(made)
    made.resize(260, 720)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    session.select({"conv2"})
    yield made


def filters(panel: InspectorPanel) -> tuple[ParamRow, TextEditor]:
    assert panel.page.form is not None
    row = panel.page.form.params.rows["filters"]
    assert isinstance(row.editor, TextEditor)
    row.editor.line.setFocus()
    row.editor.line.selectAll()
    return row, row.editor


def test_what_keras_says_stands_below_the_field_before_the_value_is_set(
    qtbot: QtBot, panel: InspectorPanel
) -> None:
    worker = Strict(panel.prober.session)
    row, editor = filters(panel)
    QTest.keyClicks(editor.line, "33")
    qtbot.waitUntil(lambda: row.message is not None)
    assert row.message is not None
    assert "`filters` is odd" in row.message.text()
    assert panel.prober.session.document.graph.nodes["conv2"].params["filters"] == 64
    QTest.keyClick(editor.line, Qt.Key.Key_4)
    assert row.message.isHidden()
    qtbot.waitUntil(lambda: worker.asked[-1] == 334)
    assert row.message.isHidden()


def test_keras_may_be_overruled_for_the_time_being(qtbot: QtBot, panel: InspectorPanel) -> None:
    worker = Strict(panel.prober.session)
    row, editor = filters(panel)
    QTest.keyClicks(editor.line, "33")
    qtbot.waitUntil(lambda: row.message is not None)
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert panel.prober.session.document.graph.nodes["conv2"].params["filters"] == 33
    assert worker.asked == [33]
    assert row.message is not None
    assert row.message.isHidden()


def test_an_answer_that_comes_after_escape_is_not_shown(
    qtbot: QtBot, panel: InspectorPanel
) -> None:
    asks: list[Ask] = []
    session = panel.prober.session
    session.asked.connect(asks.append)
    row, editor = filters(panel)
    QTest.keyClicks(editor.line, "33")
    qtbot.waitUntil(lambda: any(ask.request > FIRST_REQUEST for ask in asks))
    QTest.keyClick(editor.line, Qt.Key.Key_Escape)
    session.told(Told(asks[-1].request, (REFUSED,)))
    assert row.message is None
    assert editor.line.text() == "64"
