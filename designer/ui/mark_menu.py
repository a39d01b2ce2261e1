"""The part of the canvas' menu that is about a frame or a note."""

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from designer.document.model import COLORS, Color, Frame
from designer.ui.canvas import mark_commands
from designer.ui.canvas.view import CanvasView
from designer.ui.letters import give_letters
from designer.ui.widgets.swatch import swatch_icon

_COPYING = ("", "edit.cut", "edit.copy", "edit.duplicate", "view.frame", "")


def fill(menu: QMenu, canvas: CanvasView, actions: Mapping[str, QAction], key: str) -> None:
    """Puts in what can be done with that frame or note, which is selected."""
    if isinstance(canvas.session.document.marks[key], Frame):
        menu.addAction(actions["edit.rename"])
        menu.addMenu(_colors(menu, canvas, key))
        _add(menu, actions, ("frame.select_content", "frame.fit", *_COPYING))
        delete = menu.addAction(canvas.tr("Delete fra&me only"))
        delete.triggered.connect(lambda _checked=False: canvas.delete_selection())
        menu.addAction(actions["frame.delete_all"])
    else:
        write = menu.addAction(canvas.tr("Edit te&xt"))
        write.triggered.connect(lambda _checked=False: canvas.edit(key))
        _add(menu, actions, ("frame.fit", *_COPYING, "edit.delete"))


def _add(menu: QMenu, actions: Mapping[str, QAction], ids: Iterable[str]) -> None:
    for key in ids:
        if key:
            menu.addAction(actions[key])
        else:
            menu.addSeparator()


def _colors(parent: QMenu, canvas: CanvasView, key: str) -> QMenu:
    """The colours by their names, each with a swatch; the present one is checked."""
    menu = QMenu(canvas.tr("Colo&ur"), parent)
    frame = canvas.session.document.marks[key]

    def choose(color: Color) -> None:
        frames = mark_commands.frames_of(canvas.session)
        mark_commands.recolor(canvas.session, frames, color)

    for color in COLORS:
        present = isinstance(frame, Frame) and frame.color == color
        ring = canvas.theme.color("text") if present else None
        icon = swatch_icon(canvas.theme.category(color), ring)
        action = menu.addAction(icon, mark_commands.color_name(color))
        action.setCheckable(True)
        action.setChecked(present)
        action.triggered.connect(lambda _checked=False, color=color: choose(color))
    give_letters(menu)
    return menu
