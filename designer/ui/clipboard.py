"""Copy, cut, paste and duplicate: nodes go through the system's clipboard as a checked fragment,
to every window and process, and to text editors as the Python of these nodes. Python comes in too.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from designer.codegen.snippet import snippet
from designer.document import marks
from designer.document.extent import extent_of
from designer.document.fragment import Fragment, cut_out, put_in, to_data
from designer.document.model import Document, Frame
from designer.document.problem import ProblemError
from designer.document.sharing import call_again
from designer.layout.room import Rect, free_shift
from designer.ui.canvas.geometry import Box, Point, snapped, union
from designer.ui.canvas.view import CanvasView
from designer.ui.pasting import NODES_MIME, fragment_of

Put = Callable[[Document, Fragment, float, float], tuple[Document, dict[str, str]]]
_SHIFT = 32.0  # px at 100 %, how far a copy stands from its original


class Clipboard(QObject):
    """What the commands of copying do to the canvas and its session."""

    failed = Signal(object)  # Problem: what cannot be pasted, or is doubtful in what was

    def __init__(self, canvas: CanvasView, pointer: Callable[[], QPoint] = QCursor.pos) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._pointer = pointer
        self._session = canvas.session
        self._given = b""  # what we put on the clipboard last

    def copy(self) -> None:
        """The selected nodes to the clipboard; in a text field its own selected text."""
        field = _field()
        if field is not None:
            field.copy()
        else:
            self._take()

    def cut(self) -> None:
        """Copy, and remove as one step."""
        field = _field()
        if field is not None:
            field.cut()
        elif self._take():
            ids = self._chosen()
            count = len(ids & self._session.document.graph.nodes.keys())
            label = self.tr("Cut %n node(s)", "", count) if count else self.tr("Cut")
            self._session.do(label, lambda d: marks.remove(d, ids))

    def paste(self) -> None:
        """The clipboard's nodes to the pointer, wired among themselves."""
        field = _field()
        if field is not None:
            field.paste()
        else:
            self._paste(keep_inputs=False)

    def paste_at(self, point: Point) -> None:
        """The clipboard's nodes to that place of the canvas."""
        self._paste(keep_inputs=False, at=point)

    def paste_wired(self) -> None:
        """Paste, and wire to the nodes that fed the originals where this design has them."""
        self._paste(keep_inputs=True)

    def duplicate(self) -> None:
        """Copies of the selected nodes beside them, with the wires between them."""
        fragment = cut_out(self._session.whole, self._chosen())
        count = len(fragment.sheet.graph.nodes)
        label = self.tr("Duplicate %n node(s)", "", count) if count else self.tr("Duplicate")
        put = partial(put_in, scope=self._session.scope)
        self._put(fragment, label, self._room(fragment, (_SHIFT, _SHIFT)), put=put)

    def call_again(self) -> None:
        """Copies that call the layers of the originals, with the same weights."""
        fragment = cut_out(self._session.whole, self._chosen())
        if fragment.nodes:
            count = len(fragment.sheet.graph.nodes)
            label = self.tr("Call %n layer(s) again", "", count)
            shift = self._room(fragment, (_SHIFT, _SHIFT))
            self._put(fragment, label, shift, put=partial(call_again, scope=self._session.scope))

    def leave(self) -> None:
        """Leave only the text on the clipboard, because the program is about to end.

        Data that Python made must not outlive it there: Qt would ask a dead interpreter for it.
        """
        clipboard = QGuiApplication.clipboard()
        # Not every platform knows whose the clipboard is: what lies there is compared with ours.
        if self._given and clipboard.mimeData().data(NODES_MIME).data() == self._given:
            clipboard.setText(clipboard.text())

    def _take(self) -> bool:
        session, ids = self._session, self._chosen()
        if not ids:
            return False
        mime = QMimeData()
        self._given = to_data(cut_out(session.whole, ids))
        mime.setData(NODES_MIME, self._given)
        try:
            text = snippet(session.whole, session.catalog, ids)
        except ProblemError:
            text = ""  # nodes that Keras does not know are copied all the same
        if text:
            mime.setText(text)
        QGuiApplication.clipboard().setMimeData(mime)
        return True

    def _chosen(self) -> frozenset[str]:
        """What is selected, and what lies in the frames that are."""
        return marks.with_contents(self._session.document, self._session.chosen)

    def _paste(self, *, keep_inputs: bool, at: Point | None = None) -> None:
        try:
            copied = QGuiApplication.clipboard().mimeData()
            fragment, told = fragment_of(copied, self._session.catalog)
        except ProblemError as error:
            self.failed.emit(error.problem)
            return
        count = len(fragment.sheet.graph.nodes)
        label = self.tr("Paste %n node(s)", "", count) if count else self.tr("Paste")
        wanted = _to(_extent(fragment), at) if at is not None else self._wanted(fragment)
        shift = self._room(fragment, wanted)
        put = partial(put_in, keep_inputs=keep_inputs, scope=self._session.scope)
        self._put(fragment, label, shift, put=put)
        if told is not None:
            self.failed.emit(told)

    def _put(
        self,
        fragment: Fragment,
        label: str,
        shift: tuple[float, float],
        *,
        put: Put,
    ) -> None:
        made: dict[str, str] = {}

        def edit(document: Document) -> Document:
            after, new_ids = put(document, fragment, *shift)
            made.update(new_ids)
            return after

        if not fragment.empty and self._session.do_whole(label, edit):
            self._canvas.choose(made.values())

    def _wanted(self, fragment: Fragment) -> tuple[float, float]:
        """To the pointer; beside the originals, or to the middle, if the pointer is elsewhere."""
        canvas, area = self._canvas, _extent(fragment)
        place = self._pointer()
        if QApplication.widgetAt(place) is canvas:
            there = QPointF(canvas.mapFromGlobal(place))
            return _to(area, canvas.camera.to_canvas(there))
        if canvas.camera.box(canvas.visible()).touches(area):
            return (_SHIFT, _SHIFT)
        return _to(area, canvas.camera.to_canvas(canvas.visible().center()))

    def _room(self, fragment: Fragment, wanted: tuple[float, float]) -> tuple[float, float]:
        scene = self._canvas.scene
        others = list(scene.boxes.values())
        if any(isinstance(mark, Frame) for mark in fragment.marks):
            others += scene.marks.boxes.values()  # nodes may come into a frame, a frame on none
        return free_shift(list(map(_rect, _boxes(fragment))), map(_rect, others), wanted)


def _extent(fragment: Fragment) -> Box:
    return union(_boxes(fragment)) or Box(0.0, 0.0, 0.0, 0.0)


def _boxes(fragment: Fragment) -> list[Box]:
    sheet = fragment.sheet
    return [Box(*extent_of(one)) for one in (*sheet.graph.nodes.values(), *sheet.marks.values())]


def _to(area: Box, point: Point) -> tuple[float, float]:
    return snapped(point.x - area.center.x), snapped(point.y - area.center.y)


def _rect(box: Box) -> Rect:
    return Rect(box.left, box.top, box.width, box.height)


def _field() -> QLineEdit | QPlainTextEdit | QTextEdit | None:
    """The text field with the focus: the commands of the menu mean its text then."""
    widget = QApplication.focusWidget()
    return widget if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) else None
