"""Edits are pure, keep the document's invariants, and refuse what Keras could not mean."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document import edits
from designer.document.model import INPUT, OUTPUT, Document, Edge, Node
from designer.document.order import cycles
from designer.document.problem import ProblemError
from designer.document.serialize import to_bytes
from tests.document.strategies import grown


def chain(length: int = 3) -> Document:
    nodes = [Node(f"n{i}", "layers.Dense", f"dense_{i}", {"units": i + 1}) for i in range(length)]
    wires = [Edge(f"n{i}", 0, f"n{i + 1}", "inputs") for i in range(length - 1)]
    return edits.add(Document(), nodes, wires)


def code_of(error: pytest.ExceptionInfo[ProblemError]) -> str:
    return error.value.problem.code


@given(grown())
def test_every_wire_ends_at_nodes_that_exist_and_no_slot_is_taken_twice(document: Document) -> None:
    graph = document.graph
    for edge in graph.edges:
        assert edge.source in graph.nodes
        assert edge.target in graph.nodes
    taken = [(e.target, e.input, e.slot) for e in graph.edges]
    assert len(taken) == len(set(taken))
    assert not cycles(graph)


@given(grown())
def test_an_edit_leaves_the_document_it_started_from_as_it_was(document: Document) -> None:
    before = to_bytes(document)
    for key in document.graph.nodes:
        edits.set_param(document, key, "units", 7)
        edits.move(document, {key: (1, 2)})
        edits.remove(document, [key])
    assert to_bytes(document) == before


def test_removing_a_node_takes_its_wires_along() -> None:
    document = edits.remove(chain(), ["n1"])
    assert set(document.graph.nodes) == {"n0", "n2"}
    assert not document.graph.edges


def test_a_wire_that_closes_a_circle_is_refused_by_name() -> None:
    with pytest.raises(ProblemError) as error:
        edits.connect(chain(), Edge("n2", 0, "n0", "inputs"))
    assert code_of(error) == "cycle"
    assert "dense_2" in str(error.value)


def test_adding_nodes_with_circular_wires_is_refused() -> None:
    nodes = [Node("a", "layers.Add", "a"), Node("b", "layers.Add", "b")]
    with pytest.raises(ProblemError) as error:
        edits.add(Document(), nodes, [Edge("a", 0, "b", "inputs"), Edge("b", 0, "a", "inputs")])
    assert code_of(error) == "cycle"


def test_a_wire_to_a_taken_slot_replaces_the_one_that_was_there() -> None:
    document = edits.connect(chain(), Edge("n0", 0, "n2", "inputs"))
    assert document.graph.incoming["n2"] == (Edge("n0", 0, "n2", "inputs"),)


@pytest.mark.parametrize(
    ("name", "code"),
    [(" ", "empty_name"), ("a/b", "bad_name"), ("x" * 101, "long_name"), ("dense_0", "name_taken")],
)
def test_a_name_that_keras_or_the_design_cannot_have_is_refused(name: str, code: str) -> None:
    with pytest.raises(ProblemError) as error:
        edits.rename(chain(), "n1", name)
    assert code_of(error) == code


def test_new_nodes_are_named_as_keras_would_name_them() -> None:
    document = Document()
    for _ in range(3):
        node = edits.new_node(document.graph, "layers.Conv2DTranspose", 0, 0)
        document = edits.add(document, [node])
    names = sorted(node.name for node in document.graph.nodes.values())
    assert names == ["conv2d_transpose", "conv2d_transpose_1", "conv2d_transpose_2"]
    assert edits.new_node(document.graph, INPUT, 0, 0).name == "input"


def test_resetting_a_parameter_forgets_what_was_set() -> None:
    document = edits.reset_param(chain(), "n1", "units")
    assert "units" not in document.graph.nodes["n1"].params


def test_a_paste_brings_inner_wires_and_fresh_names() -> None:
    document = chain()
    nodes = [document.graph.nodes["n0"], document.graph.nodes["n1"]]
    pasted, ids = edits.paste(document, nodes, document.graph.edges, 40, 40)
    assert len(pasted.graph.nodes) == 5
    assert Edge(ids["n0"], 0, ids["n1"], "inputs") in pasted.graph.edges
    assert len(pasted.graph.edges) == 3
    assert pasted.graph.nodes[ids["n0"]].name not in {"dense_0", "dense_1", "dense_2"}


def test_a_shared_layer_lives_on_when_its_owner_is_removed() -> None:
    sharers = [Node(f"s{i}", "layers.Dense", f"s{i}", shares="n0") for i in range(2)]
    document = edits.remove(edits.add(chain(), sharers), ["n0"])
    first, second = document.graph.nodes["s0"], document.graph.nodes["s1"]
    assert first.params == {"units": 1}
    assert not first.shares
    assert second.shares == "s0"


def test_a_parameter_of_a_shared_layer_is_set_at_its_owner() -> None:
    document = edits.add(chain(), [Node("s", "layers.Dense", "s", shares="n0")])
    document = edits.set_param(document, "s", "units", 9)
    assert document.graph.nodes["n0"].params["units"] == 9
    assert not document.graph.nodes["s"].params


EDITS: tuple[Callable[[Document], Document], ...] = (
    lambda d: edits.remove(d, ["gone"]),
    lambda d: edits.move(d, {"gone": (0, 0)}),
    lambda d: edits.set_param(d, "gone", "units", 1),
    lambda d: edits.connect(d, Edge("gone", 0, "n1", "inputs")),
    lambda d: edits.add(d, [], [Edge("n0", 0, "gone", "inputs")]),
)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_of_a_node_that_is_gone_is_refused(edit: Callable[[Document], Document]) -> None:
    with pytest.raises(ProblemError) as error:
        edit(chain())
    assert code_of(error) == "no_such_node"


@given(grown(), st.data())
def test_bypassing_twice_gives_the_same_bytes_back(document: Document, data: st.DataObject) -> None:
    layers = [n.id for n in document.graph.nodes.values() if n.type not in (INPUT, OUTPUT)]
    off = {key for key in layers if not document.graph.nodes[key].bypassed}
    ids = data.draw(st.sets(st.sampled_from(sorted(off) or ["none"]))) & off
    before = to_bytes(document)
    bypassed = edits.bypass(document, ids, on=True)
    assert bypassed.graph.bypassed == document.graph.bypassed | ids
    assert bypassed.graph.edges == document.graph.edges
    assert to_bytes(edits.bypass(bypassed, ids, on=False)) == before
    assert edits.bypass(bypassed, ids, on=True) is bypassed


@pytest.mark.parametrize("kind", [INPUT, OUTPUT])
def test_an_end_of_the_model_cannot_be_bypassed_and_is_named(kind: str) -> None:
    document = edits.add(Document(), [Node("end", kind, "the_end")])
    with pytest.raises(ProblemError, match="the_end cannot be bypassed") as error:
        edits.bypass(document, ["end"], on=True)
    assert code_of(error) == "cannot_bypass"
    assert error.value.problem.where.node == "end"
    assert edits.bypass(document, ["end"], on=False) is document


def test_a_copy_of_a_bypassed_node_is_bypassed() -> None:
    document = edits.bypass(chain(), ["n1"], on=True)
    nodes = document.graph.nodes.values()
    after, new_ids = edits.paste(document, nodes, document.graph.edges, 5, 5)
    assert after.graph.bypassed == {"n1", new_ids["n1"]}
