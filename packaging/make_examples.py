"""Makes `resources/examples/`: the designs that ship with Skipwire, through its own edits.

Ids are the nodes' names, so that the files come out the same each time. `--check` compares.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from designer.document import edits
from designer.document.files import write_atomic
from designer.document.model import (
    INPUT,
    OUTPUT,
    DatasetChoice,
    Document,
    Edge,
    Node,
    ObjectValue,
    TrainingPlan,
)
from designer.document.serialize import SUFFIX, to_bytes
from designer.layout.place import arrange

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "examples"
SAME = {"kernel_size": [3, 3], "padding": "same"}
RELU = {**SAME, "activation": "relu"}


@dataclass
class Sketch:
    """A design under construction: nodes are added one after the other, wired to their sources."""

    document: Document

    def place(self, name: str, kind: str, *sources: str, **params: Any) -> str:
        """Add a node behind `sources` and return its name, which is its id too."""
        key = OUTPUT if kind == OUTPUT else f"layers.{kind}"
        node = Node(name, key, name, params)
        edges = [Edge(s, 0, name, "inputs", slot) for slot, s in enumerate(sources)]
        self.document = edits.add(self.document, [node], edges)
        return name

    def image(self, *shape: int) -> str:
        """Add the input."""
        return self.place("image", INPUT.removeprefix("layers."), shape=list(shape))

    def done(self, source: str) -> Document:
        """The design with its output marked, laid out."""
        self.place("output", OUTPUT, source)
        return arrange(self.document)


def sketch(name: str, data: DatasetChoice, training: TrainingPlan, notes: str) -> Sketch:
    """An empty design."""
    return Sketch(Document(name, data=data, training=training, notes=notes))


def photos(**options: Any) -> DatasetChoice:
    """The photographs as data."""
    return DatasetChoice("photos_denoise", options)


LARGE = {"patch_size": 256, "train_patches": 48, "validation_patches": 8}


def residual_add() -> Document:
    """An image, a convolution of it, and their sum."""
    notes = "The convolution has as many filters as the image has channels: only so can they add."
    plan = TrainingPlan(epochs=5, batch_size=8)
    design = sketch("residual_add", photos(**LARGE), plan, notes)
    image = design.image(256, 256, 3)
    conv = design.place("conv1", "Conv2D", image, filters=3, **SAME)
    return design.done(design.place("add", "Add", image, conv))


def residual_add_channels_first() -> Document:
    """The same with the colours as the first axis."""
    notes = (
        'The image is (3, 256, 256): the convolution must be told, data_format="channels_first".'
    )
    plan = TrainingPlan(epochs=5, batch_size=8)
    data = photos(**LARGE, data_format="channels_first")
    design = sketch("residual_add_channels_first", data, plan, notes)
    image = design.image(3, 256, 256)
    conv = design.place("conv1", "Conv2D", image, filters=3, data_format="channels_first", **SAME)
    return design.done(design.place("add", "Add", image, conv))


def apes_block() -> Document:
    """Two parallel convolutions of one tensor, added."""
    notes = "Two layers see the same tensor, and their results are added element by element."
    design = sketch("apes_block", photos(), TrainingPlan(epochs=5), notes)
    image = design.image(32, 32, 3)
    left = design.place("left", "Conv2D", image, filters=32, **RELU)
    right = design.place(
        "right", "Conv2D", image, filters=32, kernel_size=[5, 5], padding="same", activation="relu"
    )
    both = design.place("add", "Add", left, right)
    return design.done(design.place("conv1", "Conv2D", both, filters=3, **SAME))


def skip_autoencoder() -> Document:
    """Four steps down, four up, and a skip connection at each size between."""
    notes = "Each step of the decoder gets the encoder's tensor of its size beside its own."
    design = sketch("skip_autoencoder", photos(), TrainingPlan(epochs=10), notes)
    skips = [design.image(32, 32, 3)]
    for number, filters in enumerate((32, 64, 128, 128), 1):
        down = {"filters": filters, "strides": [2, 2], **RELU}
        skips.append(design.place(f"conv{number}", "Conv2D", skips[-1], **down))
    here = skips.pop()
    for number, filters in enumerate((128, 64, 32), 1):
        here = design.place(f"up{number}", "UpSampling2D", here)
        here = design.place(f"conv{number + 4}", "Conv2D", here, filters=filters, **RELU)
        here = design.place(f"merge{number}", "Concatenate", skips.pop(), here, axis=3)
    here = design.place("up4", "UpSampling2D", here)
    here = design.place("conv8", "Conv2D", here, filters=32, **SAME)
    return design.done(design.place("conv9", "Conv2D", here, filters=3, **SAME))


def digits_resnet() -> Document:
    """Two residual blocks between a first convolution and a classifier."""
    notes = "Each block learns what to add to its input. The last layer gives probabilities."
    plan = TrainingPlan(
        loss=ObjectValue("losses.SparseCategoricalCrossentropy"),
        metrics=(ObjectValue("metrics.SparseCategoricalAccuracy", {"name": "accuracy"}),),
        epochs=10,
    )
    design = sketch("digits_resnet", DatasetChoice("digits"), plan, notes)
    here = design.place("conv1", "Conv2D", design.image(8, 8, 1), filters=32, **RELU)
    for block in (1, 2):
        first = design.place(f"block{block}_conv1", "Conv2D", here, filters=32, **RELU)
        second = design.place(f"block{block}_conv2", "Conv2D", first, filters=32, **SAME)
        added = design.place(f"block{block}_add", "Add", here, second)
        here = design.place(f"block{block}_relu", "Activation", added, activation="relu")
    here = design.place("flatten", "Flatten", here)
    return design.done(design.place("digit", "Dense", here, units=10, activation="softmax"))


EXAMPLES = (
    (
        skip_autoencoder,
        "Skip autoencoder",
        "Cleans noisy photographs; its skip connections keep the detail.",
    ),
    (
        residual_add,
        "Residual addition",
        "The smallest skip connection: an image plus its convolution.",
    ),
    (
        residual_add_channels_first,
        "Residual, channels first",
        "The same for images whose colours are the first axis.",
    ),
    (apes_block, "ApesBlock", "Two parallel convolutions of one tensor, added."),
    (
        digits_resnet,
        "Digits ResNet",
        "A small residual network that reads handwritten digits.",
    ),
)


def contents() -> dict[str, bytes]:
    """The files by name."""
    index = [{"key": make.__name__, "title": t, "summary": s} for make, t, s in EXAMPLES]
    text = json.dumps(index, indent=2, ensure_ascii=False) + "\n"
    files = {make.__name__ + SUFFIX: to_bytes(make()) for make, _, _ in EXAMPLES}
    return {**files, "index.json": text.encode()}


def main() -> int:
    """Write or compare the files; 1 if one differs."""
    differing = 0
    for name, content in contents().items():
        path = FOLDER / name
        if "--check" not in sys.argv:
            write_atomic(path, content)
        elif not path.is_file() or path.read_bytes() != content:
            print(f"{path} is not what packaging/make_examples.py makes: run it again.")
            differing = 1
    return differing


if __name__ == "__main__":
    sys.exit(main())
