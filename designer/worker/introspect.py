"""Writes the catalogue of the installed Keras: `python -m designer.worker.introspect FOLDER`.

With `--check` nothing is written; the files are compared, and a difference ends with status 1.
"""

import argparse
import difflib
import json
import sys
from pathlib import Path
from typing import Any

from designer.worker import surroundings

Json = Any


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 when written or equal, 1 when `--check` finds a difference."""
    parser = argparse.ArgumentParser(prog="python -m designer.worker.introspect")
    parser.add_argument("folder", type=Path, help="where the catalogue lies (resources/catalog)")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args(arguments)
    # Some of Keras works only where scipy is installed, and we do not install it: hidden, the
    # catalogue is the same on every machine.
    sys.modules["scipy"] = None  # type: ignore[assignment]  # Python's own mark for "not there"
    with surroundings.prepared():
        files = catalogue_files()
    if options.check:
        return _check(options.folder, files)
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (options.folder / name).write_text(text, encoding="utf-8")
    return 0


def catalogue_files() -> dict[str, str]:
    """The text of each file, by its name; the same Keras always gives the same text."""
    # Keras reads its settings when it is imported: only now are they in place.
    import keras

    from designer.worker.catalogue import layers, objects, operations

    dtypes = sorted(keras.src.backend.common.dtypes.ALLOWED_DTYPES)
    names = {"dtypes": dtypes, "policies": ["mixed_bfloat16", "mixed_float16"]}
    head = {"keras_version": keras.__version__}
    return {
        "layers.json": _text(head | names | {"layers": layers.all_layers()}),
        "ops.json": _text(head | {"layers": operations.all_operations()}),
        "objects.json": _text(head | {"objects": objects.all_objects()}),
    }


def _text(value: Json) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _check(folder: Path, files: dict[str, str]) -> int:
    different = False
    for name, text in files.items():
        path = folder / name
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        lines = difflib.unified_diff(
            old.splitlines(), text.splitlines(), f"{path}", f"{name} of this Keras", "", "", 1, ""
        )
        for line in lines:
            different = True
            sys.stdout.write(line + "\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
