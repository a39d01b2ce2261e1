"""Every command of the window, once: menus, shortcuts, tool tips and the shortcut sheet derive
from this table; the window connects the ids to what they do.
"""

from designer.ui.actions.arranging import ARRANGE
from designer.ui.actions.blocks import BLOCKS
from designer.ui.actions.coloring import HEAT
from designer.ui.actions.designs import DESIGNS
from designer.ui.actions.editing import EDIT
from designer.ui.actions.files import FILE
from designer.ui.actions.framing import FRAMES
from designer.ui.actions.keyboard import KEYBOARD
from designer.ui.actions.sharing import SHARING
from designer.ui.actions.spec import ActionSpec, label
from designer.ui.actions.training import TRAIN
from designer.ui.actions.viewing import VIEW

__all__ = ["ACTIONS", "ActionSpec", "label"]

ACTIONS: tuple[ActionSpec, ...] = (
    *FILE,
    *EDIT,
    *BLOCKS,
    *FRAMES,
    *SHARING,
    *VIEW,
    *HEAT,
    *DESIGNS,
    *ARRANGE,
    *KEYBOARD,
    *TRAIN,
)
