"""The list of metrics of a training plan."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from designer.ui.widgets.editor import Kit
from designer.ui.widgets.object_list import ObjectList


class MetricsEditor(ObjectList):
    """Shows the metrics; `changed` carries the whole new list."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        words = (
            say("Metrics", "Metric {n}"), say("Metrics", "Add a metric"),
            say("Metrics", "Remove this metric"),
        )  # fmt: skip
        super().__init__(kit, "metrics", words, parent)
