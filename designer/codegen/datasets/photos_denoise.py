"""Photographs on board, cut into patches: noisy ones in, clean ones out.

Training and validation share no photograph, or the validation would flatter the model.
"""

from collections.abc import Iterable

from designer.catalog.spec import ParamSpec
from designer.codegen.datasets.npy_header import header
from designer.codegen.datasets.source import DataFacts, DataSource, Options, refusal
from designer.protocol import TensorSpec
from designer.resources import path as resource

TRAIN = ("chelsea", "coffee", "hubble_deep_field", "rocket")
HELD_OUT = ("astronaut",)
MOST_VALUES = 400_000_000  # of all patches together: 1.6 GB for each of noisy and clean

PARAMS = (
    ParamSpec("patch_size", "int", 32, minimum=16, maximum=256, doc="Height and width in pixels."),
    ParamSpec(
        "noise", "float", 0.1, minimum=0, maximum=1,
        doc="Standard deviation of the noise; pixels run from 0 to 1.",
    ),
    ParamSpec("train_patches", "int", 2048, minimum=1, maximum=100_000, doc="For training."),
    ParamSpec("validation_patches", "int", 256, minimum=1, maximum=20_000, doc="For validation."),
    ParamSpec(
        "data_format", "choice", "channels_last", choices=("channels_last", "channels_first"),
        doc="Whether the colours are the last axis or the first.",
    ),
    ParamSpec("seed", "int", 0, minimum=0, maximum=2**32 - 1, doc="Draws the patches and noise."),
)  # fmt: skip


def _facts(options: Options) -> DataFacts:
    size = options["patch_size"]
    if size % 16:
        raise refusal(
            "patch_size",
            "The patch size must be a multiple of 16, not {size}: try {better}.",
            "patch_size",
            size=size,
            better=max(16, size // 16 * 16),
        )
    train, validation = options["train_patches"], options["validation_patches"]
    values = (train + validation) * size * size * 3
    if values > MOST_VALUES:
        raise refusal(
            "too_many_patches",
            "{count} patches of {size}x{size} pixels do not fit into memory: take at most {most}.",
            "train_patches",
            count=train + validation,
            size=size,
            most=MOST_VALUES // (size * size * 3),
        )
    first = options["data_format"] == "channels_first"
    spec = TensorSpec((None, 3, size, size) if first else (None, size, size, 3))
    return DataFacts(
        (spec,), (spec,), train, validation, "image",
        low=0.0, high=1.0, target_low=0.0, target_high=1.0,
    )  # fmt: skip


def _large_enough(size: int) -> list[str]:
    file = resource("data", "photographs.npz")
    return [name for name in TRAIN if min(header(file, name).shape[:2]) >= size]


def _code(options: Options) -> str:
    size = options["patch_size"]
    train = _names(_large_enough(size))
    channels = "    clean = clean.transpose(0, 3, 1, 2)\n"
    return f'''def load_data():
    """Return (noisy, clean) patches for training, and of another photograph to validate."""
    rng = np.random.default_rng({options["seed"]})
    names = {train}
    with np.load(DATA, allow_pickle=False) as photos:
        train = [photos[name] for name in names]
        held_out = [photos[name] for name in {_names(HELD_OUT)}]
    return (
        draw_patches(train, {options["train_patches"]}, rng),
        draw_patches(held_out, {options["validation_patches"]}, rng),
    )


def draw_patches(photos, count, rng, size={size}, noise={options["noise"]}):
    """Cut patches out at random places; pixels run from 0 to 1."""
    clean = np.empty((count, size, size, 3), "float32")
    for number in range(count):
        photo = photos[number % len(photos)]
        top = rng.integers(photo.shape[0] - size + 1)
        left = rng.integers(photo.shape[1] - size + 1)
        clean[number] = photo[top : top + size, left : left + size] / 255
{channels if options["data_format"] == "channels_first" else ""}\
    noisy = clean + noise * rng.standard_normal(clean.shape, "float32")
    return np.clip(noisy, 0, 1), clean
'''


def _names(names: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


SOURCE = DataSource(
    key="photos_denoise",
    title="Photos, denoise",
    doc="Patches of five photographs on board: noisy in, clean out. One photograph is held out.",
    params=PARAMS,
    locate=lambda options: resource("data", "photographs.npz"),
    state=_facts,
    write=_code,
)
