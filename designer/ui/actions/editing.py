"""The commands of the menu Edit: what changes the design or the selection."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import ActionSpec, marked

EDIT: tuple[ActionSpec, ...] = (
    ActionSpec(
        "edit.undo",
        marked(QT_TRANSLATE_NOOP("actions", "&Undo")),
        ("Ctrl+Z",),
        "Edit",
        icon="undo",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Take the last change back")),
    ),
    ActionSpec(
        "edit.redo",
        marked(QT_TRANSLATE_NOOP("actions", "&Redo")),
        (
            "Ctrl+Shift+Z",
            "Ctrl+Y",
        ),
        "Edit",
        icon="redo",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Make the change again that was taken back")),
    ),
    ActionSpec(
        "edit.add",
        marked(QT_TRANSLATE_NOOP("actions", "&Add layer…")),
        ("Ctrl+Space",),
        "Edit",
        icon="add",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Search a layer by name and place it")),
        separated=True,
    ),
    ActionSpec(
        "edit.duplicate",
        marked(QT_TRANSLATE_NOOP("actions", "&Duplicate")),
        ("Ctrl+D",),
        "Edit",
        icon="duplicate",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Copy the selected nodes with the wires between them")
        ),
    ),
    ActionSpec(
        "edit.rename",
        marked(QT_TRANSLATE_NOOP("actions", "Re&name")),
        ("F2",),
        "Edit",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Give the selected node another name")),
    ),
    ActionSpec(
        "edit.delete",
        marked(QT_TRANSLATE_NOOP("actions", "De&lete")),
        ("Delete",),
        "Edit",
        icon="delete",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Remove the selected nodes and their wires")),
        scope="canvas",
    ),
    ActionSpec(
        "edit.select_all",
        marked(QT_TRANSLATE_NOOP("actions", "Sele&ct all")),
        ("Ctrl+A",),
        "Edit",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Select every node")),
        separated=True,
        scope="canvas",
    ),
    ActionSpec(
        "edit.select_none",
        marked(QT_TRANSLATE_NOOP("actions", "Select n&othing")),
        ("Ctrl+Shift+A",),
        "Edit",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Empty the selection, to see the design itself in the inspector"
            )
        ),
    ),
)
