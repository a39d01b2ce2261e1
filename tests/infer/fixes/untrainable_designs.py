"""Designs that build and would train to nothing: endings and losses that do not go together,
classes against units, sizes against targets, unscaled values, plans that Keras does not take.
"""

from typing import Any

from designer.document.model import ObjectValue
from tests.infer.fixes.broken_designs import broken
from tests.infer.fixes.sketch import Sketch
from tests.infer.fixes.unfinished_designs import BROKEN as BROKEN

SPARSE, ROWS = "SparseCategoricalCrossentropy", "CategoricalCrossentropy"


def classifier(
    code: str, title: str, loss: str, units: int = 10, last: str | None = "softmax", **plan: Any
) -> None:
    """Enters a classifier of digits with that end and that loss."""

    @broken(code, title)
    def _(s: Sketch) -> None:
        s.classifier(units, last)
        s.train(loss, **plan)
        if loss != SPARSE:
            s.data("digits", one_hot=True)


classifier("logits", "logits at a loss of probabilities", SPARSE, last=None)
classifier("logits", "logits at a loss of rows", ROWS, last=None)
classifier("activation_twice", "softmax and from_logits", SPARSE, logits=True)
classifier("relu_before_loss", "relu before a loss of probabilities", SPARSE, last="relu")
classifier("relu_before_loss", "relu before a loss of logits", SPARSE, last="relu", logits=True)
classifier("not_probabilities", "tanh before a loss of probabilities", ROWS, last="tanh")
classifier("cut_logits", "tanh before a loss of logits", SPARSE, last="tanh", logits=True)
classifier("sigmoid_categorical", "sigmoid for one class of several", SPARSE, last="sigmoid")
classifier("softmax_binary", "softmax at a loss of each unit", "BinaryCrossentropy")
classifier("classes", "eight units for ten classes", SPARSE, 8)
classifier("spare_classes", "twelve units for ten classes", SPARSE, 12)
classifier("out_of_range", "no epochs at all", SPARSE, epochs=0)
classifier("large_batch", "a batch of more than all samples", SPARSE, batch_size=4096)
classifier("unknown_object", "a loss that Keras does not have", "Perplexity")
classifier(
    "unknown_object", "a metric that Keras does not have", SPARSE,
    metrics=(ObjectValue("metrics.Perplexity"),),
)  # fmt: skip
classifier(
    "missing_parameter", "a metric without its count", SPARSE,
    metrics=(ObjectValue("metrics.MeanIoU", {"sparse_y_pred": False}),),
)  # fmt: skip
classifier(
    "bad_value", "a learning rate in words", SPARSE,
    optimizer=ObjectValue("optimizers.Adam", {"learning_rate": "fast"}),
)  # fmt: skip
classifier(
    "unknown_parameter", "a parameter of old optimizers", SPARSE,
    optimizer=ObjectValue("optimizers.Adam", {"lr": 0.1}),
)  # fmt: skip


classifier(
    "not_parameters", "a schedule whose parameters have no names", SPARSE,
    optimizer=ObjectValue(
        "optimizers.Adam",
        {"learning_rate": {"object": "optimizers.schedules.ExponentialDecay", "params": [1]}},
    ),
)  # fmt: skip


@broken("loss_weight", "a weight below zero for an output")
def _(s: Sketch) -> None:
    mark = s.mark(s.classifier())
    s.train(SPARSE)
    s.change(mark, params={"loss_weight": -1.0})


@broken("logits", "logits at an output with a loss of its own")
def _(s: Sketch) -> None:
    mark = s.mark(s.classifier(10, None))
    s.train()
    s.change(mark, params={"loss": {"object": f"losses.{SPARSE}", "params": {}}})


@broken("relu_before_loss", "a relu of its own before the loss")
def _(s: Sketch) -> None:
    s("ReLU", s.classifier(10, None))
    s.train(SPARSE)


@broken("softmax_of_one", "softmax over one unit")
def _(s: Sketch) -> None:
    s("Dense", s("Flatten", s.input(8, 8, 1)), units=1, activation="softmax")
    s.arrays((8, 8, 8, 1), (8, 1))
    s.train("BinaryCrossentropy")


@broken("loss_for_labels", "labels at a squared error")
def _(s: Sketch) -> None:
    s.classifier()
    s.train()


@broken("one_hot_expected", "labels at a loss of rows")
def _(s: Sketch) -> None:
    s.classifier()
    s.train(ROWS)


@broken("labels_expected", "rows at a loss of labels")
def _(s: Sketch) -> None:
    s.classifier()
    s.data("digits", one_hot=True)
    s.train(SPARSE)


@broken("target_shape", "an image where one class is wanted")
def _(s: Sketch) -> None:
    s.conv(s.conv(s.input(8, 8, 1), 8), 10)
    s.data("digits")
    s.train(SPARSE)


@broken("target_shape", "three channels for one")
def _(s: Sketch) -> None:
    s.conv(s.input(16, 16, 1), 3)
    s.arrays((8, 16, 16, 1), (8, 16, 16, 1))
    s.train()


@broken("mask_size", "a mask of half the size")
def _(s: Sketch) -> None:
    s.conv(s.down(s.conv(s.input(32, 32, 3), 8)), 1, activation="sigmoid")
    s.arrays((8, 32, 32, 3), (8, 32, 32, 1))
    s.train("BinaryCrossentropy")


@broken("mask_size", "a mask that valid convolutions have cut")
def _(s: Sketch) -> None:
    s.mark(s.conv(s.conv(s.input(32, 32, 3), 8, padding="valid"), 1, padding="valid"))
    s.arrays((8, 32, 32, 3), (8, 32, 32, 1))
    s.train()


@broken("mask_size", "an image larger than its targets")
def _(s: Sketch) -> None:
    s.conv(s.up(s.conv(s.input(32, 32, 3), 8)), 3)
    s.data("photos_denoise")
    s.train()


@broken("input_shape", "an input of another size than the data")
def _(s: Sketch) -> None:
    s.conv(s.input(64, 64, 3), 3)
    s.data("photos_denoise")
    s.train()


@broken("channel_order", "an input with its channels at the other end")
def _(s: Sketch) -> None:
    s("Dense", s("Flatten", s.input(1, 8, 8)), units=10, activation="softmax")
    s.data("digits")
    s.train(SPARSE)


@broken("value_range", "pixels up to 255 that nothing scales")
def _(s: Sketch) -> None:
    s.conv(s.conv(s.input(16, 16, 3), 8), 1)
    s.arrays((8, 16, 16, 3), (8, 16, 16, 1), largest=255)
    s.train()


@broken("target_range", "targets beyond what tanh gives")
def _(s: Sketch) -> None:
    s("Dense", s.input(4), units=2, activation="tanh")
    s.arrays((8, 4), (8, 2), target=3)
    s.train("Huber")


@broken("output_count", "two outputs for one array of targets")
def _(s: Sketch) -> None:
    x = s.conv(s.input(32, 32, 3), 3)
    s.mark(x)
    s.mark(s.conv(x, 3))
    s.data("photos_denoise")
    s.train()


@broken("untrained_output", "an output that no weight leads to")
def _(s: Sketch) -> None:
    x = s.input(32, 32, 3)
    s.mark(s.down(x))
    s.mark(s.conv(x, 3))
    s.data("photos_denoise")
    s.train()
