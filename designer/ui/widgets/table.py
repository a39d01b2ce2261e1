"""Which editor a kind of parameter has: the one place where a new kind gets its line."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from designer.catalog.spec import ParamSpec
from designer.ui.widgets.choice import BoolEditor, ChoiceEditor
from designer.ui.widgets.editor import Editor, Kit
from designer.ui.widgets.object_list import LayersEditor
from designer.ui.widgets.objects import ObjectEditor
from designer.ui.widgets.text import NumberEditor, TextEditor

EDITORS: Mapping[str, type[Editor]] = {
    "int": NumberEditor,
    "float": NumberEditor,
    "bool": BoolEditor,
    "string": TextEditor,
    "choice": ChoiceEditor,
    "ints": NumberEditor,
    "floats": NumberEditor,
    "shape": NumberEditor,
    "dtype": ChoiceEditor,
    "policy": ChoiceEditor,
    "activation": ObjectEditor,
    "initializer": ObjectEditor,
    "regularizer": ObjectEditor,
    "constraint": ObjectEditor,
    "layer": ObjectEditor,
    "layers": LayersEditor,
    "object": ObjectEditor,
    "json": TextEditor,
}


def editor_for(param: ParamSpec, kit: Kit, parent: QWidget | None = None) -> Editor:
    """A new editor for the parameter; a kind that nobody knows gets the text field."""
    return EDITORS.get(param.kind, TextEditor)(param, kit, parent)
