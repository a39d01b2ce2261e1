"""The search at the pointer."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.document.model import INPUT, OUTPUT
from designer.ui.canvas.placing import PendingWire
from designer.ui.panels.quick_add import QuickAdd
from designer.ui.session import Session
from designer.ui.theme import load

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def popup(qtbot: QtBot, session: Session) -> Iterator[QuickAdd]:
    window = QWidget()
    qtbot.addWidget(window)
    yield QuickAdd(session, load("light"), window)


def names(popup: QuickAdd) -> list[str]:
    return [popup.list.item(row).text() for row in range(popup.list.count())]


def test_the_popup_knows_what_people_call_a_skip_connection(popup: QuickAdd) -> None:
    chosen: list[tuple[object, ...]] = []
    popup.chosen.connect(lambda *told: chosen.append(told))
    popup.open_at(QPoint(), QPointF(8, 16))
    QTest.keyClicks(popup.field, "skip")
    assert names(popup)[:2] == ["Add", "Concatenate"]
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert chosen == [("layers.Concatenate", QPointF(8, 16), None)]


def test_without_a_word_the_common_layers_come_first(popup: QuickAdd) -> None:
    popup.open_at(QPoint(), QPointF())
    assert names(popup)[:3] == ["Conv2D", "Dense", "Add"]
    popup.hide()


def test_nonsense_is_answered_with_a_sentence(popup: QuickAdd) -> None:
    popup.open_at(QPoint(), QPointF(), typed="qqq")
    assert names(popup) == []
    assert "“qqq”" in popup.nothing.text()
    assert not popup.nothing.isHidden()
    popup.hide()


def test_a_wire_in_the_hand_is_offered_what_it_can_end_at(popup: QuickAdd) -> None:
    popup.open_at(QPoint(), QPointF(), PendingWire("a", forward=True))
    assert INPUT not in {entry.type for entry in popup.offered()}
    assert OUTPUT in {entry.type for entry in popup.offered()}
    popup.hide()
