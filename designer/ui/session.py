"""The session is the only thing that changes: it holds the history of each open design.

Views call `do` with a pure edit and hear of it by `changed`; what follows from the document
(shapes, problems, the script) is told by `reported` and `scripted`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from designer.catalog.spec import Catalog
from designer.codegen.check import training_problems
from designer.codegen.script import Script, generate
from designer.document.diff import Change, diff
from designer.document.history import History
from designer.document.model import Document
from designer.document.problem import Problem, ProblemError
from designer.infer.engine import Inference
from designer.infer.report import Report
from designer.infer.trial import FIRST_REQUEST
from designer.protocol import Ask, Told
from designer.ui.designs import Design, titles
from designer.ui.preparing import Prepared, Preparer, Read
from designer.ui.reading import Reader

Edit = Callable[[Document], Document]
MANY = 120  # nodes; the script of more takes so long that it is written beside the event loop
SCRIPT_DELAY = 30  # milliseconds: new shapes are painted before the script is written anew
SCRIPT_PATIENCE = 300  # milliseconds that it waits for new shapes


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
    tried = Signal(object)  # Told: the answer to a question of `try_out`
    leaving = Signal()  # another design will be the current one: what is being typed counts now
    designs_changed = Signal()  # one was opened or closed, or their order is another

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._opened = 0
        self._designs: tuple[Design, ...] = ()
        self._current = self._sheet(Inference(catalog))
        self._inferred = Report()  # without the problems of the data and of training
        self._report = self._inferred
        self._script: Script | Problem | None = None
        self._telling = False
        self._early: list[Told] = []
        self.preparer = Preparer(self)
        self.preparer.asked.connect(self.asked)
        self._parts: Mapping[str, object] = {}
        self._writer = Reader(self)
        self._writing = QTimer(self)
        self._writing.setSingleShot(True)
        self._writing.timeout.connect(self._tell_script)

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
        """The document as it is now."""
        return self._current.history.document

    @property
    def report(self) -> Report:
        """What is known of the document now."""
        return self._report

    def report_of(self, design: Design) -> Report:
        """What is known by now of an open design, shown or not."""
        if design is self._current:
            return self._report
        return self._judged(design.document, design.inference.refreshed())

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
        if self._script is None:
            try:
                self._script = generate(self.document, self._catalog)
            except ProblemError as error:
                self._script = error.problem
        return self._script

    def do(self, label: str, edit: Edit, merge_key: str = "", origin: object = None) -> bool:
        """Make one undoable edit; False, and `failed`, when the edit refuses."""
        try:
            after = edit(self.document)
        except ProblemError as error:
            self.failed.emit(error.problem)
            return False
        self._move_to(self._current.history.do(label, after, merge_key), origin)
        return True

    def undo(self) -> None:
        """Take the last edit back, if there is one."""
        if self._current.history.can_undo:
            self._move_to(self._current.history.undo(), None)

    def redo(self) -> None:
        """Make the edit again that was taken back last, if there is one."""
        if self._current.history.can_redo:
            self._move_to(self._current.history.redo(), None)

    def select(self, ids: Iterable[str], origin: object = None) -> None:
        """Select these nodes, frames and notes; ids that the document does not have are passed
        over."""
        wanted = frozenset(ids)
        nodes, marks = (
            wanted & self.document.graph.nodes.keys(),
            wanted & self.document.marks.keys(),
        )
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
        listed = self._current in self._designs
        if not self._current.pristine or (listed and design == Document()):
            self._current = self._sheet(self._current.inference.fork())
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
        place = before.index(self._current) if self._current in before else 0
        after = [design for design in before[place:] if design in rest] or rest[-1:]
        self._current = after[0] if after else self._sheet(self._current.inference.fork())
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
        self._current.path = path
        self._current.selection = self._current.marks = frozenset()
        self._list_current()
        self.selected.emit(self._current.selection)
        self._parts = ready.parts if ready is not None else {}
        self._tell(Change.everything(design), None, ready)
        self._parts = {}

    def mark_saved(self, path: Path) -> None:
        """The document as it is now stands in that file."""
        self._current.history = self._current.history.mark_saved()
        self._current.path = path
        self._list_current()
        self.history_changed.emit()

    def look_again(self) -> None:
        """Judges the data anew: its file may have changed, which no edit tells."""
        self._publish(self._inferred)

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

    def try_out(self, ask: Ask) -> None:
        """Ask Keras about what is only tried; the answer comes by `tried`, if it comes."""
        self.asked.emit(ask)

    def worker_ready(self) -> None:
        """Ask a new worker what is not answered yet, for the current design first."""
        self.preparer.attended = True
        self._ask(self._current.inference.restart())
        for design in self._designs:
            if design is not self._current:
                self._ask(design.inference.update(design.document)[1])

    def _sheet(self, inference: Inference) -> Design:
        self._opened += 1
        return Design(inference, self._opened, History.start(Document()))

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

    def _move_to(self, history: History, origin: object) -> None:
        before, self._current.history = self.document, history
        self._list_current()
        change = diff(before, history.document)
        if change.empty:
            self.history_changed.emit()
        else:
            self._tell(change, origin)

    def _tell(self, change: Change, origin: object, ready: Prepared | None = None) -> None:
        self._script = None
        report, ask = self._inferred_from(ready, change)
        self._telling = True
        self._ask(ask)  # first, so that Keras works while the views follow
        # Views that look at the report while they follow the change find the one that fits it.
        self._report = self._checked(report)
        self.changed.emit(change, origin)
        self.select(self.chosen)
        self.history_changed.emit()
        self.reported.emit(self._report)
        if not self._writing.isActive():
            self._writing.start(SCRIPT_DELAY if ask is None else SCRIPT_PATIENCE)
        self._telling = False
        early, self._early = self._early, []
        for told in early:
            self.told(told)

    def _inferred_from(self, ready: Prepared | None, change: Change) -> tuple[Report, Ask | None]:
        """The report, and what is still to be asked; a question under way is not asked again."""
        if ready is None and not change.structural and not change.sections:
            # Frames and notes, and where nodes are, mean nothing to Keras.
            self._current.inference.moved(self.document)
            return self._inferred, None
        if ready is None:
            return self._current.inference.update(self.document)
        self._current.inference = ready.inference
        if ready.ask is None or self._current.inference.awaits(ready.ask.request):
            return ready.report, None
        return self._current.inference.update(self.document)

    def _ask(self, ask: Ask | None) -> None:
        if ask is not None:
            self.asked.emit(ask)

    def _checked(self, report: Report) -> Report:
        self._inferred = report
        return self._judged(self.document, report)

    def _judged(self, document: Document, report: Report) -> Report:
        found = training_problems(document, self._catalog, report)
        return replace(report, problems=(*report.problems, *found)) if found else report

    def _publish(self, report: Report) -> None:
        self._report = self._checked(report)
        self.reported.emit(self._report)
        if self._writing.isActive():
            self._writing.start(SCRIPT_DELAY)

    def _tell_script(self) -> None:
        document, catalog = self.document, self._catalog
        if self._script is not None or len(document.graph.nodes) < MANY:
            self.scripted.emit(self.script)
            return

        def written(script: Script | Problem) -> None:
            if self.document is document:
                self._script = script
                self.scripted.emit(script)

        self._writer.work(lambda: generate(document, catalog), written, written)

    def close(self) -> None:
        """Waits for a script that is being written."""
        self._writing.stop()
        self._writer.close()
