"""The problem of a text that a parameter cannot take, and a value that it could."""

from typing import Any

from designer.catalog.spec import ParamSpec
from designer.document.problem import ProblemError, Where, failure
from designer.ui.widgets.writing import write


def refusal(param: ParamSpec, code: str, template: str, text: str, **values: Any) -> ProblemError:
    """A ProblemError about `text`; the template may use {name}, {text} and {example}."""
    where = Where(param=param.name)
    return failure(
        code, template, where, name=param.name, text=text, example=example(param), **values
    )


def example(param: ParamSpec) -> str:
    """A value that the parameter would take, for the end of a message."""
    if param.default is not None and not param.required:
        return write(param, param.default)
    low = int(param.minimum) if param.minimum is not None else 1
    several = " × ".join([str(max(low, 3))] * (param.length or 2))
    whole = str(max(low, 32) if param.maximum is None else int(param.maximum))
    return {
        "int": whole,
        "float": "0.5",
        "ints": several,
        "floats": "0.5, 0.5",
        "shape": "32 × 32 × 3",
        "json": '"text", 3 or [1, 2]',
    }.get(param.kind, "another")
