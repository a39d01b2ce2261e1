"""A time limit for what Keras does in Python, such as unrolling a recurrent layer."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TookTooLongError(BaseException):
    """The limit was reached. No `Exception`, because Keras catches those on its way."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises TookTooLongError inside the block after that time, and again until it has left it.

    Only the main thread can be limited. Windows has no interval timer; there is no limit there.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    inside = True

    def ring(number: int, frame: FrameType | None) -> None:
        if inside:
            raise TookTooLongError(f"Keras found no answer within {seconds:g} seconds.")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        try:
            yield
        finally:
            inside = False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
