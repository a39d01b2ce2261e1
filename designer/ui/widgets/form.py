"""A form: one row for each parameter, what is set first, the rest grey below it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.catalog.spec import Catalog, ParamSpec
from designer.document.problem import Problem
from designer.ui.widgets.buttons import Fold
from designer.ui.widgets.editor import MIXED, UNSET, Kit
from designer.ui.widgets.row import ParamRow, ShowProblem

_ALWAYS = 10  # rows that are shown before the rest folds away
_RARE = {"name", "dtype", "trainable", "autocast", "activity_regularizer", "seed", "data_format"}


def kit_for(catalog: Catalog) -> Kit:
    """The kit that editors of this catalogue are made with."""
    return Kit(catalog, ParamForm)


class ParamForm(QWidget):
    """Editors for several parameters. It shows values and tells of changes; it keeps none.

    `changed(name, value)` is a valid new value, `forgotten(name)` the wish for the default,
    `arrived(ParamSpec)` that the focus came to a parameter.
    """

    changed = Signal(str, object)
    forgotten = Signal(str)
    arrived = Signal(object)
    trying = Signal(str, object)  # a value that is being typed, UNSET if it is no more
    grown = Signal()  # the rows, or what they show, are others than before

    def __init__(
        self,
        params: tuple[ParamSpec, ...],
        kit: Kit,
        parent: QWidget | None = None,
        *,
        always: int = _ALWAYS,
        ordered: bool = False,
        varied: frozenset[str] = frozenset(),
    ) -> None:
        """`always` rows do not fold away; `ordered` keeps the rows as `params` has them; `varied`
        parameters have several defaults.
        """
        super().__init__(parent)
        self._ordered = ordered
        self._varied = varied
        self._always = always
        self._kit = kit
        self._params = {param.name: param for param in params}
        self._values: Mapping[str, Any] = {}  # for rows that are not made yet
        self._mixed: frozenset[str] = frozenset()
        self._problems: Mapping[str, Sequence[Problem]] = {}
        self._show_problem: ShowProblem | None = None
        self.rows: dict[str, ParamRow] = {}  # those below the fold are made when it opens
        self._order: tuple[str, ...] = ()
        self.more = Fold("", self)
        self.more.toggled.connect(self._unfold)
        self._folded: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_values(self, values: Mapping[str, Any], mixed: frozenset[str] = frozenset()) -> None:
        """Show what is set; parameters in `mixed` differ between the nodes that are shown."""
        self._values, self._mixed = values, mixed
        for name in tuple(self.rows):
            self._show(name)
        self._rearrange()

    def show_problems(self, problems: Iterable[Problem], show: ShowProblem) -> list[Problem]:
        """Place problems below the fields they are about; the rest comes back."""
        found: dict[str, list[Problem]] = {}
        rest: list[Problem] = []
        for problem in problems:
            known = self._can_show(problem.where.param)
            (found.setdefault(problem.where.param, []) if known else rest).append(problem)
        self._problems, self._show_problem = found, show
        for name, row in self.rows.items():
            row.show_problems(found.get(name, ()), show)
        self._rearrange()
        return rest

    def _can_show(self, name: str) -> bool:
        """Whether the parameter has a row that is seen, or may come up among them now."""
        if name not in self._params:
            return False
        seen = name in self.rows and (name not in self._folded or self.more.isChecked())
        return seen or not self.is_busy()

    def doubt(self, name: str, problem: Problem) -> None:
        """Say what is wrong with the value that is being typed there."""
        if name in self.rows:
            self.rows[name].doubt(problem)

    def reveal(self, name: str) -> bool:
        """Put the focus into the field of that parameter, unfolded if need be; False if none."""
        if name not in self._params:
            return False
        if name in self._folded:
            self.more.setChecked(True)
        self._make(name).editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _rearrange(self) -> None:
        if self._order and self.is_busy():
            return
        chosen = {*self._values, *self._mixed, *self._problems}
        self._arrange({name for name in self._params if name in chosen})

    def _show(self, name: str) -> None:
        value = MIXED if name in self._mixed else self._values.get(name, UNSET)
        self.rows[name].show_value(value)

    def is_busy(self) -> bool:
        """Whether one of its fields has the focus: then rows stay where they are."""
        focus = self.window().focusWidget() if self.isVisible() else None
        return focus is not None and self.isAncestorOf(focus)

    def stepping(self, name: str) -> bool:
        """Whether the commit of `name` now is one of a series of steps."""
        return name in self.rows and self.rows[name].editor.stepping

    def finish(self) -> None:
        """Commit what is being typed if it is valid, drop it otherwise."""
        for row in tuple(self.rows.values()):
            row.editor.finish()

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops in it, in this order: row by row as they stand."""
        shown = [name for name in self._order if name in self.rows and name not in self._folded]
        below = [name for name in self._folded if name in self.rows]
        found = [stop for name in shown for stop in self.rows[name].stops()]
        found.append(self.more)
        return found + [stop for name in below for stop in self.rows[name].stops()]

    def discard(self) -> None:
        """Take it out of the window for good."""
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _make(self, name: str) -> ParamRow:
        """The row of a parameter, made now if it was not yet."""
        if name not in self.rows:
            row = ParamRow(self._params[name], self._kit, self, varied=name in self._varied)
            self._wire(name, row)
            self.rows[name] = row
            self._show(name)
            if self._show_problem is not None:
                row.show_problems(self._problems.get(name, ()), self._show_problem)
        return self.rows[name]

    def _wire(self, name: str, row: ParamRow) -> None:
        row.editor.committed.connect(lambda value: self.changed.emit(name, value))
        row.editor.reset.connect(lambda: self.forgotten.emit(name))
        row.editor.told.connect(self.arrived)
        row.editor.trying.connect(lambda value: self.trying.emit(name, value))
        row.grown.connect(self._chain)

    def _arrange(self, chosen: set[str]) -> None:
        """Required and set rows first, then the usual, then the rare; long tails fold."""

        def rank(name: str) -> int:
            param = self._params[name]
            if self._ordered or param.required or name in chosen:
                return 0
            return 1 + (name in _RARE)

        order = tuple(sorted(self._params, key=rank))
        weighty = sum(rank(name) == 0 for name in order)
        visible = len(order) if len(order) <= self._always + 2 else max(self._always, weighty)
        if (order, order[visible:]) != (self._order, self._folded):
            self._order, self._folded = order, order[visible:]
            self._place()

    def _place(self) -> None:
        """Put the rows where the order has them."""
        shown = self._order[: len(self._order) - len(self._folded)]
        for place, name in enumerate(shown):
            self._column.insertWidget(place, self._make(name))
        self._column.insertWidget(len(shown), self.more)
        text = QCoreApplication.translate("Editor", "More parameters ({count})")
        self.more.setText(text.format(count=len(self._folded)))
        self.more.setVisible(bool(self._folded))
        self._unfold()

    def _unfold(self) -> None:
        opened = self.more.isChecked()
        for name in self._folded:
            if opened:
                self._column.addWidget(self._make(name))
            if name in self.rows:
                self.rows[name].setVisible(opened)
        for name, row in self.rows.items():
            if name not in self._folded:
                row.show()
        self._chain()

    def _chain(self) -> None:
        """The Tab key follows the rows as they stand."""
        for before, after in pairwise(self.stops()):
            if before.window() is after.window():  # a list of layers is placed a little later
                QWidget.setTabOrder(before, after)
        self.grown.emit()
