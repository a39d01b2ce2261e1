"""Calls of one layer: made, taken apart and copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document import edits
from designer.document.fragment import cut_out
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.problem import ProblemError
from designer.document.serialize import from_bytes, to_bytes
from designer.document.sharing import call_again, calls, share, shareable, unshare

DENSE = "layers.Dense"


def design(*types: str) -> Document:
    nodes = [
        Node(f"n{number}", kind, f"n{number}", {"units": number} if kind == DENSE else {})
        for number, kind in enumerate(types)
    ]
    return Document(graph=Graph({node.id: node for node in nodes}))


def units(document: Document, key: str) -> object:
    node = document.graph.nodes[key]
    return document.graph.nodes[node.shares or key].params["units"]


def test_the_first_node_in_the_design_owns_the_shared_layer_with_its_parameters() -> None:
    shared = share(design(DENSE, DENSE, DENSE), ["n2", "n1"])
    nodes = shared.graph.nodes
    assert (nodes["n1"].shares, nodes["n2"].shares) == ("", "n1")
    assert nodes["n2"].params == {}
    assert units(shared, "n2") == 1
    assert calls(shared.graph, "n2") == ("n1", "n2")
    assert calls(shared.graph, "n0") == ("n0",)


def test_the_other_calls_of_a_shared_layer_come_along() -> None:
    pairs = share(share(design(*[DENSE] * 4), ["n0", "n1"]), ["n2", "n3"])
    joined = share(pairs, ["n1", "n2"])
    assert calls(joined.graph, "n3") == ("n0", "n1", "n2", "n3")


@pytest.mark.parametrize(
    ("types", "named"),
    [
        ((DENSE, "layers.Conv2D"), "Conv2D and Dense"),
        ((DENSE,), "Dense"),
        ((DENSE, "ops.add"), "n1"),
        ((DENSE, OUTPUT), "n1"),
        ((INPUT, DENSE), "n0"),
        ((DENSE, "block/2"), "n1"),
    ],
)
def test_what_cannot_be_one_layer_is_refused_by_name(types: tuple[str, ...], named: str) -> None:
    document = design(*types)
    with pytest.raises(ProblemError) as caught:
        share(document, document.graph.nodes)
    assert caught.value.problem.code == "cannot_share"
    assert named in str(caught.value.problem)


def test_a_call_that_leaves_keeps_the_parameters_and_the_rest_goes_on_sharing() -> None:
    shared = share(design(DENSE, DENSE, DENSE), ["n0", "n1", "n2"])
    alone = unshare(shared, ["n1"])
    assert units(alone, "n1") == 0
    assert calls(alone.graph, "n1") == ("n1",)
    assert calls(alone.graph, "n2") == ("n0", "n2")


def test_when_the_owner_leaves_the_next_call_owns_the_layer() -> None:
    shared = share(design(DENSE, DENSE, DENSE), ["n0", "n1", "n2"])
    left = unshare(shared, ["n0"])
    assert calls(left.graph, "n2") == ("n1", "n2")
    assert [units(left, key) for key in ("n0", "n1", "n2")] == [0, 0, 0]
    assert left.graph.nodes["n0"].shares == ""


def test_nodes_that_share_nothing_stay_the_very_same_design() -> None:
    document = design(DENSE, DENSE)
    assert unshare(document, ["n0"]) is document


def test_copies_as_calls_keep_their_wires_and_call_the_layers_of_the_originals() -> None:
    document = design(INPUT, DENSE, DENSE, "ops.relu")
    wires = [Edge("n0", 0, "n1", "inputs"), Edge("n1", 0, "n2", "inputs")]
    for wire in (*wires, Edge("n2", 0, "n3", "x")):
        document = edits.connect(document, wire)
    after, new = call_again(document, cut_out(document, ["n1", "n2", "n3"]), 200, 0)
    assert [after.graph.nodes[new[key]].shares for key in ("n1", "n2", "n3")] == ["n1", "n2", ""]
    assert Edge(new["n1"], 0, new["n2"], "inputs") in after.graph.edges
    again, newer = call_again(after, cut_out(after, [new["n1"]]), 0, 0)
    assert again.graph.nodes[newer[new["n1"]]].shares == "n1"


def test_operations_and_ends_are_nothing_to_share() -> None:
    kinds = (DENSE, "layers.Dropout", "ops.add", INPUT, OUTPUT, "block/1", "block_input")
    found = [kind for kind in kinds if shareable(Node("a", kind, "a"))]
    assert found == [DENSE, "layers.Dropout"]


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 5), min_size=2)), max_size=8))
def test_any_sharing_and_parting_leaves_a_design_that_a_file_can_hold(
    steps: list[tuple[bool, set[int]]],
) -> None:
    document = design(*[DENSE] * 6)
    for together, numbers in steps:
        document = (share if together else unshare)(document, [f"n{n}" for n in numbers])
        for owner, others in document.graph.shared.items():
            assert not document.graph.nodes[owner].shares
            assert all(not document.graph.nodes[key].params for key in others)
    assert from_bytes(to_bytes(document)) == document
