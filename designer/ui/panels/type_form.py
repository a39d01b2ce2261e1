"""The forms of the inspector: one for each type of node, or for types that are selected together.

They are kept, so that going through a thousand nodes only fills fields again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.catalog.intersection import common_values, intersection, varied
from designer.catalog.spec import Catalog, ParamSpec
from designer.document.model import INPUT, Node
from designer.document.own_layers import custom
from designer.document.problem import Problem
from designer.ui.panels.sections import RHYTHM, heading
from designer.ui.widgets.editor import Kit
from designer.ui.widgets.form import ParamForm
from designer.ui.widgets.row import ShowProblem

_KEPT = 24


class TypeForm(QWidget):
    """The parameters of one type or of several, and below them the literals of their call."""

    def __init__(
        self, several: Sequence[Mapping[str, ParamSpec]], strange: Sequence[str], kit: Kit
    ) -> None:
        """`several` are the parameters of each type by name; `strange` those that none has."""
        super().__init__()
        params = intersection([p.values() for p in several])
        doc = QCoreApplication.translate("TypeForm", "The catalogue does not know this parameter.")
        extra = tuple(ParamSpec(name, "json", doc=doc) for name in strange)
        differing = varied([p.values() for p in several])
        plain = tuple(p for p in params if not p.call and p.name != "name")
        call = tuple(param for param in params if param.call)
        self.params = ParamForm((*plain, *extra), kit, self, varied=differing)
        self.call = ParamForm(call, kit, self) if call else None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(RHYTHM)
        column.addWidget(self.params)
        if self.call is not None:
            column.addWidget(heading(self.tr("Call"), self))
            column.addWidget(self.call)
        self._optional = frozenset(p.name for p in (*plain, *extra) if not p.required)

    @property
    def forms(self) -> tuple[ParamForm, ...]:
        """Its forms, top down."""
        return (self.params,) if self.call is None else (self.params, self.call)

    def show_values(self, owners: Sequence[Node], nodes: Sequence[Node], catalog: Catalog) -> None:
        """Show what is set in `owners` of the layers, and in the calls that the nodes are."""
        known = [params_of(catalog, node.type) for node in owners]
        types = types_of(owners, catalog)
        took = [place for place, owner in enumerate(owners) if owner.type in types]
        specs = [known[place] for place in took]
        values = common_values([owners[place].params for place in took], specs)
        self.params.show_values(*values)
        if self.call is not None:
            values = common_values([nodes[place].arguments for place in took], specs)
            self.call.show_values(*values)

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops in it, in this order."""
        return [stop for form in self.forms for stop in form.stops()]

    def show_problems(self, problems: Iterable[Problem], show: ShowProblem) -> list[Problem]:
        """Place problems below the fields they are about; the rest comes back."""
        rest = list(problems)
        for form in self.forms:
            rest = form.show_problems(rest, show)
        return rest

    def reveal(self, name: str) -> bool:
        """Put the focus into the field of that parameter; False where it has none."""
        return any(form.reveal(name) for form in self.forms)

    def set_by_hand(self, owners: Iterable[Node]) -> list[str]:
        """The parameters shown here that could go back to their defaults."""
        return sorted({name for node in owners for name in node.params} & self._optional)

    def finish(self) -> None:
        """Commit what is being typed if it is valid, drop it otherwise."""
        for form in self.forms:
            form.finish()


class TypeForms:
    """The forms that were made, the last one used last."""

    def __init__(self, catalog: Catalog, kit: Kit, made: Callable[[TypeForm], None]) -> None:
        """`made` is told of every new form."""
        self._catalog = catalog
        self._kit = kit
        self._made = made
        self._forms: dict[tuple[tuple[str, ...], ...], TypeForm] = {}

    def form_for(self, owners: Sequence[Node], offered: Sequence[ParamSpec] = ()) -> TypeForm:
        """The form for nodes of these types, with what is set in them and known to none.

        `offered` are the parameters of a block, which its type does not tell.
        """
        if offered:
            return self._form(("block",), [{p.name: p for p in offered}], (), offered)
        types = types_of(owners, self._catalog)
        several = [params_of(self._catalog, key) for key in types]
        strange = _strange(owners, several[0]) if len(types) == 1 else ()
        # A user's own layer may take other parameters when its file is loaded again.
        own = [p for key, p in zip(types, several, strict=True) if custom(key)]
        return self._form(types, several, strange, own)

    def _form(
        self,
        types: tuple[str, ...],
        several: Sequence[Mapping[str, ParamSpec]],
        strange: tuple[str, ...],
        own: Iterable[object],
    ) -> TypeForm:
        """The form that was made for this, or a new one; `own` tells forms of a type apart."""
        key = (types, strange, tuple(map(repr, own)))
        form = self._forms.pop(key, None)
        if form is None:
            form = TypeForm(several, strange, self._kit)
            self._made(form)
        self._forms[key] = form
        return form

    def forget(self) -> None:
        """Let go of those that were not used for long."""
        while len(self._forms) > _KEPT:
            self._forms.pop(next(iter(self._forms))).deleteLater()


def types_of(owners: Sequence[Node], catalog: Catalog) -> tuple[str, ...]:
    """The types that are edited together: beside layers no inputs, outputs and blocks, and nothing
    that has nothing to set.
    """
    types = tuple(sorted({node.type for node in owners}))
    shown = tuple(key for key in types if params_of(catalog, key)) or types[:1]
    layers = tuple(key for key in shown if "." in key) or shown
    return tuple(key for key in layers if key != INPUT) or layers


def _strange(owners: Sequence[Node], known: Mapping[str, ParamSpec]) -> tuple[str, ...]:
    return tuple(sorted({name for node in owners for name in node.params} - known.keys()))


def params_of(catalog: Catalog, key: str) -> dict[str, Any]:
    """The parameters of a type by name; none where the catalogue does not know it."""
    spec = catalog.layers.get(key)
    return {param.name: param for param in spec.params} if spec else {}
