"""Each problem is found where it is, and says the rule, the values and the next step."""

import pytest

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import INPUT, OUTPUT, Document, Edge, Node
from designer.document.problem import Problem
from designer.infer.engine import Inference
from designer.infer.mismatch import Inputs, shapes_differ
from tests.fake_worker import FakeWorker
from tests.infer.test_engine import residual, settle

CONV = {"filters": 3, "kernel_size": 3, "padding": "same"}


def found(catalog: Catalog, document: Document) -> dict[str, Problem]:
    report = settle(Inference(catalog), FakeWorker(), document)
    return {problem.code: problem for problem in report.problems}


def two_inputs(first: list[int], second: list[int], kind: str = "layers.Add") -> Document:
    nodes = [
        Node("x", INPUT, "x", {"shape": first}),
        Node("y", INPUT, "y", {"shape": second}),
        Node("m", kind, "merge"),
    ]
    wires = [Edge("x", 0, "m", "inputs", 0), Edge("y", 0, "m", "inputs", 1)]
    return edits.add(Document(), nodes, wires)


def test_a_sound_design_has_no_problem(catalog: Catalog) -> None:
    assert not found(catalog, residual())


def test_channels_first_data_in_channels_last_layers_is_named_with_both_ways_out(
    catalog: Catalog,
) -> None:
    problem = found(catalog, residual((3, 256, 256)))["data_format"]
    assert "3×256×256" in problem.message
    assert "3×256×3" in problem.message
    assert 'data_format to "channels_first" in conv' in problem.message
    assert "(256, 256, 3)" in problem.message
    assert problem.where.node == "a"
    assert problem.detail


def test_channels_last_against_channels_first_is_the_same_trap(catalog: Catalog) -> None:
    problem = found(catalog, two_inputs([256, 256, 3], [3, 256, 256]))["data_format"]
    assert "x has its channels last, y first" in problem.message
    turned = found(catalog, two_inputs([3, 256, 256], [256, 256, 3]))["data_format"]
    assert "y has its channels last, x first" in turned.message


@pytest.mark.parametrize(
    ("first", "second", "advice"),
    [
        ([8, 8, 64], [8, 8, 128], "1×1 Conv2D"),
        ([16, 16, 64], [8, 8, 64], "UpSampling2D"),
        ([88, 88, 64], [89, 89, 64], "Crop"),
        ([8, 8, 64], [64], "Flatten"),
    ],
)
def test_a_mismatch_at_add_says_which_way_out_fits(
    catalog: Catalog, first: list[int], second: list[int], advice: str
) -> None:
    problem = found(catalog, two_inputs(first, second))["shapes_differ"]
    assert advice in problem.message
    assert problem.severity == "error"


def test_a_silent_broadcast_is_a_warning(catalog: Catalog) -> None:
    problem = found(catalog, two_inputs([256, 256, 1], [256, 256, 8]))["broadcast"]
    assert problem.severity == "warning"
    assert "256×256×1 to 256×256×8" in problem.message


def test_a_concatenation_of_unequal_sizes_names_its_axis(catalog: Catalog) -> None:
    document = two_inputs([88, 88, 8], [89, 89, 8], "layers.Concatenate")
    assert "axis -1" in found(catalog, document)["shapes_differ"].message


@pytest.mark.parametrize(
    ("kind", "params", "axis"),
    [
        ("layers.Concatenate", {}, -1),
        ("layers.Concatenate", {"axis": 2}, 2),
        ("ops.concatenate", {}, 0),
        ("ops.concatenate", {"axis": 1}, 1),
    ],
)
def test_the_axis_that_is_told_is_the_one_that_keras_takes(
    kind: str, params: dict[str, int], axis: int
) -> None:
    """The layer joins along the last axis unless told otherwise, the operation along the first."""
    sources = [Node(key, INPUT, key) for key in ("a", "b")]
    inputs: Inputs = [(sources[0], (None, 4, 8)), (sources[1], (None, 5, 7))]
    finding = shapes_differ(Node("join", kind, "join", params), inputs)
    assert finding is not None
    assert finding[2]["axis"] == axis


def test_a_design_without_an_input_or_an_output_says_so(catalog: Catalog) -> None:
    lone = edits.add(Document(), [Node("c", "layers.Conv2D", "c", CONV)])
    assert "no_input" in found(catalog, lone)
    only = edits.add(Document(), [Node("i", INPUT, "i", {"shape": [3]})])
    assert "no_output" in found(catalog, only)
    assert not found(catalog, Document())


def one(node: Node, *more: Node) -> Document:
    return edits.add(residual(), [node, *more])


@pytest.mark.parametrize(
    ("node", "code", "severity", "word"),
    [
        (Node("n", "layers.Conv9D", "n"), "unknown_type", "error", "Conv9D"),
        (Node("n", "layers.Conv2D", "n", {**CONV, "zap": 1}), "unknown_param", "error", "zap"),
        (Node("n", "layers.Conv2D", "n", {"filters": 3}), "param_missing", "error", "kernel_size"),
        (Node("n", "layers.Dense", "n", {"units": "many"}), "bad_value", "error", "not 'many'"),
        (Node("n", "layers.Conv2D", "n", CONV), "unconnected", "warning", "inputs"),
        (Node("n", OUTPUT, "n"), "unconnected", "warning", "output"),
        (Node("n", INPUT, "n", {"shape": [3]}), "unconnected", "warning", "input"),
        (Node("n", "layers.Dense", "sum", {"units": 1}), "name_taken", "error", "sum"),
        (Node("n", "layers.Lambda", "n"), "unbuildable", "error", "n"),
    ],
)
def test_a_node_that_is_wrong_is_named(
    catalog: Catalog, node: Node, code: str, severity: str, word: str
) -> None:
    problem = found(catalog, one(node))[code]
    assert problem.severity == severity
    assert word in problem.message


def test_a_merge_with_one_wire_asks_for_another(catalog: Catalog) -> None:
    document = edits.disconnect(residual(), [Edge("i", 0, "a", "inputs", 1)])
    assert "has 1" in found(catalog, document)["input_missing"].message


def test_a_wire_to_a_port_that_is_not_there_is_named(catalog: Catalog) -> None:
    document = edits.connect(residual(), Edge("c", 0, "a", "sideways"))
    assert "sideways" in found(catalog, document)["no_such_port"].message


def test_a_wire_from_an_output_that_is_not_there_is_named(catalog: Catalog) -> None:
    document = residual()
    document = edits.connect(edits.disconnect(document, document.graph.incoming["a"]),
                             Edge("c", 3, "a", "inputs", 0))  # fmt: skip
    document = edits.connect(document, Edge("i", 0, "a", "inputs", 1))
    assert "output 4 of conv" in found(catalog, document)["no_such_output"].message


def test_errors_come_before_warnings(catalog: Catalog) -> None:
    document = one(Node("n", OUTPUT, "n"), Node("z", "layers.Conv9D", "z"))
    report = settle(Inference(catalog), FakeWorker(), document)
    ranks = [problem.severity for problem in report.problems]
    assert ranks == sorted(ranks)
