"""Makes `resources/data/*.npz` from the scikit-image and scikit-learn wheels (extra `bench`).

The photographs are halved (which also evens out JPEG blocks); the bytes of the files depend on
nothing but their contents. `--check` compares instead of writing.
"""

import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from skimage import data
from skimage.transform import downscale_local_mean
from sklearn.datasets import load_digits

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "data"
PHOTOGRAPHS = ("astronaut", "chelsea", "coffee", "hubble_deep_field", "rocket")


def half(photo: Any) -> Any:
    """The mean of each 2x2 block of an (H, W, 3) uint8 photograph, an odd edge cut off."""
    even = photo[: photo.shape[0] // 2 * 2, : photo.shape[1] // 2 * 2]
    return np.rint(downscale_local_mean(even, (2, 2, 1))).astype("uint8")


def npz(arrays: Mapping[str, Any]) -> bytes:
    """A compressed .npz whose entries carry the oldest date that zip knows, not today's."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in sorted(arrays.items()):
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(entry, content.getvalue(), compresslevel=9)
    return file.getvalue()


def contents() -> dict[str, bytes]:
    """The files by name."""
    digits = load_digits()
    return {
        "photographs.npz": npz({name: half(getattr(data, name)()) for name in PHOTOGRAPHS}),
        "digits.npz": npz(
            {"images": digits.images.astype("uint8"), "labels": digits.target.astype("uint8")}
        ),
    }


def main() -> int:
    """Write or compare the files; 1 if one differs."""
    differing = 0
    for name, content in contents().items():
        path = FOLDER / name
        if "--check" not in sys.argv:
            path.write_bytes(content)
            print(f"{path}: {len(content):,} bytes")
        elif not path.is_file() or path.read_bytes() != content:
            print(f"{path} is not what packaging/make_data.py makes: run it again.")
            differing = 1
    return differing


if __name__ == "__main__":
    sys.exit(main())
