"""The protocol's own descriptors, out of the reach of everything that prints.

Keras, TensorFlow and user code write to stdout and may read stdin: both are moved away first.
"""

import os
from typing import BinaryIO

from designer.protocol import Message, decode, encode


class Channel:
    """Messages over two binary files. `receive` gives None at the end of the input."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink

    def receive(self) -> Message | None:
        """The next message; ValueError or RecursionError for a line that is none."""
        line = self._source.readline()
        return decode(line) if line else None

    def send(self, message: Message) -> None:
        """Writes one message; BrokenPipeError when nobody reads any more."""
        self._sink.write(encode(message))
        self._sink.flush()


def standard_channel() -> Channel:
    """Takes over descriptors 0 and 1; afterwards 0 reads nothing and 1 is where 2 points."""
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return Channel(source, sink)
