"""The commands of the menu Arrange: where nodes stand."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import ActionSpec, marked

ARRANGE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "arrange.layered",
        marked(QT_TRANSLATE_NOOP("actions", "&Layered")),
        ("Ctrl+L",),
        "Arrange",
        icon="arrange",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Lay the whole design out in layers")),
    ),
    ActionSpec(
        "arrange.graphviz",
        marked(QT_TRANSLATE_NOOP("actions", "&Graphviz")),
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
)
