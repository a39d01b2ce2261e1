"""The commands of the menu Edit/Shared layers: one layer, with one set of weights, called often."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import ActionSpec, marked

SHARING: tuple[ActionSpec, ...] = (
    ActionSpec(
        "share.duplicate",
        marked(QT_TRANSLATE_NOOP("actions", "&Call again")),
        ("Ctrl+Alt+D",),
        "Edit/Shared layers",
        icon="shared",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions",
                "Copy the selected nodes as further calls of the same layers, with the same "
                "weights: a siamese network",
            )
        ),
    ),
    ActionSpec(
        "share.join",
        marked(QT_TRANSLATE_NOOP("actions", "&Share one layer")),
        (),
        "Edit/Shared layers",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions",
                "Let the selected nodes call one layer: that of the first, with its parameters",
            )
        ),
    ),
    ActionSpec(
        "share.part",
        marked(QT_TRANSLATE_NOOP("actions", "&Part")),
        (),
        "Edit/Shared layers",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Give each selected node a layer of its own with the same parameters"
            )
        ),
    ),
)
