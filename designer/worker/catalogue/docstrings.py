"""Reads Keras' docstrings: the summary, and what the Args sections say of each parameter."""

import inspect
import re
import textwrap
from collections.abc import Iterable

_SECTION = re.compile(r"^[A-Z][A-Za-z ,`()-]{1,60}:\s*$")
_ARGS = re.compile(r"^\s*(Args|Arguments|Call arguments|Call Args)\s*:\s*$")
_ENTRY = re.compile(r"^[`*]*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)`?\s*(?:\([^)]*\))?\s*:\s*(.*)$")
_BULLET = re.compile(r"^\s*([-*]|\d+[.)])\s+")


def summary(owner: object) -> str:
    """The text before the first section or example, reflowed; "" without a docstring."""
    lines: list[str] = []
    for line in (_own_doc(owner)).splitlines():
        if _SECTION.match(line.strip()) or line.lstrip().startswith(("```", ">>>", ".. ", "<")):
            break
        lines.append(line)
    return reflow(lines)


def parameters(owners: Iterable[object]) -> dict[str, str]:
    """What the Args sections say, by parameter; the first owner that speaks wins."""
    found: dict[str, str] = {}
    for owner in owners:
        for body in _argument_sections(_own_doc(owner)):
            for name, text in _entries(body):
                found.setdefault(name, text)
    return found


def reflow(lines: Iterable[str]) -> str:
    """Paragraphs and list items on one line each; code fences are left out."""
    done: list[str] = []
    fresh, fenced = True, False
    for line in lines:
        text = line.strip()
        if text.startswith("```"):
            fenced = not fenced
            fresh = True
        elif fenced or text.startswith(">>>"):
            continue
        elif not text:
            fresh = True
        elif fresh or _BULLET.match(line):
            done.append(text)
            fresh = False
        else:
            done[-1] = f"{done[-1]} {text}"
    return "\n".join(done)


def _own_doc(owner: object) -> str:
    """The docstring that is the owner's own, not one inherited from `object` or a base."""
    doc = owner.__dict__.get("__doc__") if inspect.isclass(owner) else owner.__doc__
    return inspect.cleandoc(doc) if doc else ""


def _argument_sections(doc: str) -> list[list[str]]:
    """The lines below each Args header that stand deeper than the header itself.

    A code block at column 0 defeats `cleandoc`, so nothing is said of absolute indentation.
    """
    sections: list[list[str]] = []
    depth = -1
    for line in doc.splitlines():
        if _ARGS.match(line):
            depth = _indent(line)
            sections.append([])
        elif line.strip() and _indent(line) <= depth:
            depth = -1
        elif depth >= 0:
            sections[-1].append(line)
    return sections


def _entries(body: list[str]) -> list[tuple[str, str]]:
    """Entries stand at the section's own indentation; what is deeper belongs to the last one.

    One column too many still is an entry: Keras has such slips.
    """
    lines = textwrap.dedent("\n".join(body)).splitlines()
    found: list[tuple[list[str], list[str]]] = []
    for line in lines:
        match = _ENTRY.match(line.strip())
        if match and _indent(line) < 2:
            found.append(([n.strip() for n in match[1].split(",")], [match[2]]))
        elif found:
            found[-1][1].append(line)
    return [(name, reflow(text)) for names, text in found for name in names]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
