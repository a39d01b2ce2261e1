"""The page of the inspector about nodes of one type: what it is, what is wrong, its parameters.

Forms are kept for each type, so that going through a thousand nodes only fills fields again.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from designer.catalog.spec import Catalog, LayerSpec, ParamSpec
from designer.document.edits import check_name
from designer.document.model import OUTPUT, Document, Node
from designer.document.problem import Problem, ProblemError
from designer.infer.report import Report
from designer.ui.canvas.summary import shape_text, type_name
from designer.ui.panels.sections import (
    LARGE,
    MARGIN,
    RHYTHM,
    SMALL,
    ProblemCards,
    heading,
    link,
    links,
    quiet,
    scrolled,
)
from designer.ui.theme import Theme, sized
from designer.ui.translate import tell
from designer.ui.widgets.fields import Line
from designer.ui.widgets.form import ParamForm, kit_for

_KEPT_FORMS = 24
_MANY = 3  # inputs whose shapes are written out


class TypeForm(QWidget):
    """The parameters of one type, and below them the literals of its call."""

    def __init__(self, params: ParamForm, call: ParamForm | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.params = params
        self.call = call
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(RHYTHM)
        column.addWidget(params)
        if call is not None:
            column.addWidget(heading(self.tr("Call"), self))
            column.addWidget(call)

    @property
    def forms(self) -> tuple[ParamForm, ...]:
        """Its forms, top down."""
        return (self.params,) if self.call is None else (self.params, self.call)


class NodePage(QWidget):
    """Shows one node, or several of one type together. It tells of changes and makes none.

    `changed` and `argued` carry a name and a value (`argued` that of an argument of the call),
    `forgotten` a name, `renamed` a valid new name, `wanted` the id of a node to select.
    """

    changed = Signal(str, object)
    argued = Signal(str, object)
    forgotten = Signal(str)
    renamed = Signal(str)
    wanted = Signal(str)

    def __init__(self, catalog: Catalog, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._kit = kit_for(catalog)
        self._theme = theme
        self._document = Document()
        self._nodes: tuple[Node, ...] = ()
        self._forms: dict[tuple[str, tuple[str, ...]], TypeForm] = {}
        self.form: TypeForm | None = None
        self._build()

    # --- what is shown ------------------------------------------------------------------------

    @property
    def ids(self) -> tuple[str, ...]:
        """The nodes that are shown; what the user enters is about them."""
        return tuple(node.id for node in self._nodes)

    @property
    def title(self) -> str:
        """The node's name, or how many they are."""
        count = len(self._nodes)
        return self._nodes[0].name if count == 1 else self.tr("{n} nodes").format(n=count)

    def show_nodes(self, nodes: Sequence[Node], document: Document, report: Report) -> None:
        """Show these nodes, all of one type, at least one."""
        other = tuple(node.id for node in nodes) != self.ids
        self._nodes, self._document = tuple(nodes), document
        owners = [document.graph.nodes.get(node.shares, node) for node in nodes]
        self._show_form(owners)
        self._show_head()
        self.show_report(report)
        if other and self.form is not None:
            self._document_of(None)

    def show_report(self, report: Report) -> None:
        """Show what is known of the nodes."""
        first = self._nodes[0]
        single = len(self._nodes) == 1
        known = [report.nodes.get(node.id) for node in self._nodes]
        count = sum(found.parameters for found in known if found is not None)
        self.count.setText(f"{count:,}" if count else "")
        self.shapes.setText(self._flow(first, report) if single else "")
        ids = {node.id for node in self._nodes}
        self.problems.show_problems(p for p in report.problems if p.where.node in ids)
        self._show_links(report)

    def finish(self) -> None:
        """Commit or drop what is being typed, before something else is shown."""
        if self.form is not None:
            for form in self.form.forms:
                form.finish()
        if self.name.isModified():
            self._rename()
            self._restore_name()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self.problems.set_theme(theme)
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Text, theme.color("second"))
        self.doc.setPalette(palette)
        for label in (self.wires, self.note):
            label.clear()  # links take the palette's colour when the text is set

    # --- its parts ----------------------------------------------------------------------------

    def _build(self) -> None:
        content = QWidget(self)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._column.setSpacing(RHYTHM)
        self._build_head(content)
        self.problems = ProblemCards(self._theme, content)
        self.note = links(content)
        self.note.linkActivated.connect(self.wanted)
        self._column.addWidget(self.problems)
        self._column.addWidget(self.note)
        self._column.addSpacing(4)
        self._place = self._column.count()
        self.wires_heading = heading(self.tr("Connections"), content)
        self.wires = links(content)
        self.wires.setAccessibleName(self.tr("Connections"))
        self.wires.linkActivated.connect(self.wanted)
        self._column.addWidget(self.wires_heading)
        self._column.addWidget(self.wires)
        self._column.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(scrolled(content, splitter))
        splitter.addWidget(self._build_doc(splitter))
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([600, 120])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)

    def _build_head(self, content: QWidget) -> None:
        self.name = Line(content, quiet=True)
        self.name.setFont(sized(LARGE, QFont.Weight.DemiBold))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.textEdited.connect(self._check_name)
        self.name.entered.connect(self._rename)
        self.name.left.connect(self._leave_name)
        self.name.escaped.connect(self._restore_name)
        self.kind = quiet("", content)
        self.kind.setWordWrap(False)
        self.refusal = QLabel(content)
        self.refusal.setWordWrap(True)
        self.refusal.setForegroundRole(QPalette.ColorRole.BrightText)
        self.refusal.hide()
        self.shapes = quiet("", content, mono=self._theme.mono)
        self.shapes.setAccessibleName(self.tr("Shapes"))
        self.count = quiet("", content, mono=self._theme.mono)
        self.count.setSizePolicy(self.kind.sizePolicy())
        self.count.setToolTip(self.tr("Number of parameters"))
        for left, right in ((self.name, self.kind), (self.shapes, self.count)):
            row = QHBoxLayout()
            row.setSpacing(RHYTHM)
            row.addWidget(left, 1)
            row.addWidget(right)
            self._column.addLayout(row)
        self._column.insertWidget(1, self.refusal)

    def _build_doc(self, parent: QWidget) -> QPlainTextEdit:
        self.doc = QPlainTextEdit(parent)
        self.doc.setReadOnly(True)
        self.doc.setFrameShape(QFrame.Shape.NoFrame)
        self.doc.setFont(sized(SMALL))
        self.doc.setAccessibleName(self.tr("Documentation"))
        self.doc.setTabChangesFocus(True)
        self.doc.viewport().setAutoFillBackground(False)
        self.doc.document().setDocumentMargin(MARGIN)
        self.doc.setMinimumHeight(64)
        return self.doc

    # --- head ---------------------------------------------------------------------------------

    def _show_head(self) -> None:
        first = self._nodes[0]
        spec = self._catalog.layers.get(first.type)
        self.kind.setText(spec.name if spec else type_name(first.type))
        if first.type == OUTPUT:
            self.kind.setText(self.tr("Output"))
        single = len(self._nodes) == 1
        self.name.setReadOnly(not single)
        typing = self.name.hasFocus() and self.name.isModified()
        if not typing:
            self._restore_name()
        owner = self._document.graph.nodes.get(first.shares) if single else None
        if owner is not None:
            text = escape(self.tr("Uses the layer of {name}: the parameters are the same."))
            self.note.setText(text.replace("{name}", link(owner.id, owner.name)))
        self.note.setVisible(owner is not None)

    def _name_problem(self) -> Problem | None:
        try:
            check_name(self._document, self._nodes[0].id, self.name.text().strip())
        except ProblemError as error:
            return error.problem
        return None

    def _check_name(self) -> None:
        self._refuse(self._name_problem())

    def _refuse(self, problem: Problem | None) -> None:
        text = tell(problem) if problem else ""
        self.name.set_refused(problem is not None)
        self.name.setToolTip(text)
        self.refusal.setText(text)
        self.refusal.setVisible(bool(text))

    def _rename(self) -> None:
        problem = self._name_problem()
        self._refuse(problem)
        if problem is None and self.name.isModified():
            self.name.setModified(False)
            if self.name.text().strip() != self._nodes[0].name:
                self.renamed.emit(self.name.text().strip())

    def _leave_name(self) -> None:
        if self.name.isModified():
            self._rename()
            self._restore_name()

    def _restore_name(self) -> None:
        text = self.title
        if text != self.name.text():
            self.name.setText(text)
            self.name.setCursorPosition(0)
        self.name.setModified(False)
        self._refuse(None)

    # --- parameters ---------------------------------------------------------------------------

    def _show_form(self, owners: Sequence[Node]) -> None:
        first = owners[0]
        spec = self._catalog.layers.get(first.type)
        known = {param.name for param in spec.params} if spec else set()
        strange = sorted({name for node in owners for name in node.params} - known)
        key = (first.type, tuple(strange))
        form = self._forms.pop(key, None) or self._make_form(spec, strange)
        self._forms[key] = form  # the last one used is last
        self._fill_form(form, owners)  # before it is placed: its size hint is right at once
        if form is self.form:
            return
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
        self.form = form
        self._column.insertWidget(self._place, form)
        form.show()
        self._forget_forms()

    def _make_form(self, spec: LayerSpec | None, strange: Sequence[str]) -> TypeForm:
        known = spec.params if spec else ()
        doc = self.tr("The catalogue does not know this parameter.")
        extra = tuple(ParamSpec(name, "json", doc=doc) for name in strange)
        plain = tuple(param for param in known if not param.call and param.name != "name")
        params = ParamForm((*plain, *extra), self._kit)
        call = tuple(param for param in known if param.call)
        form = TypeForm(params, ParamForm(call, self._kit) if call else None, self)
        params.changed.connect(self.changed)
        params.forgotten.connect(self.forgotten)
        params.arrived.connect(self._document_of)
        if form.call is not None:
            form.call.changed.connect(self.argued)
            form.call.forgotten.connect(lambda name: self.argued.emit(name, None))
            form.call.arrived.connect(self._document_of)
        return form

    def _forget_forms(self) -> None:
        while len(self._forms) > _KEPT_FORMS:
            oldest = self._forms.pop(next(iter(self._forms)))
            oldest.deleteLater()

    def _fill_form(self, form: TypeForm, owners: Sequence[Node]) -> None:
        values, mixed = _common([node.params for node in owners])
        form.params.show_values(values, mixed)
        if form.call is not None:
            values, mixed = _common([node.arguments for node in self._nodes])
            form.call.show_values(values, mixed)

    def _document_of(self, param: ParamSpec | None) -> None:
        """The words of a parameter, or of the whole layer while none has the focus."""
        first = self._nodes[0] if self._nodes else None
        spec = self._catalog.layers.get(first.type) if first else None
        if param is not None:
            text = f"{param.name}: {param.doc}" if param.doc else param.name
        elif first is not None and first.type == OUTPUT:
            text = self.tr("Marks what flows into it as an output of the model.")
        else:
            text = spec.doc if spec else self.tr("The catalogue does not know this type.")
        text = text.replace("`", "")  # Keras writes code in backticks; here it is plain text
        if text != self.doc.toPlainText():
            self.doc.setPlainText(text)

    # --- shapes and wires ---------------------------------------------------------------------

    def _flow(self, node: Node, report: Report) -> str:
        """`8×8×64 → 4×4×128`; the shapes of many inputs are not all written."""
        edges = self._document.graph.incoming.get(node.id, ())
        shapes = [_shape(report, edge.source, edge.output) for edge in edges]
        if len(shapes) > _MANY:
            shapes = [*shapes[: _MANY - 1], "…"]
        found = report.nodes.get(node.id)
        after = ", ".join(shape_text(spec) for spec in found.outputs) if found else ""
        before = ", ".join(shapes)
        if node.type == OUTPUT or not after:
            return before
        return f"{before} → {after}" if before else after

    def _show_links(self, report: Report) -> None:
        node = self._nodes[0]
        graph = self._document.graph
        single = len(self._nodes) == 1
        lines = []
        for edge in graph.incoming.get(node.id, ()) if single else ():
            name = link(edge.source, graph.nodes[edge.source].name)
            shape = _shape(report, edge.source, edge.output)
            lines.append(f"{escape(edge.input)} ← {name} {escape(shape)}")
        after = graph.outgoing.get(node.id, ()) if single else ()
        lines += [f"→ {link(edge.target, graph.nodes[edge.target].name)}" for edge in after]
        text = "<br>".join(lines)
        if text != self.wires.text():
            self.wires.setText(text)
        self.wires.setVisible(bool(lines))
        self.wires_heading.setVisible(bool(lines))


def _shape(report: Report, node: str, output: int) -> str:
    found = report.nodes.get(node)
    known = found is not None and output < len(found.outputs)
    return shape_text(found.outputs[output]) if found is not None and known else "?"


def _common(several: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], frozenset[str]]:
    """What all have alike, and the names in which they differ."""
    first = several[0]
    if len(several) == 1:
        return dict(first), frozenset()
    names = {name for params in several for name in params}
    alike = {n for n in names if all(n in p and p[n] == first.get(n) for p in several)}
    return {name: first[name] for name in alike}, frozenset(names - alike)
