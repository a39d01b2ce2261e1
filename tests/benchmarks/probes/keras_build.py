"""Builds a model of keras.applications as anybody would, and tells how long that takes."""

import json
import sys
import time

import keras


def measure(name: str, file: str, times: int) -> dict[str, list[float]]:
    """Seconds per build in a Keras that has built before; saves the model where `file` is given."""
    keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3), keras.layers.Flatten()])
    walls, cpu = [], []
    for _ in range(times):
        keras.backend.clear_session()
        started, spent = time.perf_counter(), time.process_time()
        model = getattr(keras.applications, name)(weights=None)
        walls.append(time.perf_counter() - started)
        cpu.append(time.process_time() - spent)
        if file and len(walls) == 1:
            model.save(file)
        del model
    return {"seconds": walls, "cpu": cpu}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))) + "\n")
