"""Every command of the window, once: menus, shortcuts, tool tips and the shortcut sheet derive
from this table; the window connects the ids to what they do.
"""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

Scope = Literal["window", "canvas"]


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command. `shortcuts` are in Qt's portable text, the first one stands in the menu.

    `menu` is a path ("View/Theme"); `separated` draws a line above; `scope` "canvas" limits the
    shortcut to a canvas with the focus, because the keys mean something else in a text field;
    `group` makes it one choice of several; `design` needs a design to be open.
    """

    id: str
    text: str
    shortcuts: tuple[str, ...] = ()
    menu: str = ""
    icon: str = ""
    tip: str = ""
    separated: bool = False
    checkable: bool = False
    group: str = ""
    scope: Scope = "window"
    design: bool = True


def label(text: str) -> str:
    """A text of this table in the user's language."""
    return QCoreApplication.translate("actions", text)


def _t(text: object) -> str:
    # The marker returns what it is given; lupdate reads the call.
    return str(text)


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.new",
        _t(QT_TRANSLATE_NOOP("actions", "&New")),
        ("Ctrl+N",),
        "File",
        icon="new",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Start an empty design")),
        design=False,
    ),
    ActionSpec(
        "file.open",
        _t(QT_TRANSLATE_NOOP("actions", "&Open…")),
        ("Ctrl+O",),
        "File",
        icon="open",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Open a design (.skipwire) or a saved model (.keras)")),
        design=False,
    ),
    ActionSpec(
        "file.start",
        _t(QT_TRANSLATE_NOOP("actions", "Start pa&ge")),
        (),
        "File",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Recent designs and the examples")),
        design=False,
    ),
    ActionSpec(
        "file.save",
        _t(QT_TRANSLATE_NOOP("actions", "&Save")),
        ("Ctrl+S",),
        "File",
        icon="save",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Write the design to its file")),
        separated=True,
    ),
    ActionSpec(
        "file.save_as",
        _t(QT_TRANSLATE_NOOP("actions", "Save &as…")),
        ("Ctrl+Shift+S",),
        "File",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Write the design to another file")),
    ),
    ActionSpec(
        "file.revert",
        _t(QT_TRANSLATE_NOOP("actions", "&Revert")),
        (),
        "File",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Go back to what the file holds; this can be undone")),
    ),
    ActionSpec(
        "file.export_python",
        _t(QT_TRANSLATE_NOOP("actions", "&Export Python…")),
        ("Ctrl+E",),
        "File",
        icon="export",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Write the Keras script of this design to a file")),
        separated=True,
    ),
    ActionSpec(
        "app.settings",
        _t(QT_TRANSLATE_NOOP("actions", "Se&ttings…")),
        ("Ctrl+,",),
        "File",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Interpreter, folders and looks")),
        separated=True,
        design=False,
    ),
    ActionSpec(
        "app.quit",
        _t(QT_TRANSLATE_NOOP("actions", "&Quit")),
        ("Ctrl+Q",),
        "File",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Close the window; training goes on")),
        design=False,
    ),
    ActionSpec(
        "edit.undo",
        _t(QT_TRANSLATE_NOOP("actions", "&Undo")),
        ("Ctrl+Z",),
        "Edit",
        icon="undo",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Take the last change back")),
    ),
    ActionSpec(
        "edit.redo",
        _t(QT_TRANSLATE_NOOP("actions", "&Redo")),
        (
            "Ctrl+Shift+Z",
            "Ctrl+Y",
        ),
        "Edit",
        icon="redo",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Make the change again that was taken back")),
    ),
    ActionSpec(
        "edit.add",
        _t(QT_TRANSLATE_NOOP("actions", "&Add layer…")),
        ("Ctrl+Space",),
        "Edit",
        icon="add",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Search a layer by name and place it")),
        separated=True,
    ),
    ActionSpec(
        "edit.duplicate",
        _t(QT_TRANSLATE_NOOP("actions", "&Duplicate")),
        ("Ctrl+D",),
        "Edit",
        icon="duplicate",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Copy the selected nodes with the wires between them")),
    ),
    ActionSpec(
        "edit.rename",
        _t(QT_TRANSLATE_NOOP("actions", "Re&name")),
        ("F2",),
        "Edit",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Give the selected node another name")),
    ),
    ActionSpec(
        "edit.delete",
        _t(QT_TRANSLATE_NOOP("actions", "De&lete")),
        ("Delete",),
        "Edit",
        icon="delete",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Remove the selected nodes and their wires")),
        scope="canvas",
    ),
    ActionSpec(
        "edit.select_all",
        _t(QT_TRANSLATE_NOOP("actions", "Sele&ct all")),
        ("Ctrl+A",),
        "Edit",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Select every node")),
        separated=True,
        scope="canvas",
    ),
    ActionSpec(
        "edit.select_none",
        _t(QT_TRANSLATE_NOOP("actions", "Select n&othing")),
        ("Ctrl+Shift+A",),
        "Edit",
        tip=_t(
            QT_TRANSLATE_NOOP(
                "actions", "Empty the selection, to see the design itself in the inspector"
            )
        ),
    ),
    ActionSpec(
        "view.zoom_in",
        _t(QT_TRANSLATE_NOOP("actions", "Zoom &in")),
        (
            "Ctrl++",
            "Ctrl+=",
        ),
        "View",
        icon="zoom_in",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Look closer")),
    ),
    ActionSpec(
        "view.zoom_out",
        _t(QT_TRANSLATE_NOOP("actions", "Zoom &out")),
        ("Ctrl+-",),
        "View",
        icon="zoom_out",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Look from further away")),
    ),
    ActionSpec(
        "view.actual_size",
        _t(QT_TRANSLATE_NOOP("actions", "&Actual size")),
        ("1",),
        "View",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Zoom to 100 %")),
        scope="canvas",
    ),
    ActionSpec(
        "view.fit",
        _t(QT_TRANSLATE_NOOP("actions", "&Whole design")),
        ("Home",),
        "View",
        icon="fit",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Zoom so that the whole design is seen")),
        scope="canvas",
    ),
    ActionSpec(
        "view.frame",
        _t(QT_TRANSLATE_NOOP("actions", "&Frame selection")),
        ("F",),
        "View",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Zoom so that the selected nodes fill the canvas")),
        scope="canvas",
    ),
    ActionSpec(
        "view.palette",
        _t(QT_TRANSLATE_NOOP("actions", "&Palette")),
        ("Ctrl+Shift+L",),
        "View",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Show or hide the list of layers")),
        separated=True,
        checkable=True,
        design=False,
    ),
    ActionSpec(
        "view.inspector",
        _t(QT_TRANSLATE_NOOP("actions", "I&nspector")),
        ("Ctrl+Shift+I",),
        "View",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Show or hide the parameters of the selection")),
        checkable=True,
        design=False,
    ),
    ActionSpec(
        "view.code",
        _t(QT_TRANSLATE_NOOP("actions", "&Code")),
        ("Ctrl+1",),
        "View",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Show or fold the Keras script")),
        separated=True,
    ),
    ActionSpec(
        "view.training",
        _t(QT_TRANSLATE_NOOP("actions", "&Training")),
        ("Ctrl+2",),
        "View",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Show or fold the training and its curves")),
    ),
    ActionSpec(
        "view.problems",
        _t(QT_TRANSLATE_NOOP("actions", "P&roblems")),
        ("Ctrl+3",),
        "View",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Show or fold the list of problems")),
    ),
    ActionSpec(
        "view.runs",
        _t(QT_TRANSLATE_NOOP("actions", "R&uns")),
        ("Ctrl+4",),
        "View",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Show or fold the list of training runs")),
    ),
    ActionSpec(
        "theme.system",
        _t(QT_TRANSLATE_NOOP("actions", "&System")),
        (),
        "View/Theme",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Light or dark as the system is")),
        checkable=True,
        group="theme",
        design=False,
    ),
    ActionSpec(
        "theme.light",
        _t(QT_TRANSLATE_NOOP("actions", "&Light")),
        (),
        "View/Theme",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Always light")),
        checkable=True,
        group="theme",
        design=False,
    ),
    ActionSpec(
        "theme.dark",
        _t(QT_TRANSLATE_NOOP("actions", "&Dark")),
        (),
        "View/Theme",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Always dark")),
        checkable=True,
        group="theme",
        design=False,
    ),
    ActionSpec(
        "arrange.layered",
        _t(QT_TRANSLATE_NOOP("actions", "&Layered")),
        ("Ctrl+L",),
        "Arrange",
        icon="arrange",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Lay the whole design out in layers")),
    ),
    ActionSpec(
        "arrange.graphviz",
        _t(QT_TRANSLATE_NOOP("actions", "&Graphviz")),
        (),
        "Arrange",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Lay the design out with Graphviz’ dot")),
    ),
    ActionSpec(
        "arrange.down",
        _t(QT_TRANSLATE_NOOP("actions", "&Top to bottom")),
        (),
        "Arrange/Direction",
        tip=_t(QT_TRANSLATE_NOOP("actions", "The design runs from top to bottom")),
        checkable=True,
        group="direction",
    ),
    ActionSpec(
        "arrange.right",
        _t(QT_TRANSLATE_NOOP("actions", "&Left to right")),
        (),
        "Arrange/Direction",
        tip=_t(QT_TRANSLATE_NOOP("actions", "The design runs from left to right")),
        checkable=True,
        group="direction",
    ),
    ActionSpec(
        "train.start",
        _t(QT_TRANSLATE_NOOP("actions", "&Train")),
        ("F5",),
        "Train",
        icon="train",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Train this design on its data")),
    ),
    ActionSpec(
        "train.pause",
        _t(QT_TRANSLATE_NOOP("actions", "&Pause or resume")),
        ("F6",),
        "Train",
        icon="pause",
        tip=_t(
            QT_TRANSLATE_NOOP("actions", "Hold the training before its next step, or let it go on")
        ),
    ),
    ActionSpec(
        "train.stop",
        _t(QT_TRANSLATE_NOOP("actions", "&Stop")),
        ("Shift+F5",),
        "Train",
        icon="stop",
        tip=_t(QT_TRANSLATE_NOOP("actions", "End the training and keep the weights")),
    ),
    ActionSpec(
        "train.save_model",
        _t(QT_TRANSLATE_NOOP("actions", "Save trained &model as…")),
        (),
        "Train",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Copy the trained model to a .keras file")),
        separated=True,
    ),
    ActionSpec(
        "help.shortcuts",
        _t(QT_TRANSLATE_NOOP("actions", "&Shortcuts")),
        ("F1",),
        "Help",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Every command and its keys")),
        design=False,
    ),
    ActionSpec(
        "help.about",
        _t(QT_TRANSLATE_NOOP("actions", "&About Skipwire")),
        (),
        "Help",
        tip=_t(QT_TRANSLATE_NOOP("actions", "Versions and licence")),
        separated=True,
        design=False,
    ),
)
