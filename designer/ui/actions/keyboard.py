"""The commands that stand for the hand: going from node to node, moving nodes, without a mouse."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import ActionSpec, marked

KEYBOARD: tuple[ActionSpec, ...] = (
    ActionSpec(
        "go.up",
        marked(QT_TRANSLATE_NOOP("actions", "Node &above")),
        ("Ctrl+Up",),
        "Edit/Go",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Select the neighbour above, along the wires")),
        scope="canvas",
    ),
    ActionSpec(
        "go.down",
        marked(QT_TRANSLATE_NOOP("actions", "Node &below")),
        ("Ctrl+Down",),
        "Edit/Go",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Select the neighbour below, along the wires")),
        scope="canvas",
    ),
    ActionSpec(
        "go.left",
        marked(QT_TRANSLATE_NOOP("actions", "Node to the &left")),
        ("Ctrl+Left",),
        "Edit/Go",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Select the neighbour on the left")),
        scope="canvas",
    ),
    ActionSpec(
        "go.right",
        marked(QT_TRANSLATE_NOOP("actions", "Node to the &right")),
        ("Ctrl+Right",),
        "Edit/Go",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Select the neighbour on the right")),
        scope="canvas",
    ),
    ActionSpec(
        "wire.from",
        marked(QT_TRANSLATE_NOOP("actions", "Wire &from here")),
        ("Ctrl+Return", "Ctrl+Enter"),
        "Edit/Go",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Take a wire from the selected node; arrows lead it, Return connects it"
            )
        ),
        separated=True,
        scope="canvas",
    ),
    ActionSpec(
        "wire.to",
        marked(QT_TRANSLATE_NOOP("actions", "Wire &to here")),
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        "Edit/Go",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Take a wire to the selected node; arrows lead it, Return connects it"
            )
        ),
        scope="canvas",
    ),
    ActionSpec(
        "wire.next",
        marked(QT_TRANSLATE_NOOP("actions", "&Next wire of the node")),
        ("Ctrl+J",),
        "Edit/Go",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Select the wires of the node in turn, to delete one or to insert there"
            )
        ),
        scope="canvas",
    ),
    ActionSpec(
        "go.parameters",
        marked(QT_TRANSLATE_NOOP("actions", "&Parameters")),
        ("Return", "Enter"),
        "Edit/Go",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Edit the parameters of the selected node")),
        separated=True,
        scope="canvas",
    ),
    ActionSpec(
        "go.canvas",
        marked(QT_TRANSLATE_NOOP("actions", "&Canvas")),
        ("Ctrl+0",),
        "Edit/Go",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Give the keys to the canvas again")),
    ),
    ActionSpec(
        "move.up",
        marked(QT_TRANSLATE_NOOP("actions", "&Up")),
        ("Up",),
        "Arrange/Move",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Move the selected nodes one step up")),
        scope="canvas",
    ),
    ActionSpec(
        "move.down",
        marked(QT_TRANSLATE_NOOP("actions", "&Down")),
        ("Down",),
        "Arrange/Move",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Move the selected nodes one step down")),
        scope="canvas",
    ),
    ActionSpec(
        "move.left",
        marked(QT_TRANSLATE_NOOP("actions", "&Left")),
        ("Left",),
        "Arrange/Move",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Move the selected nodes one step to the left")),
        scope="canvas",
    ),
    ActionSpec(
        "move.right",
        marked(QT_TRANSLATE_NOOP("actions", "&Right")),
        ("Right",),
        "Arrange/Move",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Move the selected nodes one step to the right")),
        scope="canvas",
    ),
    ActionSpec(
        "move.far_up",
        marked(QT_TRANSLATE_NOOP("actions", "Far u&p")),
        ("Shift+Up",),
        "Arrange/Move",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Move the selected nodes five steps up")),
        separated=True,
        scope="canvas",
    ),
    ActionSpec(
        "move.far_down",
        marked(QT_TRANSLATE_NOOP("actions", "Far d&own")),
        ("Shift+Down",),
        "Arrange/Move",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Move the selected nodes five steps down")),
        scope="canvas",
    ),
    ActionSpec(
        "move.far_left",
        marked(QT_TRANSLATE_NOOP("actions", "Far l&eft")),
        ("Shift+Left",),
        "Arrange/Move",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Move the selected nodes five steps to the left")),
        scope="canvas",
    ),
    ActionSpec(
        "move.far_right",
        marked(QT_TRANSLATE_NOOP("actions", "Far ri&ght")),
        ("Shift+Right",),
        "Arrange/Move",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Move the selected nodes five steps to the right")),
        scope="canvas",
    ),
)
