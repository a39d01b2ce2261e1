"""The text of a script, a notebook or something pasted, as a syntax tree; what it says of a place.

Nothing here runs it: the parser of the standard library is all that sees the text.
"""

import ast
import json
import re
import textwrap
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from designer.document.problem import Problem, ProblemError, Where, failure

MAX_BYTES = 4_000_000
MAX_NOTEBOOK = 64_000_000  # pictures among its results make a notebook large
MAX_TEXT = 2_000_000  # characters of code
SHOWN = 60  # characters of a line that a message quotes

_PROMPT = re.compile(r"^\s*(>>>|\.\.\.) ?")
_MAGIC = re.compile(r"^(\s*)([%!]|\?|[\w.]+\?+\s*$|get_ipython\()")
_OLD_PRINT = re.compile(r"^(\s*)print\b(?!\s*\()[^=]*$")
_FENCE = re.compile(r"^\s*```[\w ]*$")


@dataclass(frozen=True)
class Source:
    """Code and where it comes from; `cells` are the first lines of a notebook's code cells."""

    text: str
    file: str = ""
    cells: tuple[int, ...] = ()

    def place(self, line: int) -> str:
        """ "line 12", or "cell 3, line 2"."""
        before = [first for first in self.cells if first <= line]
        if not before:
            return f"line {line}"
        return f"cell {len(before)}, line {line - before[-1] + 1}"

    def line(self, number: int) -> str:
        """The text of a line, shortened."""
        found = self._lines[number - 1].strip() if 0 < number <= len(self._lines) else ""
        return found if len(found) <= SHOWN else found[: SHOWN - 3] + "..."

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def problem(self, code: str, line: int, template: str, **values: Any) -> Problem:
        """A problem at a line; the template gets {place} in front."""
        values["place"] = self.place(line)
        return Problem("error", code, "{place}: " + template, values, Where(file=self.file))


def decoded(data: bytes, file: str) -> str:
    """The text in the encoding that its first lines name, UTF-8 else; ProblemError."""
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        template = (
            "{file} is no text that can be read ({reason}). Save it as UTF-8 and open it again."
        )
        raise failure(
            "bad_encoding", template, Where(file=file), file=file, reason=str(error)
        ) from error


def notebook(data: bytes, file: str) -> Source:
    """The code cells of a Jupyter notebook, one below the other; ProblemError "not_a_notebook"."""
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _no_notebook(file, str(error)) from error
    cells = body.get("cells") if isinstance(body, dict) else None
    if not isinstance(cells, list):
        raise _no_notebook(file, "it has no cells")
    lines: list[str] = []
    starts = []
    for cell in cells:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            starts.append(len(lines) + 1)
            lines += _cell_text(cell.get("source")).split("\n")
    return Source("\n".join(lines), file, tuple(starts))


def _no_notebook(file: str, reason: str) -> ProblemError:
    template = "{file} is no Jupyter notebook ({reason}). Save it again in Jupyter."
    return failure("not_a_notebook", template, Where(file=file), file=file, reason=reason[:80])


def _cell_text(source: Any) -> str:
    parts = source if isinstance(source, list) else [source]
    text = "".join(part for part in parts if isinstance(part, str))
    # A cell of another language, or one that Jupyter itself handles.
    return "" if text.lstrip().startswith("%%") else text


def parsed(source: Source) -> ast.Module:
    """The syntax tree; ProblemError "bad_syntax" or "too_large" with line and column."""
    if len(source.text) > MAX_TEXT:
        template = "{file} holds more than {limit} characters of code, more than any network needs."
        values = {"file": source.file or "The text", "limit": MAX_TEXT}
        raise failure("too_large", template, Where(file=source.file), **values)
    found: SyntaxError | None = None
    for text in _readings(source.text):
        try:
            return _tree(text)
        except SyntaxError as error:
            found = error
    assert found is not None
    raise _bad_syntax(source, found) from found


def _readings(text: str) -> Iterator[str]:
    """The text as a module, line for line, in the ways in which people copy code; likeliest last.

    As it stands; cut out of a line's middle; tabs among blanks; with print statements; with prompts
    and magics.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    yield textwrap.dedent(plain)
    first, _, rest = plain.partition("\n")
    yield first.lstrip() + "\n" + textwrap.dedent(rest)
    cleaned = _cleaned(plain)
    yield textwrap.dedent(plain.expandtabs(4))
    yield "\n".join(_OLD_PRINT.sub(r"\1pass", line) for line in cleaned.split("\n"))
    yield cleaned


def _tree(text: str) -> ast.Module:
    try:
        # What the parser has to say of odd escapes is no matter of ours.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, ValueError):
            raise SyntaxError(str(error)) from error
        raise SyntaxError("brackets or operators are nested too deeply") from error


def _bad_syntax(source: Source, error: SyntaxError) -> ProblemError:
    template = "this is no Python that can be read: {reason}, at column {column}. {text}"
    line = error.lineno or 1
    values = {"reason": error.msg, "column": error.offset or 1, "text": source.line(line)}
    return ProblemError(source.problem("bad_syntax", line, template, **values))


def _cleaned(text: str) -> str:
    """The text without prompts, fences, magics and common indent."""
    lines = text.split("\n")
    if any(line.lstrip().startswith(">>>") for line in lines):
        # Of a session only what was typed is code, not what was printed.
        lines = [_PROMPT.sub("", line) if _PROMPT.match(line) else "" for line in lines]
    lines = ["" if _FENCE.match(line) else _MAGIC.sub(r"\1pass  # \2", line) for line in lines]
    return textwrap.dedent("\n".join(lines))
