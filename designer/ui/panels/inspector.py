"""The inspector: the selected nodes, frames or notes, or the design while nothing is selected."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from designer.document import edits
from designer.document.diff import Change
from designer.document.model import Document, Node
from designer.document.problem import Problem
from designer.document.sharing import unshare
from designer.infer.report import Report
from designer.ui.block_params import specs_of
from designer.ui.panels.block_line import BlockLine
from designer.ui.panels.bypass_line import BypassLine
from designer.ui.panels.design import DesignPanel
from designer.ui.panels.mark_page import MarkPage
from designer.ui.panels.node_page import NodePage
from designer.ui.panels.prober import Prober
from designer.ui.panels.shared_line import SharedLine
from designer.ui.session import Session
from designer.ui.theme import Theme

_One = Callable[[Document, str], Document]


class InspectorPanel(QWidget):
    """Shows what is selected in the session, and edits it through the session."""

    go_to = Signal(str)  # a node that the canvas is to show

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True
        self.setAccessibleName(self.tr("Inspector"))
        self.design = DesignPanel(session, theme, self)
        self.page = NodePage(session.catalog, theme, self)
        self.marks = MarkPage(session, theme, self)
        self.bypass_line = BypassLine(self)
        self.bypass_line.wanted.connect(self._switch_on)
        self.shared_line = SharedLine(self)
        self.shared_line.parted.connect(self._part)
        self.shared_line.wanted.connect(self._select)
        self.block_line = BlockLine(session, self)
        self._stack = QStackedWidget(self)
        for page in (self.design, self.page, self.marks):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bypass_line)
        column.addWidget(self.shared_line)
        column.addWidget(self.block_line)
        column.addWidget(self._stack)
        self.page.changed.connect(self._set)
        self.page.forgotten.connect(self._reset)
        self.page.argued.connect(self._argue)
        self.page.renamed.connect(self._rename)
        self.page.wanted.connect(self._select)
        self.page.narrowed.connect(self._narrow)
        self.prober = Prober(session, self)
        self.prober.refused.connect(self._doubt)
        self.page.trying.connect(self._try)
        self.design.go_to.connect(self.go_to)
        session.leaving.connect(self.page.finish)
        session.leaving.connect(self.marks.finish)
        session.leaving.connect(self.block_line.finish)
        session.selected.connect(self._refresh)
        session.changed.connect(self._changed)
        session.reported.connect(self._reported)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(theme.palette())
        self.page.set_theme(theme)
        self.marks.set_theme(theme)
        self.design.set_theme(theme)
        self._refresh()

    def focus_name(self) -> None:
        """Put the cursor into the name of the selected node, all of it selected."""
        if self._stack.currentWidget() is self.page:
            self.page.name.setFocus()
            self.page.name.selectAll()

    def reveal(self, param: str) -> None:
        """Put the focus into the field of a parameter of the selected nodes."""
        if self._stack.currentWidget() is self.page:
            self.page.reveal(param)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus goes on to the first parameter, or to the name where there is none."""
        super().focusInEvent(event)
        form = self.page.form
        rows = form.params.rows if form is not None else {}
        if self._stack.currentWidget() is self.page and rows:
            next(iter(rows.values())).editor.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_name()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    # --- from the session ---------------------------------------------------------------------

    def _nodes(self) -> list[Node]:
        nodes = self._session.document.graph.nodes
        return [nodes[key] for key in sorted(self._session.selection) if key in nodes]

    def _refresh(self) -> None:
        self._stale = not self.isVisible()
        if frozenset(self.page.ids) != self._session.selection:
            self.page.finish()
        if self.marks.ids != self._session.marks:
            self.marks.finish()
        nodes = self._nodes()
        self.bypass_line.show_count(sum(node.bypassed for node in nodes), len(nodes))
        self.shared_line.show_calls(self._session.document.graph, [node.id for node in nodes])
        self.block_line.follow()
        if not nodes and self._session.marks & self._session.document.marks.keys():
            self.marks.show_marks()
            self._stack.setCurrentWidget(self.marks)
        elif not nodes:
            self._stack.setCurrentWidget(self.design)
        else:
            session, block = self._session, self._session.whole.blocks.get(nodes[0].id)
            only = block if len(nodes) == 1 else None
            offered = specs_of(session.whole, session.catalog, only) if only is not None else ()
            self.page.show_nodes(nodes, session.document, session.report, offered)
            self._stack.setCurrentWidget(self.page)

    def _changed(self, change: Change, origin: object) -> None:
        del origin  # what this panel did itself is shown as the document has it, too
        graph = change.added or change.removed or change.updated or change.linked or change.unlinked
        if graph or change.marks or change.blocks:
            self._refresh()

    def _reported(self, report: Report) -> None:
        if self._stack.currentWidget() is self.page and self._nodes():
            self.page.show_report(report)

    # --- to the session -----------------------------------------------------------------------

    def _set(self, name: str, value: Any) -> None:
        form = self.page.form
        steps = form is not None and form.params.stepping(name)
        key = f"step {name} {self.page.ids}" if steps else ""
        text = self.tr("Set {what} of {name}").format(what=name, name=self.page.title)
        ids = self.page.takers(name)
        self._do(
            text, lambda document, node: edits.set_param(document, node, name, value), ids, key
        )

    def _reset(self, names: Sequence[str]) -> None:
        text = self.tr("Reset {what} of {name}").format(
            what=names[0] if len(names) == 1 else self.tr("the parameters"), name=self.page.title
        )

        def reset(document: Document, node: str) -> Document:
            for name in names:
                if node in self.page.takers(name):
                    document = edits.reset_param(document, node, name)
            return document

        self._do(text, reset, self.page.ids)

    def _argue(self, name: str, value: Any) -> None:
        text = self.tr("Set {what} of {name}").format(what=name, name=self.page.title)
        ids = self.page.takers(name)
        self._do(text, lambda document, node: edits.set_argument(document, node, name, value), ids)

    def _rename(self, name: str) -> None:
        text = self.tr("Rename {old} to {new}").format(old=self.page.title, new=name)
        ids = self.page.ids
        self._do(text, lambda document, node: edits.rename(document, node, name), ids)

    def _switch_on(self) -> None:
        ids = [node.id for node in self._nodes()]
        self._session.do(self.tr("Switch on"), lambda d: edits.bypass(d, ids, on=False), "", self)

    def _part(self) -> None:
        ids = [node.id for node in self._nodes()]
        self._session.do(self.tr("Part layers"), lambda d: unshare(d, ids), "", self)

    def _try(self, param: str, value: Any) -> None:
        if len(self.page.ids) == 1:
            self.prober.try_value(self.page.ids[0], param, value)

    def _doubt(self, param: str, problem: Problem) -> None:
        if self.page.form is not None and problem.where.node in self.page.ids:
            self.page.form.params.doubt(param, problem)

    def _narrow(self, kind: str) -> None:
        self._session.select({node.id for node in self._nodes() if node.type == kind}, self)

    def _select(self, node: str) -> None:
        self._session.reveal(node, self)
        self.go_to.emit(node)

    def _do(self, label: str, one: _One, ids: Sequence[str], key: str = "") -> None:
        nodes = self._session.document.graph.nodes

        def edit(document: Document) -> Document:
            for node in (node for node in ids if node in nodes):
                document = one(document, node)
            return document

        if not self._session.do(label, edit, key, self):
            self._refresh()
