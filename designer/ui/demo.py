"""The guided main job in the real window: open, read the code, train, watch the loss fall."""

import errno
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication

from designer.document import edits
from designer.document.files import reason
from designer.document.model import TrainingPlan
from designer.ui.app import Program, make_application
from designer.ui.settings import Settings, config_file
from designer.ui.translate import tell
from designer.ui.workbench import Workbench

EXAMPLE = "skip_autoencoder"
EPOCHS = 3  # enough to see the loss fall, in less than a minute on two cores
_LOOK = 1500  # milliseconds to look at a station before the next one
_CHATTER = "This plugin does not support propagateSizeHints()"  # Qt offscreen, at every window
_PATIENCE = 120_000  # milliseconds for Keras to start


class Guide(QObject):
    """Leads through the job, station by station; `status` is the exit status at the end."""

    def __init__(self, epochs: int, shots: Path | None, leave: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.status = 1
        self._epochs = epochs
        self._shots = shots
        self._leave = leave
        self._bench: Workbench | None = None

    def begin(self, bench: Workbench) -> None:
        """The window is furnished: opens the example and waits for its shapes."""
        self._bench = bench
        bench.open_example(EXAMPLE)
        plan = replace(bench.session.document.training, epochs=self._epochs)
        self._plan(bench, plan)
        self._say(self.tr("The skip autoencoder: four steps down, four up, three skips across."))
        self._until(lambda: bench.session.report.complete, self._design)

    def _plan(self, bench: Workbench, plan: TrainingPlan) -> None:
        if plan != bench.session.document.training:
            label = self.tr("Set epochs")
            bench.session.do(label, lambda d: edits.set_training(d, plan))

    def _design(self) -> None:
        self._later("design", self._code)

    def _code(self) -> None:
        self._say(self.tr("The same design as a Keras script, live."))
        self._shown().window.drawer.show_panel("code")
        self._later("code", self._train)

    def _train(self) -> None:
        bench = self._shown()
        self._say(self.tr("Training on noisy photographs."))
        bench.trainings.failed.connect(lambda problem: self._say(tell(problem)))
        if not bench.trainings.start():
            self._end(self.tr("The training did not start."), 1)
            return
        self._until(lambda: not bench.monitor.live, self._trained, patience=0)

    def _trained(self) -> None:
        bench = self._shown()
        if bench.monitor.state != "finished":
            problem = bench.monitor.problem
            reason = problem.message if problem else bench.monitor.state
            self._end(self.tr("The training ended early: {reason}").format(reason=reason), 1)
            return
        self._later("training", lambda: self._end(self.tr("Done."), 0))

    # --- means --------------------------------------------------------------------------------

    def _shown(self) -> Workbench:
        assert self._bench is not None
        return self._bench

    def _later(self, picture: str, then: Callable[[], None]) -> None:
        def go_on() -> None:
            try:
                self._shoot(picture)
            except OSError as error:
                text = self.tr("No picture could be written to {folder}: {reason}.")
                self._end(text.format(folder=self._shots, reason=reason(error)), 1)
            else:
                then()

        QTimer.singleShot(_LOOK, self, go_on)

    def _until(
        self, there: Callable[[], bool], then: Callable[[], None], patience: int = _PATIENCE
    ) -> None:
        waited = 0
        timer = QTimer(self)

        def look() -> None:
            nonlocal waited
            waited += timer.interval()
            if there():
                timer.stop()
                then()
            elif patience and waited > patience:
                timer.stop()
                self._end(self.tr("Keras did not answer in time."), 1)

        timer.timeout.connect(look)
        timer.start(100)

    def _shoot(self, name: str) -> None:
        if self._shots is None:
            return
        self._shots.mkdir(parents=True, exist_ok=True)
        path = self._shots / f"{name}.png"
        if not self._shown().window.grab().save(str(path)):
            raise OSError(errno.EACCES, "", str(path))  # Qt does not say why
        self._say(self.tr("Picture: {path}").format(path=path))

    def _say(self, text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def _end(self, text: str, status: int) -> None:
        self.status = status
        self._say(text)
        if self._leave:
            bench = self._shown()
            bench.window.may_close = None
            bench.window.close()
            QCoreApplication.quit()


def _pass_on(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if text != _CHATTER:
        sys.stderr.write(text + "\n")


def run_demo(epochs: int | None, shots: str | None) -> int:
    """Runs the demo; without a display it writes its pictures to `shots` and ends by itself."""
    app = make_application()
    offscreen = QGuiApplication.platformName() == "offscreen"
    if offscreen:
        qInstallMessageHandler(_pass_on)
    with tempfile.TemporaryDirectory(prefix="skipwire-demo-") as folder:
        # A window of its own: what the user has open, and how, is none of the demo's business.
        settings = Settings(Path(folder) / "settings.ini" if offscreen else config_file())
        program = Program([], Path(folder), settings)
        target = Path(shots).absolute() if shots else None
        guide = Guide(epochs or EPOCHS, target, offscreen or shots is not None, program)
        program.furnished.append(guide.begin)
        if not offscreen:  # there the screen is small, and the pictures show the whole window
            program.window.fit_into(app.primaryScreen().availableSize())
        program.window.show()
        app.exec()
        program.close()
        return guide.status
