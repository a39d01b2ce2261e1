"""Which values an array of a .npz holds, from its first samples and without numpy."""

import struct
import zipfile
import zlib
from functools import lru_cache
from math import isfinite
from pathlib import Path

from designer.codegen.datasets.npy_header import ArrayHeader, header_text
from designer.document.files import open_regular

MOST_VALUES = 1 << 14
_CODES = {
    "bool": "?", "int8": "b", "uint8": "B", "int16": "h", "uint16": "H", "int32": "i",
    "uint32": "I", "int64": "q", "uint64": "Q", "float16": "e", "float32": "f", "float64": "d",
}  # fmt: skip

Range = tuple[float | None, float | None]


def value_range(path: Path, array: ArrayHeader) -> Range:
    """The least and the greatest of the first values; (None, None) where they cannot be told."""
    try:
        known = path.stat()
    except OSError:
        return None, None
    return _range(path, array, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=32)
def _range(path: Path, array: ArrayHeader, _changed: int, _size: int) -> Range:
    code = _CODES.get(array.dtype)
    if code is None:
        return None, None
    try:
        with open_regular(path) as file, zipfile.ZipFile(file) as archive:
            values = _values(archive, array, code)
    except (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return None, None  # the header's reader tells of what is broken
    finite = [float(value) for value in values if isfinite(value)]
    return (min(finite), max(finite)) if finite else (None, None)


def _values(archive: zipfile.ZipFile, array: ArrayHeader, code: str) -> tuple[float, ...]:
    with archive.open(f"{array.name}.npy") as file:
        text, _ = header_text(file, array.name)
        order = ">" if b"'>" in text else "<"
        size = struct.calcsize(f"<{code}")
        data = file.read(MOST_VALUES * size)
    return struct.unpack(f"{order}{len(data) // size}{code}", data[: len(data) // size * size])
