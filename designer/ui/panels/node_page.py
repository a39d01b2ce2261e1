"""The page of the inspector about nodes: what they are, what is wrong, what can be set."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from designer.catalog.spec import Catalog, ParamSpec
from designer.document.edits import check_name
from designer.document.model import OUTPUT, Document, Node
from designer.document.problem import Problem, ProblemError
from designer.infer.report import Report
from designer.ui.canvas.summary import type_name
from designer.ui.panels.sections import (
    LARGE,
    MARGIN,
    RHYTHM,
    SMALL,
    ProblemCard,
    ProblemCards,
    heading,
    link,
    links,
    quiet,
    scrolled,
)
from designer.ui.panels.surroundings import connections, counted_types, flow
from designer.ui.panels.type_form import TypeForm, TypeForms, params_of, types_of
from designer.ui.theme import Theme, sized
from designer.ui.translate import tell
from designer.ui.widgets.fields import Line
from designer.ui.widgets.form import kit_for

_MOST = 3  # problems of several nodes that are shown; the list of problems has them all


class NodePage(QWidget):
    """Shows one node, or what several have in common. It tells of changes and makes none.

    `changed` and `argued` carry a name and a value (`argued` that of an argument of the call),
    `forgotten` the names of parameters that go back to their defaults, `renamed` a valid new name,
    `wanted` the id of a node to select, `narrowed` the type to which the selection is cut down.
    """

    changed = Signal(str, object)
    argued = Signal(str, object)
    forgotten = Signal(object)  # list of names
    renamed = Signal(str)
    wanted = Signal(str)
    narrowed = Signal(str)
    trying = Signal(str, object)  # parameter and value being typed, of a node shown alone

    def __init__(self, catalog: Catalog, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._theme = theme
        self._document = Document()
        self._nodes: tuple[Node, ...] = ()
        self._resettable: list[str] = []
        self._forms = TypeForms(catalog, kit_for(catalog), self._wire)
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

    def show_nodes(
        self,
        nodes: Sequence[Node],
        document: Document,
        report: Report,
        offered: Sequence[ParamSpec] = (),
    ) -> None:
        """Show these nodes, at least one; `offered` are the parameters of a block."""
        other = tuple(node.id for node in nodes) != self.ids
        self._nodes, self._document = tuple(nodes), document
        owners = [document.graph.nodes.get(node.shares, node) for node in nodes]
        self._show_form(owners, offered)
        self._show_reset(owners)
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
        graph = self._document.graph
        self.shapes.setText(flow(graph, first, report) if single else "")
        self._show_problems(report)
        wires = connections(graph, first, report) if single else ""
        if wires != self.wires.text():
            self.wires.setText(wires)
        self.wires.setVisible(bool(wires))
        self.wires_heading.setVisible(bool(wires))

    def finish(self) -> None:
        """Commit or drop what is being typed, before something else is shown."""
        if self.form is not None:
            self.form.finish()
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
        for label in (self.wires, self.note, self.types):
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
        self.types = links(content)
        self.types.setToolTip(self.tr("Select only these"))
        self.types.linkActivated.connect(self.narrowed)
        self._column.addWidget(self.types)
        self._column.addWidget(self.problems)
        self._column.addWidget(self.note)
        self._column.addSpacing(4)
        self._place = self._column.count()
        self.reset = QPushButton(content)
        self.reset.clicked.connect(lambda: self.forgotten.emit(self._resettable))
        self._column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
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
        single = len(self._nodes) == 1
        self.kind.setText(spec.name if spec else type_name(first.type))
        if first.type == OUTPUT:
            self.kind.setText(self.tr("Output"))
        several = len({node.type for node in self._nodes}) > 1
        self.types.setText(counted_types(self._nodes) if several else "")
        self.types.setVisible(several)
        self.kind.setVisible(not several)
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

    def takers(self, param: str) -> tuple[str, ...]:
        """The shown nodes that have this parameter; of one type all have it."""
        if len({node.type for node in self._nodes}) == 1:
            return self.ids
        types = types_of(self._nodes, self._catalog)
        known = {key for key in types if param in params_of(self._catalog, key)}
        nodes = (node for node in self._nodes if node.type in known)
        return tuple(node.id for node in nodes)

    def reveal(self, param: str) -> bool:
        """Put the focus into the field of a parameter; False where it is not shown."""
        return self.form is not None and self.form.reveal(param)

    def _show_form(self, owners: Sequence[Node], offered: Sequence[ParamSpec]) -> None:
        form = self._forms.form_for(owners, offered)
        form.show_values(owners, self._nodes, self._catalog)  # its size hint is right at once
        if form is self.form:
            return
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
        self.form = form
        self._column.insertWidget(self._place, form)
        form.show()
        self._chain()
        self._forms.forget()

    def _chain(self) -> None:
        """The Tab key goes on below the fields: to the button, the links, the documentation."""
        if self.form is None or self.form.window() is not self.window():
            return
        stops = [*self.form.stops(), self.reset, self.wires, self.doc]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _wire(self, form: TypeForm) -> None:
        form.setParent(self)
        for part in form.forms:
            part.grown.connect(self._chain)
        form.params.changed.connect(self.changed)
        form.params.forgotten.connect(lambda name: self.forgotten.emit([name]))
        form.params.arrived.connect(self._document_of)
        form.params.trying.connect(self.trying)
        if form.call is not None:
            form.call.changed.connect(self.argued)
            form.call.forgotten.connect(lambda name: self.argued.emit(name, None))
            form.call.arrived.connect(self._document_of)

    def _show_reset(self, owners: Sequence[Node]) -> None:
        names = self.form.set_by_hand(owners) if self.form is not None else []
        self.reset.setText(self.tr("Reset {count} parameters").format(count=len(names)))
        self.reset.setToolTip(self.tr("To their defaults: {names}").format(names=", ".join(names)))
        self.reset.setVisible(len(names) > 1)
        self._resettable = names

    def _show_problems(self, report: Report) -> None:
        """Of one node below the fields they are about; all others above the fields."""
        ids = set(self.ids)
        found = [problem for problem in report.problems if problem.where.node in ids]
        if self.form is not None:
            rest = self.form.show_problems(found if len(ids) == 1 else (), self._card)
            found = rest if len(ids) == 1 else found[:_MOST]
        self.problems.show_problems(found)

    def _card(self, problem: Problem, parent: QWidget) -> QWidget:
        return ProblemCard(problem, self._theme, parent)

    def _document_of(self, param: ParamSpec | None) -> None:
        """The words of a parameter, or of the whole layer while none has the focus."""
        first = self._nodes[0] if self._nodes else None
        spec = self._catalog.layers.get(first.type) if first else None
        if param is not None:
            text = f"{param.name}: {param.doc}" if param.doc else param.name
        elif len({node.type for node in self._nodes}) > 1:
            text = self.tr("What is set here is set in all of these nodes that have it.")
            if self.form is not None and not self.form.params.rows:
                text = self.tr("These nodes have no parameter in common.")
        elif first is not None and first.type == OUTPUT:
            text = self.tr("Marks what flows into it as an output of the model.")
        elif first is not None and first.id in self._document.blocks:
            text = self.tr("A block: what it holds is seen where it is opened.")
        else:
            text = spec.doc if spec else self.tr("The catalogue does not know this type.")
        text = text.replace("`", "")  # Keras writes code in backticks; here it is plain text
        if text != self.doc.toPlainText():
            self.doc.setPlainText(text)
