"""Reads what a .npz declares - names, shapes, types - without numpy and without its arrays.

Format: numpy's `lib/format.py` and NEP 1: magic, version, length, a Python dict as text. Object
arrays are pickles, which run code when they are read: they are refused here by name.
"""

import ast
import struct
import zipfile
import zlib
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import IO

from designer.document.files import open_regular, read_reason
from designer.document.problem import Problem, ProblemError, Where

MAGIC = b"\x93NUMPY"
LONGEST_HEADER = 65_536
MOST_BYTES = 4 * 1000**3
MOST_ARRAYS = 10_000
KINDS = {"b": "bool", "i": "int", "u": "uint", "f": "float"}


@dataclass(frozen=True, slots=True)
class ArrayHeader:
    """One array of the archive: all its axes and its type as Keras names it."""

    name: str
    shape: tuple[int, ...]
    dtype: str


def names(path: Path) -> tuple[str, ...]:
    """The names of the arrays in an archive; ProblemError if it is none."""
    try:
        with open_regular(path) as file, zipfile.ZipFile(file) as archive:
            return _names(archive)
    except FileNotFoundError:
        raise _trouble(
            "no_data_file", "There is no file {file}: choose another one.", path
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from None
    except (zipfile.BadZipFile, ValueError) as error:
        raise _not_npz(path, error) from None


def header(path: Path, name: str) -> ArrayHeader:
    """What the archive says of one array; ProblemError where it is missing, unfit or broken."""
    known = names(path)
    if name not in known:
        raise _trouble(
            "missing_array",
            "{file} has no array {name}, only {known}: choose one of these.",
            path,
            name=name,
            known=", ".join(known) or "nothing",
        )
    try:
        with open_regular(path) as file, zipfile.ZipFile(file) as archive:
            return _read(archive, path, name)
    except OSError as error:
        raise _unreadable(path, error) from None
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError) as error:
        raise _not_npz(path, error) from None
    except (RuntimeError, NotImplementedError) as error:  # encrypted, or an unknown compression
        raise _not_npz(path, error) from None


def _names(archive: zipfile.ZipFile) -> tuple[str, ...]:
    found = archive.namelist()
    return tuple(n.removesuffix(".npy") for n in found[:MOST_ARRAYS] if n.endswith(".npy"))


def _read(archive: zipfile.ZipFile, path: Path, name: str) -> ArrayHeader:
    entry = archive.getinfo(f"{name}.npy")
    if entry.file_size > MOST_BYTES:
        raise _trouble(
            "array_too_large",
            "{name} in {file} says that it takes {size} GB unpacked; at most {most} are read. "
            "Save a part of it.",
            path,
            name=name,
            size=round(entry.file_size / 1000**3, 1),
            most=MOST_BYTES // 1000**3,
        )
    with archive.open(entry) as file:
        text, length = header_text(file, name)
    found, item = _parse(text, path, name)
    if length + prod(found.shape) * item != entry.file_size:
        raise ValueError(f"{name} is not as long as its header says")
    return found


def header_text(file: IO[bytes], name: str) -> tuple[bytes, int]:
    """The text of a header and its length with all before it; the file then stands at the values.

    ValueError or EOFError where it is none.
    """
    start = _exactly(file.read(8), 8)
    if start[:6] != MAGIC or start[6] not in (1, 2, 3):
        raise ValueError(f"{name} is not an array of numpy")
    size, length = ("<H", 2) if start[6] == 1 else ("<I", 4)
    (count,) = struct.unpack(size, _exactly(file.read(length), length))
    if count > LONGEST_HEADER:
        raise ValueError(f"the header of {name} is {count} bytes long")
    return _exactly(file.read(count), count), 8 + length + count


def _exactly(data: bytes, count: int) -> bytes:
    if len(data) != count:
        raise EOFError("it ends in the middle of a header")
    return data


def _parse(text: bytes, path: Path, name: str) -> tuple[ArrayHeader, int]:
    try:
        fields = ast.literal_eval(text.decode("utf-8").strip())
        descr, shape = fields["descr"], fields["shape"]
    except (SyntaxError, KeyError, TypeError, RecursionError, MemoryError) as error:
        raise ValueError(f"the header of {name} cannot be read: {type(error).__name__}") from None
    if not isinstance(shape, tuple) or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError(f"the shape of {name} is not one")
    if isinstance(descr, str) and descr[1:2] == "O":
        raise _trouble(
            "pickled_array",
            "{name} in {file} holds Python objects, which could run code when they are read. "
            "Save it again as an array of numbers.",
            path,
            name=name,
        )
    dtype = _dtype(descr)
    if not dtype:
        raise _trouble(
            "array_type",
            "{name} in {file} has the type {dtype}; only whole numbers, floats and booleans can "
            "be trained on. Convert it first.",
            path,
            name=name,
            dtype=str(descr)[:40],
        )
    return ArrayHeader(name, shape, dtype), int(descr[2:])


def _dtype(descr: object) -> str:
    if not isinstance(descr, str) or descr[:1] not in "<>|=" or not descr[2:].isdecimal():
        return ""
    kind, size = KINDS.get(descr[1:2], ""), int(descr[2:])
    if not kind or size > 8:
        return ""
    return kind if kind == "bool" else f"{kind}{size * 8}"


def _trouble(code: str, template: str, path: Path, **values: object) -> ProblemError:
    where = Where(param="path", section="data", file=str(path))
    return ProblemError(Problem("error", code, template, {"file": path.name, **values}, where))


def _unreadable(path: Path, error: OSError) -> ProblemError:
    text = read_reason(error)
    return _trouble("cannot_read", "{file} cannot be read: {reason}.", path, reason=text)


def _not_npz(path: Path, error: Exception) -> ProblemError:
    return _trouble(
        "not_npz",
        "{file} cannot be read as a .npz archive ({reason}): save it with numpy.savez.",
        path,
        reason=str(error) or type(error).__name__,
    )
