"""Whole numbers as options of a command, refused by argparse itself where they are too small."""

from argparse import ArgumentTypeError
from collections.abc import Callable


def at_least(least: int) -> Callable[[str], int]:
    """A reader of integers from `least` up, for argparse."""

    def read(text: str) -> int:
        if not text.lstrip("-").isdecimal() or int(text) < least:
            raise ArgumentTypeError(f"{text!r} is not an integer of at least {least}")
        return int(text)

    return read
