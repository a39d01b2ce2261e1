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
        marked(QT_TRANSLATE_NOOP("actions", "Add la&yer…")),
        ("Ctrl+Space",),
        "Edit",
        icon="add",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Search a layer by name and place it")),
        separated=True,
    ),
    ActionSpec(
        "edit.cut",
        marked(QT_TRANSLATE_NOOP("actions", "Cu&t")),
        ("Ctrl+X",),
        "Edit",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Remove the selected nodes and keep them on the clipboard")
        ),
        separated=True,
        scope="canvas",
    ),
    ActionSpec(
        "edit.copy",
        marked(QT_TRANSLATE_NOOP("actions", "&Copy")),
        ("Ctrl+C",),
        "Edit",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Copy the selected nodes and their wires, for text editors as Python"
            )
        ),
        scope="canvas",
    ),
    ActionSpec(
        "edit.paste",
        marked(QT_TRANSLATE_NOOP("actions", "&Paste")),
        ("Ctrl+V",),
        "Edit",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Put the copied nodes at the pointer")),
        scope="canvas",
    ),
    ActionSpec(
        "edit.paste_wired",
        marked(QT_TRANSLATE_NOOP("actions", "Paste with &inputs")),
        ("Ctrl+Shift+V",),
        "Edit",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Paste and wire the copies to what fed the originals")
        ),
        scope="canvas",
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
        "edit.bypass",
        marked(QT_TRANSLATE_NOOP("actions", "&Bypass")),
        ("M",),
        "Edit",
        icon="bypass",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions",
                "Leave the selected nodes out of the model, or take them in again: what comes in "
                "goes straight to what they feed",
            )
        ),
        scope="canvas",
    ),
    ActionSpec(
        "edit.fix",
        marked(QT_TRANSLATE_NOOP("actions", "Fix proble&m")),
        ("Ctrl+.",),
        "Edit",
        icon="fix",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions",
                "Apply the first fix of the selected node's problem, or of the first problem",
            )
        ),
    ),
    ActionSpec(
        "edit.delete",
        marked(QT_TRANSLATE_NOOP("actions", "D&elete")),
        ("Delete",),
        "Edit",
        icon="delete",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Remove the selected nodes and their wires")),
        scope="canvas",
    ),
    ActionSpec(
        "edit.delete_joined",
        marked(QT_TRANSLATE_NOOP("actions", "Delete and &join")),
        ("Ctrl+Backspace",),
        "Edit",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Remove the selected nodes and wire what fed them to what they fed"
            )
        ),
        scope="canvas",
    ),
    ActionSpec(
        "edit.select_all",
        marked(QT_TRANSLATE_NOOP("actions", "Select &all")),
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
    ActionSpec(
        "edit.find",
        marked(QT_TRANSLATE_NOOP("actions", "&Find…")),
        ("Ctrl+F",),
        "Edit",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Find a node by its name, type or shape")),
        separated=True,
    ),
    ActionSpec(
        "edit.find_next",
        marked(QT_TRANSLATE_NOOP("actions", "Find ne&xt")),
        ("F3",),
        "Edit",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Go to the next node that was found")),
    ),
    ActionSpec(
        "edit.find_previous",
        marked(QT_TRANSLATE_NOOP("actions", "Find pre&vious")),
        ("Shift+F3",),
        "Edit",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Go to the node that was found before")),
    ),
)
