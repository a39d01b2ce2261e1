"""Keras' exceptions as Refusals: its own words, without the frame around them."""

import re

from designer.protocol import Refusal

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(r"^Exception encountered when calling [^\n]*\n+")
_TAIL = re.compile(r"\n*(Arguments received by|Call arguments received by) .*", re.DOTALL)
_NAMELESS = re.compile(r"^Input (\d+) with name '[^']*' of layer '[^']*'")
_WEIGHTY = 2_000  # characters: TensorFlow likes to quote whole graphs


def refusal(stage: str, error: BaseException) -> Refusal:
    """A Refusal of that stage; a message that is empty is replaced by the exception's name."""
    return Refusal(stage, type(error).__name__, message(error))


def message(error: BaseException) -> str:
    """The informative part of Keras' message."""
    if isinstance(error, RecursionError):
        return "The values are nested too deep."
    if isinstance(error, MemoryError):
        return "The sizes are too large for this computer's memory."
    text = _COLOUR.sub("", str(error))
    text = _TAIL.sub("", _FRAME.sub("", text)).strip()
    # Names here are the worker's own and would mislead.
    text = _NAMELESS.sub(r"Input \1", text)
    if len(text) > _WEIGHTY:
        text = text[:_WEIGHTY].rstrip() + " ..."
    return text or type(error).__name__
