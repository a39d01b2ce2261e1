"""Titles and notes are written where they stand: one editor that floats over the canvas.

Enter (Ctrl+Enter in a note) or a click elsewhere commits. Esc leaves a title as it was; in a note
it commits as well, because a long text must not be lost by one key: undo takes it back.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from designer.document.diff import SECTIONS, Change
from designer.document.mark_lines import TITLE_LIMIT
from designer.document.model import Frame, Note
from designer.ui.canvas import mark_commands
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.marks import title_box
from designer.ui.canvas.scene import Scene
from designer.ui.canvas.sprites import font_at
from designer.ui.session import Session
from designer.ui.theme import Theme

_TITLE = (160, 26)  # px that a title's editor has at least
_NOTE = (220, 96)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Commit = Callable[[str], bool]


class Canvas(Protocol):
    """What the editor sees of the canvas."""

    scene: Scene
    theme: Theme

    @property
    def session(self) -> Session: ...
    @property
    def camera(self) -> Camera: ...
    def pointed(self) -> Point: ...
    def choose(self, nodes: Iterable[str]) -> None: ...
    def reveal(self, node: str) -> None: ...
    def rect(self) -> QRect: ...
    def setFocus(self, reason: Qt.FocusReason, /) -> None: ...  # noqa: N802 - Qt's name


class MarkEditor(QObject):
    """At most one text is being written. `place` is the widget that the editor floats on."""

    def __init__(self, canvas: Canvas, place: QWidget) -> None:
        super().__init__(place)
        self._canvas = canvas
        self._place = place
        self._commit: Commit | None = None
        self._subject = ""
        self.field: QLineEdit | QPlainTextEdit | None = None
        canvas.session.leaving.connect(self.finish)

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self.field is not None

    def edit(self, key: str, step: str = "") -> None:
        """Write a frame's title or a note's text; with `step` as a part of that undo step."""
        self.finish()
        self._canvas.reveal(key)
        session, one = self._canvas.session, self._canvas.session.document.marks[key]
        box = self._canvas.scene.marks.boxes[key]
        if isinstance(one, Frame):
            self._open(
                self._line(one.title),
                title_box(box, self._canvas.camera.zoom),
                lambda text: mark_commands.retitle(session, key, text, step, self._canvas),
                key,
            )
        else:
            self._open(
                self._page(one),
                box,
                lambda text: mark_commands.rewrite(
                    session, key, text, self._canvas.theme, self._canvas
                ),
                key,
            )

    def edit_title(self, key: str, step: str = "") -> None:
        """Write a block's title; with `step` as a part of that undo step."""
        self.finish()
        self._canvas.reveal(key)
        session, box = self._canvas.session, self._canvas.scene.boxes.get(key)
        block = session.whole.blocks.get(key)
        if box is None or block is None:
            return
        line = self._line(block.title)
        line.setAccessibleName(self.tr("Title of the block"))
        commit = partial(mark_commands.retitle_block, session, key, step=step, origin=self._canvas)
        self._open(line, box, commit, key)

    def edit_selected(self) -> bool:
        """Write what is selected, if that is one frame, note or block."""
        session = self._canvas.session
        if len(session.chosen) != 1:
            return False
        (key,) = session.chosen
        if key in session.whole.blocks:
            self.edit_title(key)
        elif key in session.marks:
            self.edit(key)
        return self.busy

    def add_frame(self) -> None:
        """Put a frame around what is selected, or at the pointer, and ask for its title."""
        canvas = self._canvas
        key, step = mark_commands.add_frame(canvas.session, canvas.pointed(), canvas)
        if key in canvas.scene.marks.boxes:
            canvas.choose({key})
            self.edit(key, step)

    def add_note(self, at: Point | None = None) -> None:
        """Write a new note there, or at the pointer; it is made only if something is written."""
        session = self._canvas.session
        extent = mark_commands.note_area(at or self._canvas.pointed())

        def commit(text: str) -> bool:
            if not text.strip():
                return True
            canvas = self._canvas
            key = mark_commands.add_note(session, extent, text, canvas.theme, canvas)
            session.select([key])
            return bool(key)

        self._open(self._page(Note("")), Box(*extent), commit, "")

    def finish(self) -> None:
        """Commit what was written; it stays open where the document refuses it."""
        if self.field is not None and self._commit is not None:
            commit, self._commit = self._commit, None  # committing may take the focus away
            if not commit(self._text(self.field)):
                self._commit = commit
                return
            self.drop()

    def drop(self) -> None:
        """Close the editor; what was written is forgotten."""
        field, self.field, self._commit, self._subject = self.field, None, None, ""
        if field is not None:
            held = field.hasFocus()
            field.hide()
            field.deleteLater()
            if held:
                self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, change: Change) -> None:
        """The document is another one: what was being written may be outdated."""
        whole = change.sections.issuperset(SECTIONS)
        touched = change.marks | change.removed | (change.updated - change.moved)
        if self._commit is not None and (whole or self._subject in touched):
            self.drop()

    # --- The editor itself ----------------------------------------------------------------------

    def _open(
        self, field: QLineEdit | QPlainTextEdit, box: Box, commit: Commit, subject: str
    ) -> None:
        self.finish()
        self.drop()
        self.field, self._commit, self._subject = field, commit, subject
        least = _TITLE if isinstance(field, QLineEdit) else _NOTE
        field.setGeometry(_within(self._canvas.camera.rect(box), least, self._canvas.rect()))
        field.installEventFilter(self)
        if isinstance(field, QLineEdit):
            field.selectAll()
        else:
            field.moveCursor(QTextCursor.MoveOperation.End)
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, title: str) -> QLineEdit:
        line = QLineEdit(title, self._place)
        line.setMaxLength(TITLE_LIMIT)
        line.setPlaceholderText(self.tr("Title"))
        line.setAccessibleName(self.tr("Title of the frame"))
        return line

    def _page(self, note: Note) -> QPlainTextEdit:
        page = QPlainTextEdit(note.text, self._place)
        page.setObjectName("note")
        page.setFont(font_at(max(1.0, self._canvas.camera.zoom)))
        page.setPlaceholderText(self.tr("Text, as Markdown; Esc when it is done"))
        page.setAccessibleName(self.tr("Text of the note"))
        page.setTabChangesFocus(False)
        return page

    @staticmethod
    def _text(field: QLineEdit | QPlainTextEdit) -> str:
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() in _ENTERS:
                event.accept()  # the canvas around it has a command on this key
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(event)
        if isinstance(event, QFocusEvent) and event.lostFocus():
            away = event.reason() != Qt.FocusReason.PopupFocusReason  # its own menu is not away
            if away:
                self.finish()
        return False

    def _key_pressed(self, event: QKeyEvent) -> bool:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        line = isinstance(self.field, QLineEdit)
        if event.key() == Qt.Key.Key_Escape:
            leave = self.drop if line else self.finish
            leave()
            return True
        if event.key() in _ENTERS and (held or line):
            self.finish()
            return True
        return False


def _within(rect: QRectF, least: tuple[int, int], view: QRect) -> QRect:
    """The place of an editor: over the rectangle, at least that large, and in view."""
    size = rect.size().toSize().expandedTo(QRect(0, 0, *least).size()).boundedTo(view.size())
    left = min(max(round(rect.left()), 0), view.width() - size.width())
    top = min(max(round(rect.top()), 0), view.height() - size.height())
    return QRect(left, top, size.width(), size.height())
