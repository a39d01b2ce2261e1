"""What the outputs of a model are trained for, and how compile() says it."""

from typing import Any

import pytest
from msgspec.structs import replace

from designer.catalog.load import load
from designer.catalog.spec import Catalog
from designer.codegen.check import training_problems
from designer.codegen.objectives import Objective, objective
from designer.codegen.training import main_lines
from designer.document.model import OUTPUT, Document, Graph, Node, ObjectValue, TrainingPlan
from designer.infer.report import Port, Report

ERROR, HUBER = ObjectValue("losses.MeanSquaredError"), ObjectValue("losses.Huber")
PLAN = TrainingPlan(loss=ERROR)


def compiled(catalog: Catalog, *goals: Objective, metrics: bool = True) -> str:
    """The arguments of compile() without white space and optimizer."""
    chosen = (ObjectValue("metrics.MeanAbsoluteError"),) if metrics else ()
    document = Document(training=replace(PLAN, metrics=chosen))
    text = "".join("".join(main_lines(document, catalog, goals, data=True)).split())
    inside = text.partition("model.compile(")[2].partition("history=")[0]
    return (
        inside.rpartition(")")[0]
        .rstrip(",")
        .partition("Adam(),")[2]
        .replace("keras.", "")
        .replace(",]", "]")
    )


@pytest.fixture(scope="module")
def known() -> Catalog:
    """The catalogue of the installed Keras."""
    return load()


def test_an_output_has_the_loss_of_the_design_or_its_own() -> None:
    plain, own = Node("a", OUTPUT, "a"), {"loss": {"object": HUBER.object, "params": {"delta": 2}}}
    assert objective(PLAN, plain) == Objective(ERROR)
    assert objective(PLAN, None) == Objective(ERROR)
    found = objective(PLAN, replace(plain, params={**own, "loss_weight": 0.5, "metrics": False}))
    assert found == Objective(
        ObjectValue(HUBER.object, {"delta": 2}), 0.5, measured=False, own=True
    )


@pytest.mark.parametrize("broken", [3, "Huber", {"object": 3}, {"params": {}}, []])
def test_what_is_no_loss_leaves_that_of_the_design(broken: Any) -> None:
    assert objective(PLAN, Node("a", OUTPUT, "a", {"loss": broken})) == Objective(ERROR)


def test_a_layer_that_is_an_output_without_a_mark_has_no_loss_of_its_own() -> None:
    dense = Node("a", "layers.Dense", "a", {"loss": {"object": HUBER.object}})
    assert objective(PLAN, dense) == Objective(ERROR)


MEASURED = "[metrics.MeanAbsoluteError()]"
CASES: tuple[tuple[tuple[Objective, ...], str], ...] = (
    ((Objective(ERROR),), "loss=losses.MeanSquaredError(),metrics=[metrics.MeanAbsoluteError()]"),
    ((Objective(ERROR, measured=False),), "loss=losses.MeanSquaredError()"),
    (
        (Objective(ERROR), Objective(ERROR)),
        f"loss=losses.MeanSquaredError(),metrics=[{MEASURED},{MEASURED}]",
    ),
    (
        (Objective(ERROR), Objective(HUBER, measured=False)),
        f"loss=[losses.MeanSquaredError(),losses.Huber()],metrics=[{MEASURED},[]]",
    ),
    (
        (Objective(ERROR, 1.0, measured=False), Objective(ERROR, 0.3, measured=False)),
        "loss=[losses.MeanSquaredError(),losses.MeanSquaredError()],loss_weights=[1.0,0.3]",
    ),
)


@pytest.mark.parametrize(("goals", "wanted"), CASES)
def test_compile_says_it_as_keras_wants_it(
    known: Catalog, goals: tuple[Objective, ...], wanted: str
) -> None:
    assert compiled(known, *goals) == wanted


def test_without_metrics_none_are_listed(known: Catalog) -> None:
    goals = (Objective(ERROR), Objective(HUBER))
    assert "metrics" not in compiled(known, *goals, metrics=False)


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"loss_weight": -1}, ("loss_weight", "b", "loss_weight")),
        ({"loss": {"object": "losses.Nothing", "params": {}}}, ("unknown_object", "b", "loss")),
        ({"loss": {"object": HUBER.object, "params": {"delta": "x"}}}, ("bad_value", "b", "loss")),
        ({"loss": {"object": HUBER.object, "params": {"delta": 2}}, "loss_weight": 0}, None),
    ],
)
def test_what_is_wrong_with_a_loss_is_told_at_its_output(
    known: Catalog, params: dict[str, Any], told: tuple[str, str, str] | None
) -> None:
    nodes = {key: Node(key, OUTPUT, key, params if key == "b" else {}) for key in "ab"}
    report = Report(outputs=(Port("a", "a", None), Port("b", "b", None)), complete=True)
    problems = training_problems(Document(graph=Graph(nodes)), known, report)
    found = {(p.code, p.where.node, p.where.param) for p in problems if p.where.node == "b"}
    assert found == ({told} if told else set())
    assert all(problem.message for problem in problems)
