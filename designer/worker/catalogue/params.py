"""Parameters of a callable as `ParamSpec` values: signature, documentation, hand table."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from typing import Any

from designer.worker.catalogue import docstrings, kinds, overlay

Json = Any
_UNNAMED = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def of_class(cls: type, stop: type | None = None) -> list[inspect.Parameter]:
    """Parameters of the constructor, up the bases as long as `**kwargs` goes on.

    What a class hands to its base by itself (Conv2D its rank) is not the caller's to set. `name`
    is left out: a node's name is its own. `stop` is the last base that is asked.
    """
    found: dict[str, inspect.Parameter] = {}
    settled = {"name"}
    for base in cls.__mro__:
        if "__init__" not in base.__dict__ or base is object:
            continue
        own = list(inspect.signature(base.__dict__["__init__"]).parameters.values())[1:]
        counts = [int(n[1:]) for n in settled if n.startswith("*")]
        settled |= {p.name for p in own[: max(counts, default=0)]}
        for parameter in own:
            if parameter.kind not in _UNNAMED and parameter.name not in settled:
                found.setdefault(parameter.name, parameter)
        if base is stop or all(p.kind is not inspect.Parameter.VAR_KEYWORD for p in own):
            break
        settled = {n for n in settled if not n.startswith("*")} | _handed_on(base)
    return list(found.values())


def _handed_on(base: type) -> set[str]:
    """Names that a constructor passes to its base; "*N" tells of N positional ones.

    Read from the source, because nothing else tells them.
    """
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(base.__dict__["__init__"])))
    except (OSError, TypeError, SyntaxError):
        return set()  # made by a program (a data class), there is no source
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__":
            named = {k.arg for k in node.keywords if k.arg}
            return named | {f"*{len(node.args)}"} if node.args else named
    return set()


def of_function(function: Callable[..., object]) -> list[inspect.Parameter]:
    """Named parameters of a function."""
    own = inspect.signature(function).parameters.values()
    return [p for p in own if p.kind not in _UNNAMED]


def spec(parameter: inspect.Parameter, owner: str, doc: str, **more: Json) -> dict[str, Json]:
    """One parameter; fields that equal the struct's defaults are left out."""
    name = parameter.name
    required = parameter.default is inspect.Parameter.empty
    default = None if required else plain(parameter.default)
    words = kinds.choices(default, doc)
    kind = kinds.kind(name, default, doc, words)
    made: dict[str, Json] = {
        "name": name,
        "kind": kind,
        "default": default,
        "required": required,
        "nullable": default is None and not required,
        "choices": words,
        "doc": doc,
        **kinds.limits(name),
        **overlay.PARAMS.get(name, {}),
        **overlay.PARAMS.get(f"{owner}.{name}", {}),
        **more,
    }
    return fit(made, kinds.length(name, default, made["doc"], owner))


def fit(made: dict[str, Json], length: int | None) -> dict[str, Json]:
    """Drops what does not go with the kind, and what the struct has by default."""
    if made["kind"] != "choice":
        made.pop("choices", None)
    if made["kind"] in ("ints", "floats") and length is not None:
        made.setdefault("length", length)
    if made["kind"] not in ("int", "float", "ints", "floats"):
        made.pop("minimum", None)
        made.pop("maximum", None)
    return {
        k: v for k, v in made.items() if v is not None and v is not False and v not in ("", [])
    } | ({"default": False} if made.get("default") is False else {})


def docs(owners: Iterable[object]) -> dict[str, str]:
    """What the owners' docstrings say of each parameter."""
    return docstrings.parameters(owners)


def sample(owner: str, specs: Iterable[dict[str, Json]]) -> dict[str, Json]:
    """Values with which the constructor can be called: one for each required parameter."""
    own = overlay.SAMPLES.get(owner, {})
    found = dict(own)
    for one in specs:
        if one.get("required") and one["name"] not in own:
            value = overlay.SAMPLE_VALUES.get(one["name"], overlay.KIND_SAMPLES.get(one["kind"]))
            if value is not None:
                found[one["name"]] = value
    return found


def plain(value: object) -> Json:
    """A default as JSON: tuples become lists; what has no JSON becomes its name."""
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    return getattr(value, "__name__", None)
