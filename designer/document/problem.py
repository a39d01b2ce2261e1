"""A Problem is a value: a code, the values that fill its template, and the place it is about.

The text is a template and its values, so that it can be told in another language; a message
states the rule, the value and the next step.
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

Severity = Literal["error", "warning", "info"]


class Where(Struct, frozen=True):
    """The place of a problem; what does not apply is empty. `section` is "data" or "training"."""

    node: str = ""
    param: str = ""
    port: str = ""
    section: str = ""
    file: str = ""


class Problem(Struct, frozen=True):
    """Something wrong, or doubtful. `detail` is the original words (Keras' own, for instance)."""

    severity: Severity
    code: str
    template: str
    values: Mapping[str, Any] = {}
    where: Where = Where()
    detail: str = ""

    @property
    def message(self) -> str:
        """The text in English; the window translates `template` and fills it itself."""
        return self.template.format(**self.values)


class ProblemError(Exception):
    """Carries a Problem from where it is found to the edge that shows it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def failure(code: str, template: str, where: Where | None = None, **values: Any) -> ProblemError:
    """A ProblemError of severity error, ready to raise."""
    return ProblemError(Problem("error", code, template, values, where or Where()))
