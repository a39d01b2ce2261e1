"""Rows of a list that follow a selection made elsewhere."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QItemSelection, QModelIndex
from PySide6.QtWidgets import QAbstractItemView

_ROOT = QModelIndex()


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as first and last ones of stretches without a gap."""
    first = last = -1
    for row in rows:
        if row != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last


def select_rows(
    view: QAbstractItemView, rows: Iterable[int], last: int, above: QModelIndex = _ROOT
) -> None:
    """Select these rows below `above` and nothing else, from column 0 to `last`.

    A single one is the current row and comes into view.
    """
    wanted, ordered = QItemSelection(), sorted(rows)
    model, selection = view.model(), view.selectionModel()
    for begin, end in runs(ordered):
        wanted.select(model.index(begin, 0, above), model.index(end, last, above))
    if len(ordered) == 1:
        at = model.index(ordered[0], 0, above)
        selection.setCurrentIndex(at, selection.SelectionFlag.NoUpdate)
        view.scrollTo(at)
    selection.select(wanted, selection.SelectionFlag.ClearAndSelect)
