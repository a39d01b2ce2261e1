"""The file that a run goes on from: all its variables as arrays, and where the training stood.

Arrays in the order in which the same script makes the same variables again: names need not be
unique, and nothing but numbers is read. The file is replaced as a whole or not at all.
"""

import contextlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

Arrays = list["np.ndarray[Any, Any]"]
UNREADABLE = (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile)
PLACE = "place"  # name of the array that says where the training stood


@dataclass(frozen=True, slots=True)
class Point:
    """Steps and whole epochs that are behind."""

    step: int
    epochs_done: int


BEGINNING = Point(0, 0)


def write(path: Path, point: Point, arrays: Iterable["np.ndarray[Any, Any]"]) -> None:
    """Replaces the file; OSError if the disk refuses, and then the former one is still there."""
    named = {f"v{place}": array for place, array in enumerate(arrays)}
    place = np.array([point.step, point.epochs_done], dtype="int64")
    new = path.with_name(path.name + ".new")
    try:
        with new.open("wb") as file:
            np.savez(file, allow_pickle=False, **{PLACE: place}, **named)
        new.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def read(path: Path) -> tuple[Point, Arrays]:
    """What `write` wrote; ValueError if the file is none of ours or not whole."""
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            step, epochs_done = (int(number) for number in file[PLACE])
            arrays = [file[f"v{place}"] for place in range(len(file.files) - 1)]
    except UNREADABLE as error:
        raise ValueError(
            f"The checkpoint {path} cannot be read ({error}). Train the design again."
        ) from error
    return Point(step, epochs_done), arrays
