"""The training panel shows what the log of a run says, live or not, and steers its process."""

import json
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from designer.document.model import Document
from designer.protocol import Batch, Continued, Epoch, Event, Failed, Finished, Note, Started
from designer.runs.progress import Progress
from designer.ui.monitor import RunMonitor
from designer.ui.panels.invitation import Invitation
from designer.ui.panels.run_state import duration, metric_lines
from designer.ui.panels.training import TrainingPanel
from designer.ui.theme import load
from tests.ui.panels.run_folders import finished, held, make_run, tell, two_epochs


@pytest.fixture
def monitor(qtbot: QtBot, tmp_path: Path) -> RunMonitor:
    return RunMonitor(tmp_path, lambda: sys.executable)


@pytest.fixture
def panel(qtbot: QtBot, monitor: RunMonitor) -> TrainingPanel:
    panel = TrainingPanel(monitor, load("light"))
    qtbot.addWidget(panel)
    panel.resize(812, 240)
    panel.show()
    return panel


def test_an_empty_panel_says_what_will_be_there_and_offers_to_train(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    (page,) = panel.findChildren(Invitation)
    assert page.isVisible()
    assert "Loss and metrics" in page.text.text()
    assert not panel.state.isVisible()
    with qtbot.waitSignal(panel.train_wanted):
        page.button.click()


def test_a_finished_run_is_shown_with_its_curves_and_its_end(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path, "skippy")
    tell(run, finished())
    run.model.write_bytes(b"weights")
    monitor.follow(run)
    qtbot.waitUntil(lambda: monitor.state == "finished")
    qtbot.waitUntil(lambda: panel.curves is not None, timeout=20_000)
    assert panel.curves is not None
    qtbot.waitUntil(lambda: panel.curves is not None and panel.curves.drawn["batch"] == 10)
    assert panel.curves.drawn == {"batch": 10, "epoch": 2, "validation": 2}
    key = panel.curves.legend.rows
    assert [row.sample for row in key] == ["training", "validation", "best"]
    assert [row.name for row in key[:2]] == ["loss", "val_loss"]
    assert panel.state.title.text() == "skippy"
    assert panel.state.heading.text() == "Trained: 2 epochs"
    assert panel.state.save.isVisible()
    assert not panel.state.stop.isVisible()
    with qtbot.waitSignal(panel.save_wanted) as told:
        panel.state.save.click()
    assert told.args == [run]


def test_the_loss_of_all_outputs_is_drawn_before_those_of_each(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path, "twofold")
    logs = {"far_loss": 1.0, "loss": 3.0, "near_loss": 2.0}
    tell(run, [Batch(time.time(), step, 1, logs, 8) for step in (1, 2)])
    monitor.follow(run)
    qtbot.waitUntil(lambda: panel.metrics.count() == 3)
    assert panel.metrics.currentText() == "loss"


def test_a_live_run_shows_where_it_is_and_obeys_pause_and_stop(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    with held(run):
        tell(run, two_epochs())
        monitor.follow(run)
        qtbot.waitUntil(lambda: monitor.state == "running")
        assert panel.state.heading.text() == "Epoch 3 of 3"
        assert "10 steps/s · 320 samples/s" in panel.state.speed.text()
        assert "left" in panel.state.speed.text()
        panel.state.pause.click()
        assert json.loads(run.control.read_text()) == {"command": "pause"}
        panel.state.stop.click()
        assert json.loads(run.control.read_text()) == {"command": "stop"}
        assert not panel.state.stop.isEnabled()


def test_the_buttons_stay_where_they_are_when_metrics_arrive(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path, "still")
    with held(run):
        tell(run, finished()[:2])
        monitor.follow(run)
        qtbot.waitUntil(panel.state.stop.isVisible)
        before = panel.state.stop.y()
        tell(run, finished()[2:-1])
        qtbot.waitUntil(lambda: "val" in panel.state.values.text())
        assert abs(panel.state.stop.y() - before) < 4  # px; a line has 14


def test_a_metric_and_its_validation_share_a_line() -> None:
    last = {
        "accuracy": 0.94171,
        "loss": 0.1758,
        "val_accuracy": 0.893,
        "val_loss": 0.34,
        "val_x": 2,
    }
    assert metric_lines(last) == [
        "accuracy  0.9417   val 0.893",
        "loss      0.1758   val 0.34",
        "val_x     2",
    ]


def test_no_button_takes_the_place_of_another_when_the_training_ends(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    def area(button: QPushButton) -> QRect:
        return QRect(button.mapTo(panel, QPoint()), button.size())

    run = make_run(tmp_path, "ending")
    with held(run):
        tell(run, finished()[:-1])
        monitor.follow(run)
        qtbot.waitUntil(panel.state.stop.isVisible)
        steering = [area(button) for button in (panel.state.pause, panel.state.stop)]
    run.model.write_bytes(b"weights")
    tell(run, finished()[-1:])
    qtbot.waitUntil(panel.state.save.isVisible)
    for button in (panel.state.save, panel.state.again):
        assert not any(area(button).intersects(former) for former in steering)


def test_a_process_that_is_gone_is_named_and_its_curve_stays(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    with held(run):
        tell(run, two_epochs())
        monitor.follow(run)
        qtbot.waitUntil(lambda: monitor.state == "running")
    qtbot.waitUntil(lambda: monitor.state == "lost")
    assert panel.state.heading.text() == "The training process is gone"
    assert "step 10" in panel.state.message.text()
    assert monitor.progress.step == 10
    assert panel.state.again.isVisible()


@pytest.mark.parametrize("resumable", [True, False])
def test_a_run_that_ended_early_offers_to_go_on_if_it_can(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path, *, resumable: bool
) -> None:
    run = make_run(tmp_path)
    tell(run, [*two_epochs(), Finished(time.time(), "stopped", "model.keras")])
    if resumable:
        run.checkpoint.write_bytes(b"arrays")
    monitor.follow(run)
    qtbot.waitUntil(lambda: monitor.state == "finished")
    assert panel.state.go_on.isVisible() is resumable
    assert panel.state.again.isVisible()
    if resumable:
        with qtbot.waitSignal(panel.resume_wanted):
            panel.state.go_on.click()


def test_a_run_that_goes_on_cuts_what_was_lost_from_its_curves(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    with held(run):
        tell(run, two_epochs())
        monitor.follow(run)
        qtbot.waitUntil(lambda: panel.curves is not None, timeout=20_000)
        curves = panel.curves
        assert curves is not None
        qtbot.waitUntil(lambda: curves.drawn["batch"] == 10)
        now = time.time()
        tell(run, [Continued(now), Started(now, 1, "3.15", 3, 32, 5, 160, 5, 1)])
        tell(run, [Batch(now + 1, 6, 2, {"loss": 0.3}, 5)])
        qtbot.waitUntil(lambda: curves.drawn == {"batch": 6, "epoch": 1, "validation": 1})
        assert panel.state.heading.text() == "Epoch 2 of 3"


def test_a_failure_shows_its_message_and_the_traceback_on_request(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    tell(run, [*two_epochs(), Failed(time.time(), "The data is gone.", "Traceback: x.npz")])
    monitor.follow(run)
    qtbot.waitUntil(lambda: monitor.state == "failed")
    assert panel.state.message.text() == "The data is gone."
    panel.state.more.click()
    assert panel.state.detail.isVisible()
    assert panel.state.detail.toPlainText() == "Traceback: x.npz"


def test_a_note_of_the_trainer_is_shown(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    tell(run, [*two_epochs(), Note(time.time(), "not_finite", "The loss is no number.")])
    monitor.follow(run)
    qtbot.waitUntil(lambda: panel.state.message.text() == "The loss is no number.")


def test_a_missing_interpreter_is_a_problem_and_no_run_is_shown(
    qtbot: QtBot, tmp_path: Path
) -> None:
    monitor = RunMonitor(tmp_path, lambda: "/nowhere/python")
    with qtbot.waitSignal(monitor.failed) as told:
        assert not monitor.start(Document(), "print()")
    assert "/nowhere/python" in told.args[0].message
    assert monitor.folder is None


def test_a_new_window_finds_the_run_that_is_under_way(
    qtbot: QtBot, monitor: RunMonitor, tmp_path: Path
) -> None:
    old, run = make_run(tmp_path, "old"), make_run(tmp_path, "live")
    tell(old, finished())
    assert not monitor.attach() or monitor.folder != old
    with held(run):
        tell(run, two_epochs())
        assert monitor.attach()
        assert monitor.folder == run
        assert isinstance(monitor.progress, Progress)


def test_a_long_log_is_read_in_portions_and_to_its_end(
    qtbot: QtBot, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    for _ in range(300):
        tell(run, two_epochs()[1:])
    tell(run, finished()[-1:])
    monitor.follow(run)
    assert monitor.state != "finished"
    told: list[object] = []
    monitor.progressed.connect(told.append)
    qtbot.waitUntil(lambda: monitor.state == "finished", timeout=20_000)
    assert len(monitor.progress.curves["loss", "batch"].steps) == 3000
    assert len(told) == 1, "drawn once, when all of it was read"


def test_a_run_whose_loss_is_no_number_is_drawn_without_a_warning(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    nothing = {"loss": float("nan"), "val_loss": float("inf")}
    events = (
        Started(1.0, 1, "3", 2, 1, 8, 8),
        Batch(1.1, 1, 1, nothing, 1),
        Epoch(1.2, 1, 1, nothing, 0.1),
        Finished(1.3, "completed", None),
    )
    tell(run, events)
    monitor.follow(run)
    qtbot.waitUntil(lambda: panel.curves is not None, timeout=20_000)
    qtbot.waitUntil(lambda: monitor.state == "finished")
    assert panel.curves is not None
    assert panel.curves.drawn == {"batch": 1, "epoch": 1, "validation": 1}
    panel.grab()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (8.4, "8 s"),
        (200, "3 min 20 s"),
        (7500, "2 h 5 min"),
        (-1, "0 s"),
        (float("inf"), "277777 h 46 min"),
    ],
)
def test_durations_are_told_at_a_glance(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_the_plot_looks_at_the_end_of_the_curve_and_a_double_click_shows_all(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    now = time.time()
    events: list[Event] = [Started(now, 1, "3.15", 6, 32, 50, 1600)]
    for epoch in range(1, 7):
        steps = range(50 * (epoch - 1) + 1, 50 * epoch + 1)
        events += [Batch(now + s, s, epoch, {"loss": 10 / s}, 50) for s in steps]
        events.append(Epoch(now + 50 * epoch, 50 * epoch, epoch, {"loss": 0.2 / epoch}, 50))
    run = make_run(tmp_path)
    tell(run, events)
    monitor.follow(run)
    qtbot.waitUntil(lambda: panel.curves is not None, timeout=20_000)
    curves = panel.curves
    assert curves is not None
    qtbot.waitUntil(lambda: curves.drawn["batch"] == 300)
    assert curves.highest < 1
    curves.show_all()
    qtbot.waitUntil(lambda: curves.highest >= 10)


class _Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_news_of_a_run_repaint_the_plot_once(
    qtbot: QtBot, panel: TrainingPanel, monitor: RunMonitor, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    with held(run):
        tell(run, two_epochs())
        monitor.follow(run)
        qtbot.waitUntil(lambda: panel.curves is not None, timeout=20_000)
        curves = panel.curves
        assert curves is not None
        monitor.close()
        progress = monitor.progress
        QApplication.processEvents()
        paints = _Paints(curves.plot.viewport())
        for step in range(11, 16):
            progress.add([Batch(step, step, 3, {"loss": 1 / step}, 5)])
            paints.count = 0
            curves.follow(progress)
            qtbot.waitUntil(lambda: paints.count > 0)
            QApplication.processEvents()
            assert paints.count == 1
