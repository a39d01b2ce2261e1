"""Runs a user's file of layers, after the user's yes, and tells what it offers.

What runs are exactly the bytes that were agreed to: each file is compared with its hash first. The
loaded module stays in `sys.modules` under a name that no import statement can mean by accident.
"""

import ast
import hashlib
import importlib
import importlib.util
import linecache
import sys
import traceback
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

from designer.protocol import CUSTOM, Load, Loaded, Locate, Located, NotLoaded
from designer.worker.catalogue import own_layers
from designer.worker.patience import TookTooLongError, limited

_PRIVATE = "_skipwire_custom_"
_DETAIL = 8_000  # characters of a traceback


class _RefusedError(Exception):
    """Why a file is not run at all."""

    def __init__(self, code: str, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.code, self.reason, self.line = code, reason, line


def named(key: str) -> Any:
    """What "custom.my_layers.Scale" is in the modules that were loaded; None if it is not there."""
    module, _, name = key.removeprefix(CUSTOM).rpartition(".")
    return getattr(sys.modules.get(_PRIVATE + module), "__dict__", {}).get(name)


def locate(question: Locate) -> Located:
    """The file of a module, found as an import would find it, but without importing a package."""
    places: list[str] | None = None
    spec = None
    for part in question.module.split("."):
        spec = PathFinder.find_spec(part, places)
        if spec is None:
            break
        places = list(spec.submodule_search_locations or [])
    origin = spec.origin if spec is not None and spec.has_location else None
    python = origin is not None and origin.endswith(".py")
    return Located(question.request, question.module, str(origin) if python else "")


def load(order: Load) -> Loaded | NotLoaded:
    """Runs the file within its time; what was loaded before stays where that fails."""
    try:
        source = _agreed(order)
        lines = _lines(source, order.path)
        with limited(order.seconds):
            module = _by_name(order) if order.named else _by_path(order, source)
            found = own_layers.of_module(module, order.module, lines)
    except _RefusedError as error:
        return NotLoaded(order.request, order.module, error.code, error.reason, error.line)
    # A user's code may raise anything, end the process or be too slow: all of it is told.
    except BaseException as error:  # noqa: BLE001
        return _told(order, error)
    if not found.layers:
        reason = ", ".join(str(remark["class"]) for remark in found.remarks)
        return NotLoaded(order.request, order.module, "custom_empty", reason)
    sys.modules[_PRIVATE + order.module] = module
    return Loaded(order.request, order.module, found.layers, found.remarks)


def _agreed(order: Load) -> bytes:
    """The bytes of the file; refused where any of the files is not as it was agreed to."""
    for path, digest in order.files.items():
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise _RefusedError("custom_missing", f"{path}: {error.strerror or error}") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise _RefusedError("custom_changed", path)
        if path == order.path:
            source = data
    return source


def _lines(source: bytes, path: str) -> dict[str, int]:
    """The line of each class at the top of the file."""
    try:
        tree = ast.parse(source, path)
    except SyntaxError as error:
        line = error.lineno or 0
        raise _RefusedError("custom_syntax", error.msg, line) from error
    except ValueError as error:
        raise _RefusedError("custom_syntax", str(error)) from error
    return {node.name: node.lineno for node in tree.body if isinstance(node, ast.ClassDef)}


def _by_path(order: Load, source: bytes) -> ModuleType:
    """A module made from these very bytes."""
    name = _PRIVATE + order.module
    spec = importlib.util.spec_from_file_location(name, order.path)
    assert spec is not None  # only a file without a known suffix has none
    module = importlib.util.module_from_spec(spec)
    _prepare(order)
    folder = str(Path(order.path).parent)
    if folder not in sys.path:
        # At the end: a file beside it must not stand in for a part of Python or Keras.
        sys.path.append(folder)
    former = sys.modules.get(name)
    sys.modules[name] = module  # as an import does: data classes look there
    try:
        exec(compile(source, order.path, "exec"), module.__dict__)
    except BaseException:
        _put_back(name, former)
        raise
    return module


def _by_name(order: Load) -> ModuleType:
    _prepare(order)
    former = sys.modules.pop(order.module, None)
    try:
        return importlib.import_module(order.module)
    except BaseException:
        _put_back(order.module, former)
        raise


def _put_back(name: str, former: ModuleType | None) -> None:
    if former is not None:
        sys.modules[name] = former
    else:
        sys.modules.pop(name, None)


def _prepare(order: Load) -> None:
    """Forgets what an earlier version of these files has left."""
    sys.dont_write_bytecode = True  # nothing of ours is left in a user's folder
    importlib.invalidate_caches()
    paths = {str(Path(path)) for path in order.files}
    for name, module in tuple(sys.modules.items()):
        if not name.startswith(_PRIVATE) and getattr(module, "__file__", None) in paths:
            del sys.modules[name]
    for path in paths:
        linecache.checkcache(path)


def _told(order: Load, error: BaseException) -> NotLoaded:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f.lineno or 0 for f in frames if f.filename == order.path]
    detail = "".join(traceback.format_exception(error))[-_DETAIL:]
    code, reason = _cause(error)
    return NotLoaded(order.request, order.module, code, reason, lines[-1] if lines else 0, detail)


def _cause(error: BaseException) -> tuple[str, str]:
    if isinstance(error, TookTooLongError):
        return "custom_endless", ""
    if isinstance(error, ModuleNotFoundError):
        return "custom_import", error.name or str(error)
    if isinstance(error, SystemExit):
        return "custom_exits", str(error.code)
    words = "".join(traceback.format_exception_only(error)).strip().splitlines()
    return "custom_raised", words[-1] if words else type(error).__name__
