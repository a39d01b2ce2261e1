"""A change says all that views need: applying it to what they know leads to the new document."""

from hypothesis import given

from designer.document import edits
from designer.document.diff import Change, diff
from designer.document.model import Document
from tests.document.strategies import grown


@given(grown().flatmap(lambda d: grown(d).map(lambda e: (d, e))))
def test_a_change_leads_from_one_document_to_the_other(pair: tuple[Document, Document]) -> None:
    before, after = pair
    change = diff(before, after)
    known = {k: v for k, v in before.graph.nodes.items() if k not in change.removed}
    known |= {k: after.graph.nodes[k] for k in change.added | change.updated}
    assert known == dict(after.graph.nodes)
    assert (before.graph.edges - change.unlinked) | change.linked == after.graph.edges
    assert change.empty == (before == after)


@given(grown())
def test_everything_is_the_change_from_nothing(document: Document) -> None:
    change = Change.everything(document)
    assert change.added == frozenset(document.graph.nodes)
    assert change.linked == document.graph.edges


def test_a_move_is_told_apart_from_an_edit() -> None:
    node = edits.new_node(Document().graph, "layers.Dense", 0, 0)
    before = edits.add(Document(), [node])
    moved = diff(before, edits.move(before, {node.id: (5, 5)}))
    assert moved.moved == moved.updated == {node.id}
    assert not moved.structural
    bypassed = diff(before, edits.bypass(before, [node.id], on=True))
    assert bypassed.updated == {node.id}
    assert bypassed.structural
    edited = diff(before, edits.set_param(before, node.id, "units", 2))
    assert edited.updated == {node.id}
    assert not edited.moved
    assert edited.structural
