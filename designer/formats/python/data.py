"""The data source of a script that Skipwire wrote: found again by writing it anew.

Options are tried out of what the script itself holds until the text of load_data() is the same, so
no source needs a reader of its own, and nothing is taken for a source that is none.
"""

import ast
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from designer.catalog.spec import ParamSpec
from designer.codegen.datasets import SOURCES, DataSource
from designer.document.model import DatasetChoice
from designer.document.problem import ProblemError
from designer.formats.python.text import Source

_TYPES: Mapping[str, tuple[type, ...]] = {"int": (int,), "float": (int, float), "string": (str,)}
_MOST = 40  # literals that are tried: the script of a source has a dozen
_WRONG = 1_000_000


def data_choice(tree: ast.Module, source: Source) -> DatasetChoice:
    """The source and its options; none where the script's load_data() is not one of ours."""
    text = _between(source.text)
    parts = [node for node in tree.body if isinstance(node, ast.Assign | ast.FunctionDef)]
    literals = _literals(part for part in parts if getattr(part, "name", "") != "build_model")
    for one in SOURCES if text else ():
        options = _options(one, text, literals)
        if options is not None:
            usual = {param.name: param.default for param in one.params}
            return DatasetChoice(one.key, {k: v for k, v in options.items() if v != usual[k]})
    return DatasetChoice()


def _between(text: str) -> str:
    """The functions that load the data."""
    start, end = text.find("def load_data():"), text.find("def main(")
    return text[start:end].strip() if 0 <= start < end else ""


def _literals(parts: Iterable[ast.stmt]) -> list[Any]:
    found = [node.value for p in parts for node in ast.walk(p) if isinstance(node, ast.Constant)]
    short = [value for value in found if not isinstance(value, str) or "\n" not in value]
    return [value for number, value in enumerate(short) if value not in short[:number]][:_MOST]


def _options(source: DataSource, text: str, literals: list[Any]) -> dict[str, Any] | None:
    """Options with which the source writes that text; None if there are none."""
    options = {param.name: param.default for param in source.params}
    if not any(param.name == "path" for param in source.params) and not _near(source, text):
        return None
    for at_once in (1, 1, 2):
        for params in combinations(source.params, at_once):
            options = _better(source, text, options, params, literals)
    return options if not _distance(source, text, options) else None


def _near(source: DataSource, text: str) -> bool:
    """Whether the first lines are the same, which no option changes."""
    try:
        return source.code({}).split("\n")[:2] == text.split("\n")[:2]
    except ProblemError:
        return False


def _better(
    source: DataSource,
    text: str,
    options: dict[str, Any],
    params: tuple[ParamSpec, ...],
    literals: list[Any],
) -> dict[str, Any]:
    tries = [options]
    for param in params:
        tries = [{**one, param.name: v} for one in tries for v in _values(param, literals)] + tries
    return min(reversed(tries), key=lambda one: _distance(source, text, one))


def _values(param: ParamSpec, literals: list[Any]) -> list[Any]:
    if param.kind == "bool":
        return [False, True]
    if param.kind == "choice":
        return list(param.choices)
    return [value for value in literals if type(value) in _TYPES.get(param.kind, ())]


def _distance(source: DataSource, text: str, options: Mapping[str, Any]) -> int:
    """In how many lines the source's text differs from the script's."""
    try:
        lines = source.code(options).strip().split("\n")
    except ProblemError:
        return _WRONG
    wanted = text.split("\n")
    differing = sum(one != other for one, other in zip(lines, wanted, strict=False))
    return differing + abs(len(lines) - len(wanted))
