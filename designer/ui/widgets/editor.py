"""What every parameter editor is: a field that shows a value and says when the user changed it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from designer.catalog.spec import Catalog, ParamSpec
from designer.document.model import INPUT
from designer.document.problem import Problem
from designer.ui.translate import tell
from designer.ui.widgets.fields import Check, Combo, Line
from designer.ui.widgets.writing import write


class Missing:
    """A state of a field in the place of a value."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


UNSET = Missing("UNSET")  # nobody has set it: the default applies
MIXED = Missing("MIXED")  # the selected nodes differ in it

_NO_SAMPLE: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Option:
    """A Keras object that can be chosen: its key, title, strings that mean it, own parameters."""

    key: str
    title: str
    params: tuple[ParamSpec, ...] = ()
    names: tuple[str, ...] = ()
    sample: Mapping[str, Any] = field(default_factory=dict)
    doc: str = ""
    curve: tuple[float, ...] = ()


class NestedForm(Protocol):
    """What an editor needs of the form that shows an object's own parameters."""

    changed: Any  # Signal(str, object)
    forgotten: Any  # Signal(str)
    arrived: Any  # Signal(object)
    grown: Any  # Signal()
    trying: Any  # Signal(str, object)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show the parameters that are set."""

    def finish(self) -> None:
        """Commit or drop what is being typed."""

    def stepping(self, name: str) -> bool:
        """Whether the commit of `name` now is one of a series of steps."""

    def setVisible(self, visible: bool, /) -> None:
        """Show or hide it."""

    def discard(self) -> None:
        """Take it out of the window for good."""

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops in it, in this order."""


FormMaker = Callable[[tuple[ParamSpec, ...], "Kit"], NestedForm]


class Kit:
    """What editors are made with: the catalogue, and how to make a form inside a form."""

    def __init__(self, catalog: Catalog, form: FormMaker) -> None:
        self.catalog = catalog
        self.form = form
        self._known = len(catalog.layers)
        self._options: dict[tuple[str, ...], tuple[Option, ...]] = {}

    def options(self, families: tuple[str, ...]) -> tuple[Option, ...]:
        """All objects of these families ("initializers", "layers"), by title."""
        if self._known != len(self.catalog.layers):  # users' own layers come and go
            self._known = len(self.catalog.layers)
            self._options.clear()
        if families not in self._options:
            found = [o for family in families for o in self._family(family)]
            self._options[families] = tuple(sorted(found, key=lambda o: o.title.lower()))
        return self._options[families]

    def find(self, families: tuple[str, ...], value: Any) -> Option | None:
        """The object that a value names: a key, a title, one of Keras' strings, or a dict."""
        if isinstance(value, Mapping):
            value = value.get("object")
        if not isinstance(value, str):
            return None
        options = self.options(families)
        found = (o for o in options if value in (o.key, o.title) or value in o.names)
        return next(found, None)

    def _family(self, family: str) -> list[Option]:
        if family == "layers":
            return [
                Option(s.key, s.name, _own(s.params), s.aliases, s.sample, s.doc)
                for s in self.catalog.layers.values()
                if not s.operation and s.key != INPUT
            ]
        if family == "activations":  # functions: given by name, their parameters cannot be set
            found = self.catalog.family(family)
            found = tuple(s for s in found if not any(p.required for p in s.params))
            return [Option(s.key, s.name, (), s.names, _NO_SAMPLE, s.doc, s.curve) for s in found]
        found = self.catalog.family(family)
        return [Option(s.key, s.name, _own(s.params), s.names, _NO_SAMPLE, s.doc) for s in found]


def _own(params: tuple[ParamSpec, ...]) -> tuple[ParamSpec, ...]:
    return tuple(param for param in params if not param.call and param.name != "name")


class Editor(QWidget):
    """A field for one parameter.

    `committed` gives a valid value that the user entered, `reset` the wish for the default,
    `complained` a Problem while the text is refused and None when it no longer is, `extended` a
    wide widget to be placed below the field, `arrived` tells of the focus, and `told` what there
    is to read about it (a ParamSpec with its documentation), `grown` that it shows more or less,
    `trying` the value that is being typed (UNSET while there is none).
    """

    committed = Signal(object)
    reset = Signal()
    complained = Signal(object)
    extended = Signal(object)
    arrived = Signal()
    told = Signal(object)
    grown = Signal()
    trying = Signal(object)

    def __init__(self, param: ParamSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.param = param
        self.kit = kit
        self.aside: QWidget | None = None  # a small button that goes before the field
        self.stepping = False  # True while a commit is one of a series of steps
        self._value: Any = UNSET
        self.arrived.connect(self._introduce)

    @property
    def value(self) -> Any:
        """What the document has: a value, UNSET or MIXED."""
        return self._value

    @property
    def effective(self) -> Any:
        """What Keras will take: the value, or the default where none is set."""
        return self.param.default if isinstance(self._value, Missing) else self._value

    def show_value(self, value: Any) -> None:
        """Show what the document has; text that is being typed stays."""
        self._value = value
        self.render_value()

    def render_value(self) -> None:
        """Bring the field in line with `value`."""

    def finish(self) -> None:
        """Commit what is being typed if it is valid, drop it otherwise."""

    def documented(self) -> ParamSpec:
        """The parameter with all that there is to say of it as it stands."""
        return self.param

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops in it, in this order; the field itself is the first."""
        return [self]

    def default_text(self) -> str:
        """The default as the field would show it."""
        return write(self.param, self.param.default)

    def doubt(self) -> None:
        """Mark what is being typed as wrong; the next key takes that back."""

    def flag(self, problems: Sequence[Problem]) -> None:
        """Mark the field while what is set in it is wrong."""
        field = self.focusProxy()
        wrong = any(problem.severity == "error" for problem in problems)
        if isinstance(field, Line | Combo | Check):
            field.set_flagged(wrong)
            field.setToolTip("\n".join(tell(problem) for problem in problems))

    def _introduce(self) -> None:
        self.told.emit(self.documented())

    def _take(self, field: QWidget) -> None:
        """Make `field` the one that the focus goes to and that screen readers name."""
        self.setFocusProxy(field)
        field.setAccessibleName(self.param.name)
