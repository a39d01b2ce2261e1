"""The commands about open designs: closing them (menu File), and going from one to another."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.ui.actions.spec import ActionSpec, marked

CLOSE: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.close",
        marked(QT_TRANSLATE_NOOP("actions", "&Close")),
        ("Ctrl+W",),
        "File",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Close this design")),
        separated=True,
    ),
    ActionSpec(
        "file.close_others",
        marked(QT_TRANSLATE_NOOP("actions", "Close ot&hers")),
        (),
        "File",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Close every design but this one")),
    ),
    ActionSpec(
        "file.close_all",
        marked(QT_TRANSLATE_NOOP("actions", "C&lose all")),
        ("Ctrl+Shift+W",),
        "File",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Close every design")),
    ),
    ActionSpec(
        "file.reopen",
        marked(QT_TRANSLATE_NOOP("actions", "Reopen close&d")),
        ("Ctrl+Shift+T",),
        "File",
        tip=marked(
            QT_TRANSLATE_NOOP(
                "actions", "Open the design again that was closed last, with its undo history"
            )
        ),
        design=False,
    ),
    ActionSpec(
        "file.copy_path",
        marked(QT_TRANSLATE_NOOP("actions", "Cop&y path")),
        (),
        "File",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Copy where the file of this design is")),
        separated=True,
    ),
    ActionSpec(
        "file.show_folder",
        marked(QT_TRANSLATE_NOOP("actions", "Show in &folder")),
        (),
        "File",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Open the folder of this design's file")),
    ),
)

_NUMBERED: tuple[object, ...] = (
    QT_TRANSLATE_NOOP("actions", "Design &1"),
    QT_TRANSLATE_NOOP("actions", "Design &2"),
    QT_TRANSLATE_NOOP("actions", "Design &3"),
    QT_TRANSLATE_NOOP("actions", "Design &4"),
    QT_TRANSLATE_NOOP("actions", "Design &5"),
    QT_TRANSLATE_NOOP("actions", "Design &6"),
    QT_TRANSLATE_NOOP("actions", "Design &7"),
    QT_TRANSLATE_NOOP("actions", "Design &8"),
    QT_TRANSLATE_NOOP("actions", "Design &9"),
)

DESIGNS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "designs.next",
        marked(QT_TRANSLATE_NOOP("actions", "&Next design")),
        ("Ctrl+Tab", "Ctrl+PgDown"),
        "View/Designs",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Show the design in the tab to the right")),
    ),
    ActionSpec(
        "designs.previous",
        marked(QT_TRANSLATE_NOOP("actions", "&Previous design")),
        ("Ctrl+Shift+Tab", "Ctrl+PgUp"),
        "View/Designs",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Show the design in the tab to the left")),
    ),
    ActionSpec(
        "designs.move_right",
        marked(QT_TRANSLATE_NOOP("actions", "Move tab &right")),
        ("Ctrl+Shift+PgDown",),
        "View/Designs",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Put this design's tab after the next one")),
        separated=True,
    ),
    ActionSpec(
        "designs.move_left",
        marked(QT_TRANSLATE_NOOP("actions", "Move tab &left")),
        ("Ctrl+Shift+PgUp",),
        "View/Designs",
        tip=marked(QT_TRANSLATE_NOOP("actions", "Put this design's tab before the one before it")),
    ),
    *(
        ActionSpec(
            f"designs.{number}",
            marked(text),
            (f"Alt+{number}",),
            "View/Designs",
            tip=marked(QT_TRANSLATE_NOOP("actions", "Show the design in this tab")),
            separated=number == 1,
        )
        for number, text in enumerate(_NUMBERED, start=1)
    ),
)
