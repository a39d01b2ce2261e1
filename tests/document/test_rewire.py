"""Taking wires apart and joining them: what stays keeps its ports and slots, and flows on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document import edits
from designer.document.model import INPUT, Document, Edge, Graph, Node
from designer.document.order import downstream, topological
from designer.document.problem import ProblemError
from designer.document.rewire import handed_on, insert, remove_and_join
from designer.document.serialize import from_bytes, to_bytes
from tests.document.strategies import grown


def order(_kind: str) -> tuple[str, ...]:
    return ("query", "value", "inputs")


def merged() -> Document:
    nodes = [Node(key, "layers.Dense", key) for key in ("a", "b", "c", "end")]
    nodes.append(Node("add", "layers.Add", "add"))
    edges = [
        Edge("a", 0, "b", "inputs"),
        Edge("b", 0, "c", "inputs"),
        Edge("c", 0, "add", "inputs", 1),
        Edge("a", 1, "add", "inputs", 0),
        Edge("add", 0, "end", "inputs"),
    ]
    return edits.add(Document(), nodes, edges)


def test_removed_nodes_leave_their_links_in_the_same_slots() -> None:
    after = remove_and_join(merged(), ["b", "c"], order)
    assert after.graph.edges == {
        Edge("a", 0, "add", "inputs", 1),
        Edge("a", 1, "add", "inputs", 0),
        Edge("add", 0, "end", "inputs"),
    }


def test_a_removed_merge_hands_its_first_input_on() -> None:
    after = remove_and_join(merged(), ["add"], order)
    assert Edge("a", 1, "end", "inputs") in after.graph.edges
    attend = Node("attend", "layers.Attention", "attend")
    wires = [Edge("b", 0, "attend", "value"), Edge("c", 0, "attend", "query")]
    last = Node("last", "layers.Dense", "last")
    document = edits.add(merged(), [attend, last], [*wires, Edge("attend", 0, "last", "inputs")])
    after = remove_and_join(document, ["attend"], order)
    assert Edge("c", 0, "last", "inputs") in after.graph.edges


def test_what_nothing_fed_leaves_no_links() -> None:
    after = remove_and_join(merged(), ["a"], order)
    assert not after.graph.incoming.get("b")


@given(grown(), st.data())
def test_joining_keeps_every_target_fed_and_makes_no_circle(
    document: Document, data: st.DataObject
) -> None:
    ids = data.draw(st.sets(st.sampled_from(sorted(document.graph.nodes) or ["none"])))
    ids &= document.graph.nodes.keys()
    after = remove_and_join(document, ids, order)
    topological(after.graph)
    assert from_bytes(to_bytes(after)) == after
    assert after.graph.nodes.keys() == document.graph.nodes.keys() - ids
    before = {(e.target, e.input, e.slot) for e in document.graph.edges}
    for edge in after.graph.edges:
        assert (edge.target, edge.input, edge.slot) in before
        assert edge.target in downstream(document.graph, [edge.source])
    assert {e for e in document.graph.edges if not {e.source, e.target} & ids} <= after.graph.edges


@given(grown(), st.data())
def test_a_node_on_a_wire_takes_its_place_and_removing_it_gives_the_wire_back(
    document: Document, data: st.DataObject
) -> None:
    wires = sorted(e for e in document.graph.edges if document.graph.nodes[e.source].type != INPUT)
    if not wires:
        return
    edge = data.draw(st.sampled_from(wires))
    held = edits.add(document, [Node("new", "layers.Conv2D", "new")])
    after = insert(held, edge, Edge(edge.source, edge.output, "new", "inputs"))
    assert Edge("new", 0, edge.target, edge.input, edge.slot) in after.graph.edges
    assert len(after.graph.edges) == len(document.graph.edges) + 1
    assert remove_and_join(after, ["new"], order).graph.edges == document.graph.edges


def test_a_long_chain_is_joined_in_one_go() -> None:
    nodes = [Node(f"n{i}", "layers.Dense", f"d{i}") for i in range(5000)]
    edges = [Edge(f"n{i}", 0, f"n{i + 1}", "inputs") for i in range(4999)]
    document = edits.add(Document(), nodes, edges)
    after = remove_and_join(document, [f"n{i}" for i in range(1, 4999)], order)
    assert after.graph.edges == {Edge("n0", 0, "n4999", "inputs")}


def test_a_wire_that_is_gone_takes_no_node() -> None:
    with pytest.raises(ProblemError) as error:
        insert(merged(), Edge("a", 0, "end", "inputs"), Edge("a", 0, "b", "inputs"))
    assert error.value.problem.code == "no_such_wire"


def test_what_runs_in_a_circle_hands_nothing_on() -> None:
    wires = frozenset((Edge("a", 0, "b", "inputs"), Edge("b", 0, "a", "inputs")))
    nodes = {key: Node(key, "layers.Dense", key) for key in ("a", "b")}
    assert handed_on(Graph(nodes, wires), {"a", "b"}, order) == {"a": None, "b": None}
