"""Run by a test under Keras: saves models of keras.applications without making their weights.

`applications FOLDER NAME ...` writes NAME.keras as published, and NAME_body.keras without its top
for a small image.
"""

import json
import os
import sys
import zipfile
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras

SMALL = 96  # pixels


def main(folder: Path, names: list[str]) -> None:
    """Each model with its top and without it."""
    for name in names:
        build = getattr(keras.applications, name)
        for suffix, options in (
            ("", {}),
            ("_body", {"include_top": False, "input_shape": (SMALL, SMALL, 3)}),
        ):
            with keras.StatelessScope(initialize_variables=False):
                model = build(weights=None, **options)
            keras.src.backend.common.global_state.set_global_attribute(
                "uninitialized_variables", []
            )
            path = folder / f"{name}{suffix}.keras"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("metadata.json", json.dumps({"keras_version": keras.__version__}))
                archive.writestr("config.json", model.to_json())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
