"""The data source of a script that Skipwire wrote: found again by writing it anew.

Options are tried out of what the script itself holds until the text of load_data() is the same, so
no source needs a reader of its own, and nothing is taken for a source that is none.
"""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The functions of the script that load data, the file that it names, and all its literals."""

    lines: tuple[str, ...]
    path: str
    literals: tuple[Any, ...]


def data_choice(tree: ast.Module, source: Source) -> DatasetChoice:
    """The source and its options; none where the script's load_data() is not one of ours."""
    wanted = _wanted(tree, source.text)
    for one in SOURCES if wanted.lines else ():
        options = _options(one, wanted)
        if options is not None:
            usual = {param.name: param.default for param in one.params}
            return DatasetChoice(one.key, {k: v for k, v in options.items() if v != usual[k]})
    return DatasetChoice()


def _wanted(tree: ast.Module, text: str) -> _Wanted:
    start, end = text.find("def load_data():"), text.find("def main(")
    lines = text[start:end].strip().split("\n") if 0 <= start < end else []
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    loading = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name != "build_model"]
    path = next((value for value in _literals(assigned) if isinstance(value, str)), "")
    return _Wanted(tuple(lines), path, tuple(_literals([*assigned, *loading])[:_MOST]))


def _literals(parts: Iterable[ast.stmt]) -> list[Any]:
    nodes = [node for part in parts for node in ast.walk(part)]
    found = [node.value for node in nodes if isinstance(node, ast.Constant)]
    # Several names are one option with commas between.
    found += [", ".join(names) for node in nodes if (names := _texts(node))]
    return list({(type(value), value): value for value in found}.values())


def _texts(node: ast.AST) -> list[str]:
    """The texts of a tuple of nothing but texts."""
    items = node.elts if isinstance(node, ast.Tuple) else []
    values = [item.value for item in items if isinstance(item, ast.Constant)]
    texts = [value for value in values if isinstance(value, str)]
    return texts if len(texts) == len(items) else []


def _options(source: DataSource, wanted: _Wanted) -> dict[str, Any] | None:
    """Options with which the source writes that text; None if there are none."""
    options = {param.name: param.default for param in source.params}
    files = [param for param in source.params if param.name == "path"]
    if files:
        options["path"] = wanted.path
    if _distance(source, wanted, options) > len(wanted.lines):
        return None
    rest = [param for param in source.params if param not in files]
    for at_once in (1, 1, 2):
        for params in combinations(rest, at_once):
            options = _better(source, wanted, options, params)
    return options if not _distance(source, wanted, options) else None


def _better(
    source: DataSource, wanted: _Wanted, options: dict[str, Any], params: tuple[ParamSpec, ...]
) -> dict[str, Any]:
    tries = [options]
    for param in params:
        values = _values(param, wanted)
        tries += [{**one, param.name: value} for one in tries for value in values]
    return min(tries, key=lambda one: _distance(source, wanted, one))


def _values(param: ParamSpec, wanted: _Wanted) -> list[Any]:
    if param.kind == "bool":
        return [False, True]
    if param.kind == "choice":
        return list(param.choices)
    return [value for value in wanted.literals if type(value) in _TYPES.get(param.kind, ())]


def _distance(source: DataSource, wanted: _Wanted, options: Mapping[str, Any]) -> int:
    """In how many lines the source's text differs from the script's."""
    try:
        lines = source.code(options).strip().split("\n")
    except ProblemError:
        return _WRONG
    differing = sum(one != other for one, other in zip(lines, wanted.lines, strict=False))
    return differing + abs(len(lines) - len(wanted.lines))
