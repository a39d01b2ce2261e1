"""A user's file of layers as it is read without running it: its name as a module, its classes, and
the files beside it that it imports. Their contents together are what a user agrees to.
"""

import ast
import hashlib
import keyword
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from designer.document.files import read_limited
from designer.document.problem import Where, failure

MAX_BYTES = 2_000_000
MOST_FILES = 200
# What the script imports itself, and what the run's folder calls its own.
_TAKEN = frozenset({"keras", "tensorflow", "numpy", "script", "designer"})


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class at the top of a file: its bases as they are written."""

    name: str
    bases: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class LayerSource:
    """A file of layers, not run. `files` are the file and what it imports beside it, by path.

    `named` ones are found by their module's name instead of lying beside a design.
    """

    path: Path
    module: str
    classes: tuple[ClassLine, ...]
    files: Mapping[Path, bytes]
    named: bool = False

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each file by its path."""
        return {str(p): hashlib.sha256(data).hexdigest() for p, data in self.files.items()}

    @property
    def digest(self) -> str:
        """One SHA-256 of all contents, wherever they lie."""
        lines = sorted(f"{self.relative(Path(p))} {h}" for p, h in self.hashes.items())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def helpers(self) -> tuple[str, ...]:
        """The other files, as they lie beside the first."""
        return tuple(self.relative(path) for path in self.files if path != self.path)

    @property
    def file(self) -> tuple[str, str]:
        """What a design notes of it: path, "" where it is found by its name, and hash."""
        return "" if self.named else str(self.path), self.digest

    def relative(self, path: Path) -> str:
        """Where a file lies beside the first one."""
        return path.relative_to(self.path.parent).as_posix()


def read_layers(path: Path, module: str = "") -> LayerSource:
    """The file of a user's layers; `module` is its name where that is how it was found.

    ProblemError "cannot_read", "too_large", "custom_name" or "custom_syntax".
    """
    path = path.absolute()
    if not module:
        _check_name(path)
    data = read_limited(path, MAX_BYTES)
    tree = _parsed(path, data)
    files = {path: data}
    if not module:
        _gather(path.parent, tree, files)
    classes = tuple(
        ClassLine(node.name, tuple(map(ast.unparse, node.bases)), node.lineno)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    )
    return LayerSource(path, module or path.stem, classes, files, named=bool(module))


def _check_name(path: Path) -> None:
    name = path.stem
    where = Where(file=str(path))
    if path.suffix != ".py" or not name.isidentifier() or keyword.iskeyword(name):
        template = (
            "{name} cannot be imported by a script: the name of such a file is a word of letters, "
            "digits and underscores, and ends with .py. Rename it."
        )
        raise failure("custom_name", template, where, name=path.name)
    if name in _TAKEN or name in sys.stdlib_module_names:
        template = (
            "{name} has the name of a module that Python or Keras brings: a script that imports "
            "one of them would get the other. Rename the file."
        )
        raise failure("custom_name", template, where, name=path.name)


def _parsed(path: Path, data: bytes) -> ast.Module:
    where = Where(file=str(path))
    try:
        return ast.parse(data, str(path))
    except SyntaxError as error:
        template = "{name}, line {line}: {reason}. Mend that line and load the file again."
        values = {"name": path.name, "line": error.lineno or 0, "reason": error.msg.rstrip(".")}
        raise failure("custom_syntax", template, where, **values) from error
    except (ValueError, RecursionError, MemoryError) as error:
        template = "{name} is no Python that can be read: {reason}. Choose another file."
        reason = str(error) or "it is nested too deeply"
        raise failure("custom_syntax", template, where, name=path.name, reason=reason) from error


def _gather(folder: Path, tree: ast.Module, files: dict[Path, bytes]) -> None:
    """Adds the files in the folder that are imported, and what they import in turn."""
    for name in sorted(_imported(tree)):
        for path in _beside(folder, name):
            if path in files or len(files) >= MOST_FILES:
                continue
            files[path] = read_limited(path, MAX_BYTES)
            _gather(folder, _parsed(path, files[path]), files)


def _imported(tree: ast.Module) -> set[str]:
    """The first words of all modules that are imported anywhere in the text."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _beside(folder: Path, name: str) -> list[Path]:
    """The files in the folder that are the module of that name."""
    if (folder / f"{name}.py").is_file():
        return [folder / f"{name}.py"]
    package = folder / name
    if not (package / "__init__.py").is_file():
        return []
    return sorted(path for path in package.rglob("*.py") if path.is_file())
