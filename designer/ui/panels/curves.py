"""The plot of one metric: raw batches behind their smoothed line, epochs, validation, the best.

pyqtgraph draws it; this module is imported only when a plot is wanted, because it costs 0.4 s.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.ma  # numpy loads it with the first quantile, in the window's thread then: 35 ms
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.runs.progress import Curve, Progress
from designer.ui.panels.legend import Legend, Row
from designer.ui.theme import Theme, sized

SMOOTHING = 0.6  # weight of the past in the smoothed line: more lags behind a loss that falls
FAINT = 77  # alpha of the raw line: 30 %
_BOLD = 1.5  # px
_FEWEST = 8  # steps that the axis spans at least, so that it counts them in whole numbers
_SETTLED = 4  # values of epochs before the first steps may leave the picture
_MOST = 0.9  # share of the steps that are always in it
_INSET = 8  # px between the key and the plot's edge


class Buffer:
    """A curve as arrays that only grow, with its smoothed twin; appending costs what is new."""

    def __init__(self) -> None:
        self.count = 0
        self._cuts = 0
        self._rows = np.empty((3, 1024))
        self._past = math.nan

    def follow(self, curve: Curve) -> None:
        """Takes over the points that the curve has got since."""
        if curve.cuts != self._cuts:  # the run went on from an earlier step
            self.count, self._past, self._cuts = 0, math.nan, curve.cuts
        new = len(curve.steps) - self.count
        if new <= 0:
            return
        while self.count + new > self._rows.shape[1]:
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)], axis=1)
        place = slice(self.count, self.count + new)
        self._rows[0, place] = curve.steps[self.count :]
        self._rows[1, place] = curve.values[self.count :]
        self._rows[2, place] = self._smooth(curve.values[self.count :])
        self.count += new

    def _smooth(self, values: Sequence[float]) -> list[float]:
        found = []
        for value in values:
            if math.isfinite(value):
                past = value if math.isnan(self._past) else self._past
                self._past = SMOOTHING * past + (1 - SMOOTHING) * value
            found.append(self._past if math.isfinite(value) else math.nan)
        return found

    @property
    def steps(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """The steps so far."""
        return self._rows[0, : self.count]

    @property
    def raw(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """The values as they came."""
        return self._rows[1, : self.count]

    @property
    def dots(self) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
        """Steps and values of the points that are numbers: pyqtgraph warns of the others."""
        sound = np.isfinite(self.raw)
        return self.steps[sound], self.raw[sound]

    @property
    def sound(self) -> bool:
        """Whether there is a number to draw at all."""
        return bool(np.isfinite(self.raw).any())

    @property
    def smooth(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """The smoothed values."""
        return self._rows[2, : self.count]


def make_plot(parent: QWidget) -> pg.PlotWidget:
    """An empty plot: half of the time that a CurvePlot takes to build."""
    plot = pg.PlotWidget(parent, background=None)
    plot.hide()  # until it lies in a layout
    return plot


class CurvePlot(QWidget):
    """Shows one metric of a Progress; `pointed` tells the values under the cursor in words."""

    pointed = Signal(str)

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, plot: pg.PlotWidget | None = None
    ) -> None:
        """`plot` from `make_plot`, where the caller cannot wait for both at once."""
        super().__init__(parent)
        self._theme = theme
        self._progress = Progress()
        self._metric = "loss"
        self._log = False
        self._watching = True  # the range follows the training; not once the user has chosen one
        self._batches, self._epochs, self._validation = Buffer(), Buffer(), Buffer()
        self.plot = plot or make_plot(self)
        self.plot.setAccessibleName(self.tr("Curves of the training"))
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        # pyqtgraph makes this menu without a parent; it shall end with the panel.
        menu = self.plot.getPlotItem().ctrlMenu
        menu.setParent(self, menu.windowFlags())  # with its flags, or it would lie on the plot
        self.plot.setMouseEnabled(x=True, y=True)
        self.plot.getPlotItem().vb.setLimits(minXRange=_FEWEST)
        self.plot.scene().sigMouseMoved.connect(self._point_at)
        self.plot.scene().sigMouseClicked.connect(self._clicked)
        self.plot.getPlotItem().vb.sigRangeChangedManually.connect(self._moved_by_hand)
        self.plot.setToolTip(
            self.tr("Wheel and drag look closer; a double click shows all, or the end again")
        )
        self._raw, self._smooth = self.plot.plot(), self.plot.plot()
        self._train, self._val = self.plot.plot(), self.plot.plot()
        for line in (self._raw, self._smooth):
            line.setDownsampling(auto=True, method="peak")
            line.setClipToView(True)
        self._best = pg.InfiniteLine(angle=90, movable=False)
        self._best.setVisible(False)
        self.plot.addItem(self._best)
        self.legend = Legend(theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self.plot.show()
        self.legend.raise_()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self.legend.set_theme(theme)
        hue = theme.plot(0)
        self._raw.setPen(_pen(_faded(hue)))
        self._smooth.setPen(_pen(hue, width=_BOLD))
        self._train.setPen(None)
        self._train.setSymbol("o")
        self._train.setSymbolSize(5)
        self._train.setSymbolPen(None)
        self._train.setSymbolBrush(hue)
        self._val.setPen(_pen(hue, Qt.PenStyle.DashLine, _BOLD))
        self._val.setSymbol("o")
        self._val.setSymbolSize(5)
        self._val.setSymbolPen(_pen(hue))
        self._val.setSymbolBrush(theme.color("window"))
        self._best.setPen(_pen(theme.color("good"), Qt.PenStyle.DotLine, _BOLD))
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.enableAutoSIPrefix(False)  # noqa: FBT003 - pyqtgraph's signature
            axis.setTextPen(theme.color("second"))
            axis.setPen(_pen(theme.color("border")))
            axis.setTickPen(_pen(theme.color("grid")))
            axis.setTickFont(sized(0.85, family=theme.mono))
        self.plot.getAxis("left").setWidth(54)
        self.plot.getAxis("bottom").setHeight(34)
        self.plot.showGrid(x=False, y=True, alpha=0.35)
        self._label()

    def show_metric(self, metric: str) -> None:
        """Draws another metric of the same run."""
        self._metric = metric
        self._batches, self._epochs, self._validation = Buffer(), Buffer(), Buffer()
        self._label()
        self._watching = True
        self.plot.enableAutoRange()
        self.follow(self._progress)

    def start_over(self) -> None:
        """Forgets the curves: another run follows."""
        self._progress = Progress()
        self.show_metric("loss")

    def set_log(self, wanted: bool) -> None:
        """Draws values on a logarithmic axis, or not."""
        self._log = wanted
        self.plot.setLogMode(x=False, y=wanted)
        self.show_metric(self._metric)

    def show_all(self) -> None:
        """Every point from the first on, however high."""
        self._watching = False
        self.plot.enableAutoRange()

    def follow(self, progress: Progress) -> None:
        """Takes over what the run has told since."""
        self._progress = progress
        for buffer, kind in (
            (self._batches, "batch"),
            (self._epochs, "epoch"),
            (self._validation, "validation"),
        ):
            curve = next(
                (c for (m, k), c in progress.curves.items() if (m, k) == (self._metric, kind)), None
            )
            if curve is not None:
                buffer.follow(curve)
        seen = slice(None) if self._batches.sound else slice(0)
        self._raw.setData(self._batches.steps[seen], self._batches.raw[seen])
        self._smooth.setData(self._batches.steps[seen], self._batches.smooth[seen])
        self._train.setData(*self._epochs.dots)
        self._val.setData(*self._validation.dots)
        best = progress.best
        self._best.setVisible(best is not None)
        if best is not None:
            self._best.setPos(best.step)
        if self._watching and not self._log:
            self._look()
        # Left to pyqtgraph, range and transform are found while it paints, and it paints twice.
        self.plot.getPlotItem().vb.prepareForPaint()
        self._explain()

    def _look(self) -> None:
        """Scales the values to what the training is at: the fall of the first steps, tens of
        times higher, would press all that follows flat. A double click shows it.
        """
        ends = np.concatenate([self._epochs.dots[1], self._validation.dots[1]])
        steps = self._batches.dots[1]
        if len(ends) < _SETTLED or not steps.size:
            return
        low = min(ends.min(), steps.min())
        high = max(ends[2:].max(), np.quantile(steps, _MOST))
        room = (high - low or 1.0) * 0.08
        self.plot.setYRange(low - room, high + room, padding=0)

    def _clicked(self, event: MouseClickEvent) -> None:
        if event.double():
            if self._watching:
                self.show_all()
            else:
                self.show_metric(self._metric)

    def _moved_by_hand(self) -> None:
        self._watching = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._put_legend()

    def _explain(self) -> None:
        """The key: the lines that are there, and what they say now."""
        last, name, rows = self._progress.last, self._metric, []
        if name in last:
            rows.append(Row("training", name, f"{last[name]:.4f}"))
        if self._validation.count:
            value = self._validation.raw[-1]
            rows.append(Row("validation", f"val_{name}", f"{value:.4f}"))
        best = self._progress.best
        if best is not None:
            rows.append(Row("best", self.tr("best epoch"), str(best.epoch)))
        self.legend.show_rows(tuple(rows))
        self._put_legend()

    def _put_legend(self) -> None:
        """In the right corner that the line does not end in."""
        raw = self._batches.raw[np.isfinite(self._batches.raw)]
        high = bool(raw.size) and raw[-1] > (raw.min() + raw.max()) / 2
        axis = self.plot.getAxis("bottom").height()
        low = self.height() - round(axis) - self.legend.height() - _INSET
        self.legend.move(self.width() - self.legend.width() - _INSET, low if high else _INSET)

    @property
    def drawn(self) -> dict[str, int]:
        """How many points are drawn, by kind."""
        return {
            "batch": self._batches.count,
            "epoch": self._epochs.count,
            "validation": self._validation.count,
        }

    @property
    def highest(self) -> float:
        """The upper end of the axis of values."""
        return float(self.plot.getPlotItem().vb.viewRange()[1][1])

    def _label(self) -> None:
        small = f"{sized(0.85).pointSizeF():g}pt"
        style = {"color": self._theme.color("second").name(), "font-size": small}
        self.plot.setLabel("bottom", self.tr("step"), **style)

    def _point_at(self, place: QPointF) -> None:
        box = self.plot.getPlotItem().vb
        if not self.plot.sceneBoundingRect().contains(place) or not self._batches.count:
            self.pointed.emit("")
            return
        step = round(box.mapSceneToView(place).x())
        parts = [self.tr("step {step}").format(step=step)]
        for name, buffer in (
            (self._metric, self._batches),
            (f"val_{self._metric}", self._validation),
        ):
            if buffer.count:
                nearest = int(np.abs(buffer.steps - step).argmin())
                parts.append(f"{name} {buffer.raw[nearest]:.4g}")
        self.pointed.emit("   ".join(parts))


def _faded(color: QColor) -> QColor:
    faint = QColor(color)
    faint.setAlpha(FAINT)
    return faint


def _pen(color: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine, width: float = 1.0) -> QPen:
    # The raw line stays at 1: wider pens are dearer to draw, and it has the most points.
    pen = QPen(color)
    pen.setStyle(style)
    pen.setCosmetic(True)
    pen.setWidthF(width)
    return pen
