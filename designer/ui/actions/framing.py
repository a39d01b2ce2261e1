"""The commands of the menu Edit/Frames: what is drawn around the nodes and written beside them."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import ActionSpec, marked

FRAMES: tuple[ActionSpec, ...] = (
    ActionSpec(
        "frame.add",
        marked(QT_TRANSLATE_NOOP("actions", "Add &frame")),
        ("Ctrl+Shift+G",),
        "Edit/Frames",
        icon="frame",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Put a frame with a title around what is selected")
        ),
    ),
    ActionSpec(
        "frame.note",
        marked(QT_TRANSLATE_NOOP("actions", "Add &note")),
        ("Ctrl+Shift+N",),
        "Edit/Frames",
        icon="note",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Write a note on the canvas, as Markdown")),
    ),
    ActionSpec(
        "frame.select_content",
        marked(QT_TRANSLATE_NOOP("actions", "Select c&ontent")),
        (),
        "Edit/Frames",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Select what lies in the selected frames")),
        separated=True,
    ),
    ActionSpec(
        "frame.fit",
        marked(QT_TRANSLATE_NOOP("actions", "F&it to content")),
        (),
        "Edit/Frames",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Close frames around their nodes, notes around their text")
        ),
    ),
    ActionSpec(
        "frame.delete_all",
        marked(QT_TRANSLATE_NOOP("actions", "Delete &with content")),
        (),
        "Edit/Frames",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Remove the selected frames and all in them")),
    ),
)
