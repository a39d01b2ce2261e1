"""The commands of the menus Train and Help."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import ActionSpec, marked

TRAIN: tuple[ActionSpec, ...] = (
    ActionSpec(
        "train.start",
        marked(QT_TRANSLATE_NOOP("actions", "&Train")),
        ("F5",),
        "Train",
        icon="train",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Train this design on its data")),
    ),
    ActionSpec(
        "train.pause",
        marked(QT_TRANSLATE_NOOP("actions", "&Pause or resume")),
        ("F6",),
        "Train",
        icon="pause",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Hold the training before its next step, or let it go on")
        ),
    ),
    ActionSpec(
        "train.stop",
        marked(QT_TRANSLATE_NOOP("actions", "&Stop")),
        ("Shift+F5",),
        "Train",
        icon="stop",
        tip=marked(QT_TRANSLATE_NOOP("actions", "End the training and keep the weights")),
    ),
    ActionSpec(
        "train.continue",
        marked(QT_TRANSLATE_NOOP("actions", "&Continue from checkpoint")),
        ("Ctrl+F5",),
        "Train",
        icon="continue",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Let the run that is shown go on, if it ended early")
        ),
        design=False,
    ),
    ActionSpec(
        "train.save_model",
        marked(QT_TRANSLATE_NOOP("actions", "Save trained &model as…")),
        (),
        "Train",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Copy the trained model to a .keras file")),
        separated=True,
    ),
    ActionSpec(
        "help.shortcuts",
        marked(QT_TRANSLATE_NOOP("actions", "&Shortcuts")),
        ("F1",),
        "Help",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Every command and its keys")),
        design=False,
    ),
    ActionSpec(
        "help.keys",
        marked(QT_TRANSLATE_NOOP("actions", "C&hange shortcuts…")),
        (),
        "Help",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Choose other keys for commands")),
        design=False,
    ),
    ActionSpec(
        "app.commands",
        marked(QT_TRANSLATE_NOOP("actions", "&Commands…")),
        ("Ctrl+Shift+P",),
        "Help",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Search every command by its name")),
        design=False,
    ),
    ActionSpec(
        "help.about",
        marked(QT_TRANSLATE_NOOP("actions", "&About Skipwire")),
        (),
        "Help",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Versions and licence")),
        separated=True,
        design=False,
    ),
)
