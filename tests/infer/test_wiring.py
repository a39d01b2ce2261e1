"""Whether a wire is possible, and where it ends, is decided in one place."""

import pytest

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import INPUT, OUTPUT, Document, Edge, Node
from designer.document.problem import Problem
from designer.infer.wiring import wire


def design() -> Document:
    nodes = [
        Node("i", INPUT, "i", {"shape": [8, 8, 3]}),
        Node("c", "layers.Conv2D", "c"),
        Node("a", "layers.Add", "a"),
        Node("s", "layers.Subtract", "s"),
        Node("m", "layers.MultiHeadAttention", "m"),
        Node("o", OUTPUT, "o"),
    ]
    return edits.add(Document(), nodes)


def test_a_wire_finds_the_free_port_of_a_node(catalog: Catalog) -> None:
    assert wire(design(), catalog, "i", 0, "c") == Edge("i", 0, "c", "inputs", 0)


def test_a_merge_grows_slot_by_slot(catalog: Catalog) -> None:
    document = design()
    for slot in range(4):
        edge = wire(document, catalog, "i", 0, "a")
        assert edge == Edge("i", 0, "a", "inputs", slot)
        document = edits.connect(document, edge)


def test_a_merge_of_exactly_two_is_full_with_two(catalog: Catalog) -> None:
    document = design()
    for _ in range(2):
        edge = wire(document, catalog, "i", 0, "s")
        assert isinstance(edge, Edge)
        document = edits.connect(document, edge)
    problem = wire(document, catalog, "i", 0, "s")
    assert isinstance(problem, Problem)
    assert problem.code == "ports_full"


def test_a_single_port_gives_its_place_to_the_new_wire(catalog: Catalog) -> None:
    document = edits.connect(design(), Edge("i", 0, "c", "inputs", 0))
    assert wire(document, catalog, "a", 0, "c") == Edge("a", 0, "c", "inputs", 0)


def test_named_ports_are_filled_in_order(catalog: Catalog) -> None:
    document = design()
    ports = []
    for _ in range(3):
        edge = wire(document, catalog, "i", 0, "m")
        assert isinstance(edge, Edge)
        ports.append(edge.input)
        document = edits.connect(document, edge)
    assert ports[:2] == ["query", "value"]


@pytest.mark.parametrize(
    ("source", "target", "port", "code"),
    [
        ("c", "i", None, "no_inputs"),
        ("o", "c", None, "after_output"),
        ("c", "c", None, "cycle"),
        ("i", "c", "sideways", "no_such_port"),
        ("i", "gone", None, "no_such_node"),
    ],
)
def test_a_wire_that_is_not_possible_says_why(
    catalog: Catalog, source: str, target: str, port: str | None, code: str
) -> None:
    problem = wire(design(), catalog, source, 0, target, port)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert problem.message


def test_a_wire_backwards_is_a_circle(catalog: Catalog) -> None:
    document = edits.connect(design(), Edge("c", 0, "a", "inputs", 0))
    problem = wire(document, catalog, "a", 0, "c")
    assert isinstance(problem, Problem)
    assert problem.code == "cycle"
