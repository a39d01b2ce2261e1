"""The commands of the menus that act on the canvas, by their ids in the action table."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import get_args

from PySide6.QtCore import QObject

from designer.document.sharing import share, unshare
from designer.layout.align import Axis, Side, align, distribute
from designer.ui.advice import Advice
from designer.ui.block_commands import BlockCommands
from designer.ui.canvas import keys
from designer.ui.canvas.commands import delete_joined
from designer.ui.canvas.glide import Glide
from designer.ui.canvas.mark_commands import fit, frames_of, remove_with_content, select_content
from designer.ui.canvas.view import CanvasView
from designer.ui.canvas_menu import CanvasMenu
from designer.ui.clipboard import Clipboard
from designer.ui.command_palette import CommandPalette
from designer.ui.find_bar import FindBar
from designer.ui.fix_menu import fix_lines
from designer.ui.key_commands import KeyCommands
from designer.ui.looks import Looks
from designer.ui.trail import Trail
from designer.ui.window import MainWindow

Handlers = Mapping[str, Callable[[], object]]


class CanvasCommands(QObject):
    """Holds what these commands need; `handlers` is what the window connects."""

    def __init__(
        self, canvas: CanvasView, window: MainWindow, looks: Looks, advice: Advice
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.clipboard = Clipboard(canvas)
        self.blocks = BlockCommands(canvas)
        self._advice = advice
        self.menu = CanvasMenu(window, canvas, self.clipboard, advice)
        canvas.advise = partial(fix_lines, advice, window.actions_by_id["edit.fix"])
        canvas.menu_requested.connect(self.menu.show)
        self.keys = KeyCommands(window, window.settings)
        self.keys.bindings.add(canvas)
        self.find_bar = FindBar(canvas, looks.theme, window)
        self.palette = CommandPalette(window.actions_by_id, looks.theme, window)
        window.insert_above_strip(self.find_bar)
        looks.add(self.find_bar)
        self.trail = Trail(canvas, looks.theme, window)
        window.insert_above_page(self.trail)
        window.stack.currentChanged.connect(self.trail.follow)
        looks.add(self.trail)
        looks.add(self.palette)
        self._settings = window.settings
        self.glide = Glide(canvas)
        self._snap = window.actions_by_id["arrange.snap"]
        self.follow_settings()

    def follow_settings(self) -> None:
        """Takes over what the settings say of the canvas."""
        self._canvas.snaps = bool(self._settings.get("canvas/snap"))
        self.glide.wanted = bool(self._settings.get("canvas/animate"))
        self._snap.setChecked(self._canvas.snaps)

    def _switch_snap(self) -> None:
        self._settings.put("canvas/snap", self._snap.isChecked())
        self.follow_settings()

    @property
    def handlers(self) -> Handlers:
        """What each command does."""
        canvas, clipboard = self._canvas, self.clipboard
        return {
            "edit.copy": clipboard.copy,
            "edit.cut": clipboard.cut,
            "edit.paste": clipboard.paste,
            "edit.paste_wired": clipboard.paste_wired,
            "edit.duplicate": clipboard.duplicate,
            **self._sharing(),
            **self.blocks.handlers,
            "edit.fix": self._advice.apply_first,
            "edit.delete_joined": lambda: delete_joined(canvas.session, canvas),
            **self._framing(),
            **self._arranging(),
            "arrange.snap": self._switch_snap,
            "edit.find": self.find_bar.open,
            "edit.find_next": self.find_bar.next,
            "edit.find_previous": lambda: self.find_bar.next(-1),
            **_moving(canvas),
            "app.commands": self.palette.open,
            "help.shortcuts": self.keys.show_sheet,
            "help.keys": self.keys.edit,
        }

    def _framing(self) -> Handlers:
        canvas, session = self._canvas, self._canvas.session
        return {
            "frame.add": canvas.editor.add_frame,
            "frame.note": canvas.editor.add_note,
            "frame.select_content": lambda: select_content(session, frames_of(session)),
            "frame.fit": lambda: fit(session, session.marks, canvas.theme),
            "frame.delete_all": lambda: remove_with_content(session, session.marks),
        }

    def _sharing(self) -> Handlers:
        session = self._canvas.session
        together, apart = self.tr("Share one layer"), self.tr("Part layers")
        return {
            "share.duplicate": self.clipboard.call_again,
            "share.join": lambda: session.do_whole(together, partial(share, ids=session.selection)),
            "share.part": lambda: session.do_whole(apart, partial(unshare, ids=session.selection)),
        }

    def _arranging(self) -> Handlers:
        found: dict[str, Callable[[], object]] = {}
        for side in get_args(Side):
            found[f"arrange.align_{side}"] = partial(self._align, side)
        for axis in get_args(Axis):
            found[f"arrange.distribute_{axis}"] = partial(self._distribute, axis)
        return found

    def _align(self, side: Side) -> None:
        session = self._canvas.session
        ids = session.selection
        session.do(self.tr("Align"), lambda d: align(d, ids, side), origin=self._canvas)

    def _distribute(self, axis: Axis) -> None:
        session = self._canvas.session
        ids = session.selection
        session.do(self.tr("Distribute"), lambda d: distribute(d, ids, axis), origin=self._canvas)


def _moving(canvas: CanvasView) -> Handlers:
    """Going from node to node and moving nodes, which the canvas does by itself."""
    own = keys.commands(canvas)
    found: Handlers = {
        key: act for key, act in own.items() if key.startswith(("go.", "move.", "wire."))
    }
    return {**found, "go.canvas": canvas.setFocus}
