"""What a data source is: options, facts about its arrays, and the code that loads them.

Facts are found without numpy, so that a mismatch with the model is told before training.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from designer.catalog.spec import ParamSpec
from designer.document.problem import ProblemError, Where, failure
from designer.protocol import TensorSpec

Options = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What a source delivers. Shapes have None for the batch; `low` and `high` bound the inputs,
    `target_low` and `target_high` the targets, as far as is known.

    With `classes` the targets are labels 0..classes-1, or one-hot rows of that length.
    """

    inputs: tuple[TensorSpec, ...]
    targets: tuple[TensorSpec, ...]
    train_samples: int
    validation_samples: int
    kind: Literal["image", "classes", "arrays"]
    classes: int | None = None
    low: float | None = None
    high: float | None = None
    target_low: float | None = None
    target_high: float | None = None


@dataclass(frozen=True, slots=True)
class DataSource:
    """A source: `params` are its options; the three functions get them complete and checked.

    `write` gives the text of load_data() in which DATA is the path that `locate` gives.
    """

    key: str
    title: str
    doc: str
    params: tuple[ParamSpec, ...]
    locate: Callable[[Options], Path]
    state: Callable[[Options], DataFacts]
    write: Callable[[Options], str]

    def resolve(self, options: Options) -> dict[str, Any]:
        """All options, defaults filled in; ProblemError "unknown_option" or "bad_option"."""
        known = {param.name: param for param in self.params}
        for name in options:
            if name not in known:
                raise _unknown(name, self)
        return {p.name: _checked(p, options.get(p.name, p.default)) for p in self.params}

    def path(self, options: Options) -> Path:
        """The file that the data comes from."""
        return self.locate(self.resolve(options))

    def facts(self, options: Options) -> DataFacts:
        """Shapes and sizes of the data; ProblemError where the file or an option is unfit."""
        return self.state(self.resolve(options))

    def code(self, options: Options) -> str:
        """Functions in Python, load_data() among them, that need numpy and the constant DATA."""
        return self.write(self.resolve(options))


def refusal(code: str, template: str, option: str, **values: Any) -> ProblemError:
    """A ProblemError about an option of the data."""
    return failure(code, template, Where(param=option, section="data"), **values)


def _unknown(name: str, source: DataSource) -> ProblemError:
    return refusal(
        "unknown_option",
        "{source} has no option {name}: remove it. Its options are {known}.",
        name,
        source=source.title,
        name=name,
        known=", ".join(param.name for param in source.params),
    )


def _checked(param: ParamSpec, value: Any) -> Any:
    expected = _expected(param, value)
    if expected:
        raise refusal(
            "bad_option",
            "{name} must be {expected}, not {value}: change it in the data settings.",
            param.name,
            name=param.name,
            expected=expected,
            value=repr(value),
        )
    return value


def _expected(param: ParamSpec, value: Any) -> str:
    """What the value should have been; empty if it is that."""
    if param.kind == "bool":
        return "" if isinstance(value, bool) else "true or false"
    if param.kind == "string":
        return "" if isinstance(value, str) else "a text"
    if param.kind == "choice":
        return "" if value in param.choices else f"one of {', '.join(param.choices)}"
    wanted = int if param.kind == "int" else int | float
    limits = f" from {param.minimum:g} to {param.maximum:g}"
    number = not isinstance(value, bool) and isinstance(value, wanted)
    inside = number and param.minimum <= value <= param.maximum
    return "" if inside else ("a whole number" if param.kind == "int" else "a number") + limits
