"""A node's line is written by hand: it is what the file's own structure would be written as."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document.model import Document, Graph, Node
from designer.document.problem import ProblemError
from designer.document.serialize import NodeLine, from_bytes, to_bytes

texts = st.text(max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
places = st.floats(-1e6, 1e6) | st.integers(-1000, 1000).map(float)
nodes = st.builds(
    Node, st.just("a"), texts, texts, st.dictionaries(texts, values, max_size=3),
    st.dictionaries(texts, values, max_size=2), st.just("") | texts, places, places,
    st.booleans(), st.just("") | texts,
)  # fmt: skip


def rounded(value: float) -> float:
    number = round(value, 3)
    return int(number) if number.is_integer() else number


@given(node=nodes)
def test_a_nodes_line_is_that_of_the_files_structure(node: Node) -> None:
    line = NodeLine(node.id, node.type, node.name, (rounded(node.x), rounded(node.y)),
                    dict(node.params), dict(node.arguments), node.shares, node.bypassed,
                    node.block)  # fmt: skip
    wanted = json.dumps(msgspec.to_builtins(line), sort_keys=True, ensure_ascii=False)
    text = to_bytes(Document(graph=Graph({"a": node}))).decode("utf-8", "replace")
    assert f"    {wanted}\n" in text


@pytest.mark.parametrize("place", [float("nan"), float("inf"), float("-inf")])
def test_a_place_that_is_no_number_is_refused(place: float) -> None:
    node = Node("a", "layers.Add", "a", x=place)
    with pytest.raises(ProblemError) as error:
        to_bytes(Document(graph=Graph({"a": node})))
    assert error.value.problem.code == "cannot_serialize"


def test_a_node_at_the_origin_is_read_back_there() -> None:
    node = Node("a", "layers.Add", "a")
    back = from_bytes(to_bytes(Document(graph=Graph({"a": node}))))
    assert back.graph.nodes["a"] == node
