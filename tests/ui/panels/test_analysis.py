"""The analysis panel: what its cells say, how it sorts, and its step with the canvas."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.document import edits
from designer.document.model import Document
from designer.ui.analysis import Analysis
from designer.ui.canvas.view import CanvasView
from designer.ui.panels.analysis import AnalysisPanel
from designer.ui.panels.analysis_model import LAYER, MACS, MEMORY, PARAMETERS
from designer.ui.session import Session
from designer.ui.status import StatusStrip
from designer.ui.theme import Theme
from tests.fake_worker import FakeWorker


@pytest.fixture
def panel(qtbot: QtBot, session: Session, light: Theme) -> Iterator[AnalysisPanel]:
    worker = FakeWorker()
    session.asked.connect(lambda ask: session.told(worker.answer(ask)))
    session.worker_ready()
    window = QWidget()
    qtbot.addWidget(window)
    strip, canvas = StatusStrip(light, window), CanvasView(session, light, window)
    analysis = Analysis(session, canvas, strip, window)
    analysis.tally.count()
    made = AnalysisPanel(session, light, analysis)
    qtbot.addWidget(made)
    made.resize(900, 400)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    analysis.close()


def column(panel: AnalysisPanel, number: int) -> list[str]:
    model = panel.model
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def test_each_layer_is_a_row_with_its_costs(panel: AnalysisPanel, qtbot: QtBot) -> None:
    QAbstractItemModelTester(
        panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel
    )
    names = column(panel, LAYER)
    assert sorted(names) == ["again", "conv1", "conv2", "image", "sum"]
    row = names.index("conv1")
    assert column(panel, PARAMETERS)[row] == "1,792"
    assert column(panel, MACS)[row] == "1.8 M"


def test_numbers_are_sorted_by_value(panel: AnalysisPanel, qtbot: QtBot) -> None:
    panel.table.sortByColumn(PARAMETERS, Qt.SortOrder.DescendingOrder)
    assert column(panel, PARAMETERS)[:3] == ["36,928", "1,792", ""]
    panel.table.sortByColumn(LAYER, Qt.SortOrder.AscendingOrder)
    assert column(panel, LAYER) == ["again", "conv1", "conv2", "image", "sum"]


def test_a_row_selects_its_node_and_is_selected_with_it(
    panel: AnalysisPanel, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.go_to) as shown:
        panel.table.selectRow(panel.model.row_of("conv2"))
    assert shown.args == ["conv2"]
    assert session.selection == {"conv2"}
    session.select(["conv1", "sum"])
    assert panel.chosen() == {"conv1", "sum"}
    panel.table.sortByColumn(MACS, Qt.SortOrder.DescendingOrder)
    assert panel.chosen() == {"conv1", "sum"}


def test_the_last_row_is_the_sum(panel: AnalysisPanel, session: Session) -> None:
    assert panel.totals.texts[PARAMETERS] == f"{session.report.totals.parameters:,}"


def test_memory_is_that_of_the_batch(panel: AnalysisPanel, session: Session) -> None:
    row = panel.model.row_of("image")
    assert panel.batch.value() == session.document.training.batch_size
    panel.batch.setValue(1)
    assert column(panel, MEMORY)[row] == "12.3 kB"
    panel.batch.setValue(10)
    assert column(panel, MEMORY)[row] == "123 kB"


def test_a_table_is_exported_in_exact_numbers(panel: AnalysisPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.save_wanted) as saved:
        panel.export.click()
    assert saved.args is not None
    lines = str(saved.args[0]).splitlines()
    assert lines[0].startswith("layer,type,output_shape,parameters,share,macs")
    assert len(lines) == 1 + panel.model.rowCount()
    assert any(line.startswith("conv1,Conv2D,32×32×64,1792,") for line in lines)


def test_it_follows_only_while_it_is_seen(
    panel: AnalysisPanel, session: Session, qtbot: QtBot
) -> None:
    panel.hide()
    before = column(panel, LAYER)
    session.do("Delete", lambda d: edits.remove(d, ["conv2"]))
    qtbot.waitUntil(lambda: "conv2" not in panel._analysis.tally.costs.nodes)
    assert column(panel, LAYER) == before
    panel.show()
    assert "conv2" not in column(panel, LAYER)


def test_an_empty_design_is_told_what_will_be_here(
    panel: AnalysisPanel, session: Session, qtbot: QtBot
) -> None:
    session.become(Document())
    qtbot.waitUntil(lambda: panel.empty.isVisible())
    with qtbot.waitSignal(panel.add_requested):
        panel.empty.button.click()
