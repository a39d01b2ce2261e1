"""The commands of the menu File: designs, their files, and the program itself."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.designs import CLOSE
from designer.ui.actions.spec import ActionSpec, marked

FILE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.new",
        marked(QT_TRANSLATE_NOOP("actions", "&New")),
        ("Ctrl+N",),
        "File",
        icon="new",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Start an empty design")),
        design=False,
    ),
    ActionSpec(
        "file.open",
        marked(QT_TRANSLATE_NOOP("actions", "&Open…")),
        ("Ctrl+O",),
        "File",
        icon="open",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Open a design (.skipwire), a saved model (.keras) or Keras code (.py)"
            )
        ),
        design=False,
    ),
    ActionSpec(
        "file.start",
        marked(QT_TRANSLATE_NOOP("actions", "Start pa&ge")),
        (),
        "File",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Recent designs and the examples")),
        design=False,
    ),
    ActionSpec(
        "file.save",
        marked(QT_TRANSLATE_NOOP("actions", "&Save")),
        ("Ctrl+S",),
        "File",
        icon="save",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Write the design to its file")),
        separated=True,
    ),
    ActionSpec(
        "file.save_as",
        marked(QT_TRANSLATE_NOOP("actions", "Save &as…")),
        ("Ctrl+Shift+S",),
        "File",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Write the design to another file")),
    ),
    ActionSpec(
        "file.revert",
        marked(QT_TRANSLATE_NOOP("actions", "Re&vert")),
        (),
        "File",
        tip=marked(
            QT_TRANSLATE_NOOP("actions", "Go back to what the file holds; this can be undone")
        ),
    ),
    ActionSpec(
        "file.export_python",
        marked(QT_TRANSLATE_NOOP("actions", "&Export Python…")),
        ("Ctrl+E",),
        "File",
        icon="export",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Write the Keras script of this design to a file")),
        separated=True,
    ),
    ActionSpec(
        "file.export_picture",
        marked(QT_TRANSLATE_NOOP("actions", "Export p&icture…")),
        ("Ctrl+Shift+E",),
        "File",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Draw this design into an SVG, PNG or PDF file")),
    ),
    ActionSpec(
        "file.load_layers",
        marked(QT_TRANSLATE_NOOP("actions", "Load c&ustom layers…")),
        (),
        "File",
        icon="add",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Place layers of your own: choose a Python file, look at it, and run it"
            )
        ),
        separated=True,
        design=False,
    ),
    *CLOSE,
    ActionSpec(
        "app.settings",
        marked(QT_TRANSLATE_NOOP("actions", "Se&ttings…")),
        ("Ctrl+,",),
        "File",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Interpreter, folders and looks")),
        separated=True,
        design=False,
    ),
    ActionSpec(
        "app.quit",
        marked(QT_TRANSLATE_NOOP("actions", "&Quit")),
        ("Ctrl+Q",),
        "File",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Close the window; training goes on")),
        design=False,
    ),
)
