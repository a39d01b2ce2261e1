"""The thin strip below the canvas: zoom, totals, and the state of the worker in one quiet line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from designer.ui.theme import Theme, sized

if TYPE_CHECKING:  # all arrive after the first paint
    from designer.infer.costs import Sums
    from designer.infer.report import Totals
    from designer.ui.processes import WorkerState

_DOT = 8  # pixels
_PHASE_ROLE = {"ready": "good", "failed": "error", "restarting": "warning"}


class _Dot(QFrame):
    """A disc in the colour of a state; the text beside it says the same.

    Drawn by the style sheet: a pen of our own would build the namespace Qt before the first paint.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_DOT, _DOT)

    def show_color(self, color: QColor) -> None:
        self.setStyleSheet(
            f"background: {color.name()}; border: none; border-radius: {_DOT // 2}px;"
        )


class StatusStrip(QFrame):
    """Shows what it is told; `settings_wanted` when the user clicks a failed worker."""

    settings_wanted = Signal()
    zoom_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._theme = theme
        self._phase = "starting"
        self._totals: Totals | None = None
        self._complete = False
        self._costs: tuple[Sums, int, int] | None = None
        self.zoom = QToolButton(self)
        self.zoom.setAccessibleName(self.tr("Zoom"))
        self.zoom.setToolTip(self.tr("Zoom of the canvas; click for 100 %"))
        self.zoom.clicked.connect(self.zoom_wanted)
        self.totals = QLabel(self)
        self.totals.setAccessibleName(self.tr("Size of the design"))
        self._dot = _Dot(self)
        self.worker = QToolButton(self)
        self.worker.setAccessibleName(self.tr("State of Keras"))
        self.worker.clicked.connect(self.settings_wanted)
        self._lay_out()
        self.show_starting()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        small = sized(0.9)
        for part in (self.zoom, self.totals, self.worker):
            part.setFont(small)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 1)
        row.setSpacing(2)
        left, right = self._side(self.zoom), self._side(self._dot, self.worker, leading=True)
        # Equal stretches on both sides keep the totals in the middle.
        row.addWidget(left, 1)
        row.addWidget(self.totals)
        row.addWidget(right, 1)

    def _side(self, *parts: QWidget, leading: bool = False) -> QWidget:
        side = QWidget(self)
        row = QHBoxLayout(side)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        if leading:
            row.addStretch()
        for part in parts:
            row.addWidget(part)
        if not leading:
            row.addStretch()
        return side

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self._dot.show_color(theme.color(_PHASE_ROLE.get(self._phase, "second")))

    def show_zoom(self, zoom: float) -> None:
        """Shows the zoom, 1.0 is 100 %."""
        self.zoom.setText(self.tr("{percent} %").format(percent=round(zoom * 100)))

    def show_totals(self, totals: "Totals", complete: bool) -> None:
        """Shows the parameters; an ellipsis while Keras has not answered everything."""
        self.zoom.show()
        self._totals, self._complete = totals, complete
        self._write_totals()

    def show_costs(self, sums: "Sums", batch: int, training_bytes: int, *, shown: bool) -> None:
        """Shows multiply-accumulates and the memory of training with batches of that size."""
        self._costs = (sums, batch, training_bytes) if shown else None
        self._write_totals()

    def _write_totals(self) -> None:
        if self._totals is None:
            return
        if not self._complete and not self._totals.parameters:
            # Zero would be a lie: nothing is known yet, or never will be.
            lost = self._phase == "failed"
            self.totals.setText("" if lost else self.tr("counting parameters…"))
            self.totals.setToolTip("")
            return
        from designer.infer.figures import scaled  # late: not before the first paint

        parts = [self.tr("{count} parameters").format(count=scaled(self._totals.parameters))]
        exact = self.tr("{layers} layers, {parameters} parameters, {trainable} of them trainable")
        tips = [
            exact.format(
                layers=self._totals.layers,
                parameters=f"{self._totals.parameters:,}",
                trainable=f"{self._totals.trainable:,}",
            )
        ]
        if self._costs is not None:
            parts += self._cost_parts(*self._costs)
            tips += self._cost_tips(*self._costs)
        self.totals.setText(" · ".join(parts) + ("" if self._complete else " …"))
        self.totals.setToolTip("\n".join(tips))

    def _cost_parts(self, sums: "Sums", batch: int, training_bytes: int) -> list[str]:
        from designer.infer.figures import bytes_text, scaled  # late: not before the first paint

        macs = self.tr("{count} MACs").format(count=scaled(sums.macs))
        return [
            f"≥ {macs}" if sums.operations_at_least else macs,
            f"{'≥ ' if sums.activations_at_least else ''}{bytes_text(training_bytes)}",
        ]

    def _cost_tips(self, sums: "Sums", batch: int, training_bytes: int) -> list[str]:
        from designer.infer.figures import bytes_text  # late: not before the first paint

        macs = self.tr("{count} multiply-accumulates for one sample, depth {depth}")
        memory = self.tr(
            "About {all} of memory to train with batches of {batch}: weights, gradients, what the "
            "optimizer keeps, and {activations} of activations"
        )
        tips = [
            macs.format(count=f"{sums.macs:,}", depth=sums.depth),
            memory.format(
                all=bytes_text(training_bytes),
                batch=batch,
                activations=bytes_text(sums.activation_bytes(batch)),
            ),
        ]
        if sums.operations_at_least or sums.activations_at_least:
            tips.append(self.tr("Some of the layers are not known well enough to be counted"))
        return tips

    def show_no_design(self) -> None:
        """Nothing is open: nothing to count, nothing to zoom."""
        self._totals = self._costs = None
        self.totals.setText("")
        self.zoom.hide()

    def show_starting(self) -> None:
        """The worker is on its way."""
        self._show("starting", self.tr("Keras is starting…"), "")

    def show_worker(self, state: "WorkerState") -> None:
        """Shows the state of the worker."""
        if state.phase == "ready":
            major_minor = ".".join(state.keras.split(".")[:2])
            tip = self.tr("Keras {keras} on {backend} {backend_version}, Python {python}")
            filled = tip.format(
                keras=state.keras,
                backend=state.backend,
                backend_version=state.backend_version,
                python=state.python,
            )
            self._show("ready", f"Keras {major_minor}", filled)
        elif state.phase == "restarting":
            self._show("restarting", self.tr("Keras stopped and is started again…"), "")
        elif state.phase == "failed":
            tip = self.tr("Click to choose the Python interpreter")
            self._show("failed", self.tr("Keras is not available"), tip)
        else:
            self.show_starting()

    def _show(self, phase: str, text: str, tip: str) -> None:
        self._phase = phase
        self.worker.setText(text)
        self.worker.setToolTip(tip or text)
        self._write_totals()
        self.set_theme(self._theme)
