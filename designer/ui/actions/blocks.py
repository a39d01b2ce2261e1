"""The commands of the menu Edit/Blocks: groups of nodes that are seen and used as one."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import ActionSpec, marked

BLOCKS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "block.group",
        marked(QT_TRANSLATE_NOOP("actions", "&Group into a block")),
        ("Ctrl+G",),
        "Edit/Blocks",
        icon="block",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Make one block of the selected nodes, to use it again")
        ),
    ),
    ActionSpec(
        "block.ungroup",
        marked(QT_TRANSLATE_NOOP("actions", "&Ungroup")),
        ("Ctrl+Alt+G",),
        "Edit/Blocks",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Put what the selected blocks hold in their places")
        ),
    ),
    ActionSpec(
        "block.enter",
        marked(QT_TRANSLATE_NOOP("actions", "&Enter block")),
        ("Alt+Down",),
        "Edit/Blocks",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Show the selected block from inside")),
        separated=True,
    ),
    ActionSpec(
        "block.leave",
        marked(QT_TRANSLATE_NOOP("actions", "&Leave block")),
        ("Alt+Up",),
        "Edit/Blocks",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Show what is around the block")),
    ),
    ActionSpec(
        "block.add_input",
        marked(QT_TRANSLATE_NOOP("actions", "Add &input to block")),
        (),
        "Edit/Blocks",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Let another tensor into the block that is open")),
        separated=True,
    ),
    ActionSpec(
        "block.add_output",
        marked(QT_TRANSLATE_NOOP("actions", "Add &output to block")),
        (),
        "Edit/Blocks",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Let a tensor out of the block that is open")),
    ),
    ActionSpec(
        "block.spread",
        marked(QT_TRANSLATE_NOOP("actions", "Make others of its &kind alike")),
        ("Ctrl+Alt+U",),
        "Edit/Blocks",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions",
                "Give the other blocks of this kind what this one holds; they keep the values of "
                "their parameters and their wires",
            )
        ),
        separated=True,
    ),
    ActionSpec(
        "block.save",
        marked(QT_TRANSLATE_NOOP("actions", "&Save to library")),
        (),
        "Edit/Blocks",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions",
                "Keep this block in the palette, to place it in any design; one of its kind is "
                "replaced",
            )
        ),
    ),
)
