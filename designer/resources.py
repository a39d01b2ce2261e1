"""Finds and reads the files of `resources/`.

They lie inside the package in a wheel or a frozen program and beside it in a checkout, so both
places are asked, in that order.
"""

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The folder of the resources; FileNotFoundError if the installation has none."""
    inside = Path(__file__).resolve().parent / "resources"
    if inside.is_dir():
        return inside
    beside = inside.parents[1] / "resources"
    if beside.is_dir():
        return beside
    raise FileNotFoundError(f"Skipwire's resources are neither in {inside} nor in {beside}.")


def path(*parts: str) -> Path:
    """The path of one resource, which need not exist."""
    return root().joinpath(*parts)


def read_bytes(*parts: str) -> bytes:
    """The bytes of one resource; FileNotFoundError names the missing file."""
    return path(*parts).read_bytes()


def read_text(*parts: str) -> str:
    """The text of one resource (UTF-8)."""
    return path(*parts).read_text(encoding="utf-8")
