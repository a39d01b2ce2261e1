"""The shape worker: `python -m designer.worker.serve` answers the window's questions.

It speaks `designer.protocol` on descriptors that nothing else can write to, and ends with its
input: a parent that dies takes it along.
"""

import gc
import os
import platform
import sys
from typing import TYPE_CHECKING

from designer.protocol import (
    PROTOCOL_VERSION,
    Ask,
    Fault,
    Load,
    Locate,
    Message,
    Quit,
    Ready,
    Told,
)
from designer.worker import memory, surroundings
from designer.worker.channel import Channel, standard_channel

if TYPE_CHECKING:
    from designer.worker.shapes import Shapes

NO_KERAS = 3  # exit status when the interpreter has no usable Keras
GARBAGE = 50_000  # objects between two collections; Python's 700 cost a tenth of an answer
UNREADABLE = 0  # the request of a Fault about a line that could not be read


def main() -> int:
    """Exit status: 0 at Quit or the end of the input, 3 without a usable Keras."""
    channel = standard_channel()
    try:
        return _serve(channel)
    except BrokenPipeError:
        return 0


def _serve(channel: Channel) -> int:
    try:
        ready = _start()
    # A broken installation fails with anything, from ImportError to AttributeError.
    except Exception as error:  # noqa: BLE001
        channel.send(Fault(-1, _advice(error)))
        return NO_KERAS
    memory.bound()
    # What the imports made stays; a full collection that walks it takes longer than an answer.
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    channel.send(ready)
    _loop(channel)
    return 0


def _start() -> Ready:
    """Imports Keras under settings of our own; ImportError says what is missing."""
    with surroundings.prepared():
        # The environment must be in place before Keras is imported.
        import keras

        if int(keras.__version__.split(".")[0]) < 3:
            raise ImportError(f"it has Keras {keras.__version__}")
        import tensorflow
    return Ready(
        PROTOCOL_VERSION,
        platform.python_version(),
        keras.__version__,
        keras.backend.backend(),
        tensorflow.__version__,
    )


def _advice(error: Exception) -> str:
    return (
        f"Skipwire needs Keras 3 with TensorFlow, and the interpreter {sys.executable} cannot "
        f'give it: {error}. Install them there (pip install "keras>=3.15" tensorflow), or choose '
        "another interpreter in the settings."
    )


def _loop(channel: Channel) -> None:
    # Keras is there only after the start.
    from designer.worker.shapes import Shapes

    shapes = Shapes()
    while True:
        try:
            message = channel.receive()
        except (ValueError, RecursionError) as error:
            channel.send(Fault(UNREADABLE, f"A line could not be read: {error}"))
            continue
        if message is None or isinstance(message, Quit):
            return
        channel.send(_reply(shapes, message))


def _reply(shapes: "Shapes", message: Message) -> Message:
    if isinstance(message, Ask):
        return Told(message.request, shapes.answers(message.steps))
    if isinstance(message, Load | Locate):
        # Keras is there only after the start.
        from designer.worker import custom

        if isinstance(message, Locate):
            return custom.locate(message)
        shapes.forget()  # layers of the same names may be others now
        return custom.load(message)
    return Fault(UNREADABLE, f"The worker answers questions, and this is none: {message!r:.200}")


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    # TensorFlow's own shutdown takes a second and can hang; nothing of ours is left to close.
    os._exit(status)
