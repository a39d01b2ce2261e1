"""Blocks hold together whatever is edited, and their sheets show what the whole design says."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from designer.document import edits, marks
from designer.document.block_lines import check
from designer.document.blocks import (
    inner_nodes,
    layers_in,
    of_kind,
    path,
    scope_of,
    tidied,
    values,
    visible,
    within,
)
from designer.document.extent import Extent
from designer.document.fragment import cut_out, from_data, put_in, to_data
from designer.document.grouping import group, ungroup
from designer.document.lowering import lowered
from designer.document.model import ENTRY, EXIT, INPUT, OUTPUT, Document, Edge
from designer.document.problem import ProblemError, Where
from designer.document.rewire import insert, remove_and_join
from designer.document.serialize import from_bytes, to_bytes
from designer.document.showing import shown
from tests.document.block_designs import ape
from tests.document.strategies import blocked, grown, json_values, places, ports_of, some

Edit = Callable[[Document], Document]
Draw = Callable[[st.SearchStrategy[Any]], Any]


def sound(document: Document) -> None:
    """It stands up to the checks of a file, all ports are listed, and it is written and read."""
    check(document, Where())
    assert tidied(document) is document
    assert from_bytes(to_bytes(document)).blocks == document.blocks


def on_sheet(document: Document, scope: str, edit: Edit) -> Document:
    """The whole design after an edit of one sheet."""
    before = shown(document, scope)
    return lowered(document, scope, before, edit(before))


# --- Sheets -------------------------------------------------------------------------------------


@given(grown())
def test_a_design_without_blocks_is_its_own_sheet(document: Document) -> None:
    assert shown(document) is document
    moved = edits.move(document, dict.fromkeys(document.graph.nodes, (7, 7)))
    assert lowered(document, "", document, moved) is moved


def test_a_sheet_shows_a_block_as_one_node_with_its_ports() -> None:
    sheet = shown(ape())
    assert set(sheet.graph.nodes) == {"in", "ape", "out"}
    assert sheet.graph.edges == {Edge("in", 0, "ape", "input_1"), Edge("ape", 0, "out", "inputs")}
    block = sheet.graph.nodes["ape"]
    assert (block.type, block.name, block.params) == ("block/1", "ape", {"filters": 4})


def test_inside_a_block_its_ports_are_the_ends() -> None:
    sheet = shown(ape(), "ape")
    assert set(sheet.graph.nodes) == {"enter", "left", "right", "sum", "leave"}
    assert "enter" not in sheet.graph.incoming
    assert "leave" not in sheet.graph.outgoing
    assert len(sheet.graph.edges) == 5


def test_a_sheet_of_a_block_that_is_gone_is_refused() -> None:
    with pytest.raises(ProblemError, match="no block"):
        shown(ape(), "gone")
    with pytest.raises(ProblemError, match="no block"):
        shown(Document(), "gone")


@given(blocked())
def test_every_node_is_on_one_sheet_and_every_wire_on_one(document: Document) -> None:
    sheets = [shown(document, scope) for scope in ("", *document.blocks)]
    nodes = [key for sheet in sheets for key in sheet.graph.nodes]
    assert sorted(nodes) == sorted([*document.graph.nodes, *document.blocks])
    assert sum(len(sheet.graph.edges) for sheet in sheets) == len(document.graph.edges)


def test_what_stands_for_a_node_further_out_is_the_block_around_it() -> None:
    document, outer = group(ape(), "", ["ape"], ports_of)
    assert [visible(document, "left", scope) for scope in ("", outer, "ape")] == [
        outer, "ape", "left",
    ]  # fmt: skip
    assert visible(document, "in", "ape") == ""
    assert path(document, "ape") == (outer, "ape")
    assert scope_of(document, "ape") == outer
    assert within(document, [outer]) == {outer, "ape"}
    assert [node.id for node in layers_in(document, outer)] == ["left", "right", "sum"]
    assert [block.id for block in of_kind(document, "ApesBlock")] == ["ape"]


# --- Grouping -----------------------------------------------------------------------------------


@given(blocked(), st.data())
def test_taking_a_group_apart_again_gives_the_same_graph(
    document: Document, data: st.DataObject
) -> None:
    scope = data.draw(st.sampled_from(["", *document.blocks]))
    there = list(shown(document, scope).graph.nodes)
    chosen = data.draw(some(there)) if there else []
    try:
        grouped, key = group(document, scope, chosen, ports_of)
    except ProblemError:
        return
    sound(grouped)
    again = ungroup(grouped, key)
    assert again.graph.nodes == document.graph.nodes
    assert again.graph.edges == document.graph.edges
    assert again.blocks == document.blocks


@given(blocked())
def test_what_is_grouped_is_sound_and_a_file_holds_it(document: Document) -> None:
    sound(document)


def test_a_tensor_that_feeds_two_nodes_of_a_group_has_one_entry() -> None:
    flat = ungroup(ape(), "ape")
    again, key = group(flat, "", ["left", "right", "sum"], ports_of, "ape", "ApesBlock")
    block = again.blocks[key]
    assert (len(block.inputs), len(block.outputs)) == (1, 1)
    assert shown(again).graph.nodes[key].type == "block/1"
    assert block.kind == "ApesBlock"


def test_ends_of_the_model_stay_outside_of_a_group() -> None:
    flat = ungroup(ape(), "ape")
    again, key = group(flat, "", flat.graph.nodes, ports_of)
    assert {again.graph.nodes[k].block for k in ("in", "out")} == {""}
    assert len(inner_nodes(again, [key])) == 5
    with pytest.raises(ProblemError, match="Select some"):
        group(flat, "", ["in", "out"], ports_of)


def test_a_group_that_data_would_leave_and_enter_again_is_refused_with_the_name() -> None:
    flat = ungroup(ape(), "ape")
    chain = edits.connect(flat, Edge("left", 0, "right", "inputs"))
    with pytest.raises(ProblemError, match="through right"):
        group(chain, "", ["left", "sum"], ports_of)


def test_what_nothing_feeds_and_what_feeds_nothing_get_ports_too() -> None:
    lone = edits.add(Document(), [edits.new_node(Document().graph, "layers.Dense", 0, 0)])
    grouped, key = group(lone, "", lone.graph.nodes, ports_of)
    assert shown(grouped).graph.nodes[key].type == "block/1"
    assert len(grouped.blocks[key].outputs) == 1


def test_frames_and_notes_come_along_and_stay() -> None:
    document = marks.add_marks(ungroup(ape(), "ape"), [
        marks.new_note(Document(), Extent(0, 0, 99, 99), "why"),
    ])  # fmt: skip
    note = next(iter(document.marks))
    grouped, key = group(document, "", ["left", note], ports_of)
    assert not shown(grouped).marks
    assert set(shown(grouped, key).marks) == {note}
    assert ungroup(grouped, key).marks == document.marks


# --- Edits of sheets ----------------------------------------------------------------------------


def edit_of(draw: Draw, sheet: Document) -> Edit:
    """One of all edits that a user can make to what a canvas shows."""
    keys = list(sheet.graph.nodes)  # in this order: ids are drawn by lot
    place = {key: k for k, key in enumerate(keys)}
    wires = sorted(
        sheet.graph.edges,
        key=lambda e: (place[e.source], e.output, place[e.target], e.input, e.slot),
    )
    kinds = ["add", "mark", "notes"]
    kinds += (
        ["move", "param", "rename", "bypass", "remove", "join", "wire", "reset"] if keys else []
    )
    kinds += ["unwire", "insert"] if wires else []
    kind = draw(st.sampled_from(kinds))
    if kind == "add":
        ports = (ENTRY, EXIT) if sheet.blocks else ()  # offered in blocks alone
        types = (INPUT, OUTPUT, "layers.Conv2D", "layers.Add", *ports)
        node = edits.new_node(sheet.graph, draw(st.sampled_from(types)), *draw(places))
        return lambda d: edits.add(d, [node])
    if kind == "mark":
        x, y = draw(places)
        note = marks.new_note(sheet, Extent(x, y, 5000, 5000), "note")
        return lambda d: marks.add_marks(d, [note])
    if kind == "notes":
        return lambda d: edits.set_notes(d, "notes")
    if kind in ("unwire", "insert"):
        wire = draw(st.sampled_from(wires))
        return _unwire(wire) if kind == "unwire" else _insert(sheet, wire)
    return _edit_of_nodes(draw, kind, keys)


def _unwire(wire: Edge) -> Edit:
    return lambda d: edits.disconnect(d, [wire])


def _insert(sheet: Document, wire: Edge) -> Edit:
    node = edits.new_node(sheet.graph, "layers.Dense", 0, 0)
    coming = Edge(wire.source, wire.output, node.id, "inputs")
    return lambda d: insert(edits.add(d, [node]), wire, coming)


def _edit_of_nodes(draw: Draw, kind: str, keys: list[str]) -> Edit:
    key, other = draw(st.sampled_from(keys)), draw(st.sampled_from(keys))
    if kind == "move":
        place = draw(places)
        return lambda d: edits.move(d, {key: place})
    if kind == "param":
        value = draw(json_values)
        return lambda d: edits.set_param(d, key, "filters", value)
    if kind == "reset":
        return lambda d: edits.reset_param(d, key, "filters")
    if kind == "rename":
        name = draw(st.sampled_from(["a", "b", "conv2d", "left"]))
        return lambda d: edits.rename(d, key, name)
    if kind == "bypass":
        on = draw(st.booleans())
        return lambda d: edits.bypass(d, [key], on=on)
    if kind == "remove":
        return lambda d: edits.remove(d, {key, other})
    if kind == "join":
        return lambda d: remove_and_join(d, {key}, ports_of)
    return _wire(draw, key, other)


def _wire(draw: Draw, source: str, target: str) -> Edit:
    output, slot = draw(st.integers(0, 1)), draw(st.integers(0, 2))

    def edit(sheet: Document) -> Document:
        kind = sheet.graph.nodes[target].type
        names = ports_of(kind)
        if not names or sheet.graph.nodes[source].type in (OUTPUT, EXIT):
            return sheet
        several = kind.startswith("layers.")
        plain = sheet.graph.nodes[source].type == ENTRY
        port = names[slot % len(names)]
        return edits.connect(
            sheet, Edge(source, 0 if plain else output, target, port, slot if several else 0)
        )

    return edit


@given(blocked(), st.data())
def test_whatever_is_done_to_a_sheet_the_whole_stays_sound_and_shows_it(
    document: Document, data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(1, 6))):
        scope = data.draw(st.sampled_from(["", *document.blocks]))
        sheet = shown(document, scope)
        try:
            after = edit_of(data.draw, sheet)(sheet)
            result = lowered(document, scope, sheet, after)
        except ProblemError:
            continue
        sound(result)
        again = shown(result, scope)
        assert again.graph.nodes.keys() == after.graph.nodes.keys()
        known = {k for k in after.graph.nodes if k in sheet.graph.nodes or k not in result.blocks}
        for key in known:
            one, other = again.graph.nodes[key], after.graph.nodes[key]
            assert (one.x, one.y, one.shares) == (other.x, other.y, other.shares)
        assert len(again.graph.edges) == len(after.graph.edges)
        assert again.marks.keys() == after.marks.keys()
        document = result


def test_an_edit_that_changes_nothing_gives_the_very_same_design() -> None:
    document = ape()
    assert on_sheet(document, "", lambda d: d) is document
    assert on_sheet(document, "ape", lambda d: replace(d)) is document


def test_removing_a_block_removes_all_that_it_holds() -> None:
    rest = on_sheet(ape(), "", lambda d: edits.remove(d, ["ape"]))
    assert set(rest.graph.nodes) == {"in", "out"}
    assert not rest.blocks
    assert not rest.graph.edges


def test_removing_a_port_inside_takes_it_from_the_block() -> None:
    rest = on_sheet(ape(), "ape", lambda d: edits.remove(d, ["enter"]))
    assert shown(rest).graph.nodes["ape"].type == "block/0"
    assert Edge("in", 0, "enter", "inputs") not in rest.graph.edges


def test_a_new_port_inside_is_a_new_port_outside() -> None:
    def add(sheet: Document) -> Document:
        return edits.add(sheet, [edits.new_node(sheet.graph, ENTRY, 0, 0)])

    wider = on_sheet(ape(), "ape", add)
    assert shown(wider).graph.nodes["ape"].type == "block/2"
    assert wider.blocks["ape"].inputs[0] == "enter"


def test_a_value_set_on_a_block_is_set_on_all_that_it_names() -> None:
    changed = on_sheet(ape(), "", lambda d: edits.set_param(d, "ape", "filters", 9))
    assert [changed.graph.nodes[key].params for key in ("left", "right")] == [{"filters": 9}] * 2
    assert values(changed, changed.blocks["ape"]) == {"filters": 9}
    back = on_sheet(changed, "", lambda d: edits.reset_param(d, "ape", "filters"))
    assert [back.graph.nodes[key].params for key in ("left", "right")] == [{}] * 2


def test_a_block_is_bypassed_by_all_that_it_holds() -> None:
    quiet = on_sheet(ape(), "", lambda d: edits.bypass(d, ["ape"], on=True))
    assert quiet.graph.bypassed == {"left", "right", "sum"}
    assert shown(quiet).graph.nodes["ape"].bypassed
    loud = on_sheet(quiet, "", lambda d: edits.bypass(d, ["ape"], on=False))
    assert loud == ape()


def test_a_name_that_is_taken_out_of_sight_is_refused() -> None:
    with pytest.raises(ProblemError, match="named left already"):
        on_sheet(ape(), "", lambda d: edits.rename(d, "in", "left"))
    added = edits.new_node(Document().graph, "layers.Dense", 0, 0)
    result = on_sheet(ape(), "", lambda d: edits.add(d, [replace(added, name="left")]))
    assert result.graph.nodes[added.id].name == "left_1"


def test_an_input_or_output_that_is_added_in_a_block_is_one_of_the_block() -> None:
    ends = [edits.new_node(Document().graph, kind, 0, 0) for kind in (INPUT, OUTPUT)]
    after = on_sheet(ape(), "ape", lambda d: edits.add(d, ends))
    sound(after)
    assert after.blocks["ape"].inputs == ("enter", ends[0].id)
    assert after.blocks["ape"].outputs == ("leave", ends[1].id)
    assert [after.graph.nodes[end.id].name for end in ends] == ["input_2", "output_2"]


def test_a_layer_shared_with_a_node_out_of_sight_stays_shared() -> None:
    document = edits.add(ape(), [replace(ape().graph.nodes["left"], id="twin", name="twin",
                                         params={}, shares="left", block="")])  # fmt: skip
    sheet = shown(document)
    assert (sheet.graph.nodes["twin"].shares, sheet.graph.nodes["twin"].params) == (
        "",
        {"filters": 4},
    )
    changed = on_sheet(document, "", lambda d: edits.set_param(d, "twin", "filters", 7))
    assert changed.graph.nodes["left"].params == {"filters": 7}
    assert changed.graph.nodes["twin"].shares == "left"
    alone = on_sheet(changed, "", lambda d: edits.remove(d, ["ape"]))
    assert alone.graph.nodes["twin"].params == {"filters": 7}
    assert not alone.graph.nodes["twin"].shares


# --- Copies -------------------------------------------------------------------------------------


@given(blocked(), st.data())
def test_a_copy_of_anything_is_sound_and_holds_as_much(
    document: Document, data: st.DataObject
) -> None:
    scope = data.draw(st.sampled_from(["", *document.blocks]))
    there = list(shown(document, scope).graph.nodes)
    chosen = data.draw(some(there)) if there else []
    fragment = from_data(to_data(cut_out(document, chosen)))
    target = data.draw(st.sampled_from(["", *document.blocks]))
    wired = data.draw(st.booleans())
    after, new_ids = put_in(document, fragment, 32, 32, keep_inputs=wired, scope=target)
    sound(after)
    assert len(after.blocks) == len(document.blocks) + len(fragment.blocks)
    added = {new_ids[key] for key in fragment.sheet.graph.nodes}
    assert added == shown(after, target).graph.nodes.keys() - shown(document, target).graph.nodes


def test_a_copy_of_a_block_is_of_its_kind_and_offers_its_own_parameters() -> None:
    after, new_ids = put_in(ape(), cut_out(ape(), ["ape"]), 300, 0)
    copy = after.blocks[new_ids["ape"]]
    assert (copy.kind, copy.title, copy.x, copy.y) == ("ApesBlock", "ape_1", 300, 160)
    assert copy.params == {"filters": tuple((new_ids[k], "filters") for k in ("left", "right"))}
    assert after.graph.nodes[new_ids["left"]].x == -100
    changed = on_sheet(after, "", lambda d: edits.set_param(d, copy.id, "filters", 9))
    assert changed.graph.nodes["left"].params == {"filters": 4}


def test_a_network_pasted_into_a_block_brings_its_ends_as_ports() -> None:
    flat = ungroup(ape(), "ape")
    after, new_ids = put_in(ape(), cut_out(flat, flat.graph.nodes), 0, 600, scope="ape")
    sound(after)
    assert after.blocks["ape"].inputs == ("enter", new_ids["in"])
    assert after.blocks["ape"].outputs == ("leave", new_ids["out"])
    assert after.graph.nodes[new_ids["in"]].params == {}
