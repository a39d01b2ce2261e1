"""Every function of keras.ops that can be called on symbolic tensors, as `LayerSpec` values.

The Operation class behind a function (its identity in saved configurations) and the tensors among
its arguments are read from the function's source: `X(...).symbolic_call(...)` or `X(...)(...)`.
"""

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import keras

from designer.worker.catalogue import docstrings, overlay, params
from designer.worker.catalogue.layers import port

Json = Any
Function = Callable[..., object]


def all_operations() -> dict[str, Json]:
    """LayerSpecs by key ("ops.add", "ops.image.resize"); aliases are told by what they call."""
    found: dict[str, Json] = {}
    aliases: dict[str, list[str]] = {}
    for key, function in _exported():
        name = key.rsplit(".", 1)[-1]
        if name in overlay.NO_OPERATIONS:
            continue
        own = _alias_of(name, function)
        if own:
            aliases.setdefault(key.removesuffix(name) + own, []).append(name)
        elif (call := _symbolic_call(function)) is not None:
            made = _operation(key, function, *call)
            if made["inputs"]:
                found[key] = made
    for key, names in aliases.items():
        if key in found:
            found[key]["aliases"] = sorted(names)
    return found


def _exported() -> Iterator[tuple[str, Function]]:
    """Public functions under their shortest public name."""
    for name, value in sorted(vars(keras.ops).items()):
        if inspect.isfunction(value):
            yield f"ops.{name}", value
    for name, value in sorted(vars(keras.ops).items()):
        if inspect.ismodule(value):
            for inner, function in sorted(vars(value).items()):
                if inspect.isfunction(function) and not hasattr(keras.ops, inner):
                    yield f"ops.{name}.{inner}", function


def _alias_of(name: str, function: Function) -> str:
    """The function's own name if it has another, or the one function that it passes on to."""
    if function.__name__ != name:
        return function.__name__
    body = _definition(function).body
    last = body[-1]
    if len(body) <= 2 and isinstance(last, ast.Return) and isinstance(last.value, ast.Call):
        called = last.value.func
        if isinstance(called, ast.Name) and hasattr(keras.ops, called.id):
            return called.id
    return ""


def _definition(function: Function) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    return tree


def _symbolic_call(function: Function) -> tuple[type, list[str]] | None:
    """The Operation class and the names that are passed to its symbolic call."""
    for node in ast.walk(_definition(function)):
        if isinstance(node, ast.Call):
            made = node.func
            if isinstance(made, ast.Attribute) and made.attr == "symbolic_call":
                made = made.value
            if isinstance(made, ast.Call) and isinstance(made.func, ast.Name):
                cls = getattr(sys.modules[function.__module__], made.func.id, None)
                if inspect.isclass(cls) and issubclass(cls, keras.Operation):
                    return cls, _names(node)
    return None


def _names(call: ast.Call) -> list[str]:
    values = [*call.args, *(k.value for k in call.keywords)]
    return [v.id for v in values if isinstance(v, ast.Name)]


def _operation(key: str, function: Function, cls: type, passed: list[str]) -> Json:
    name = key.rsplit(".", 1)[-1]
    told = params.docs([function, cls])
    named = params.of_function(function)
    tensors = [
        p for p in named if p.name in passed and f"{name}.{p.name}" not in overlay.NO_TENSORS
    ]
    ports = [port(p, name, told.get(p.name, ""), {}) for p in tensors]
    chosen = {p.name for p in tensors}
    specs = [params.spec(p, name, told.get(p.name, "")) for p in named if p.name not in chosen]
    made = {
        "key": key,
        "name": key.removeprefix("ops."),
        "category": "operations",
        "module": cls.__module__,
        "class_name": cls.__name__,
        "doc": docstrings.summary(function),
        "inputs": ports,
        "params": _literals(ports) + specs,
        "sample": params.sample(name, specs),
    }
    return {k: v for k, v in made.items() if v or k == "inputs"}


def _literals(ports: list[Json]) -> list[Json]:
    """Among several tensors each may be a literal instead: `x * 2` is multiply(x, 2)."""
    single = [p for p in ports if not p.get("variadic")]
    if len(ports) < 2:
        return []
    return [
        {"name": p["name"], "kind": "json", "nullable": True, "doc": p.get("doc", "")}
        for p in single
    ]
