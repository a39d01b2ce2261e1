"""What a window does in the life of a training that outlives it, by X events.

`python -m tests.e2e.outlive begin DESIGN` trains until it is killed, `leave` finds the training
and closes the window, `stop DESIGN` finds it and stops it.
"""

import sys
from pathlib import Path

from designer.ui.panels.training import TrainingPanel
from tests.e2e.robot import PATIENCE, Robot, run


def training_panel(robot: Robot) -> TrainingPanel:
    """The training panel, which must be what the drawer shows."""
    robot.wait(lambda: robot.bench.window.drawer.current == "training", "the drawer shows it")
    panel = robot.bench.panel("training")
    assert isinstance(panel, TrainingPanel)
    robot.wait(panel.isVisible, "the training panel is seen")
    return panel


def begin(design: Path) -> None:
    """Opens the design, clicks Train, and says so when the first epochs are there."""
    robot = Robot([design])
    bench = robot.bench
    robot.wait(lambda: bench.session.report.complete, "Keras has answered")
    robot.click(robot.window.header.button)
    robot.wait(lambda: bench.monitor.progress.epochs_done > 1, "the training is under way")
    training_panel(robot)
    sys.stdout.write(f"training in {bench.monitor.folder.path if bench.monitor.folder else ''}\n")
    sys.stdout.flush()
    robot.spin(PATIENCE)


def see(robot: Robot) -> TrainingPanel:
    """The panel shows the run that another window began: its past, and what comes."""
    monitor = robot.bench.monitor
    robot.wait(lambda: monitor.progress.epochs_done > 1, "the run is found again")
    panel = training_panel(robot)
    robot.wait(lambda: panel.curves is not None, "the plot is there")
    assert panel.curves is not None
    curves = panel.curves
    robot.wait(lambda: curves.drawn["validation"] > 1, "the curves are drawn")
    assert monitor.progress.curves["loss", "epoch"].steps[0] == 7, "the curve begins in the past"
    assert monitor.live
    drawn = curves.drawn["epoch"]
    robot.wait(lambda: curves.drawn["epoch"] > drawn + 3, "the curve grows")
    assert panel.state.heading.text().startswith("Epoch ")
    return panel


def leave() -> None:
    """A window without a design shows the run, and may close while it goes on."""
    robot = Robot()
    see(robot)
    robot.keys("ctrl+q")
    robot.wait(lambda: not robot.window.isVisible(), "the window has closed")
    robot.program.close()


def stop(design: Path) -> None:
    """A window with a design shows the run, and Stop ends it with its weights kept."""
    robot = Robot([design])
    panel = see(robot)
    robot.click(panel.state.stop)
    robot.wait(lambda: robot.bench.monitor.state == "finished", "the run has stopped")
    robot.wait(panel.state.save.isVisible, "its model can be saved")
    assert panel.state.heading.text().startswith("Stopped in epoch ")
    assert not panel.state.message.isVisible(), panel.state.message.text()
    _continue(robot, panel)
    robot.close()


def _continue(robot: Robot, panel: TrainingPanel) -> None:
    """What was stopped goes on behind its last step, in the same curves, and is stopped again."""
    monitor, step = robot.bench.monitor, robot.bench.monitor.progress.step
    robot.spin(0.5)  # the buttons have found their places
    robot.click(panel.state.go_on)
    robot.wait(lambda: monitor.live, "the run is started again")
    robot.wait(lambda: monitor.state == "running", "the run goes on")
    started = monitor.progress.started
    assert started is not None
    assert started.step == step
    steps = monitor.progress.curves["loss", "epoch"].steps
    robot.wait(lambda: monitor.progress.step > step + 14, "its curves grow")
    assert steps == sorted(set(steps)), "no epoch is told twice"
    robot.click(panel.state.stop)
    robot.wait(lambda: monitor.state == "finished", "the run has stopped again")


def main() -> None:
    """Does what the arguments say."""
    act, *files = sys.argv[1:]
    if act == "leave":
        leave()
    else:
        {"begin": begin, "stop": stop}[act](Path(files[0]))


if __name__ == "__main__":
    run(main)
