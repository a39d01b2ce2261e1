"""What Keras builds without a word: each trap is named where it is, and what is meant so is not."""

from typing import Any

import pytest

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import INPUT, Document, Edge, Graph, Node
from designer.document.problem import Problem
from designer.infer.checks import Checker
from designer.infer.report import NodeReport
from designer.protocol import Answer, TensorSpec

Shape = tuple[int | None, ...]
Made = tuple[str, dict[str, Any], Shape]  # type, parameters, what comes out


def design(made: dict[str, Made], *wires: str) -> tuple[Document, dict[str, NodeReport]]:
    """A document of {id: (type, parameters, shape that comes out)}; a wire is "source>target:slot".

    The shapes are told, not asked for: what builds is Keras' matter.
    """
    nodes = [Node(key, kind, key, params) for key, (kind, params, _) in made.items()]
    ends = (wire.partition(">") for wire in wires)
    edges = [
        Edge(source, 0, target.partition(":")[0], *_port(target.partition(":")[2]))
        for source, _, target in ends
    ]
    known = {
        key: NodeReport((TensorSpec((None, *shape)),), known=True)
        for key, (_, _, shape) in made.items()
    }
    return edits.add(Document(), nodes, edges), known


def _port(text: str) -> tuple[str, int]:
    return ("inputs", int(text or 0)) if not text.startswith("x") else (text, 0)


def traps(catalog: Catalog, made: dict[str, Made], *wires: str) -> dict[str, Problem]:
    """The problems by their codes."""
    document, known = design(made, *wires)
    answers = {key: Answer(report.outputs) for key, report in known.items()}
    found = Checker(catalog).problems(document, known, answers, set(document.graph.nodes))
    assert all(problem.message for problem in found)
    return {problem.code: problem for problem in found}


def image(*shape: int) -> Made:
    return INPUT, {"shape": list(shape)}, shape


def conv(shape: Shape, **params: Any) -> Made:
    return "layers.Conv2D", {"filters": 8, "kernel_size": 3, "padding": "same", **params}, shape


@pytest.mark.parametrize("kind", ["Add", "Subtract", "Average", "Maximum", "Minimum"])
def test_a_merge_that_stretches_one_channel_to_many_is_a_warning(
    catalog: Catalog, kind: str
) -> None:
    made = {"x": image(32, 32, 1), "y": image(32, 32, 8), "m": (f"layers.{kind}", {}, (32, 32, 8))}
    problem = traps(catalog, made, "x>m:0", "y>m:1")["broadcast"]
    assert (problem.severity, problem.where.node) == ("warning", "m")
    assert problem.values["sources"] == ["x", "y"]


@pytest.mark.parametrize("kind", ["add", "subtract", "maximum", "power", "hypot", "mod"])
def test_an_operation_that_stretches_is_a_warning(catalog: Catalog, kind: str) -> None:
    made = {"x": image(32, 32, 1), "y": image(32, 32, 8), "m": (f"ops.{kind}", {}, (32, 32, 8))}
    assert "broadcast" in traps(catalog, made, "x>m:x1", "y>m:x2")


@pytest.mark.parametrize("gate", [(1, 1, 8), (32, 32, 1), (1, 1, 1)])
def test_a_gate_that_multiplies_is_meant_so(catalog: Catalog, gate: Shape) -> None:
    made = {"x": conv((32, 32, 8)), "g": conv(gate), "m": ("layers.Multiply", {}, (32, 32, 8))}
    assert "broadcast" not in traps(catalog, made, "x>m:0", "g>m:1")


def test_a_product_that_stretches_both_sides_is_a_warning(catalog: Catalog) -> None:
    made = {"x": conv((32, 1, 8)), "g": conv((1, 32, 8)), "m": ("layers.Multiply", {}, (32, 32, 8))}
    assert "broadcast" in traps(catalog, made, "x>m:0", "g>m:1")


def test_one_number_for_each_channel_from_a_dense_layer_may_be_added(catalog: Catalog) -> None:
    made: dict[str, Made] = {
        "time": image(4),
        "dense": ("layers.Dense", {"units": 8}, (8,)),
        "shaped": ("layers.Reshape", {"target_shape": [1, 1, 8]}, (1, 1, 8)),
        "x": image(32, 32, 8),
        "m": ("layers.Add", {}, (32, 32, 8)),
    }
    wires = ("time>dense", "dense>shaped", "x>m:0", "shaped>m:1")
    assert "broadcast" not in traps(catalog, made, *wires)


@pytest.mark.parametrize("kernel", [3, [3, 3], [5, 5]])
def test_strides_as_large_as_the_kernel_are_the_mark_of_old_code(
    catalog: Catalog, kernel: Any
) -> None:
    made = {"x": image(32, 32, 3), "c": conv((11, 11, 8), kernel_size=kernel, strides=kernel)}
    problem = traps(catalog, made, "x>c")["strides_equal_kernel"]
    assert (problem.where.node, problem.where.param) == ("c", "strides")
    assert problem.values["strides"] in (3, 5)


@pytest.mark.parametrize(
    ("kernel", "strides"), [(16, 16), ([4, 4], 4), (1, 1), (3, 2), (3, 1), ([3, 1], [3, 1])]
)
def test_patches_and_ordinary_strides_are_meant_so(
    catalog: Catalog, kernel: Any, strides: Any
) -> None:
    made = {"x": image(32, 32, 3), "c": conv((8, 8, 8), kernel_size=kernel, strides=strides)}
    assert not traps(catalog, made, "x>c")


NORM = "layers.BatchNormalization"
FIRST = {"data_format": "channels_first"}


@pytest.mark.parametrize(
    ("params", "axis", "right"),
    [({}, {"axis": 1}, -1), ({}, {"axis": [2]}, -1), (FIRST, {}, 1), (FIRST, {"axis": 3}, 1)],
)
def test_a_normalisation_along_another_axis_than_the_channels_is_a_warning(
    catalog: Catalog, params: dict[str, Any], axis: dict[str, Any], right: int
) -> None:
    shape = (8, 32, 32) if params else (32, 32, 8)
    made = {"x": image(*shape), "c": conv(shape, **params), "n": (NORM, axis, shape)}
    problem = traps(catalog, made, "x>c", "c>n")["normalization_axis"]
    assert (problem.where.node, problem.where.param) == ("n", "axis")
    assert problem.values["right"] == right


@pytest.mark.parametrize(
    ("params", "axis"), [({}, {}), ({}, {"axis": -1}), ({}, {"axis": 3}), (FIRST, {"axis": 1})]
)
def test_a_normalisation_along_the_channels_is_no_problem(
    catalog: Catalog, params: dict[str, Any], axis: dict[str, Any]
) -> None:
    shape = (8, 32, 32) if params else (32, 32, 8)
    made = {"x": image(*shape), "c": conv(shape, **params), "n": (NORM, axis, shape)}
    assert not traps(catalog, made, "x>c", "c>n")


def test_channels_joined_along_the_width_are_a_warning(catalog: Catalog) -> None:
    made = {
        "x": image(8, 32, 32),
        "c": conv((8, 32, 32), **FIRST),
        "d": conv((8, 32, 32), **FIRST),
        "m": ("layers.Concatenate", {"axis": -1}, (8, 32, 64)),
    }
    problem = traps(catalog, made, "x>c", "x>d", "c>m:0", "d>m:1")["merge_axis"]
    assert (problem.where.node, problem.values["right"]) == ("m", 1)


@pytest.mark.parametrize(
    ("shape", "params", "turned"),
    [((3, 256, 256), {}, [256, 256, 3]), ((256, 256, 3), FIRST, [3, 256, 256])],
)
def test_an_input_read_in_the_other_format_is_a_warning(
    catalog: Catalog, shape: tuple[int, ...], params: dict[str, Any], turned: list[int]
) -> None:
    made = {"x": image(*shape), "c": conv(shape, **params)}
    problem = traps(catalog, made, "x>c")["input_format"]
    assert (problem.where.node, problem.where.param) == ("c", "data_format")
    assert problem.values["turned_shape"] == turned
    assert problem.values["origin"] == "x"


def test_two_data_formats_in_a_row_are_a_warning(catalog: Catalog) -> None:
    made = {"x": image(32, 32, 8), "c": conv((32, 32, 8)), "d": conv((8, 32, 8), **FIRST)}
    problem = traps(catalog, made, "x>c", "c>d")["mixed_formats"]
    assert (problem.where.node, problem.values["given"]) == ("d", "channels_last")


def test_a_permutation_between_two_data_formats_makes_it_right(catalog: Catalog) -> None:
    made = {
        "x": image(32, 32, 8),
        "c": conv((32, 32, 8)),
        "p": ("layers.Permute", {"dims": [3, 1, 2]}, (8, 32, 32)),
        "d": conv((8, 32, 32), **FIRST),
    }
    assert not traps(catalog, made, "x>c", "c>p", "p>d")


POOL, UP = "layers.MaxPooling2D", "layers.UpSampling2D"
HOURGLASS: dict[str, Made] = {
    "x": image(32, 32, 3),
    "p1": (POOL, {}, (16, 16, 3)),
    "p2": (POOL, {}, (8, 8, 3)),
    "u1": (UP, {}, (16, 16, 3)),
    "u2": (UP, {}, (32, 32, 3)),
    "c": conv((32, 32, 8)),
}


def test_an_encoder_decoder_without_a_merge_is_a_hint(catalog: Catalog) -> None:
    problem = traps(catalog, HOURGLASS, "x>p1", "p1>p2", "p2>u1", "u1>u2", "u2>c")["no_merge"]
    assert problem.severity == "info"
    assert problem.values["ups"] == ["u1", "u2"]
    assert problem.values["downs"] == ["p1", "p2"]


def test_one_merge_makes_it_a_u_net(catalog: Catalog) -> None:
    made = {**HOURGLASS, "m": ("layers.Concatenate", {}, (16, 16, 6))}
    wires = ("x>p1", "p1>p2", "p2>u1", "u1>m:0", "p1>m:1", "m>u2", "u2>c")
    assert not traps(catalog, made, *wires)


def test_an_autoencoder_with_a_flat_middle_needs_no_merge(catalog: Catalog) -> None:
    made = {**HOURGLASS, "f": ("layers.Reshape", {"target_shape": [8, 8, 3]}, (8, 8, 3))}
    assert not traps(catalog, made, "x>p1", "p1>p2", "p2>f", "f>u1", "u1>u2", "u2>c")


def test_a_chain_that_no_input_reaches_is_told_at_its_first_node(catalog: Catalog) -> None:
    nodes = [Node(key, "layers.Dense", key, {"units": 1}) for key in "abc"]
    wires = [Edge("x", 0, "a", "inputs"), Edge("b", 0, "c", "inputs")]
    document = edits.add(Document(), [Node("x", INPUT, "x", {"shape": [3]}), *nodes], wires)
    found = Checker(catalog).problems(document, {}, {}, set(document.graph.nodes))
    assert [(p.code, p.where.node) for p in found] == [("input_missing", "b")]


def test_an_empty_design_has_no_trap(catalog: Catalog) -> None:
    assert not Checker(catalog).problems(Document(graph=Graph()), {}, {}, set())
