"""The session is the only thing that changes: it holds the history of each open design.

Views call `do` with a pure edit and hear of it by `changed`; what follows from the document
(shapes, problems, the script) is told by `reported` and `scripted`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from designer.catalog.own_layers import files
from designer.catalog.spec import Catalog
from designer.codegen.script import Script
from designer.document.blocks import scope_of
from designer.document.crossing import settled
from designer.document.diff import Change
from designer.document.history import History
from designer.document.model import Document
from designer.document.own_layers import recorded
from designer.document.problem import Problem, ProblemError
from designer.infer.asides import FIRST_REQUEST
from designer.infer.engine import Inference
from designer.infer.report import Report
from designer.protocol import Ask, Told
from designer.ui.designs import Design, heir, titles
from designer.ui.findings import Findings
from designer.ui.preparing import Prepared, Preparer, Read
from designer.ui.scopes import advance
from designer.ui.scribe import Scribe

Edit = Callable[[Document], Document]


class Session(QObject):
    """The designs that are open, and of the current one the document, its report and selection.

    All that views hear is about the current design. Without any there is an empty sheet, which
    becomes a design when something is done to it.
    """

    changed = Signal(object, object)  # Change, origin (the view that did it, or None)
    reported = Signal(object)  # Report
    selected = Signal(object)  # frozenset[str]: node ids; frames and notes are in `marks`
    history_changed = Signal()  # undo, redo, saved state or path may be others now
    failed = Signal(object)  # Problem: an edit was refused
    scripted = Signal(object)  # Script | Problem
    asked = Signal(object)  # Ask, for the worker
    answered = Signal()  # Keras has told something, about this design or one that is not shown
    tried = Signal(object)  # Told: the answer to a question about what is only tried
    leaving = Signal()  # another design will be the current one: what is being typed counts now
    designs_changed = Signal()  # one was opened or closed, or their order is another
    scope_changed = Signal()  # another sheet is shown, of this design or of another

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._opened = 0
        self._designs: tuple[Design, ...] = ()
        self._current = self._sheet(Inference(catalog))
        self._findings = Findings(catalog)
        self._shown = (self._current, "")
        self._telling = False
        self._early: list[Told] = []
        self.preparer = Preparer(self)
        self.preparer.asked.connect(self.asked)
        self._parts: Mapping[str, object] = {}
        self._scribe = Scribe(catalog, self)
        self._scribe.written.connect(self.scripted)

    @property
    def catalog(self) -> Catalog:
        """What can be placed."""
        return self._catalog

    @property
    def designs(self) -> tuple[Design, ...]:
        """The open designs, in the order of their tabs."""
        return self._designs

    @property
    def current(self) -> Design:
        """The design that all views show; an empty sheet if none is open."""
        return self._current

    @property
    def titles(self) -> Mapping[Design, str]:
        """What each open design is called."""
        return titles(dict.fromkeys((*self._designs, self._current)))

    @property
    def title(self) -> str:
        """What the current design is called."""
        return self.titles[self._current]

    @property
    def document(self) -> Document:
        """What is shown now: the document, or in one with blocks the sheet of the scope."""
        return self._current.sheet

    @property
    def whole(self) -> Document:
        """The document as it is now, with all that its blocks hold."""
        return self._current.document

    @property
    def scope(self) -> str:
        """The block that is shown from inside, "" for the design itself."""
        return self._current.scope

    @property
    def report(self) -> Report:
        """What is known now of what is shown."""
        return self._findings.shown

    @property
    def whole_report(self) -> Report:
        """What is known of the whole document; `report` has its problems in the same order."""
        return self._findings.whole

    def report_of(self, design: Design) -> Report:
        """What is known by now of a whole open design, shown or not."""
        if design is self._current:
            return self._findings.whole
        return self._findings.judged(design.document, design.inference.refreshed())

    @property
    def selection(self) -> frozenset[str]:
        """Ids of the selected nodes; all of them are in the document."""
        return self._current.selection

    @property
    def marks(self) -> frozenset[str]:
        """Ids of the selected frames and notes; all of them are in the document."""
        return self._current.marks

    @property
    def chosen(self) -> frozenset[str]:
        """Ids of all that is selected: nodes, frames and notes."""
        return self._current.selection | self._current.marks

    @property
    def path(self) -> Path | None:
        """The file of the document, None before its first save."""
        return self._current.path

    @property
    def history(self) -> History:
        """Undo and redo, with their labels."""
        return self._current.history

    @property
    def modified(self) -> bool:
        """Whether closing now would lose something."""
        return self._current.modified

    @property
    def script(self) -> Script | Problem:
        """The document as Keras code, or why it cannot be written."""
        return self._scribe.script

    def do(self, label: str, edit: Edit, merge_key: str = "", origin: object = None) -> bool:
        """Make one undoable edit of what is shown; False, and `failed`, when the edit refuses."""
        return self._make(label, lambda: self._current.through(edit), merge_key, origin)

    def do_whole(self, label: str, edit: Edit, merge_key: str = "", origin: object = None) -> bool:
        """Make one undoable edit of the whole document, whatever is shown of it."""
        whole = self.whole
        return self._make(label, lambda: settled(whole, edit(whole)), merge_key, origin)

    def _make(
        self, label: str, edit: Callable[[], Document], merge_key: str, origin: object
    ) -> bool:
        try:
            after = recorded(edit(), files(self._catalog))
        except ProblemError as error:
            self.failed.emit(error.problem)
            return False
        self._move_to(self._current.history.do(label, after, merge_key), origin)
        return True

    def undo(self) -> None:
        """Take the last edit back, if there is one."""
        if self._current.history.can_undo:
            self._move_to(self._current.history.undo(), None, follow=True)

    def redo(self) -> None:
        """Make the edit again that was taken back last, if there is one."""
        if self._current.history.can_redo:
            self._move_to(self._current.history.redo(), None, follow=True)

    def enter(self, scope: str, choose: Iterable[str] = ()) -> None:
        """Show a block from inside, or the design itself (""), with these things selected."""
        if scope != self.scope and (not scope or scope in self.whole.blocks):
            self.leaving.emit()
            self._current.scope = scope
            self._current.selection = self._current.marks = frozenset()
            self.selected.emit(self.selection)
            self._tell(Change.everything(self.document), None, whole=Change())
        self.select(choose or self.chosen)

    def leave(self) -> bool:
        """Show what is around the block that is shown from inside; False if there is none."""
        block = self.whole.blocks.get(self.scope)
        if block is not None:
            self.enter(block.parent, [block.id])
        return block is not None

    def reveal(self, key: str, origin: object = None) -> None:
        """Show the sheet on which a node, block, frame or note is, and select it."""
        self.enter(scope_of(self.whole, key))
        self.select([key], origin)

    def select(self, ids: Iterable[str], origin: object = None) -> None:
        """Select these nodes, frames and notes; what is not shown is passed over."""
        wanted, sheet = frozenset(ids), self.document
        nodes, marks = wanted & sheet.graph.nodes.keys(), wanted & sheet.marks.keys()
        if (nodes, marks) != (self._current.selection, self._current.marks):
            self._current.selection, self._current.marks = nodes, marks
            self.selected.emit(nodes)

    def prepared(self, key: str) -> object:
        """While a document opens: what was made for that view, None if nothing was."""
        return self._parts.get(key)

    def prepare(self, read: Read) -> Prepared:
        """Find what follows from a document while it is read, in any thread."""
        return self.preparer.prepare(self._current.inference.fork(), read)

    def open(
        self, document: Document | Prepared, path: Path | None = None, *, saved: bool = True
    ) -> None:
        """Open a document beside the others; a sheet that nobody has touched gives its place."""
        self.leaving.emit()
        design = document.document if isinstance(document, Prepared) else document
        if not self._current.pristine or (self._current in self._designs and design == Document()):
            self._current = self._sheet()
        self.become(document, path, saved=saved)

    def switch(self, design: Design) -> None:
        """Make another of the open designs the current one."""
        if design in self._designs and design is not self._current:
            self.leaving.emit()
            self._current = design
            self._show_current()

    def drop(self, designs: Collection[Design]) -> None:
        """Close designs, whatever is unsaved in them; a neighbour is the current one then."""
        rest = tuple(design for design in self._designs if design not in designs)
        if rest == self._designs:
            return
        before, self._designs = self._designs, rest
        if self._current in rest:
            self.designs_changed.emit()
            return
        self._current = heir(before, self._current, rest) or self._sheet()
        self._show_current()

    def restore(self, design: Design, place: int) -> None:
        """Open a design again that was dropped, with its past, its tab at that place."""
        self.leaving.emit()
        # What the worker still owed it, a worker of before may have taken along.
        design.inference = self._current.inference.fork()
        former = self._current
        rest = [other for other in self._designs if other is not former or not former.pristine]
        rest.insert(place, design)
        self._designs, self._current = tuple(rest), design
        self._show_current()

    def arrange(self, designs: Iterable[Design]) -> None:
        """Put the open designs into this order."""
        wanted = tuple(designs)
        if wanted != self._designs and set(wanted) == set(self._designs):
            self._designs = wanted
            self.designs_changed.emit()

    def become(
        self, document: Document | Prepared, path: Path | None = None, *, saved: bool = True
    ) -> None:
        """Let the current design start over with another document.

        `saved` is False if no file has it (an import).
        """
        ready = document if isinstance(document, Prepared) else None
        design = document.document if isinstance(document, Prepared) else document
        self._current.history = History.start(design, saved=saved)
        self._current.path, self._current.scope = path, ""
        self._current.selection = self._current.marks = frozenset()
        self._list_current()
        self.selected.emit(self._current.selection)
        self._parts = ready.parts if ready is not None else {}
        self._tell(Change.everything(self.document), None, ready)
        self._parts = {}

    def mark_saved(self, path: Path) -> None:
        """The document as it is now stands in that file."""
        self._current.history = self._current.history.mark_saved()
        self._current.path = path
        self._list_current()
        self.history_changed.emit()

    def look_again(self) -> None:
        """Judges the data anew: its file may have changed, which no edit tells."""
        self._publish(self._findings.inferred)

    def told(self, told: Told) -> None:
        """Take in what the worker said; not before every view knows the document it is about."""
        if told.request > FIRST_REQUEST:
            self.tried.emit(told)
            return
        if self._telling:
            self._early.append(told)
            return
        report = self._current.inference.absorb(told)
        self.preparer.answered(told.request)
        if report is not None:
            self._publish(report)
        self.answered.emit()

    def judge_anew(self) -> None:
        """Judge every design anew: other layers can be placed now."""
        for design in (*self._designs, self._current):
            design.inference.forget_own_layers()
        self._show_current()

    def worker_ready(self) -> None:
        """Ask a new worker what is not answered yet, for the current design first."""
        self.preparer.attended = True
        self._ask(self._current.inference.restart())
        for design in (d for d in self._designs if d is not self._current):
            self._ask(design.inference.update(design.document)[1])

    def _sheet(self, inference: Inference | None = None) -> Design:
        self._opened += 1
        knowing = inference or self._current.inference.fork()
        return Design(knowing, self._opened, History.start(Document()))

    def _list_current(self) -> None:
        if self._current not in self._designs:
            self._designs = (*self._designs, self._current)
            self.designs_changed.emit()

    def _show_current(self) -> None:
        # Nothing is selected while the views turn to nodes that they have not seen yet.
        chosen = self.chosen
        self._current.selection = self._current.marks = frozenset()
        self.designs_changed.emit()
        self.selected.emit(self.selection)
        self._tell(Change.everything(self.document), None)
        self.select(chosen)

    def _move_to(self, history: History, origin: object, *, follow: bool = False) -> None:
        scope = self.scope
        change, whole = advance(self._current, history, follow=follow)
        self._list_current()
        if whole.empty:
            self.history_changed.emit()
        else:
            self._tell(change, origin if self.scope == scope else None, whole=whole)

    def _tell(
        self,
        change: Change,
        origin: object,
        ready: Prepared | None = None,
        whole: Change | None = None,
    ) -> None:
        """Tell of a change to what is shown, and to the `whole` where that is another one."""
        self._scribe.turn_to(self.whole)
        known = self._findings.inferred
        report, ask = self._current.infer(whole or change, known, ready)
        self._telling = True
        self._ask(ask)  # first, so that Keras works while the views follow
        # Views that look at the report while they follow the change find the one that fits it.
        self._findings.take(report, self.whole, self.scope)
        self.changed.emit(change, origin)
        if self._shown != (self._current, self.scope):
            self._shown = self._current, self.scope
            self.scope_changed.emit()
        self.select(self.chosen)
        self.history_changed.emit()
        self.reported.emit(self.report)
        self._scribe.write_soon(shapes_to_come=ask is not None)
        self._telling = False
        early, self._early = self._early, []
        for told in early:
            self.told(told)

    def _ask(self, ask: Ask | None) -> None:
        if ask is not None:
            self.asked.emit(ask)

    def _publish(self, report: Report) -> None:
        self._findings.take(report, self.whole, self.scope)
        self.reported.emit(self.report)
        self._scribe.hurry()

    def close(self) -> None:
        """Waits for a script that is being written."""
        self._scribe.close()
