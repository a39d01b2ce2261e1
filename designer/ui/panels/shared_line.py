"""The line of the inspector that says which nodes call one layer, with the way to part them."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from designer.document.model import Graph
from designer.document.sharing import calls
from designer.ui.panels.sections import MARGIN, RHYTHM, link, links

_NAMED = 3  # calls that are named; the others are counted


class SharedLine(QFrame):
    """Takes no room while nothing of the selection shares a layer."""

    parted = Signal()  # the selected nodes are to have layers of their own
    wanted = Signal(str)  # a node to select

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shared")
        self.text = links(self)
        self.text.setAccessibleName(self.tr("Shared layer"))
        self.text.linkActivated.connect(self.wanted)
        self.button = QPushButton(self.tr("Part"), self)
        self.button.setToolTip(
            self.tr("Give the selected nodes layers of their own, with the same parameters")
        )
        self.button.clicked.connect(self.parted)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, RHYTHM, MARGIN, RHYTHM)
        row.setSpacing(RHYTHM)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()

    def show_calls(self, graph: Graph, ids: Sequence[str]) -> None:
        """Says who else calls the layers of these nodes."""
        sharing = [key for key in ids if len(calls(graph, key)) > 1]
        if len(ids) == 1 and sharing:
            self.text.setText(self._others(graph, sharing[0]))
        elif sharing:
            text = self.tr("{count} of these {n} nodes share their layers with others.")
            self.text.setText(escape(text.format(count=len(sharing), n=len(ids))))
        self.setVisible(bool(sharing))

    def _others(self, graph: Graph, key: str) -> str:
        others = [other for other in calls(graph, key) if other != key]
        names = [link(other, graph.nodes[other].name) for other in others[:_NAMED]]
        told = escape(self.tr("One layer with {others}: the same weights and parameters."))
        more = len(others) - len(names)
        if more > 0:
            names.append(escape(self.tr("{n} more").format(n=more)))
        return told.replace("{others}", ", ".join(names))
