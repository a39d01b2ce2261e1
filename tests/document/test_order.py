"""Order, cycles, reachability, and the wires that skip."""

from hypothesis import given

from designer.document import edits
from designer.document.model import Document, Edge, Graph, Node
from designer.document.order import cycles, downstream, reaches, skip_edges, topological, upstream
from tests.document.strategies import grown


def graph(*wires: tuple[str, str]) -> Graph:
    nodes = {key: Node(key, "layers.Add", key) for wire in wires for key in wire}
    return Graph(nodes, frozenset(Edge(a, 0, b, "inputs", i) for i, (a, b) in enumerate(wires)))


@given(grown())
def test_every_source_comes_before_its_target(document: Document) -> None:
    place = {key: n for n, key in enumerate(topological(document.graph))}
    assert set(place) == set(document.graph.nodes)
    assert all(place[e.source] < place[e.target] for e in document.graph.edges)


def test_names_decide_where_wires_leave_a_choice() -> None:
    nodes = [Node(str(n), "layers.Add", name) for n, name in enumerate(("b", "a10", "a9"))]
    found = edits.add(Document(), nodes).graph
    assert [found.nodes[key].name for key in topological(found)] == ["a9", "a10", "b"]


def test_ids_decide_nothing_where_names_differ() -> None:
    for ids in (("a", "z"), ("z", "a"), ("Z", "_")):
        nodes = [
            Node(key, "layers.Add", name) for key, name in zip(ids, ("b2", "b2c1"), strict=True)
        ]
        found = edits.add(Document(), nodes).graph
        assert [found.nodes[key].name for key in topological(found)] == ["b2", "b2c1"]


def test_only_nodes_on_the_circle_are_named() -> None:
    found = graph(("in", "a"), ("a", "b"), ("b", "a"), ("b", "behind"))
    assert set(cycles(found)) == {"a", "b"}


def test_reachability_follows_the_wires() -> None:
    found = graph(("a", "b"), ("b", "c"), ("x", "c"))
    assert reaches(found, "a", "c")
    assert not reaches(found, "c", "a")
    assert downstream(found, ["a"]) == {"a", "b", "c"}
    assert upstream(found, ["b"]) == {"a", "b"}


def test_a_wire_past_a_node_skips() -> None:
    found = graph(("x", "conv"), ("conv", "add"), ("x", "add"))
    assert {(e.source, e.target) for e in skip_edges(found)} == {("x", "add")}


def test_unequal_branches_do_not_skip() -> None:
    found = graph(("x", "a"), ("a", "b"), ("b", "add"), ("y", "add"))
    assert not skip_edges(found)


def test_parallel_layers_of_one_tensor_do_not_skip() -> None:
    found = graph(("x", "a"), ("x", "b"), ("a", "add"), ("b", "add"))
    assert not skip_edges(found)


def test_every_arch_of_an_encoder_and_decoder_skips() -> None:
    found = graph(
        ("e1", "e2"), ("e2", "e3"), ("e3", "d2"), ("e2", "m2"), ("d2", "m2"),
        ("m2", "d1"), ("e1", "m1"), ("d1", "m1"),
    )  # fmt: skip
    assert {(e.source, e.target) for e in skip_edges(found)} == {("e2", "m2"), ("e1", "m1")}


def test_a_chain_of_twenty_thousand_nodes_is_no_trouble() -> None:
    found = graph(*((str(n), str(n + 1)) for n in range(20_000)))
    assert len(topological(found)) == 20_001
    assert not skip_edges(found)
