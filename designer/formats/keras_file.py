"""Models that Keras saved: a `.keras` archive's configuration as a design, read without Keras.

Of the archive (zip) only metadata.json and config.json are read, within limits, and never
extracted; the weights stay where they are.
"""

import lzma
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from designer.catalog.spec import Catalog
from designer.document.files import cannot_read
from designer.document.model import Document
from designer.document.problem import ProblemError, Where, failure
from designer.formats.keras_config import to_document
from designer.formats.keras_values import broken

SUFFIX = ".keras"
MAX_BYTES = 64_000_000  # of config.json
MAX_METADATA = 1_000_000
MAX_DEPTH = 200
MAX_DIRECTORY = 64_000_000  # of the archive's directory, which zipfile holds in memory
HDF5 = b"\x89HDF\r\n\x1a\n"
OLD_SUFFIXES = (".h5", ".hdf5", ".pb")
ZIP = b"PK"

_BAD_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,  # a compression that zipfile does not know
    RuntimeError,  # an encrypted member
    ValueError,
)


def recognises(path: Path, head: bytes) -> bool:
    """Archives and HDF5 files by their first bytes, SavedModel folders, and Keras' suffixes."""
    if head.startswith((ZIP, HDF5)) or (path / "saved_model.pb").is_file():
        return True
    return path.suffix.lower() in (SUFFIX, *OLD_SUFFIXES)


def read(path: Path, catalog: Catalog) -> Document:
    """The design of a functional or sequential model saved by Keras 3, all nodes in one place.

    ProblemError "old_model", "not_a_model", "too_large", "broken_model", "cannot_read", or one
    of `keras_config.to_document`.
    """
    where = Where(file=str(path))
    try:
        _refuse_old(path, where)
        with path.open("rb") as file:
            config = _config(file, where)
    except OSError as error:
        raise cannot_read(path, error) from error
    return to_document(config, catalog, where)


def _old(where: Where, what: str) -> ProblemError:
    template = (
        "{file} is {what}. Skipwire opens models saved by Keras 3: load it in Keras where it "
        'still runs and save it again with model.save("model.keras").'
    )
    return failure("old_model", template, where, file=where.file, what=what)


def _refuse_old(path: Path, where: Where) -> None:
    if path.is_dir():
        if (path / "saved_model.pb").is_file():
            raise _old(where, "a SavedModel folder of TensorFlow")
        raise _not_a_model(where, "is a folder")
    if path.name == "saved_model.pb":
        raise _old(where, "part of a SavedModel folder of TensorFlow")
    with path.open("rb") as file:
        head = file.read(MAX_METADATA)
    if head.startswith(HDF5):
        version = re.search(rb"keras_version.{0,200}?(\d+\.\d+\.\d+)", head, re.DOTALL)
        by = f" of Keras {version[1].decode()}" if version else ", as Keras 1 and 2 wrote them"
        raise _old(where, f"an HDF5 file{by}")


def _not_a_model(where: Where, why: str) -> ProblemError:
    template = "{file} {why}, so it is no model saved by Keras 3. Choose a .keras file."
    return failure("not_a_model", template, where, file=where.file, why=why)


def _config(file: BinaryIO, where: Where) -> Any:
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.start_dir and _directory(file, archive) > MAX_DIRECTORY:
                raise _too_large(where, "its directory", MAX_DIRECTORY)
            _check_version(_json(archive, "metadata.json", MAX_METADATA, where), where)
            return _json(archive, "config.json", MAX_BYTES, where)
    except _BAD_ARCHIVE as error:
        raise _not_a_model(where, f"is no readable archive ({error})") from error


def _directory(file: BinaryIO, archive: zipfile.ZipFile) -> int:
    """The size of the archive's directory in bytes."""
    return file.seek(0, 2) - archive.start_dir


def _too_large(where: Where, what: str, limit: int) -> ProblemError:
    template = "{file} is refused: {what} is larger than {limit} MB, more than any model needs."
    values = {"file": where.file, "what": what, "limit": limit // 1_000_000}
    return failure("too_large", template, where, **values)


def _json(archive: zipfile.ZipFile, name: str, limit: int, where: Where) -> Any:
    """One member; what it says of its size is not believed."""
    try:
        with archive.open(name) as member:
            data = member.read(limit + 1)
    except KeyError as error:
        raise _not_a_model(where, f"has no {name} in it") from error
    if len(data) > limit:
        raise _too_large(where, name, limit)
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise broken(where, f"{name} is not JSON ({error})") from error
    if _depth(value) > MAX_DEPTH:
        raise broken(where, f"{name} is nested too deeply")
    return value


def _depth(value: Any) -> int:
    """How deep lists and mappings lie in one another."""
    layer: list[dict[str, Any] | list[Any]] = [[value]]
    depth = 0
    while layer:
        depth += 1
        layer = [
            item
            for outer in layer
            for item in (outer.values() if isinstance(outer, dict) else outer)
            if type(item) in (dict, list)
        ]
    return depth


def _check_version(metadata: Any, where: Where) -> None:
    version = metadata.get("keras_version") if isinstance(metadata, dict) else None
    if not isinstance(version, str):
        raise broken(where, "metadata.json does not name the version of Keras")
    if re.match(r"[0-2]\.", version):
        raise _old(where, f"a file of Keras {version[:20]}")
    if not version.startswith("3."):
        template = "{file} was saved by Keras {version}. Skipwire opens models saved by Keras 3."
        values = {"file": where.file, "version": version[:20]}
        raise failure("newer_model", template, where, **values)
