"""What hands do on the canvas beside the commands of the menus: for the sheet of shortcuts."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import marked

CANVAS = marked(QT_TRANSLATE_NOOP("actions", "On the canvas"))

GESTURES: tuple[tuple[str, str], ...] = (
    (
        marked(QT_TRANSLATE_NOOP("actions", "Search a layer at the pointer")),
        marked(QT_TRANSLATE_NOOP("actions", "Tab, Space, double-click or just type")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Wire two nodes")),
        marked(QT_TRANSLATE_NOOP("actions", "drag from port to port or node")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Insert a node on a wire")),
        marked(QT_TRANSLATE_NOOP("actions", "drop it on the wire")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Put a node anywhere, off guides and grid")),
        marked(QT_TRANSLATE_NOOP("actions", "hold Alt while dragging it")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Cut wires")),
        marked(QT_TRANSLATE_NOOP("actions", "Ctrl+right-drag across them")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Move the view")),
        marked(QT_TRANSLATE_NOOP("actions", "middle-drag or Space-drag")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Zoom at the pointer")),
        marked(QT_TRANSLATE_NOOP("actions", "turn the wheel")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Move a frame with all that lies in it")),
        marked(QT_TRANSLATE_NOOP("actions", "drag its title; an edge or corner resizes")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Write a frame’s title or a note")),
        marked(QT_TRANSLATE_NOOP("actions", "double-click it; Esc ends a note")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Open a block, and leave it again")),
        marked(QT_TRANSLATE_NOOP("actions", "double-click it, or Enter; Esc leaves")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Lead a wire that was begun by key")),
        marked(QT_TRANSLATE_NOOP("actions", "arrow keys; Tab for the next port; type a new layer")),
    ),
    (
        marked(QT_TRANSLATE_NOOP("actions", "Drop what is in the hand")),
        marked(QT_TRANSLATE_NOOP("actions", "Esc")),
    ),
)
