"""The canvas by keyboard: which key does what, and where the focus goes along the wires."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from designer.ui.canvas.geometry import GRID
from designer.ui.canvas.scene import Scene
from designer.ui.session import Session

Key = Qt.Key
_STEPS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
_LARGE = 5  # steps at once with Shift


class Keyboard(Protocol):
    """What the keys can make the canvas do."""

    @property
    def session(self) -> Session: ...
    def escape(self) -> bool: ...
    def delete_selection(self) -> None: ...
    def select_all(self) -> None: ...
    def frame_selection(self) -> None: ...
    def fit(self) -> None: ...
    def zoom_to(self, zoom: float) -> None: ...
    def edit_selected(self) -> bool: ...
    def search_here(self) -> None: ...
    def nudge(self, dx: float, dy: float) -> bool: ...
    def walk(self, dx: int, dy: int) -> bool: ...


def press(canvas: Keyboard, event: QKeyEvent) -> bool:
    """Do what the key means; False if it means nothing here."""
    key = Key(event.key())
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in _STEPS:
        return _step(canvas, _STEPS[key], held)
    if held == Qt.KeyboardModifier.ControlModifier and key == Key.Key_A:
        canvas.select_all()
        return True
    if held != Qt.KeyboardModifier.NoModifier:
        return False
    if key == Key.Key_Escape:
        return canvas.escape()
    if key in (Key.Key_Return, Key.Key_Enter):
        return canvas.edit_selected()
    plain: dict[Qt.Key, Callable[[], None]] = {
        Key.Key_Delete: canvas.delete_selection,
        Key.Key_Tab: canvas.search_here,
        Key.Key_Home: canvas.fit,
        Key.Key_1: lambda: canvas.zoom_to(1.0),
    }
    if canvas.session.selection:
        plain[Key.Key_F] = canvas.frame_selection  # else it is the first letter of a search
    action = plain.get(key)
    if action is not None:
        action()
    return action is not None


def pass_on(event: QKeyEvent, typed: Callable[[str], object]) -> bool:
    """A key that means nothing here: a letter begins a search, others are unknown (False)."""
    shifted = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    letter = event.text().isalpha() and not shifted
    if letter:
        typed(event.text())
    return letter


def _step(canvas: Keyboard, step: tuple[int, int], held: Qt.KeyboardModifier) -> bool:
    if held == Qt.KeyboardModifier.ControlModifier:
        return canvas.walk(*step)
    if held == Qt.KeyboardModifier.ShiftModifier:
        return canvas.nudge(step[0] * GRID * _LARGE, step[1] * GRID * _LARGE)
    if held == Qt.KeyboardModifier.NoModifier:
        return canvas.nudge(step[0] * GRID, step[1] * GRID)
    return False


def neighbour(scene: Scene, node: str | None, dx: int, dy: int) -> str | None:
    """The node that Ctrl+arrow goes to: along a wire, or across to the nearest one beside it.

    From no node at all it is the first one.
    """
    if node is None:
        return next(iter(scene.boxes), None)
    graph = scene.document.graph
    along = dy if scene.direction == "down" else dx
    if along > 0:
        ends = [e.target for e in graph.outgoing.get(node, ())]
        ends.sort(key=lambda i: _far(scene, node, i))
    elif along < 0:
        ends = [e.source for e in graph.incoming.get(node, ())]
        ends.sort(key=lambda i: _far(scene, node, i))
    else:
        ends = _beside(scene, node, dx, dy)
    return ends[0] if ends else None


def _beside(scene: Scene, node: str, dx: int, dy: int) -> list[str]:
    here = scene.boxes[node].center
    found = []
    for other, box in scene.boxes.items():
        x, y = box.center.x - here.x, box.center.y - here.y
        ahead, aside = (x * dx, abs(y)) if dx else (y * dy, abs(x))
        if ahead > 0 and aside <= 2 * ahead:
            found.append((ahead + 2 * aside, other))
    return [other for _, other in sorted(found)]


def _far(scene: Scene, one: str, other: str) -> float:
    a, b = scene.boxes[one].center, scene.boxes[other].center
    return abs(a.x - b.x) + abs(a.y - b.y)
