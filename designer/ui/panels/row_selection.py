"""Rows of a list that follow a selection made elsewhere."""

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection
from PySide6.QtWidgets import QAbstractItemView

from designer.ui.panels.outline_model import runs


def select_rows(view: QAbstractItemView, rows: Iterable[int], last: int) -> None:
    """Select these top rows and nothing else, from column 0 to `last`.

    A single one is the current row and comes into view.
    """
    wanted, ordered = QItemSelection(), sorted(rows)
    model, selection = view.model(), view.selectionModel()
    for begin, end in runs(ordered):
        wanted.select(model.index(begin, 0), model.index(end, last))
    if len(ordered) == 1:
        at = model.index(ordered[0], 0)
        selection.setCurrentIndex(at, selection.SelectionFlag.NoUpdate)
        view.scrollTo(at)
    selection.select(wanted, selection.SelectionFlag.ClearAndSelect)
