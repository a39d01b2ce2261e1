"""What the design costs, where it is seen: in the strip, in colours on the canvas, in the panel."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from designer.infer.block_costs import costs_of_sheet
from designer.infer.costs import Costs
from designer.infer.figures import bytes_text, scaled
from designer.ui.canvas.heat_legend import HeatLegend
from designer.ui.canvas.view import CanvasView
from designer.ui.heat import MEASURES, Measure, largest, tints
from designer.ui.session import Session
from designer.ui.status import StatusStrip
from designer.ui.tally import Tally
from designer.ui.theme import Theme


class Analysis(QObject):
    """Follows the costs of the session's design. `heat` is what nodes are coloured by, if it is."""

    heated = Signal(str)  # a Measure, "" for the categories

    def __init__(
        self, session: Session, canvas: CanvasView, strip: StatusStrip, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self._strip = strip
        self.tally = Tally(session, self)
        self.heat: Measure | None = None
        self.legend = HeatLegend(canvas.theme, canvas)
        self.legend.dismissed.connect(lambda: self.color_by(None))
        self.tally.counted.connect(self._follow)
        session.scope_changed.connect(lambda: self._paint(self.tally.costs))

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self.legend.set_theme(theme)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do."""
        found: dict[str, Callable[[], object]] = {"heat.off": partial(self.color_by, None)}
        return found | {f"heat.{measure}": partial(self.color_by, measure) for measure in MEASURES}

    def color_by(self, measure: Measure | None) -> None:
        """Colours nodes by their cost, or by their category again."""
        if measure != self.heat:
            self.heat = measure
            self._paint(self.tally.costs)
            self.heated.emit(measure or "")

    def close(self) -> None:
        """Ends what is under way."""
        self.tally.close()

    def _follow(self, costs: Costs) -> None:
        shown = bool(self._session.document.graph.nodes)
        self._strip.show_costs(costs.sums, self.tally.batch, self.tally.training_bytes, shown=shown)
        self._paint(costs)

    def _paint(self, costs: Costs) -> None:
        costs = costs_of_sheet(costs, self._session.whole, self._session.scope)
        self._canvas.tint(tints(costs, self.heat) if self.heat else {})
        if self.heat is None:
            self.legend.hide()
            return
        most = largest(costs, self.heat)
        title = {
            "macs": self.tr("Multiply-accumulates a sample"),
            "parameters": self.tr("Parameters"),
            "memory": self.tr("Activation memory of a batch of {count}"),
        }[self.heat].format(count=self.tally.batch)
        memory = self.heat == "memory"
        self.legend.show_scale(
            title, bytes_text(most * self.tally.batch) if memory else scaled(most)
        )
