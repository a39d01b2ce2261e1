"""Costs in a few characters: bytes, counts, receptive fields. Pure, for window and command line."""

import math

from designer.infer.receptive import Field

_UNITS = ("", "k", "M", "G", "T", "P")


def scaled(value: float, unit: str = "") -> str:
    """Three figures and a decimal prefix: `896`, `18.5 k`, `592 k`; with a unit `9.5 MB`."""
    prefix = ""
    for prefix in _UNITS:
        if value < 999.5 or prefix == _UNITS[-1]:
            break
        value /= 1000
    digits = 0 if not prefix or value >= 99.95 else 1
    text = f"{value:.{digits}f}".removesuffix(".0")
    return f"{text} {prefix}{unit}".rstrip()


def bytes_text(count: int) -> str:
    """Bytes in decimal units: `640 B`, `9.5 MB`."""
    return scaled(count, "B")


def field_text(field: Field | None, whole: str = "all") -> str:
    """`212×212`, one number where the axes are alike (`212`), "" where there is no axis."""
    if field is None:
        return "?"
    sizes = [whole if math.isinf(size) else str(math.ceil(size)) for size in field.sizes]
    return "×".join(dict.fromkeys(sizes) if len(set(sizes)) == 1 else sizes)
