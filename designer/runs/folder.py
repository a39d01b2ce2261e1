"""A training run is a folder: its paths, its specification, and how one is made.

The folder is all there is of a run: copied or moved elsewhere, it can still be read and compared.
"""

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from designer import __version__, protocol
from designer.document.files import cannot_write, open_regular, read_limited, reason, write_atomic
from designer.document.model import Document
from designer.document.own_layers import beside
from designer.document.problem import ProblemError, Where, failure
from designer.document.serialize import to_bytes

SPEC_VERSION = 1
SPEC_LIMIT = 1_000_000  # bytes
SLUG_LENGTH = 40
CHECKPOINT_SECONDS = 20.0  # between two checkpoints: what a crash may cost
MOST_NAMES = 1000  # runs of one name in one second

Command = Literal["run", "pause", "stop"]


class RunSpec(Struct, frozen=True):
    """What was started: `created` is ISO 8601 with its zone, `samples` those of an epoch."""

    title: str
    created: str
    epochs: int
    batch_size: int
    seed: int = 0
    interpreter: str = ""
    loss: str = ""
    samples: int | None = None
    checkpoint_seconds: float = CHECKPOINT_SECONDS
    skipwire: str = ""
    version: int = SPEC_VERSION


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The paths of a run; none of the files need exist."""

    path: Path

    @property
    def script(self) -> Path:
        """The Python text that trains."""
        return self.path / protocol.RUN_SCRIPT

    @property
    def spec(self) -> Path:
        """What was started, when, and by which interpreter."""
        return self.path / protocol.RUN_SPEC

    @property
    def design(self) -> Path:
        """The design at that moment."""
        return self.path / protocol.RUN_DESIGN

    @property
    def events(self) -> Path:
        """The event log."""
        return self.path / protocol.RUN_EVENTS

    @property
    def control(self) -> Path:
        """The control file."""
        return self.path / protocol.RUN_CONTROL

    @property
    def checkpoint(self) -> Path:
        """What the run can go on from, if it ended before its time."""
        return self.path / protocol.RUN_CHECKPOINT

    @property
    def lock(self) -> Path:
        """The file that the trainer keeps locked."""
        return self.path / protocol.RUN_LOCK

    @property
    def log(self) -> Path:
        """What trainer and script print."""
        return self.path / protocol.RUN_LOG

    @property
    def model(self) -> Path:
        """The trained model."""
        return self.path / protocol.RUN_MODEL

    def read_spec(self) -> RunSpec:
        """The specification; ProblemError "broken_run" or "newer_run" says what is wrong."""
        where = Where(file=str(self.spec))
        advice = "{path} does not describe a run: {reason}. Delete the run, or restore the file."
        try:
            spec = msgspec.json.decode(read_limited(self.spec, SPEC_LIMIT), type=RunSpec)
        except ProblemError as error:
            text = str(error.problem.values.get("reason", error))
            raise failure("broken_run", advice, where, path=str(self.spec), reason=text) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            text = str(error)
            raise failure("broken_run", advice, where, path=str(self.spec), reason=text) from error
        if spec.version > SPEC_VERSION:
            template = "{path} was made by Skipwire {skipwire}. Open it with that version or newer."
            made_by = spec.skipwire or "of a later version"
            raise failure("newer_run", template, where, path=str(self.spec), skipwire=made_by)
        return spec

    def tail(self, lines: int = 40, limit: int = 16_000) -> str:
        """The last lines that trainer and script printed; empty if they cannot be read."""
        try:
            with open_regular(self.log) as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - limit))
                text = file.read().decode(errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])


def slug(name: str) -> str:
    """A name as part of a file name on every system: lower-case ASCII, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-") or "run"


def default_base(
    environment: Mapping[str, str] | None = None, platform: str = sys.platform
) -> Path:
    """Where runs are kept: the user's data folder by the platform's own rule."""
    known = os.environ if environment is None else environment
    if platform == "win32":
        local = known.get("LOCALAPPDATA", "")
        data = Path(local) if local else Path.home() / "AppData" / "Local"
    elif platform == "darwin":
        data = Path.home() / "Library" / "Application Support"
    else:
        # The XDG base directory specification: a relative path is to be passed over.
        chosen = Path(known.get("XDG_DATA_HOME", ""))
        data = chosen if chosen.is_absolute() else Path.home() / ".local" / "share"
    return data / "skipwire" / "runs"


def _new_folder(base: Path, stem: str) -> Path:
    """Make a folder that was not there; OSError if the system refuses."""
    base.mkdir(parents=True, exist_ok=True)
    for count in range(1, MOST_NAMES):
        path = base / (stem if count == 1 else f"{stem}-{count}")
        try:
            path.mkdir()
        except FileExistsError:
            continue
        return path
    raise FileExistsError(f"{stem} and {MOST_NAMES} more exist already")


def _make_folders(file: Path) -> None:
    """The folder of a file, which is the run's own for all but the modules of a package."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(file, error) from error


def create(
    document: Document,
    script_text: str,
    base: Path,
    interpreter: str = sys.executable,
    name: str = "",
    samples: int | None = None,
    checkpoint_seconds: float = CHECKPOINT_SECONDS,
    modules: Mapping[str, bytes] | None = None,
) -> RunFolder:
    """Make a run's folder below `base` with all that the trainer needs; nothing is started.

    `modules` are files of the user's own layers by their names beside the script.
    `name` titles the run (default: the design's). ProblemError "cannot_write" or
    "cannot_make_run"; then no folder is left behind.
    """
    now = datetime.now().astimezone()
    title = name or document.name
    plan = document.training
    spec = RunSpec(
        title=title,
        created=now.isoformat(timespec="seconds"),
        epochs=plan.epochs,
        batch_size=plan.batch_size,
        seed=plan.seed,
        interpreter=interpreter,
        loss=plan.loss.object,
        samples=samples,
        checkpoint_seconds=checkpoint_seconds,
        skipwire=__version__,
    )
    files = RunFolder(Path())
    contents = (
        (files.design, to_bytes(beside(document, modules or {}))),
        (files.script, script_text.encode("utf-8", "backslashreplace")),
        (files.spec, msgspec.json.format(msgspec.json.encode(spec)) + b"\n"),
        *((Path(name), data) for name, data in (modules or {}).items()),
    )
    try:
        path = _new_folder(base, f"{now:%Y-%m-%d_%H-%M-%S}_{slug(title)}")
    except OSError as error:
        template = "A run's folder could not be made in {base}: {reason}."
        where = Where(file=str(base))
        raise failure(
            "cannot_make_run", template, where, base=str(base), reason=reason(error)
        ) from error
    try:
        for file, data in contents:
            _make_folders(path / file)
            write_atomic(path / file, data)
    except ProblemError:
        shutil.rmtree(path, ignore_errors=True)
        raise
    return RunFolder(path)
