"""Where a menu is asked for, and about what."""

from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent

from designer.ui.canvas.hover import Hit
from designer.ui.canvas.marks import BODY, Grip
from designer.ui.session import Session


class Pointed(Protocol):
    """A canvas, as far as its menu needs it."""

    @property
    def session(self) -> Session: ...
    def hit_at(self, place: QPointF) -> Hit: ...
    def node_rect(self, node: str) -> QRect: ...
    def rect(self) -> QRect: ...
    def mapToGlobal(self, place: QPoint, /) -> QPoint: ...  # noqa: N802 - Qt's name


def menu_place(canvas: Pointed, event: QContextMenuEvent) -> tuple[QPoint, Hit] | None:
    """The place on the screen and what is there; None where Ctrl says that wires are being cut.

    From the keyboard it is about what is selected, or about the canvas.
    """
    if event.reason() == QContextMenuEvent.Reason.Keyboard:
        found = _selected(canvas.session)
        key = found.grip.mark if found.grip is not None else found.node
        rect = canvas.node_rect(key) if key is not None else canvas.rect()
        return canvas.mapToGlobal(rect.center()), found
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    return event.globalPos(), canvas.hit_at(QPointF(event.pos()))


def _selected(session: Session) -> Hit:
    if session.marks and not session.selection:
        return Hit(grip=Grip(min(session.marks), BODY))
    return Hit(min(session.selection, default=None))
