"""A form: one row for each parameter, what is set first, the rest grey below it."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from designer.catalog.spec import Catalog, ParamSpec
from designer.document.problem import Problem
from designer.ui.translate import tell
from designer.ui.widgets.buttons import Fold, GlyphButton
from designer.ui.widgets.editor import MIXED, UNSET, Kit
from designer.ui.widgets.fields import FIELD_WIDTH, Label
from designer.ui.widgets.glyphs import Glyph
from designer.ui.widgets.table import editor_for

_ALWAYS = 10  # rows that are shown before the rest folds away
_RARE = {"name", "dtype", "trainable", "autocast", "activity_regularizer", "seed", "data_format"}


def kit_for(catalog: Catalog) -> Kit:
    """The kit that editors of this catalogue are made with."""
    return Kit(catalog, ParamForm)


class ParamRow(QWidget):
    """A label, the editor, the way back to the default, and below them what is wrong."""

    def __init__(self, param: ParamSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.param = param
        self.label = Label(param.name, self)
        self.editor = editor_for(param, kit, self)
        text = QCoreApplication.translate("Editor", "Reset {name} to its default")
        self.back = GlyphButton(Glyph.RESET, text.format(name=param.name), self)
        self.message: QLabel | None = None
        self._lay_out()
        self.label.setBuddy(self.editor)
        self.label.setToolTip(param.doc)
        self.back.clicked.connect(self.editor.reset)
        self.editor.complained.connect(self._complain)
        self.editor.extended.connect(self._extend)

    def show_value(self, value: Any) -> None:
        """Show the value; medium weight marks what is set or must be."""
        self.editor.show_value(value)
        self.back.setVisible(value is not UNSET and not self.param.required)
        weighty = value is not UNSET or self.param.required
        font = QFont(self.label.font())
        font.setWeight(QFont.Weight.DemiBold if weighty else QFont.Weight.Normal)
        self.label.setFont(font)
        role = self.foregroundRole().Text if weighty else self.foregroundRole().PlaceholderText
        self.label.setForegroundRole(role)

    def _lay_out(self) -> None:
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(0)
        self.grid.setVerticalSpacing(4)
        left = QHBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.label, 1)
        left.addWidget(self.back)
        if self.editor.aside is not None:
            left.addWidget(self.editor.aside)
        self.grid.addLayout(left, 0, 0)
        self.grid.addWidget(self.editor, 0, 1)
        # The label has what is left: fields stand in one column however wide the panel is.
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnMinimumWidth(1, FIELD_WIDTH)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _complain(self, problem: Problem | None) -> None:
        text = tell(problem) if problem else ""
        self.editor.setToolTip(text)
        if self.message is None and text:
            self.message = QLabel(self)
            self.message.setWordWrap(True)
            self.message.setForegroundRole(self.foregroundRole().BrightText)
            self.grid.addWidget(self.message, 1, 0, 1, 2)
        if self.message is not None:
            self.message.setText(text)
            self.message.setVisible(bool(text))

    def _extend(self, widget: QWidget) -> None:
        widget.setContentsMargins(12, 0, 0, 4)
        self.grid.addWidget(widget, 2, 0, 1, 2)


class ParamForm(QWidget):
    """Editors for several parameters. It shows values and tells of changes; it keeps none.

    `changed(name, value)` is a valid new value, `forgotten(name)` the wish for the default,
    `arrived(ParamSpec)` that the focus came to a parameter.
    """

    changed = Signal(str, object)
    forgotten = Signal(str)
    arrived = Signal(object)

    def __init__(
        self,
        params: tuple[ParamSpec, ...],
        kit: Kit,
        parent: QWidget | None = None,
        *,
        always: int = _ALWAYS,
        ordered: bool = False,
    ) -> None:
        """`always` rows do not fold away; `ordered` keeps the rows as `params` has them."""
        super().__init__(parent)
        self._ordered = ordered
        self._always = always
        self._kit = kit
        self._params = {param.name: param for param in params}
        self._values: Mapping[str, Any] = {}  # for rows that are not made yet
        self._mixed: frozenset[str] = frozenset()
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
        if not (self._order and self.is_busy()):
            self._arrange({name for name in self._params if name in values or name in mixed})

    def _show(self, name: str) -> None:
        value = MIXED if name in self._mixed else self._values.get(name, UNSET)
        self.rows[name].show_value(value)

    def is_busy(self) -> bool:
        """Whether one of its fields has the focus: then rows stay where they are."""
        focus = self.window().focusWidget() if self.isVisible() else None
        return focus is not None and self.isAncestorOf(focus)

    def stepping(self, name: str) -> bool:
        """Whether the commit of `name` now is one of a series of steps."""
        return self.rows[name].editor.stepping

    def finish(self) -> None:
        """Commit what is being typed if it is valid, drop it otherwise."""
        for row in tuple(self.rows.values()):
            row.editor.finish()

    def discard(self) -> None:
        """Take it out of the window for good."""
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _make(self, name: str) -> ParamRow:
        """The row of a parameter, made now if it was not yet."""
        if name not in self.rows:
            row = ParamRow(self._params[name], self._kit, self)
            self._wire(name, row)
            self.rows[name] = row
            self._show(name)
        return self.rows[name]

    def _wire(self, name: str, row: ParamRow) -> None:
        row.editor.committed.connect(lambda value: self.changed.emit(name, value))
        row.editor.reset.connect(lambda: self.forgotten.emit(name))
        row.editor.arrived.connect(lambda: self.arrived.emit(row.param))

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
        order = [self.rows[name].editor for name in self._order if name in self.rows]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
