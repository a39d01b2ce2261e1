"""The painted nodes for screen readers: an accessible child of the canvas for each node.

Qt keeps interfaces by id and asks Python for them, so the canvas' own interface holds its children.
"""

from collections.abc import Sequence
from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from designer.infer.report import NodeReport
from designer.ui.canvas.mark_commands import title_of
from designer.ui.canvas.scene import Scene
from designer.ui.canvas.summary import shape_text
from designer.ui.session import Session
from designer.ui.translate import tell


class Shown(Protocol):
    """What the interfaces ask of the canvas."""

    scene: Scene
    session: Session

    def node_rect(self, node: str) -> QRect: ...


class NodeInterface(QAccessibleInterface):
    """One node: its name, its type and shape as the value, its problems as the description."""

    def __init__(self, canvas: "CanvasInterface", node: str) -> None:
        super().__init__()
        self._canvas = canvas
        self.node = node

    def isValid(self) -> bool:
        return self._canvas.knows(self.node)

    def object(self) -> QObject | None:  # type: ignore[override] # a painted node has no QObject; Qt takes null
        return None

    def window(self) -> QWindow | None:  # type: ignore[override] # null as long as there is no window
        return self._canvas.window()

    def parent(self) -> QAccessibleInterface:
        return self._canvas

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # none
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # none
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def rect(self) -> QRect:
        return self._canvas.rect_of(self.node)

    def role(self) -> QAccessible.Role:
        return self._canvas.role_of(self.node)

    def setText(self, t: QAccessible.Text, text: str) -> None:  # noqa: N802 - Qt's name
        return

    def state(self) -> QAccessible.State:
        return self._canvas.state_of(self.node)

    def text(self, t: QAccessible.Text) -> str:
        return self._canvas.text_of(self.node, t)


class CanvasInterface(QAccessibleWidget):
    """The canvas: its children are nodes, frames and notes, as the document has them."""

    def __init__(self, widget: QWidget, shown: Shown) -> None:
        super().__init__(widget, QAccessible.Role.List, widget.accessibleName())
        self._shown = shown
        self._children: dict[str, NodeInterface] = {}
        self._ids: dict[str, int] = {}

    def nodes(self) -> Sequence[str]:
        """Ids of the nodes, as children are counted."""
        document = self._shown.scene.document
        return (*document.graph.nodes, *document.marks)

    def of_node(self, node: str) -> NodeInterface:
        """The interface of a node, made when first asked for."""
        if node not in self._children:
            self._children[node] = NodeInterface(self, node)
            registered = QAccessible.registerAccessibleInterface(self._children[node])
            self._ids[node] = registered
        return self._children[node]

    def forget(self, gone: frozenset[str]) -> None:
        """Nodes that are no longer in the document."""
        for node in gone & self._children.keys():
            QAccessible.deleteAccessibleInterface(self._ids.pop(node))
            del self._children[node]

    def childCount(self) -> int:
        return len(self._shown.scene.boxes) + len(self._shown.scene.marks.boxes)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # null: none
        nodes = self.nodes()
        return self.of_node(nodes[index]) if 0 <= index < len(nodes) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        nodes = self.nodes()
        return nodes.index(child.node) if isinstance(child, NodeInterface) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # none
        document = self._shown.scene.document
        marks = reversed(self._shown.scene.marks.in_order(document.marks))
        order = (*document.graph.nodes, *marks)  # a frame is behind all that lies in it
        found = (i for i in order if self.rect_of(i).contains(x, y))
        node = next(found, None)
        return self.of_node(node) if node is not None else None

    # --- What the nodes say ---------------------------------------------------------------------

    def knows(self, node: str) -> bool:
        """Whether the node is still there."""
        return node in self._shown.scene.boxes or node in self._shown.scene.marks.boxes

    def role_of(self, node: str) -> QAccessible.Role:
        """What kind of thing it is."""
        if node not in self._shown.scene.marks.boxes:
            return QAccessible.Role.ListItem
        frame = self._shown.scene.marks.is_frame(node)
        return QAccessible.Role.Grouping if frame else QAccessible.Role.Note

    def rect_of(self, node: str) -> QRect:
        """The node on the screen."""
        if not self.knows(node):
            return QRect()
        corner: QPoint = self.widget().mapToGlobal(QPoint(0, 0))
        return self._shown.node_rect(node).translated(corner)

    def state_of(self, node: str) -> QAccessible.State:
        """Selected or not, on screen or not."""
        state = QAccessible.State()
        state.selectable = True
        state.focusable = True
        state.selected = node in self._shown.session.chosen
        state.focused = state.selected and len(self._shown.session.chosen) == 1
        return state

    def text_of(self, node: str, kind: QAccessible.Text) -> str:
        """Name, value (type and shapes) or description (problems) of a node."""
        scene = self._shown.scene
        if not self.knows(node):
            return ""
        if node in scene.marks.boxes:
            return title_of(scene.document, node) if kind == QAccessible.Text.Name else ""
        look = scene.looks[node]
        if kind == QAccessible.Text.Name:
            bypassed = scene.document.graph.nodes[node].bypassed
            template = QCoreApplication.translate("canvas", "{name}, bypassed")
            return template.format(name=look.name) if bypassed else look.name
        if kind == QAccessible.Text.Value:
            return ", ".join(part for part in (look.second, _shapes(scene.told(node))) if part)
        if kind == QAccessible.Text.Description:
            return " ".join(tell(problem) for problem in scene.problems_of(node))
        return ""


def _shapes(told: NodeReport | None) -> str:
    """What comes out of a node, as its wires show it; "" while unknown."""
    return ", ".join(shape_text(spec) for spec in told.outputs) if told is not None else ""


@runtime_checkable
class Speaking(Protocol):
    """A widget that has an interface of its own to give."""

    def accessible_interface(self) -> QAccessibleInterface: ...


def _factory(_name: str, thing: QObject) -> QAccessibleInterface | None:
    return thing.accessible_interface() if isinstance(thing, Speaking) else None


@cache
def install() -> None:
    """Let Qt ask canvases for their interface; all other widgets keep theirs. Once is enough."""
    QAccessible.installFactory(_factory)


def announce(interface: NodeInterface) -> None:
    """Tell screen readers that the focus is on this node now."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(interface, QAccessible.Event.Focus))
