"""Whether a value can be one of a parameter's kind at all. Keras is the judge of all that can."""

from typing import Any

from designer.catalog.spec import ParamSpec

_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
}


def expected(param: ParamSpec, value: Any) -> str:
    """What the value should have been, "a whole number" for instance; empty if it may fit.

    Only texts where numbers are wanted are judged here: of these Keras' own words say little.
    """
    misfit = isinstance(value, str) and value not in param.choices and value != param.default
    return _WORDS.get(param.kind, "") if misfit else ""
