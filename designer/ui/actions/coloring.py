"""The commands that colour the canvas by what layers cost: one of several at a time."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import ActionSpec, marked

HEAT: tuple[ActionSpec, ...] = (
    ActionSpec(
        "heat.off",
        marked(QT_TRANSLATE_NOOP("actions", "&Type of layer")),
        ("Ctrl+Alt+0",),
        "View/Colour",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Colour each node by its type, as usual")),
        checkable=True,
        group="heat",
    ),
    ActionSpec(
        "heat.macs",
        marked(QT_TRANSLATE_NOOP("actions", "&MACs")),
        ("Ctrl+Alt+1",),
        "View/Colour",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Colour by cost: multiply-accumulates")),
        checkable=True,
        group="heat",
    ),
    ActionSpec(
        "heat.parameters",
        marked(QT_TRANSLATE_NOOP("actions", "&Parameters")),
        ("Ctrl+Alt+2",),
        "View/Colour",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Colour by cost: parameters")),
        checkable=True,
        group="heat",
    ),
    ActionSpec(
        "heat.memory",
        marked(QT_TRANSLATE_NOOP("actions", "&Activation memory")),
        ("Ctrl+Alt+3",),
        "View/Colour",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Colour by cost: memory of what comes out")),
        checkable=True,
        group="heat",
    ),
)
