"""Pieces of designs: what is cut out comes in again with its inner wires, from any source."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document import edits
from designer.document.fragment import Fragment, cut_out, from_data, put_in, to_data
from designer.document.model import INPUT, Document, Edge, Node
from designer.document.problem import ProblemError
from designer.document.serialize import from_bytes, to_bytes
from tests.document.strategies import grown


def residual() -> Document:
    nodes = [
        Node("image", INPUT, "image", {"shape": [8, 8, 3]}),
        Node("conv", "layers.Conv2D", "conv", {"filters": 3}, y=96),
        Node("again", "layers.Conv2D", "again", shares="conv", y=192),
        Node("add", "layers.Add", "add", y=288),
    ]
    edges = [
        Edge("image", 0, "conv", "inputs"),
        Edge("conv", 0, "again", "inputs"),
        Edge("again", 0, "add", "inputs", 1),
        Edge("image", 0, "add", "inputs", 0),
    ]
    return edits.add(Document(), nodes, edges)


@given(grown(), st.data())
def test_a_fragment_comes_through_the_clipboard_as_it_was(
    document: Document, data: st.DataObject
) -> None:
    ids = data.draw(st.sets(st.sampled_from(sorted(document.graph.nodes) or ["none"])))
    fragment = cut_out(document, ids)
    there = from_data(to_data(fragment))
    assert sorted(there.nodes, key=lambda n: n.id) == sorted(fragment.nodes, key=lambda n: n.id)
    assert (there.edges, there.inputs) == (fragment.edges, fragment.inputs)
    assert there.owners == fragment.owners


@given(grown(), grown(), st.data())
def test_putting_in_keeps_the_file_sound_and_touches_nothing_else(
    document: Document, other: Document, data: st.DataObject
) -> None:
    ids = data.draw(st.sets(st.sampled_from(sorted(document.graph.nodes) or ["none"])))
    fragment = cut_out(document, ids)
    for target in (document, other):
        after, new_ids = put_in(target, fragment, 16, 24, keep_inputs=data.draw(st.booleans()))
        assert from_bytes(to_bytes(after)) == after
        assert len(new_ids) == len(fragment.nodes)
        assert target.graph.edges <= after.graph.edges
        assert all(after.graph.nodes[key] is node for key, node in target.graph.nodes.items())
        assert len(after.graph.names) == len(after.graph.nodes)


def test_inner_wires_come_along_and_inputs_only_where_they_are_wanted() -> None:
    document = residual()
    fragment = cut_out(document, ["conv", "again", "add"])
    after, ids = put_in(document, fragment, 0, 0)
    assert Edge(ids["again"], 0, ids["add"], "inputs", 1) in after.graph.edges
    assert len(after.graph.edges) == 6
    after, ids = put_in(document, fragment, 0, 0, keep_inputs=True)
    assert Edge("image", 0, ids["add"], "inputs", 0) in after.graph.edges
    assert len(after.graph.edges) == 8
    elsewhere, _ = put_in(Document(), fragment, 0, 0, keep_inputs=True)
    assert len(elsewhere.graph.edges) == 2


def test_a_shared_layer_is_shared_again_at_home_and_stands_alone_elsewhere() -> None:
    fragment = cut_out(residual(), ["again"])
    home, ids = put_in(residual(), fragment, 0, 0)
    assert home.graph.nodes[ids["again"]].shares == "conv"
    assert not home.graph.nodes[ids["again"]].params
    alone, ids = put_in(Document(), fragment, 0, 0)
    assert not alone.graph.nodes[ids["again"]].shares
    assert alone.graph.nodes[ids["again"]].params == {"filters": 3}
    both, ids = put_in(Document(), cut_out(residual(), ["again", "conv"]), 0, 0)
    assert both.graph.nodes[ids["again"]].shares == ids["conv"]


def test_a_whole_design_is_a_fragment_too() -> None:
    fragment = from_data(to_bytes(residual()))
    assert len(fragment.nodes) == 4
    assert len(fragment.edges) == 4


@given(st.binary(max_size=300))
def test_foreign_bytes_are_refused_with_a_problem(data: bytes) -> None:
    with pytest.raises(ProblemError):
        from_data(data)


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": [["image", 0, "nobody", "inputs", 0]]},
        {"inputs": [["image", -1, "conv", "inputs", 0]]},
        {"inputs": "much"},
        {"owners": {"nobody": "conv"}},
        {"design": {"format": "other"}},
        {"design": None},
        {"more": 1},
    ],
)
def test_a_forged_envelope_is_refused(change: dict[str, object]) -> None:
    body = json.loads(to_data(cut_out(residual(), ["conv"])))
    with pytest.raises(ProblemError):
        from_data(json.dumps({**body, **change}).encode())


def test_more_nodes_than_a_design_holds_are_refused() -> None:
    nodes = tuple(Node(str(i), "layers.Dense", f"d{i}") for i in range(edits.MAX_NODES))
    with pytest.raises(ProblemError) as error:
        put_in(residual(), Fragment(nodes), 0, 0)
    assert error.value.problem.code == "too_many_nodes"


def test_many_nodes_of_one_name_are_put_in_at_once() -> None:
    nodes = tuple(Node(str(i), "layers.Dense", "dense") for i in range(5000))
    after, _ = put_in(Document(), Fragment(nodes), 0, 0)
    assert "dense_4999" in after.graph.names
