"""Where a run stands, in words and a bar, and the buttons that steer it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from designer.document.problem import ProblemError
from designer.runs.folder import RunFolder
from designer.runs.progress import Progress
from designer.ui.monitor import RunMonitor
from designer.ui.panels.sections import scrolled
from designer.ui.theme import Theme, sized
from designer.ui.translate import tell

WIDTH = 284  # pixels: three buttons in a row
STEPS = 1000  # of the progress bar
_VAL = "val_"  # as Keras calls the metrics of the validation
LONGEST = 1e9  # seconds that are told: a log may hold any number, infinity too


def duration(seconds: float) -> str:
    """A duration to read at a glance: "8 s", "3 min 20 s", "2 h 5 min"."""
    whole = round(min(max(0, seconds), LONGEST))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def title_of(run: RunFolder) -> str:
    """What a run is called: its design's name, or its folder's where that cannot be read."""
    try:
        return run.read_spec().title
    except ProblemError:
        return run.path.name


class RunState(QWidget):
    """Follows the monitor; buttons that do not apply are hidden, so that what is left applies."""

    train_wanted = Signal()
    resume_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, monitor: RunMonitor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._monitor = monitor
        self._theme = theme
        self.heading = self._label(1.0, QFont.Weight.DemiBold)
        self.title = self._label(0.85, second=True)
        self.speed = self._label(0.85, second=True)
        self.values = self._label(0.85, family=theme.mono)
        self.values.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._list = scrolled(self.values, self)
        self._list.setMaximumHeight(0)
        self.message = self._label(0.85)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self.detail = QPlainTextEdit(self)
        self.detail.setReadOnly(True)
        self.detail.setAccessibleName(self.tr("Details of the error"))
        self.detail.setFont(sized(0.85, family=theme.mono))
        self.detail.hide()
        self.message.hide()
        self._make_buttons()
        self._lay_out()
        monitor.followed.connect(self._start_over)
        monitor.progressed.connect(self._follow)
        monitor.state_changed.connect(self._show_state)
        monitor.stubborn.connect(self._offer_force)
        if monitor.folder is not None:
            self._start_over(monitor.folder)
            self._follow(monitor.progress)
            self._show_state(monitor.state)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self._show_state(self._monitor.state)

    # --- Parts ----------------------------------------------------------------------------------

    def _label(
        self,
        scale: float,
        weight: QFont.Weight = QFont.Weight.Normal,
        family: str = "",
        *,
        second: bool = False,
    ) -> QLabel:
        label = QLabel(self)
        label.setFont(sized(scale, weight, family))
        label.setWordWrap(True)
        if second:
            label.setObjectName("second")
        return label

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.hide()
        return button

    def _make_buttons(self) -> None:
        monitor = self._monitor
        self.pause = self._button(self.tr("Pause"), self.tr("Hold before the next step, or go on"))
        self.pause.clicked.connect(monitor.pause)
        self.stop = self._button(self.tr("Stop"), self.tr("End after this step, keep the weights"))
        self.stop.clicked.connect(self._stop)
        self.force = self._button(
            self.tr("End now"),
            self.tr("Kill the process; what it learnt since its last checkpoint is lost"),
        )
        self.force.clicked.connect(monitor.kill)
        self.save = self._button(
            self.tr("Save model…"), self.tr("Copy the trained model to a .keras file")
        )
        self.save.clicked.connect(self.save_wanted)
        self.again = self._button(self.tr("Train again"), self.tr("Train the design that is shown"))
        self.again.clicked.connect(self.train_wanted)
        self.go_on = self._button(
            self.tr("Continue"), self.tr("Let this run go on from its last checkpoint")
        )
        self.go_on.clicked.connect(self.resume_wanted)
        self.more = self._button(self.tr("Details"), self.tr("Show the error in full"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self.detail.setVisible)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        for widget in (self.heading, self.title, self.bar, self.speed):
            column.addWidget(widget)
        steering = _row(self.pause, self.stop, self.force)
        steering.setMinimumHeight(self.stop.sizeHint().height())  # also while it is empty
        column.addWidget(steering)
        # Below the buttons, which stay where they are when metrics and messages arrive.
        column.addWidget(self._list)
        column.addWidget(self.message)
        # Never in the place of Stop: a run may end just before the click.
        column.addWidget(_row(self.again, self.save))
        column.addWidget(_row(self.go_on, self.more))
        column.addWidget(self.detail, 1)
        column.addStretch()

    # --- What is shown --------------------------------------------------------------------------

    def _start_over(self, run: RunFolder) -> None:
        self.title.setText(title_of(run))
        self.title.setToolTip(str(run.path))
        self.heading.setText(self.tr("Starting Keras …"))
        self.bar.setRange(0, 0)
        for label in (self.speed, self.values, self.message):
            label.clear()
        self.message.hide()
        self.more.setChecked(False)
        self.force.hide()
        self.stop.setEnabled(True)

    def _follow(self, progress: Progress) -> None:
        if progress.fraction is not None:
            self.bar.setRange(0, STEPS)
            self.bar.setValue(round(progress.fraction * STEPS))
        self.speed.setText(self._speed(progress))
        self.values.setText("\n".join(metric_lines(progress.last)))
        # As high as the lines, or less, with a bar to scroll by, where there is no room.
        self._list.setMaximumHeight(self.values.sizeHint().height())
        if self._monitor.live and progress.epoch:
            self.heading.setText(self._where(progress))
        if progress.notes:
            self._warn(progress.notes[-1].message, "warning")

    def _where(self, progress: Progress) -> str:
        text = self.tr("Epoch {epoch} of {epochs}")
        if self._monitor.state == "paused":
            text = self.tr("Paused in epoch {epoch} of {epochs}")
        return text.format(epoch=progress.epoch, epochs=progress.epochs or "?")

    def _speed(self, progress: Progress) -> str:
        parts = []
        if progress.steps_a_second:
            parts.append(self.tr("{n} steps/s").format(n=_three(progress.steps_a_second)))
        if progress.samples_a_second:
            parts.append(self.tr("{n} samples/s").format(n=_three(progress.samples_a_second)))
        if self._monitor.live and progress.seconds_left is not None:
            parts.append(self.tr("{time} left").format(time=duration(progress.seconds_left)))
        return " · ".join(parts)

    def _show_state(self, state: str) -> None:
        if not state:
            return
        live, over = self._monitor.live, state in ("finished", "failed", "lost")
        run = self._monitor.folder
        self.pause.setVisible(live and state != "starting")
        self.pause.setText(self.tr("Resume") if state == "paused" else self.tr("Pause"))
        self.stop.setVisible(live)
        self.again.setVisible(over)
        self.go_on.setVisible(self._monitor.resumable)
        self.save.setVisible(over and run is not None and run.model.exists())
        if over:
            self.force.hide()
            self.bar.setRange(0, STEPS)
            self.heading.setText(self._ending(state))
        elif self._monitor.progress.epoch:
            self.heading.setText(self._where(self._monitor.progress))
        self.speed.setText(self._speed(self._monitor.progress))
        self._show_problem()

    def _ending(self, state: str) -> str:
        progress = self._monitor.progress
        if state == "failed":
            return self.tr("Training failed")
        if state == "lost":
            return self.tr("The training process is gone")
        count = progress.epochs_done
        done = self.tr("Trained: {n} epochs") if count != 1 else self.tr("Trained: {n} epoch")
        reason = getattr(progress.final, "reason", "")
        return (
            self.tr("Stopped in epoch {n}").format(n=progress.epoch)
            if reason == "stopped"
            else done.format(n=count)
        )

    def _show_problem(self) -> None:
        problem = self._monitor.problem
        self.more.setVisible(problem is not None and bool(problem.detail))
        self._list.setVisible(problem is None)  # the plot's key has them: room for the sentence
        if problem is not None:
            self.detail.setPlainText(problem.detail)
            self._warn(tell(problem), "error")

    def _warn(self, text: str, role: str) -> None:
        palette = self.message.palette()
        palette.setColor(self.message.foregroundRole(), self._theme.color(role))
        self.message.setPalette(palette)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.heading.setText(self.tr("Stopping after this step …"))
        self._monitor.stop()

    def _offer_force(self) -> None:
        self.force.show()
        self._warn(
            self.tr("The process has not stopped yet: it may be inside a long step."), "warning"
        )


def _row(*buttons: QPushButton) -> QWidget:
    """Buttons side by side, as wide as they are."""
    row = QWidget()
    beside = QHBoxLayout(row)
    beside.setContentsMargins(0, 0, 0, 0)
    beside.setSpacing(8)
    for button in buttons:
        beside.addWidget(button)
    beside.addStretch()
    return row


def metric_lines(last: Mapping[str, float]) -> list[str]:
    """A line for each metric: its name, its value, and beside it that of the validation."""
    names = [
        name for name in last if not (name.startswith(_VAL) and name.removeprefix(_VAL) in last)
    ]
    wide = max(map(len, names), default=0)
    lines = []
    for name in names:
        line, beside = f"{name:<{wide}}  {last[name]:.4g}", last.get(_VAL + name)
        lines.append(line if beside is None else f"{line:<{wide + 10}} val {beside:.4g}")
    return lines


def _three(value: float) -> str:
    """A positive number in about three figures."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
