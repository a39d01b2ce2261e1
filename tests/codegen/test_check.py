"""What training would trip over is told before: each case, what it says, and where."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from designer.catalog.spec import Catalog
from designer.codegen.check import training_problems
from designer.document.edits import bypass
from designer.document.model import DatasetChoice, Document, ObjectValue, TrainingPlan
from designer.document.problem import Problem
from designer.infer.report import Port, Report
from designer.protocol import TensorSpec

Design = Callable[..., Document]
Shape = tuple[int | None, ...]
SPARSE = ObjectValue("losses.SparseCategoricalCrossentropy")
ONE_HOT = ObjectValue("losses.CategoricalCrossentropy")
PHOTO = (None, 32, 32, 3)


def report(inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Report:
    """A report of a model with these inputs and outputs."""
    return Report(
        inputs=tuple(Port("x", f"in{i}", TensorSpec(s)) for i, s in enumerate(inputs)),
        outputs=tuple(Port("d", f"out{i}", TensorSpec(s)) for i, s in enumerate(outputs)),
        complete=True,
    )


@pytest.fixture
def document(design: Design) -> Document:
    """A design that ends in a softmax of ten units."""
    dense = {"units": 10, "activation": "softmax"}
    shape = {"shape": [32, 32, 3]}
    return design({"x": ("layers.InputLayer", shape), "d": ("layers.Dense", dense)}, "x>d")


@pytest.fixture
def check(document: Document, catalog: Catalog) -> Callable[..., tuple[Problem, ...]]:
    """Checks the design with this data, plan and report."""

    def run(
        known: Report,
        source: str = "photos_denoise",
        options: dict[str, Any] | None = None,
        activation: str | None = "softmax",
        **plan: Any,
    ) -> tuple[Problem, ...]:
        node = document.graph.nodes["d"]
        params = {"units": 10, "activation": activation}
        nodes = {**document.graph.nodes, "d": replace(node, params=params)}
        made = replace(
            document,
            graph=replace(document.graph, nodes=nodes),
            data=DatasetChoice(source, options or {}),
            training=TrainingPlan(**plan),
        )
        return training_problems(made, catalog, known)

    return run


Check = Callable[..., tuple[Problem, ...]]
DIGITS = report(((None, 8, 8, 1),), ((None, 10),))
PHOTOS = report((PHOTO,), (PHOTO,))


def only(problems: tuple[Problem, ...]) -> Problem:
    """The one problem, whose text can be told."""
    assert [p.code for p in problems] == [problems[0].code] and problems[0].message
    return problems[0]


def test_fitting_data_and_loss_are_no_problem(check: Check) -> None:
    assert check(PHOTOS) == ()
    assert check(DIGITS, "digits", loss=SPARSE) == ()
    assert check(DIGITS, "digits", {"one_hot": True}, loss=ONE_HOT) == ()


def test_open_sizes_of_the_model_take_any_data(check: Check) -> None:
    assert check(report(((None, None, None, 3),), ((None, None, None, 3),))) == ()


def test_what_keras_has_not_answered_yet_is_no_problem(check: Check) -> None:
    known = Report(inputs=(Port("x", "x", None),), outputs=(Port("d", "d", None),))
    assert check(known) == ()


def test_another_size_names_both_shapes_and_the_way_out(check: Check) -> None:
    problem = only(check(report(((None, 64, 64, 3),), (PHOTO,))))
    assert (problem.code, problem.severity) == ("input_shape", "error")
    assert (problem.where.node, problem.where.param) == ("x", "shape")
    assert problem.where.section == "data"
    assert "(64, 64, 3)" in problem.message and "shape to (32, 32, 3)" in problem.message


def test_channels_at_the_other_end_are_recognised(check: Check) -> None:
    problem = only(check(report(((None, 3, 32, 32),), (PHOTO,))))
    assert problem.code == "channel_order" and "channels" in problem.message


def test_an_output_of_another_shape_is_told(check: Check) -> None:
    problem = only(check(report((PHOTO,), ((None, 16, 16, 3),))))
    assert (problem.code, problem.where.section) == ("mask_size", "data")
    assert "(16, 16, 3)" in problem.message and "(32, 32, 3)" in problem.message
    assert problem.values["output"] == [16, 16, 3]
    other = only(check(report((PHOTO,), ((None, 32, 32, 8),))))
    assert (other.code, other.where.section) == ("target_shape", "data")


def test_several_inputs_or_outputs_need_as_many_arrays(check: Check) -> None:
    assert only(check(report((PHOTO, PHOTO), (PHOTO,)))).code == "input_count"
    assert only(check(report((PHOTO,), (PHOTO, PHOTO)))).code == "output_count"


def test_without_data_or_ends_nothing_can_be_trained(check: Check) -> None:
    assert only(check(PHOTOS, "")).code == "no_data"
    assert only(check(PHOTOS, "moon")).code == "unknown_source"
    assert only(check(report((PHOTO,), ()))).code == "no_outputs"
    assert only(check(report((), (PHOTO,)))).code == "no_inputs"


def test_an_option_out_of_range_is_the_data_s_problem(check: Check) -> None:
    problem = only(check(PHOTOS, "photos_denoise", {"noise": 7}))
    assert (problem.code, problem.where.section) == ("bad_option", "data")
    assert problem.where.param == "noise"


@pytest.mark.parametrize(
    ("options", "loss", "code"),
    [
        ({"one_hot": True}, SPARSE, "labels_expected"),
        ({}, ONE_HOT, "one_hot_expected"),
        ({}, ObjectValue("losses.MeanSquaredError"), "loss_for_labels"),
    ],
)
def test_labels_and_one_hot_rows_need_their_losses(
    check: Check, options: dict[str, Any], loss: ObjectValue, code: str
) -> None:
    assert only(check(DIGITS, "digits", options, loss=loss)).code == code


def test_fewer_units_than_classes_is_an_error_and_more_a_warning(check: Check) -> None:
    few = only(check(report(((None, 8, 8, 1),), ((None, 9),)), "digits", loss=SPARSE))
    assert (few.code, few.severity, few.where.section) == ("classes", "error", "training")
    many = only(check(report(((None, 8, 8, 1),), ((None, 11),)), "digits", loss=SPARSE))
    assert (many.code, many.severity) == ("spare_classes", "warning")


def test_labels_against_an_image_are_told(check: Check) -> None:
    known = report(((None, 8, 8, 1),), ((None, 8, 8, 10),))
    assert only(check(known, "digits", loss=SPARSE)).code == "target_shape"


def test_a_loss_for_probabilities_behind_no_activation_is_doubted(check: Check) -> None:
    problem = only(check(DIGITS, "digits", activation=None, loss=SPARSE))
    assert (problem.code, problem.severity) == ("logits", "warning")
    loss = ObjectValue(SPARSE.object, {"from_logits": True})
    assert check(DIGITS, "digits", activation=None, loss=loss) == ()
    assert only(check(DIGITS, "digits", loss=loss)).code == "activation_twice"


def test_the_last_activation_is_that_of_what_is_not_bypassed(
    catalog: Catalog, design: Design
) -> None:
    dense = ("layers.Dense", {"units": 10, "activation": "softmax"})
    made = design({"x": ("layers.InputLayer", {"shape": [8, 8, 1]}), "d": dense,
                   "e": ("layers.Dense", {"units": 10}), "out": ("output",)},
                  "x>d", "d>e", "e>out")  # fmt: skip
    made = replace(made, data=DatasetChoice("digits"), training=TrainingPlan(loss=SPARSE))
    known = Report(inputs=DIGITS.inputs, outputs=(Port("out", "out", TensorSpec((None, 10))),))
    assert only(training_problems(made, catalog, known)).code == "logits"
    assert training_problems(bypass(made, ["e"], on=True), catalog, known) == ()


@pytest.mark.parametrize(
    ("plan", "code", "param"),
    [
        ({"epochs": 0}, "out_of_range", "epochs"),
        ({"batch_size": 0}, "out_of_range", "batch_size"),
        ({"seed": -1}, "out_of_range", "seed"),
        ({"batch_size": 4096}, "large_batch", "batch_size"),
        ({"loss": ObjectValue("losses.Nothing")}, "unknown_object", "loss"),
        ({"optimizer": ObjectValue("losses.MeanSquaredError")}, "unknown_object", "optimizer"),
        ({"metrics": (ObjectValue("metrics.Nothing"),)}, "unknown_object", "metrics"),
        ({"optimizer": ObjectValue("optimizers.Adam", {"wings": 2})}, "unknown_parameter", "wings"),
        (
            {"optimizer": ObjectValue("optimizers.Adam", {"learning_rate": "fast"})},
            "bad_value",
            "optimizer",
        ),
    ],
)
def test_a_training_plan_that_cannot_run_is_told(
    check: Check, plan: dict[str, Any], code: str, param: str
) -> None:
    problem = only(check(PHOTOS, **plan))
    assert (problem.code, problem.where.param) == (code, param)
    assert problem.where.section == "training"
