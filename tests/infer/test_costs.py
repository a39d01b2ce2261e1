"""Costs of whole designs: sums, memory, shared and bypassed layers, receptive fields, depth."""

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import INPUT, OUTPUT, Document, Edge, Node, ObjectValue
from designer.infer.costs import Costs, Surveyor, costs_of
from designer.infer.memory import optimizer_slots, tensor_bytes
from designer.infer.receptive import WHOLE
from designer.infer.report import NodeReport, Report
from designer.protocol import TensorSpec

Step = tuple[str, dict[str, Any]]
CONV = {"filters": 3, "kernel_size": 3, "padding": "same"}


def chain(*steps: Step, shape: tuple[int, ...] = (8, 8, 3)) -> Document:
    """An input through these layers into an output."""
    middle = [
        Node(f"n{i}", f"layers.{kind}", f"n{i}", given) for i, (kind, given) in enumerate(steps)
    ]
    ends = Node("i", INPUT, "image", {"shape": list(shape)}), Node("o", OUTPUT, "out")
    nodes = [ends[0], *middle, ends[1]]
    pairs = pairwise(nodes)
    return edits.add(Document(), nodes, [Edge(a.id, 0, b.id, "inputs") for a, b in pairs])


def told(
    document: Document,
    shape: tuple[int | None, ...] = (None, 8, 8, 3),
    parameters: Mapping[str, int] | None = None,
) -> Report:
    """A report in which every node gives a tensor of that shape."""
    weighs = parameters or {}
    return Report(
        nodes={
            key: NodeReport(
                (TensorSpec(shape),), weighs.get(key, 0), weighs.get(key, 0), known=True
            )
            for key in document.graph.nodes
        },
        complete=True,
    )


def fields(costs: Costs) -> list[tuple[float, ...] | None]:
    return [cost.field.sizes if cost.field else None for cost in costs.nodes.values()]


def test_the_sums_are_those_of_the_nodes(catalog: Catalog) -> None:
    document = chain(("Conv2D", CONV), ("Conv2D", CONV))
    costs = costs_of(document, told(document, parameters={"n0": 84, "n1": 84}), catalog)
    once = 2 * 81 * 64 + 192
    assert [cost.operations for cost in costs.nodes.values()] == [0, once, once]
    assert costs.nodes["n0"].macs == once // 2
    sums = costs.sums
    assert (sums.parameters, sums.macs, sums.depth) == (168, once, 2)
    assert not sums.operations_at_least
    assert sums.activation_bytes(2) == 2 * 3 * 192 * 4


def test_training_memory_is_weights_gradients_slots_and_activations(catalog: Catalog) -> None:
    document = chain(("Conv2D", CONV))
    sums = costs_of(document, told(document, parameters={"n0": 84}), catalog).sums
    kept = 2 * 192 * 4
    assert sums.training_bytes(1, ObjectValue("optimizers.SGD")) == 84 * 4 * 2 + kept
    assert sums.training_bytes(5, ObjectValue("optimizers.Adam")) == 84 * 4 * 4 + 5 * kept


@pytest.mark.parametrize(
    ("optimizer", "params", "slots"),
    [
        ("SGD", {}, 0),
        ("SGD", {"momentum": 0.9}, 1),
        ("RMSprop", {}, 1),
        ("RMSprop", {"momentum": 0.9, "centered": True}, 3),
        ("Adam", {"amsgrad": True}, 3),
        ("Lion", {}, 1),
        ("LossScaleOptimizer", {"inner_optimizer": {"object": "optimizers.SGD"}}, 0),
    ],
)
def test_an_optimizer_keeps_so_many_copies(
    optimizer: str, params: Mapping[str, Any], slots: int
) -> None:
    assert optimizer_slots(ObjectValue(f"optimizers.{optimizer}", params)) == slots


def test_bytes_follow_the_data_type() -> None:
    both = [TensorSpec((None, 4), "float16"), TensorSpec((None, 3), "int64")]
    assert tensor_bytes(both) == 8 + 24
    assert tensor_bytes([TensorSpec((None, None), "float32")]) is None
    assert tensor_bytes([TensorSpec((None, 2), "string")]) is None


def test_a_sum_over_what_is_not_known_says_so(catalog: Catalog) -> None:
    document = chain(("Conv2D", CONV), ("MelSpectrogram", {}))
    sums = costs_of(document, told(document, parameters={"n0": 84}), catalog).sums
    assert sums.operations_at_least
    assert not sums.activations_at_least
    assert sums.macs == 81 * 64 + 96
    unanswered = costs_of(document, Report(), catalog).sums
    assert unanswered.operations_at_least
    assert unanswered.activations_at_least


def test_a_shared_layer_is_reckoned_at_each_call_and_weighs_once(catalog: Catalog) -> None:
    document = chain(("Conv2D", CONV), ("Conv2D", {}))
    nodes = dict(document.graph.nodes) | {"n1": Node("n1", "layers.Conv2D", "n1", shares="n0")}
    graph = type(document.graph)(nodes, document.graph.edges)
    document = edits.replace_graph(document, graph)
    costs = costs_of(document, told(document, parameters={"n0": 84}), catalog)
    assert costs.nodes["n0"].operations == costs.nodes["n1"].operations
    assert costs.sums.parameters == 84


def test_what_is_bypassed_or_leads_nowhere_is_not_in_the_sums(catalog: Catalog) -> None:
    document = chain(("Conv2D", CONV), ("Conv2D", CONV))
    document = edits.add(document, [Node("x", "layers.ReLU", "x")], [Edge("n0", 0, "x", "inputs")])
    document = edits.bypass(document, ["n1"], on=True)
    costs = costs_of(document, told(document, parameters={"n0": 84, "n1": 84}), catalog)
    assert "n1" not in costs.nodes
    assert not costs.nodes["x"].inside
    assert costs.sums.parameters == 84
    assert costs.sums.activations == 2 * 192 * 4


def test_a_receptive_field_grows_by_windows_times_strides(catalog: Catalog) -> None:
    strided = {**CONV, "strides": 2}
    dilated = {**CONV, "dilation_rate": 2}
    pool = {"pool_size": 2}
    document = chain(
        ("Conv2D", CONV), ("Conv2D", strided), ("ReLU", {}), ("MaxPooling2D", pool),
        ("Conv2D", dilated), ("UpSampling2D", {"size": 2}), ("Conv2D", CONV),
        ("GlobalAveragePooling2D", {}), ("Dense", {"units": 3}),
    )  # fmt: skip
    found = fields(costs_of(document, told(document), catalog))
    sizes = [1, 3, 5, 5, 7, 23, 23, 27, math.inf, math.inf]
    assert found == [(size, size) for size in sizes]


def test_the_field_of_a_vgg16_is_the_published_one(catalog: Catalog) -> None:
    """212 before the top; Araujo, Norris and Sim 2019, table 1."""
    steps: list[Step] = []
    for convolutions in (2, 2, 3, 3, 3):
        steps += [("Conv2D", CONV)] * convolutions + [("MaxPooling2D", {"pool_size": 2})]
    document = chain(*steps)
    last = list(costs_of(document, told(document), catalog).nodes.values())[-1].field
    assert last is not None
    assert (last.sizes, last.strides) == ((212, 212), (32, 32))


def test_where_paths_meet_the_larger_field_counts(catalog: Catalog) -> None:
    document = chain(("Conv2D", CONV), ("Add", {}))
    document = edits.add(document, [], [Edge("i", 0, "n1", "inputs", 1)])
    assert fields(costs_of(document, told(document), catalog))[-1] == (3, 3)


def test_a_vector_has_no_field_and_a_recurrent_layer_sees_all(catalog: Catalog) -> None:
    document = chain(("Dense", {"units": 3}), shape=(3,))
    assert fields(costs_of(document, told(document, (None, 3)), catalog)) == [(), ()]
    document = chain(("LSTM", {"units": 3}), shape=(9, 3))
    wire = Edge("i", 0, "n0", "sequence")
    graph = type(document.graph)(
        document.graph.nodes, frozenset({wire, Edge("n0", 0, "o", "inputs")})
    )
    document = edits.replace_graph(document, graph)
    assert fields(costs_of(document, told(document, (None, 9, 3)), catalog)) == [(1,), (WHOLE,)]


def test_a_transposed_convolution_shrinks_the_stride(catalog: Catalog) -> None:
    strided = {**CONV, "strides": 2}
    document = chain(("Conv2D", strided), ("Conv2DTranspose", strided), ("Conv2D", CONV))
    last = list(costs_of(document, told(document), catalog).nodes.values())[-1].field
    assert last is not None
    assert (last.sizes, last.strides) == ((7, 7), (1, 1))


def test_a_second_survey_keeps_what_is_as_it_was(catalog: Catalog) -> None:
    document = chain(("Conv2D", CONV), ("Conv2D", CONV), ("ReLU", {}))
    surveyor = Surveyor(catalog)
    report = told(document, parameters={"n0": 84, "n1": 84})
    first = surveyor.survey(document, report)
    after = edits.set_param(document, "n1", "kernel_size", 5)
    second = surveyor.survey(after, report)
    assert second.nodes["n0"] is first.nodes["n0"]
    assert second.nodes["n1"] is not first.nodes["n1"]
    assert second == costs_of(after, report, catalog)
    moved = edits.move(after, {"n0": (500.0, 0.0)})
    third = surveyor.survey(moved, report)
    assert all(third.nodes[key] is cost for key, cost in second.nodes.items())


def test_a_loop_and_a_wire_from_nowhere_end_no_survey(catalog: Catalog) -> None:
    document = chain(("Conv2D", CONV), ("Conv2D", CONV))
    looped = document.graph.edges | {Edge("n1", 0, "n0", "inputs", 1)}
    document = edits.replace_graph(document, type(document.graph)(document.graph.nodes, looped))
    assert list(costs_of(document, told(document), catalog).nodes) == ["i"]
