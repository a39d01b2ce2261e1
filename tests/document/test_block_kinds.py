"""Blocks of one kind: told when they differ, made alike as one edit, with values of their own."""

from hypothesis import given
from hypothesis import strategies as st

from designer.document import edits
from designer.document.block_kinds import (
    content,
    made_alike,
    offer,
    others_that_differ,
    withdraw,
)
from designer.document.block_lines import check
from designer.document.blocks import values
from designer.document.fragment import cut_out, put_in
from designer.document.grouping import group
from designer.document.lowering import lowered
from designer.document.model import EXIT, Document, Edge
from designer.document.problem import Where
from designer.document.showing import shown
from tests.document.block_designs import ape
from tests.document.strategies import blocked, ports_of


def two() -> tuple[Document, str]:
    """image -> ape -> its copy with 9 filters -> result; and the copy's id."""
    document, new_ids = put_in(ape(), cut_out(ape(), ["ape"]), 0, 300)
    key = new_ids["ape"]
    sheet = shown(document)
    wired = edits.disconnect(sheet, [Edge("ape", 0, "out", "inputs")])
    wired = edits.connect(wired, Edge("ape", 0, key, "input_1"))
    wired = edits.connect(wired, Edge(key, 0, "out", "inputs"))
    wired = edits.set_param(wired, key, "filters", 9)
    return lowered(document, "", sheet, wired), key


@given(blocked(), st.data())
def test_a_copy_holds_the_same_whatever_a_block_holds(
    document: Document, data: st.DataObject
) -> None:
    if document.blocks:
        key = data.draw(st.sampled_from(list(document.blocks)))
        after, new_ids = put_in(document, cut_out(document, [key]), 50, 50)
        assert content(after, new_ids[key]) == content(document, key)


def test_blocks_that_differ_in_what_they_offer_alone_are_alike() -> None:
    document, key = two()
    assert others_that_differ(document, "ape") == ()
    changed = edits.set_param(document, "left", "kernel_size", 5)
    assert others_that_differ(changed, "ape") == (key,)
    moved = edits.rename(edits.move(document, {"left": (0, 0)}), "left", "other")
    assert others_that_differ(moved, "ape") == ()


def test_wiring_a_block_otherwise_is_a_difference() -> None:
    document, key = two()
    swapped = edits.connect(document, Edge("left", 0, "sum", "inputs", 1))
    assert others_that_differ(swapped, "ape") == (key,)


def test_others_are_made_alike_and_keep_their_values_wires_titles_and_places() -> None:
    document, key = two()
    former = document.blocks[key]
    changed = edits.set_param(document, "left", "kernel_size", 5)
    after = made_alike(changed, "ape")
    check(after, Where())
    block = after.blocks[key]
    assert others_that_differ(after, "ape") == ()
    assert (block.title, block.x, block.y) == (former.title, former.x, former.y)
    assert values(after, block) == {"filters": 9}
    assert values(after, after.blocks["ape"]) == {"filters": 4}
    assert shown(after).graph.edges == shown(document).graph.edges
    assert len(after.graph.nodes) == len(document.graph.nodes)


def test_what_a_block_got_more_of_comes_to_the_others_unwired() -> None:
    document, key = two()
    sheet = shown(document, "ape")
    more = edits.add(sheet, [edits.new_node(sheet.graph, EXIT, 0, 0)])
    after = made_alike(lowered(document, "ape", sheet, more), "ape")
    assert len(after.blocks[key].outputs) == 2
    assert shown(after).graph.edges == shown(document).graph.edges


def test_a_block_within_one_of_its_kind_is_left_alone() -> None:
    document, outer = group(ape(), "", ["ape"], ports_of, "outer", "ApesBlock")
    assert others_that_differ(document, outer) == ("ape",)
    assert made_alike(document, outer) is document


@given(blocked(), st.data())
def test_making_any_blocks_alike_leaves_a_sound_design(
    document: Document, data: st.DataObject
) -> None:
    if document.blocks:
        key = data.draw(st.sampled_from(list(document.blocks)))
        copied, new_ids = put_in(document, cut_out(document, [key]), 50, 50)
        inner = [n.id for n in copied.graph.nodes.values() if n.block == key]
        gone = data.draw(st.sampled_from(inner)) if inner else ""
        sheet = shown(copied, key)
        changed = lowered(
            copied, key, sheet, edits.remove(sheet, {gone} & sheet.graph.nodes.keys())
        )
        after = made_alike(changed, key)
        check(after, Where())
        assert content(after, new_ids[key]) == content(after, key)


def test_a_parameter_that_is_offered_is_set_from_outside() -> None:
    document = offer(ape(), "ape", "left", "kernel_size", "kernel")
    document = offer(document, "ape", "right", "kernel_size", "kernel")
    changed = lowered(
        document, "", shown(document), edits.set_param(shown(document), "ape", "kernel", 7)
    )
    assert [changed.graph.nodes[k].params["kernel_size"] for k in ("left", "right")] == [7, 7]
    again = withdraw(changed, "ape", "kernel")
    assert set(again.blocks["ape"].params) == {"filters"}
    assert again.graph.nodes["left"].params["kernel_size"] == 7


def test_what_joins_an_offered_parameter_takes_its_value() -> None:
    document = edits.set_param(ape(), "sum", "filters", 99)
    joined = offer(document, "ape", "sum", "filters")
    assert joined.graph.nodes["sum"].params == {"filters": 4}
    assert offer(joined, "ape", "sum", "filters") is joined
