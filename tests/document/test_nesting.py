"""Groups that were read from elsewhere become blocks, and the model stays what it was."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from designer.document.block_lines import check
from designer.document.blocks import path
from designer.document.grouping import ungroup
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.nesting import MAX_GROUPS, Nest, nested
from designer.document.problem import Where
from designer.document.showing import shown


def chain(count: int = 6) -> Document:
    """input -> n0 -> n1 ... -> output, and a wire from the input to the last."""
    keys = ["in", *(f"n{k}" for k in range(count)), "out"]
    types = [INPUT, *["layers.Add"] * count, OUTPUT]
    nodes = {key: Node(key, kind, key) for key, kind in zip(keys, types, strict=True)}
    edges = {Edge(a, 0, b, "inputs") for a, b in pairwise(keys)}
    return Document(graph=Graph(nodes, frozenset((*edges, Edge("in", 0, keys[-2], "inputs", 1)))))


def opened(document: Document) -> Document:
    """The design without its blocks."""
    while document.blocks:
        document = ungroup(document, next(iter(document.blocks)))
    return document


def test_groups_in_groups_are_blocks_in_blocks() -> None:
    nests = [Nest("a", "outer", "Outer"), Nest("b", "inner", "Inner", "a")]
    members = {"n1": "a", "n2": "b", "n3": "b", "n4": "a"}
    document = nested(chain(), nests, members)
    check(document, Where())
    inner = next(block for block in document.blocks.values() if block.kind == "Inner")
    assert [document.blocks[key].title for key in path(document, inner.id)] == ["outer", "inner"]
    assert (len(inner.inputs), len(inner.outputs)) == (1, 1)
    sheet = shown(document)
    assert {node.name for node in sheet.graph.nodes.values()} == {"in", "n0", "outer", "n5", "out"}
    assert opened(document).graph == chain().graph


def test_what_nobody_takes_goes_out_all_the_same() -> None:
    graph = chain().graph
    edges = frozenset(edge for edge in graph.edges if edge.target != "out")
    members = {"n4": "a", "n5": "a"}
    document = nested(Document(graph=Graph(graph.nodes, edges)), [Nest("a", "a", "A")], members)
    (block,) = document.blocks.values()
    assert len(block.outputs) == 1
    check(document, Where())


def test_titles_are_free_on_their_sheet() -> None:
    document = nested(chain(), [Nest("a", "n0", "A"), Nest("b", "n0", "B")], {"n1": "a", "n3": "b"})
    assert [block.title for block in document.blocks.values()] == ["n0_1", "n0_2"]


def test_groups_without_nodes_and_too_many_groups_are_left_flat() -> None:
    assert nested(chain(), [Nest("a", "a", "A")], {}) == chain()
    assert nested(chain(), [Nest("a", "a", "A")], {"in": "a", "out": "a"}) == chain()
    many = [Nest(f"g{k}", f"g{k}", "G") for k in range(MAX_GROUPS + 1)]
    long = chain(MAX_GROUPS + 1)
    assert nested(long, many, {f"n{k}": f"g{k}" for k in range(MAX_GROUPS + 1)}) == long


@given(st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=6, max_size=6))
def test_no_grouping_changes_the_model(groups: list[str]) -> None:
    nests = [Nest("a", "a", "A"), Nest("b", "b", "B", "a"), Nest("c", "c", "C")]
    members = {f"n{k}": group for k, group in enumerate(groups) if group}
    assert opened(nested(chain(), nests, members)).graph == chain().graph
