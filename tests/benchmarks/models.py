"""Models of keras.applications as files, made once a run by Keras itself."""

from pathlib import Path

from tests.benchmarks.processes import probe


def saved(folder: Path, name: str) -> str:
    """The path of the model's `.keras` file, with fresh weights."""
    file = folder / f"{name}.keras"
    if not file.exists():
        probe("keras_build", name, str(file), "1")
    return str(file)
