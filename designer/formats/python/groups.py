"""Which functions of a script become blocks: those whose calls make a part of the network."""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from designer.codegen.naming import identifier
from designer.document.edits import snake_case
from designer.document.model import INPUT
from designer.document.nesting import Nest
from designer.formats.python.network import Draft, Made, Sketch
from designer.formats.python.values import Function, Instance

_METHODS = ("call", "__call__", "forward")
_LEAST = 2  # nodes of a block


def kind_of(function: Function, args: list[Any]) -> str:
    """What the blocks are called that a function makes; "" where it makes none.

    The script of a design tells the kind in the docstring.
    """
    if isinstance(function.node, ast.Lambda) or function.name == "__init__":
        return ""
    if function.name in _METHODS and args and isinstance(args[0], Instance):
        return args[0].kind.name
    told = (ast.get_docstring(function.node) or "").removesuffix(".")
    words = "_".join(map(snake_case, told.split()))
    own = words and function.name.startswith(identifier(words, "block"))
    return told if own else function.name


def groups(
    sketch: Sketch, drafts: Collection[Draft], keys: Mapping[int, str], *, whole: bool
) -> tuple[list[Nest], dict[str, str]]:
    """The groups, and in which of them each node lies, by its id.

    A function that makes all of the network is no group, unless that is wanted (`whole`).
    """
    held: dict[int, list[Draft]] = {}
    for draft in drafts:
        for call in _calls(sketch.made, draft.within):
            held.setdefault(call, []).append(draft)
    count = sum(draft.spec.key != INPUT for draft in drafts)
    kept = {
        call
        for call, found in held.items()
        if sketch.made[call].kind
        and len(found) >= _LEAST
        and all(draft.spec.key != INPUT for draft in found)
        and (whole or len(found) < count)
    }
    members = {}
    for draft in drafts:
        inner = next((c for c in _calls(sketch.made, draft.within) if c in kept), None)
        if inner is not None:
            members[keys[draft.number]] = str(inner)
    nests = [_nest(sketch.made, call, kept, held[call], keys) for call in sorted(kept)]
    return nests, members


def _calls(made: list[Made], call: int) -> Iterator[int]:
    """A call and those that it is part of, the innermost first."""
    while call >= 0:
        yield call
        call = made[call].parent


def _nest(
    made: list[Made],
    call: int,
    kept: Collection[int],
    drafts: Collection[Draft],
    keys: Mapping[int, str],
) -> Nest:
    one = made[call]
    parent = next((c for c in _calls(made, one.parent) if c in kept), None)
    params = {}
    for name, value in one.given.items():
        found = tuple(
            (keys[draft.number], name)
            for draft in drafts
            if draft.layer is not None and draft.layer.drafts[0] == draft.number
            if _same(draft.layer.params.get(name), value)
        )
        if found:
            params[name] = found
    return Nest(
        str(call), one.title or one.kind, one.kind, "" if parent is None else str(parent), params
    )


def _same(param: Any, value: Any) -> bool:
    """Whether an argument of the function is what the parameter of that name was set to."""
    return isinstance(value, int | float | str) and type(param) is type(value) and param == value
