"""What must hold before Keras is imported: environment variables and a settings folder of its own.

A user's keras.json could change backend, floatx and image format; oneDNN must stay on, because
channels-first convolutions train on a CPU only with it.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def prepared(*, gpu: bool = False) -> Iterator[None]:
    """Sets the environment for this process; the settings folder goes when the block ends."""
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"
    if not gpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    with tempfile.TemporaryDirectory(prefix="skipwire-keras-") as folder:
        os.environ["KERAS_HOME"] = folder
        yield
