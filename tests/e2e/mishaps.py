"""What a user lives through in one window: errors that block Train, a worker and a trainer that
are killed, and the trained model dropped on the window. Run with a design and a model to save.
"""

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from designer.runs.lock import holder
from designer.ui.folders import short_folder
from designer.ui.panels.inspector import InspectorPanel
from designer.ui.panels.training import TrainingPanel
from tests.e2e.outlive import training_panel
from tests.e2e.robot import Robot, run


class User:
    """Has the tiny design open."""

    def __init__(self, design: Path) -> None:
        self.robot = Robot([design], (1400, 1000))
        self.bench = self.robot.bench
        self.session = self.bench.session
        self.robot.wait(lambda: self.session.report.complete, "Keras has answered")

    def width(self) -> int | None:
        """The last axis of what the Dense layer gives, as Keras says."""
        known = self.session.report.nodes.get("dense")
        return known.outputs[0].shape[-1] if known and known.outputs else None

    def set_units(self, units: int) -> None:
        """Selects the Dense layer and types its number of units."""
        robot, canvas = self.robot, self.bench.canvas
        inspector = self.bench.panels["inspector"]
        assert isinstance(inspector, InspectorPanel)
        robot.click(canvas, canvas.node_rect("dense").topLeft() + QPoint(30, 16))
        robot.wait(lambda: inspector.page.form is not None, "the inspector shows the layer")
        assert inspector.page.form is not None
        robot.type_into(inspector.page.form.params.rows["units"].editor, str(units))

    def train(self) -> TrainingPanel:
        """Clicks Train and waits for a curve."""
        self.robot.click(self.robot.window.header.button)
        return self.under_way()

    def under_way(self) -> TrainingPanel:
        """A training that has come to its third epoch."""
        monitor = self.bench.monitor
        self.robot.wait(
            lambda: monitor.live and monitor.progress.epochs_done > 2, "the training is under way"
        )
        return training_panel(self.robot)


def blocked_by_an_error(user: User) -> None:
    """Train does not begin, and the list of problems is seen."""
    user.set_units(7)
    user.robot.wait(lambda: bool(user.session.report.errors), "the targets do not fit")
    user.robot.click(user.robot.window.header.button)
    assert user.robot.window.drawer.current == "problems"
    assert user.bench.monitor.folder is None
    assert "(7,)" in user.bench.bar.text.text(), user.bench.bar.text.text()
    user.bench.bar.clear()


def worker_is_killed(user: User) -> None:
    """One quiet line in the strip; an edit made meanwhile gets its shapes afterwards."""
    robot, link = user.robot, user.bench.link
    first = link.pid
    os.kill(first, signal.SIGKILL)
    robot.wait(lambda: link.state.phase == "restarting", "the window notices")
    assert "again" in robot.window.strip.worker.text()
    user.set_units(5)  # which no worker was asked about before
    assert not user.bench.bar.isVisible()
    robot.wait(lambda: user.width() == 5, "the shapes return")
    assert link.pid not in (0, first)
    assert robot.window.strip.worker.text().startswith("Keras 3")
    user.set_units(1)
    robot.wait(lambda: user.session.report.complete, "all is answered")
    assert not user.session.report.errors


def trainer_is_killed(user: User) -> None:
    """The panel names it and keeps the curve; Train again works."""
    robot, monitor = user.robot, user.bench.monitor
    panel = user.train()
    robot.wait(lambda: panel.curves is not None, "the plot is there")
    assert panel.curves is not None
    assert monitor.folder is not None
    lost = monitor.folder
    trainer = holder(lost.lock)
    assert trainer is not None
    os.kill(trainer, signal.SIGKILL)
    robot.wait(lambda: monitor.state == "lost", "the window notices")
    assert panel.state.heading.text() == "The training process is gone"
    assert "killed" in panel.state.message.text()
    assert panel.curves.drawn["epoch"] > 2
    robot.click(panel.state.again)
    robot.wait(lambda: monitor.folder not in (None, lost), "another run is there")
    user.under_way()


def stopped_and_saved(user: User, model: Path) -> None:
    """Stop keeps the weights, and the dialog copies the model elsewhere."""
    robot, monitor = user.robot, user.bench.monitor
    panel = training_panel(robot)
    robot.click(panel.state.stop)
    robot.wait(lambda: monitor.state == "finished", "the run has stopped")
    robot.wait(panel.state.save.isVisible, "its model can be saved")
    spot = robot.at(panel.state.save, panel.state.save.rect().center())
    # One chain: the dialog runs a loop of its own until it is answered.
    robot.xdotool("mousemove", spot.x(), spot.y(), "sleep", 0.1, "click", 1, "sleep", 1.5,
                  "key", "ctrl+a", "type", "--delay", 5, "--args", 1, str(model.with_suffix("")),
                  "sleep", 0.3, "key", "Return")  # fmt: skip
    robot.wait(model.exists, "the model is saved, with its suffix")
    where = f"{model.name} is in {short_folder(model)}"
    robot.wait(lambda: where in user.bench.bar.text.text(), "the window says where")


def model_is_dropped(user: User, model: Path) -> None:
    """A `.keras` file dropped on the canvas opens beside the design. A drag between programs cannot
    be made with xdotool, so Qt's own events stand for it.
    """
    canvas, mime = user.bench.canvas, QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(model))])
    middle, copy = canvas.rect().center(), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(canvas, QDragEnterEvent(middle, copy, mime, button, none))
    QApplication.sendEvent(canvas, QDropEvent(QPointF(middle), copy, mime, button, none))
    robot, session = user.robot, user.session
    robot.wait(lambda: session.path is None, "it has become a design without a file")
    robot.wait(lambda: session.report.complete, "Keras has answered")
    assert session.report.totals.layers == 2
    assert session.report.totals.parameters == 5
    assert session.modified
    assert len(session.designs) == 2


def main() -> None:
    """All of it, one after the other."""
    design, model = Path(sys.argv[1]), Path(sys.argv[2])
    user = User(design)
    try:
        blocked_by_an_error(user)
        worker_is_killed(user)
        trainer_is_killed(user)
        stopped_and_saved(user, model)
        model_is_dropped(user, model)
    finally:
        user.robot.shot(model.with_suffix(".png"))
        user.bench.monitor.kill()
        user.robot.close()


if __name__ == "__main__":
    run(main)
