"""What is known and told while one script is read: its source, its style, how much it may do, and
the notes on what was translated.
"""

import ast
import re
from dataclasses import dataclass, field
from typing import Any

from designer.document.problem import Problem, ProblemError
from designer.formats.python.names import Library
from designer.formats.python.old_names import KERAS_1_NAMES, KERAS_1_WORDS
from designer.formats.python.text import Source
from designer.formats.python.values import Unknown

MAX_STEPS = 20_000  # statements and calls beyond those written, that loops and functions may add
MAX_CALLS = 40  # functions in one another
OURS = re.compile(r"(.+)\. Written by Skipwire\.")
FORGIVEN = 5  # loops over data that may be cut short
SHORT = 50  # items of lists that are handled as quickly as one
NAMED = 6  # lines that a note names


_COUNTED = (ast.stmt, ast.Call, ast.BinOp, ast.Compare, ast.List, ast.Tuple, ast.Set, ast.Dict)


class HaltError(Exception):
    """Reading ends here, because the script asks for too much; carries the Problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(eq=False, slots=True)
class Story:
    """The reading of one script.

    `lenient` (something pasted) leaves open what is not known; `old` is the style of Keras 1.
    """

    source: Source
    library: Library
    lenient: bool = False
    ours: bool = False  # whether Skipwire wrote it
    old: bool = False
    image_format: str = ""  # what set_image_data_format says, or the shape of an old script's input
    seed: int | None = None
    failures: list[Problem] = field(default_factory=list)
    steps: int = 0
    _forgiven: int = 0
    _limit: int = MAX_STEPS
    _notes: dict[str, list[int]] = field(default_factory=dict)

    def begin(self, tree: ast.Module) -> None:
        """Takes the measure of the script."""
        self.old = is_keras_1(tree)
        self.ours = bool(OURS.fullmatch(ast.get_docstring(tree) or ""))
        written = sum(isinstance(node, _COUNTED) for node in ast.walk(tree))
        self._limit = MAX_STEPS + 2 * written

    def step(self, line: int, *handled: Any) -> None:
        """Counts a statement, a round of a loop or a call, more for one that handles long lists;
        HaltError where there are too many.
        """
        lengths = (len(v) for v in handled if isinstance(v, list | tuple | dict | str))
        self.steps += 1 + sum(lengths) // SHORT
        if self.steps > self._limit:
            raise HaltError(self.endless(line))

    def endless(self, line: int) -> Problem:
        """That there are too many steps."""
        template = (
            "written out, the loops and functions come to more than {limit} statements. A network "
            "that is drawn needs fewer: make the loop shorter. {text}"
        )
        values = {"limit": MAX_STEPS, "text": self.source.line(line)}
        return self.source.problem("endless_code", line, template, **values)

    def forgive(self, steps: int) -> bool:
        """Goes on after a loop that was too long, at the count before it; not often."""
        self._forgiven += 1
        if self._forgiven > FORGIVEN:
            return False
        self.steps = steps
        return True

    def note(self, line: int, text: str) -> None:
        """Remembers that something was translated or is doubtful."""
        lines = self._notes.setdefault(text, [])
        if line not in lines:
            lines.append(line)

    def refusal(self, code: str, line: int, template: str, **values: Any) -> ProblemError:
        """A ProblemError at a line."""
        return ProblemError(self.source.problem(code, line, template, **values))

    def why(self, value: Unknown) -> ProblemError:
        """The reason why a value that the network needs is not known."""
        if value.problem is not None:
            return ProblemError(value.problem)
        template = (
            "`{text}` is not known without running the code, and Skipwire runs none. Write its "
            "value there."
        )
        return self.refusal("unknown_value", value.line, template, text=value.text)

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes as sentences, each with its lines."""
        return tuple(f"{self._lines(lines)}: {text}" for text, lines in self._notes.items())

    def _lines(self, lines: list[int]) -> str:
        if self.source.cells or len(lines) == 1:
            more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
            return self.source.place(lines[0]) + more
        shown = ", ".join(str(line) for line in sorted(lines)[:NAMED])
        more = f" and {len(lines) - NAMED} more" if len(lines) > NAMED else ""
        return f"lines {shown}{more}"


def is_keras_1(tree: ast.Module) -> bool:
    """Whether the script is of the time of Keras 1: it uses an argument or a name that only Keras 1
    had (border_mode, subsample, nb_filter, merge, Deconvolution2D ...), Model(input=, output=), or
    calls a Convolution layer by its long name with as many whole numbers as that needed then.
    """
    return any(_of_keras_1(node) for node in ast.walk(tree))


def _of_keras_1(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        ours = "keras" in (node.module or "").split(".")
        return ours and any(alias.name in KERAS_1_NAMES for alias in node.names)
    if not isinstance(node, ast.Call):
        return False
    words = {keyword.arg for keyword in node.keywords}
    name = called_name(node)
    if words & KERAS_1_WORDS or (name == "merge" and "mode" in words):
        return True
    if name == "Model" and words & {"input", "output"}:
        return True
    return long_convolution(name) and whole_numbers(node.args) >= 3


def called_name(node: ast.Call) -> str:
    """The last word of what is called."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def long_convolution(name: str) -> bool:
    """Convolution2D and its like of two and more dimensions, as Keras 1 called them."""
    return name.endswith(("onvolution2D", "onvolution3D"))


def whole_numbers(args: list[ast.expr]) -> int:
    """How many arguments are whole numbers as written, from the first on."""
    count = 0
    for arg in args:
        if not (isinstance(arg, ast.Constant) and type(arg.value) is int):
            break
        count += 1
    return count
