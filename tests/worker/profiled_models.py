"""Run by the tests under Keras: writes models of keras.applications without their weights, and
prints by name what Keras counts of weights and TensorFlow's profiler of operations, as JSON.
"""

import json
import os
import sys
import zipfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import tensorflow as tf


def float_operations(model: Any) -> int:
    """Of one forward pass of one sample, at inference."""
    profiler = tf.compat.v1.profiler
    inputs = [tf.TensorSpec((1, *given.shape[1:]), given.dtype) for given in model.inputs]
    # Traced only, so the weights are never made: a model of 550 MB takes no more than another.
    call = tf.function(lambda *given: model(list(given), training=False))
    graph = call.get_concrete_function(*inputs).graph
    wanted = profiler.ProfileOptionBuilder.float_operation()
    options = profiler.ProfileOptionBuilder(wanted).with_empty_output().build()
    return int(profiler.profile(graph, cmd="op", options=options).total_float_ops)


def main(folder: Path, names: list[str]) -> None:
    """Writes NAME.keras for each."""
    told = {}
    for name in names:
        model = getattr(keras.applications, name)(weights=None)
        with zipfile.ZipFile(folder / f"{name}.keras", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("metadata.json", json.dumps({"keras_version": keras.__version__}))
            archive.writestr("config.json", model.to_json())
        with redirect_stdout(sys.stderr):
            told[name] = [model.count_params(), float_operations(model)]
        del model
        keras.backend.clear_session()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
