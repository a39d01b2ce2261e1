"""How one function names the layers of several blocks: what differs is an argument, as short as
the names allow. Keras' layers keep the very names that the design gives them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from designer.codegen.expressions import quote
from designer.codegen.wrapping import Code, tupled

_PLAIN = re.compile(r"[\w.\- ]*")
_NUMBER = re.compile(r"_\d+$")
Row = Sequence[str]  # the names of one block's layers


@dataclass(frozen=True, slots=True)
class Naming:
    """`argument` is what the function's argument is called, "" if it needs none; `values` is what
    each block gives for it, and `templates` the pieces of the layers' names: text, or None where
    the argument stands.
    """

    argument: str
    values: tuple[Code, ...]
    templates: tuple[tuple[str, str] | int | str, ...]

    def label(self, place: int, name: str) -> str:
        """What the layer at that place is called, whichever block it is in; `name` is its own."""
        template = self.templates[place]
        joined = "".join(template).strip("_") if isinstance(template, tuple) else ""
        return joined or name

    def code(self, place: int, variable: str) -> Code:
        """The name of the layer at that place, in a function that has the argument so called."""
        template = self.templates[place]
        if isinstance(template, str):
            return (quote(template),)
        if isinstance(template, int):
            return (f"{variable}[{template}]",)
        before, after = template
        if not before and not after:
            return (variable,)
        return (f'f"{before}{{{variable}}}{after}"',)


def name_layers(rows: Sequence[Row]) -> Naming:
    """The naming for these blocks; all have as many names, at the same places."""
    if all(tuple(row) == tuple(rows[0]) for row in rows):
        return Naming("", (), tuple(rows[0]))
    return _by_prefix(rows) or _by_suffix(rows) or _one_by_one(rows)


def _by_prefix(rows: Sequence[Row]) -> Naming | None:
    """ "stage1_left", "stage1_right"; "stage2_left", "stage2_right": the argument is "stage1"."""
    starts = [row[0] if len(row) == 1 else _start(row) for row in rows]
    rests = {
        tuple(name[len(start) :] for name in row) for row, start in zip(rows, starts, strict=True)
    }
    if not all(starts) or len(rests) > 1:
        return None
    joint = "" if len(rows[0]) == 1 else "_"
    ends = [joint + rest for rest in rests.pop()]
    if not all(map(_PLAIN.fullmatch, ends)):
        return None
    values = tuple((quote(start.removesuffix(joint)),) for start in starts)
    return Naming("name", values, tuple(("", end) for end in ends))


def _start(row: Row) -> str:
    low, high = min(row), max(row)
    alike = next(
        (k for k, (one, other) in enumerate(zip(low, high, strict=False)) if one != other), len(low)
    )
    cut = low[:alike][: low.rfind("_", 0, alike) + 1]
    return cut if cut != "_" else ""


def _by_suffix(rows: Sequence[Row]) -> Naming | None:
    """ "left", "right"; "left_1", "right_1": the argument is "" or "_1"."""
    ends = [_end(row) for row in rows]
    heads = {
        tuple(name[: len(name) - len(end)] for name in row)
        for row, end in zip(rows, ends, strict=True)
    }
    if len(heads) > 1:
        return None
    found = heads.pop()
    if not all(found) or not all(map(_PLAIN.fullmatch, found)):
        return None
    return Naming(
        "suffix", tuple((quote(end),) for end in ends), tuple((head, "") for head in found)
    )


def _end(row: Row) -> str:
    """The number that all names end in."""
    found = _NUMBER.search(row[0])
    end = found[0] if found else ""
    return end if all(name.endswith(end) for name in row) else ""


def _one_by_one(rows: Sequence[Row]) -> Naming:
    values = tuple(tupled((quote(name),) for name in row) for row in rows)
    return Naming("names", values, tuple(range(len(rows[0]))))
