"""What Qt tells the canvas, mouse, wheel, keys, menu and tips, and who deals with it.

A watcher of the widget rather than the widget's own handlers, so that the view stays a view.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QSinglePointEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from designer.ui.canvas import keys
from designer.ui.canvas.geometry import Point
from designer.ui.canvas.gestures.gesture import Pointer
from designer.ui.canvas.hand import Hand
from designer.ui.canvas.hover import Advise, Hit, tip
from designer.ui.canvas.menu_place import Pointed, menu_place
from designer.ui.canvas.placing import Pending
from designer.ui.canvas.scene import Scene


class Canvas(keys.Keyboard, Pointed, Protocol):
    """What the events can make the canvas do."""

    scene: Scene
    advise: Advise

    def pointer(self, event: QSinglePointEvent) -> Pointer: ...
    def turn_wheel(self, event: QWheelEvent) -> None: ...
    def ask_for_node(self, at: Point, pending: Pending | None) -> None: ...


class CanvasEvents(QObject):
    """Hands each event on. `edit` is told a node, `menu` a place and a hit, `typed` a letter."""

    def __init__(
        self,
        canvas: Canvas,
        hand: Hand,
        *,
        edit: Callable[[str], object],
        menu: Callable[..., object],
        typed: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._canvas = canvas
        self._hand = hand
        self._edit = edit
        self._menu = menu
        self._typed = typed
        kind = QEvent.Type
        self._readers: dict[QEvent.Type, Callable[..., bool]] = {
            kind.MouseButtonPress: self._press,
            kind.MouseMove: self._move,
            kind.MouseButtonRelease: self._release,
            kind.MouseButtonDblClick: self._press_twice,
            kind.Wheel: self._turn,
            kind.KeyPress: self._key,
            kind.KeyRelease: self._key_up,
            kind.Leave: self._leave,
            kind.FocusOut: self._lose_focus,
            kind.ContextMenu: self._ask_menu,
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(watched, QWidget):
            assert isinstance(event, QHelpEvent)
            canvas = self._canvas
            told = tip(canvas.scene, canvas.hit_at(QPointF(event.pos())), canvas.advise)
            QToolTip.showText(event.globalPos(), told, watched)
            return True
        read = self._readers.get(event.type())
        return read is not None and read(event)

    # --- Mouse ----------------------------------------------------------------------------------

    def _press(self, event: QMouseEvent) -> bool:
        self._hand.press(self._canvas.pointer(event), event.button())
        return True

    def _move(self, event: QMouseEvent) -> bool:
        self._hand.move(self._canvas.pointer(event))
        return True

    def _release(self, event: QMouseEvent) -> bool:
        self._hand.release(self._canvas.pointer(event), event.button())
        return True

    def _press_twice(self, event: QMouseEvent) -> bool:
        found = self._canvas.hit_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found.node is not None:
            self._edit(found.node)
        elif event.button() == Qt.MouseButton.LeftButton and found.grip is not None:
            self._edit(found.grip.mark)
        elif event.button() == Qt.MouseButton.LeftButton and found == Hit():
            self._canvas.ask_for_node(self._canvas.pointer(event).point, None)
        return True

    def _turn(self, event: QWheelEvent) -> bool:
        self._canvas.turn_wheel(event)
        return True

    def _leave(self, _event: QEvent) -> bool:
        self._hand.leave()
        return False

    def _ask_menu(self, event: QContextMenuEvent) -> bool:
        asked = menu_place(self._canvas, event)
        if asked is not None:
            self._hand.pick(asked[1])
            self._menu(*asked)
        return True

    # --- Keys -----------------------------------------------------------------------------------

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if not event.isAutoRepeat():
                self._hand.hold_space()
            return True
        return keys.press(self._canvas, event) or keys.pass_on(event, self._typed)

    def _key_up(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat() and self._hand.let_space_go():
            self._canvas.search_here()
        return True

    def _lose_focus(self, _event: QEvent) -> bool:
        self._hand.let_space_go()
        return False
