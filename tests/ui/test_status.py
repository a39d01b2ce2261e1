"""The strip below the canvas: it tells numbers that are known, and no others."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.infer.report import Totals
from designer.ui.processes import WorkerState
from designer.ui.status import StatusStrip
from designer.ui.theme import load


@pytest.fixture
def strip(qtbot: QtBot) -> Iterator[StatusStrip]:
    window = QWidget()
    qtbot.addWidget(window)
    yield StatusStrip(load("light"), window)
    window.close()


def test_nothing_is_counted_as_zero_while_keras_starts(strip: StatusStrip) -> None:
    strip.show_totals(Totals(layers=17), complete=False)
    assert strip.totals.text() == "counting parameters…"
    strip.show_totals(Totals(layers=17, parameters=592_163), complete=False)
    assert strip.totals.text() == "592 k parameters …"
    strip.show_totals(Totals(layers=17, parameters=592_163), complete=True)
    assert strip.totals.text() == "592 k parameters"


def test_a_design_without_parameters_has_none(strip: StatusStrip) -> None:
    strip.show_totals(Totals(layers=1), complete=True)
    assert strip.totals.text() == "0 parameters"


def test_no_count_is_promised_where_keras_is_not_available(strip: StatusStrip) -> None:
    strip.show_totals(Totals(layers=17), complete=False)
    strip.show_worker(WorkerState("failed"))
    assert strip.totals.text() == ""
    strip.show_worker(WorkerState("starting"))
    assert strip.totals.text() == "counting parameters…"
