"""How a model ends against its loss and its data: what trains on without a word is told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from designer.catalog.load import load
from designer.catalog.spec import Catalog
from designer.codegen.check import training_problems
from designer.document.model import DatasetChoice, Document, ObjectValue, TrainingPlan
from designer.document.problem import Problem
from designer.infer.report import NodeReport, Port, Report
from designer.protocol import TensorSpec

Design = Callable[..., Document]
Shape = tuple[int | None, ...]
LOGITS = {"from_logits": True}


@pytest.fixture(scope="module")
def real() -> Catalog:
    """All of Keras' losses."""
    return load()


def told(
    document: Document,
    catalog: Catalog,
    loss: str,
    data: DatasetChoice,
    shapes: tuple[Shape, Shape] = ((None, 8, 8, 1), (None, 10)),
    options: dict[str, Any] | None = None,
    weights: tuple[str, ...] = ("d",),
) -> dict[str, Problem]:
    """The problems by their codes; `weights` are the nodes that have some to train."""
    plan = TrainingPlan(batch_size=4, loss=ObjectValue(f"losses.{loss}", options or {}))
    nodes = {
        key: NodeReport((), int(key in weights), int(key in weights), known=True)
        for key in document.graph.nodes
    }
    report = Report(
        nodes=nodes,
        inputs=(Port("x", "x", TensorSpec(shapes[0])),),
        outputs=(Port("d", "d", TensorSpec(shapes[1])),),
        complete=True,
    )
    made = replace(document, data=data, training=plan)
    found = training_problems(made, catalog, report)
    assert all(problem.message for problem in found)
    return {problem.code: problem for problem in found}


def ends_in(design: Design, activation: str | None) -> Document:
    """A design of one Dense layer."""
    params = {"units": 10, "activation": activation}
    return design({"x": ("layers.InputLayer", {}), "d": ("layers.Dense", params)}, "x>d")


DIGITS = DatasetChoice("digits")
ROWS = DatasetChoice("digits", {"one_hot": True})


@pytest.mark.parametrize(
    ("activation", "loss", "options", "code"),
    [
        ("relu", "SparseCategoricalCrossentropy", {}, "relu_before_loss"),
        ("relu", "SparseCategoricalCrossentropy", LOGITS, "relu_before_loss"),
        ("tanh", "SparseCategoricalCrossentropy", {}, "not_probabilities"),
        ("tanh", "SparseCategoricalCrossentropy", LOGITS, "cut_logits"),
        ("softmax", "SparseCategoricalCrossentropy", LOGITS, "activation_twice"),
        (None, "SparseCategoricalCrossentropy", {}, "logits"),
        ("sigmoid", "SparseCategoricalCrossentropy", {}, "sigmoid_categorical"),
        ("sigmoid", "CategoricalCrossentropy", {}, "sigmoid_categorical"),
        ("softmax", "BinaryCrossentropy", {}, "softmax_binary"),
        (None, "BinaryCrossentropy", {}, "logits"),
        ("relu", "BinaryCrossentropy", {}, "relu_before_loss"),
        (None, "Dice", {}, "logits"),
        ("tanh", "KLDivergence", {}, "not_probabilities"),
        ("relu", "MeanSquaredError", {}, "relu_before_loss"),
    ],
)
def test_an_ending_that_does_not_suit_the_loss_is_doubted(
    design: Design, real: Catalog, activation: str | None, loss: str,
    options: dict[str, Any], code: str,
) -> None:  # fmt: skip
    data = DIGITS if loss.startswith("Sparse") else ROWS
    found = told(ends_in(design, activation), real, loss, data, options=options)
    assert set(found) == {code}
    problem = found[code]
    assert problem.severity == ("info" if loss == "MeanSquaredError" else "warning")
    assert (problem.where.node, problem.where.section) == ("d", "training")
    assert problem.values["activation"] == (activation or "linear")


@pytest.mark.parametrize(
    ("activation", "loss", "options"),
    [
        ("softmax", "SparseCategoricalCrossentropy", {}),
        (None, "SparseCategoricalCrossentropy", LOGITS),
        ("softmax", "CategoricalCrossentropy", {}),
        ("sigmoid", "BinaryCrossentropy", {}),
        (None, "BinaryCrossentropy", LOGITS),
        ("softmax", "KLDivergence", {}),
        ("softmax", "MeanSquaredError", {}),
        ("sigmoid", "MeanSquaredError", {}),
        (None, "MeanSquaredError", {}),
        ("tanh", "CategoricalHinge", {}),
    ],
)
def test_an_ending_that_suits_the_loss_is_no_problem(
    design: Design, real: Catalog, activation: str | None, loss: str, options: dict[str, Any]
) -> None:
    data = DIGITS if loss.startswith("Sparse") else ROWS
    assert not told(ends_in(design, activation), real, loss, data, options=options)


def test_a_softmax_over_one_unit_learns_nothing(design: Design, real: Catalog) -> None:
    shapes = ((None, 8, 8, 1), (None, 1))
    found = told(ends_in(design, "softmax"), real, "BinaryCrossentropy", DIGITS, shapes)
    assert found["softmax_of_one"].values["units"] == 1


def test_labels_of_ten_classes_are_no_probabilities(design: Design, real: Catalog) -> None:
    shapes = ((None, 8, 8, 1), (None, 1))
    found = told(ends_in(design, "sigmoid"), real, "BinaryCrossentropy", DIGITS, shapes)
    assert "SparseCategoricalCrossentropy" in found["target_range"].message


def test_targets_that_the_last_activation_cannot_reach_are_told(
    design: Design, real: Catalog
) -> None:
    shapes = ((None, 8, 8, 1), (None, 1))
    found = told(ends_in(design, "tanh"), real, "MeanSquaredError", DIGITS, shapes)
    problem = found["target_range"]
    assert "from -1 to 1" in problem.message and "from 0 to 9" in problem.message


def arrays(folder: Path, x: Any, y: Any) -> DatasetChoice:
    """A file of these arrays as the data."""
    np.savez(folder / "own.npz", x=x, y=y)
    return DatasetChoice("npz", {"path": str(folder / "own.npz")})


def own(folder: Path, low: float, high: float, labels: Any) -> DatasetChoice:
    """Ten images between these values."""
    x = np.linspace(low, high, 10 * 64).reshape(10, 8, 8, 1).astype("float32")
    return arrays(folder, x, np.asarray(labels))


LABELS = [0, 1] * 5


def test_pixels_up_to_255_want_a_rescaling(design: Design, real: Catalog, tmp_path: Path) -> None:
    data = own(tmp_path, 0, 255, LABELS)
    found = told(ends_in(design, "softmax"), real, "SparseCategoricalCrossentropy", data)
    problem = found["value_range"]
    assert (problem.severity, problem.where.node, problem.where.section) == ("warning", "x", "data")
    assert problem.values["scale"] == pytest.approx(1 / 255)
    assert problem.values["reader_node"] == "d"


def test_scaled_pixels_are_no_problem(design: Design, real: Catalog, tmp_path: Path) -> None:
    end = ("layers.Dense", {"units": 10, "activation": "softmax"})
    scaled = design(
        {"x": ("layers.InputLayer", {}), "s": ("layers.Rescaling", {"scale": 0.004}), "d": end},
        "x>s", "s>d",
    )  # fmt: skip
    data = own(tmp_path, 0, 255, LABELS)
    assert not told(scaled, real, "SparseCategoricalCrossentropy", data)
    data = own(tmp_path, -1, 1, LABELS)
    assert not told(ends_in(design, "softmax"), real, "SparseCategoricalCrossentropy", data)


def test_a_label_past_the_last_unit_is_an_error(
    design: Design, real: Catalog, tmp_path: Path
) -> None:
    data = own(tmp_path, 0, 1, [*range(9), 10])
    found = told(ends_in(design, "softmax"), real, "SparseCategoricalCrossentropy", data)
    assert found["classes"].severity == "error"
    assert found["classes"].values["classes"] == 11


@pytest.mark.parametrize("dtype", ["uint8", ">i4", "<f2", "float64", "bool"])
def test_the_values_of_every_type_are_read(
    design: Design, real: Catalog, tmp_path: Path, dtype: str
) -> None:
    x = np.full((10, 8, 8, 1), 1).astype(dtype)
    x[3] = 200
    found = told(ends_in(design, "softmax"), real, "SparseCategoricalCrossentropy",
                 arrays(tmp_path, x, np.asarray(LABELS)))  # fmt: skip
    assert ("value_range" in found) == (dtype != "bool")


def test_an_output_that_no_weight_leads_to_is_told(design: Design, real: Catalog) -> None:
    document = design({"x": ("layers.InputLayer", {}), "d": ("layers.Flatten", {})}, "x>d")
    shapes = ((None, 8, 8, 1), (None, 10))
    found = told(document, real, "MeanSquaredError", ROWS, shapes, weights=())
    assert found["untrained_output"].where.node == "d"


def test_an_output_behind_steps_gets_no_gradient(design: Design, real: Catalog) -> None:
    dense = ("layers.Dense", {"units": 10})
    nodes = {"x": ("layers.InputLayer", {}), "a": dense, "d": ("ops.round", {})}
    document = design(nodes, "x>a", "a>d.x")
    found = told(document, real, "MeanSquaredError", ROWS, weights=("a",))
    assert set(found) == {"untrained_output"}
