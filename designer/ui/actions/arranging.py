"""The commands of the menu Arrange: where nodes stand."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import ActionSpec, marked

ARRANGE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "arrange.layered",
        marked(QT_TRANSLATE_NOOP("actions", "&Lay out in layers")),
        ("Ctrl+L",),
        "Arrange",
        icon="arrange",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Lay the whole design out in layers")),
    ),
    ActionSpec(
        "arrange.wrapped",
        marked(QT_TRANSLATE_NOOP("actions", "&Wrap into columns")),
        ("Ctrl+Alt+L",),
        "Arrange",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Set a deep network in columns, or rows to the right, like a page"
            )
        ),
    ),
    ActionSpec(
        "arrange.graphviz",
        marked(QT_TRANSLATE_NOOP("actions", "Lay out with &Graphviz")),
        (),
        "Arrange",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Lay the design out with Graphviz’ dot")),
    ),
    ActionSpec(
        "arrange.down",
        marked(QT_TRANSLATE_NOOP("actions", "&Top to bottom")),
        (),
        "Arrange/Direction",
        tip=marked(QT_TRANSLATE_NOOP("actions", "The design runs from top to bottom")),
        checkable=True,
        group="direction",
    ),
    ActionSpec(
        "arrange.right",
        marked(QT_TRANSLATE_NOOP("actions", "&Left to right")),
        (),
        "Arrange/Direction",
        tip=marked(QT_TRANSLATE_NOOP("actions", "The design runs from left to right")),
        checkable=True,
        group="direction",
    ),
    ActionSpec(
        "arrange.snap",
        marked(QT_TRANSLATE_NOOP("actions", "&Snap to guides")),
        ("Ctrl+;",),
        "Arrange",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Let dragged nodes come to rest in line with others")
        ),
        separated=True,
        checkable=True,
    ),
    ActionSpec(
        "arrange.align_left",
        marked(QT_TRANSLATE_NOOP("actions", "Align &left edges")),
        ("Ctrl+Shift+Left",),
        "Arrange/Align",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Put the left edges of the selected nodes on one line")
        ),
        scope="canvas",
    ),
    ActionSpec(
        "arrange.align_center",
        marked(QT_TRANSLATE_NOOP("actions", "Align &centres")),
        (),
        "Arrange/Align",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Put the selected nodes in one column, by their centres")
        ),
        scope="canvas",
    ),
    ActionSpec(
        "arrange.align_right",
        marked(QT_TRANSLATE_NOOP("actions", "Align &right edges")),
        ("Ctrl+Shift+Right",),
        "Arrange/Align",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Put the right edges of the selected nodes on one line")
        ),
        scope="canvas",
    ),
    ActionSpec(
        "arrange.align_top",
        marked(QT_TRANSLATE_NOOP("actions", "Align &top edges")),
        ("Ctrl+Shift+Up",),
        "Arrange/Align",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Put the upper edges of the selected nodes on one line")
        ),
        scope="canvas",
        separated=True,
    ),
    ActionSpec(
        "arrange.align_middle",
        marked(QT_TRANSLATE_NOOP("actions", "Align &middles")),
        (),
        "Arrange/Align",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Put the selected nodes in one row, by their middles")
        ),
        scope="canvas",
    ),
    ActionSpec(
        "arrange.align_bottom",
        marked(QT_TRANSLATE_NOOP("actions", "Align &bottom edges")),
        ("Ctrl+Shift+Down",),
        "Arrange/Align",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Put the lower edges of the selected nodes on one line")
        ),
        scope="canvas",
    ),
    ActionSpec(
        "arrange.distribute_horizontal",
        marked(QT_TRANSLATE_NOOP("actions", "Distribute &horizontally")),
        (),
        "Arrange/Align",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Make the gaps between the selected nodes equal from left to right"
            )
        ),
        scope="canvas",
        separated=True,
    ),
    ActionSpec(
        "arrange.distribute_vertical",
        marked(QT_TRANSLATE_NOOP("actions", "Distribute &vertically")),
        (),
        "Arrange/Align",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Make the gaps between the selected nodes equal from top to bottom"
            )
        ),
        scope="canvas",
    ),
)
