"""What an expression of a script stands for while the script is read, not run: plain constants as
themselves, and these values for all that has to do with a network, or cannot be known.
"""

import ast
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from designer.catalog.spec import LayerSpec
from designer.document.problem import Problem
from designer.formats.python.constants import walk


@dataclass(frozen=True, slots=True)
class Tensor:
    """One output of a call; `draft` is the number of the call."""

    draft: int
    output: int = 0


@dataclass(frozen=True, slots=True)
class Several:
    """The list of outputs of a call; `count` where it is known."""

    draft: int
    count: int | None


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of a call's result, of which the last axis may be known."""

    draft: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """What cannot be known without running the code: its text and line.

    `problem` says why where it is a matter of the network; `free` is a name that nothing binds.
    """

    text: str
    line: int
    problem: Problem | None = None
    free: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """Something imported, by its full name; `guessed` where no import says so."""

    path: str
    guessed: bool = False


@dataclass(eq=False, slots=True)
class Scope:
    """Names and their values. `stores` counts the places that bind a name."""

    names: dict[str, Any] = field(default_factory=dict)
    parent: "Scope | None" = None
    stores: Counter[str] = field(default_factory=Counter)


@dataclass(eq=False, slots=True)
class Function:
    """A function or lambda of the script, with the values of its defaults by name."""

    node: ast.FunctionDef | ast.Lambda
    scope: Scope
    defaults: Mapping[str, Any] = field(default_factory=dict)
    name: str = "lambda"


@dataclass(eq=False, slots=True)
class Partial:
    """functools.partial."""

    target: Any
    args: list[Any]
    kwargs: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    """An attribute that is about to be called."""

    owner: Any
    name: str


@dataclass(eq=False, slots=True)
class Class:
    """A class of the script: what its body binds, and the classes it inherits from."""

    name: str
    bases: list[Any]
    names: dict[str, Any]
    line: int


@dataclass(eq=False, slots=True)
class Instance:
    """An object of such a class."""

    kind: Class
    names: dict[str, Any] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Layer:
    """A layer; `drafts` are the calls of it, `start` the input shape that it states itself.

    A Lambda layer has the `function` that it wraps.
    """

    spec: LayerSpec
    params: dict[str, Any]
    name: str
    line: int
    drafts: list[int] = field(default_factory=list)
    start: dict[str, Any] = field(default_factory=dict)
    function: Any = None


@dataclass(eq=False, slots=True)
class Network:
    """A keras.Model by its ends, or a keras.Sequential by its layers until the ends are wanted.

    `outputs` are (label, tensor); `shape` tells how a call's result is packed: "one", "list" or
    "dict". `training` holds the arguments of compile() and fit().
    """

    name: str
    line: int
    inputs: list[Any] = field(default_factory=list)
    outputs: list[tuple[str, Any]] = field(default_factory=list)
    shape: str = "one"
    layers: list[Any] | None = None
    built: bool = False
    called: bool = False  # inside another model
    training: dict[str, dict[str, Any]] = field(default_factory=dict)


def tensors(value: Any) -> bool:
    """Whether there is a tensor in the value, or in a list or mapping of values."""
    return any(isinstance(item, Tensor | Several) for item in walk(value))


def flat(value: Any) -> list[Any]:
    """The values in nested lists and mappings, in order."""
    return list(walk(value))
