"""1,797 handwritten digits of 8x8 pixels on board: an image in, which digit it is out."""

from designer.catalog.spec import ParamSpec
from designer.codegen.datasets.source import DataFacts, DataSource, Options
from designer.protocol import TensorSpec
from designer.resources import path as resource

COUNTS = (178, 182, 177, 183, 181, 182, 181, 179, 174, 180)  # images of each digit in the file

PARAMS = (
    ParamSpec("normalise", "bool", default=True, doc="Pixels from 0 to 1 instead of 0 to 16."),
    ParamSpec("one_hot", "bool", default=False, doc="Rows of ten numbers, not labels 0 to 9."),
    ParamSpec(
        "validation_share", "float", 0.2, minimum=0.01, maximum=0.9,
        doc="Share of each digit's images that is kept for validation.",
    ),
    ParamSpec("seed", "int", 0, minimum=0, maximum=2**32 - 1, doc="Draws the validation images."),
)  # fmt: skip


def _facts(options: Options) -> DataFacts:
    validation = sum(int(count * options["validation_share"]) for count in COUNTS)
    one_hot = options["one_hot"]
    return DataFacts(
        inputs=(TensorSpec((None, 8, 8, 1)),),
        targets=(TensorSpec((None, 10)) if one_hot else TensorSpec((None,), "int32"),),
        train_samples=sum(COUNTS) - validation,
        validation_samples=validation,
        kind="classes",
        classes=10,
        low=0.0,
        high=1.0 if options["normalise"] else 16.0,
        target_low=0.0,
        target_high=1.0 if one_hot else 9.0,
    )


def _code(options: Options) -> str:
    scale = " / 16" if options["normalise"] else ""
    targets = 'np.eye(10, dtype="float32")[labels]' if options["one_hot"] else "labels"
    return f'''def load_data():
    """Return (images, digits) for training and for validation, as many of each digit."""
    with np.load(DATA, allow_pickle=False) as file:
        images, labels = file["images"], file["labels"].astype("int32")
    x = images[..., np.newaxis].astype("float32"){scale}
    y = {targets}
    rng = np.random.default_rng({options["seed"]})
    held_out = np.zeros(len(labels), "bool")
    for digit in range(10):
        places = rng.permutation(np.flatnonzero(labels == digit))
        held_out[places[: int(len(places) * {options["validation_share"]})]] = True
    return (x[~held_out], y[~held_out]), (x[held_out], y[held_out])
'''


SOURCE = DataSource(
    key="digits",
    title="Handwritten digits",
    doc="1,797 images of 8x8 grey pixels, ten classes.",
    params=PARAMS,
    locate=lambda options: resource("data", "digits.npz"),
    state=_facts,
    write=_code,
)
