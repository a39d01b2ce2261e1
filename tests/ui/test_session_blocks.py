"""The session shows one sheet of a design with blocks, and everything else is about all of it."""

from functools import partial

import pytest

from designer.codegen.script import Script
from designer.document import edits
from designer.document.diff import Change
from designer.document.grouping import group, ungroup
from designer.document.model import Document
from designer.document.serialize import from_bytes, to_bytes
from designer.infer.wiring import port_order
from designer.ui.session import Session
from tests.document.block_designs import ape


def _set(key: str, document: Document) -> Document:
    return edits.set_param(document, key, "kernel_size", 3)


@pytest.fixture
def inside(session: Session) -> Session:
    """A session that shows the block of the design from inside."""
    session.open(ape())
    session.enter("ape")
    return session


def test_a_design_with_blocks_is_opened_on_its_outer_sheet(session: Session) -> None:
    session.open(ape())
    assert set(session.document.graph.nodes) == {"in", "ape", "out"}
    assert session.whole == ape()
    assert session.scope == ""


def test_entering_a_block_shows_what_it_holds_and_leaving_selects_it(session: Session) -> None:
    session.open(ape())
    told: list[str] = []
    heard: list[Change] = []
    session.scope_changed.connect(lambda: told.append(session.scope))
    session.changed.connect(lambda change, origin: heard.append(change))
    session.enter("ape")
    assert heard[-1].added == {"enter", "left", "right", "sum", "leave"}
    assert session.leave()
    assert session.selection == {"ape"}
    assert told == ["ape", ""]
    assert not session.leave()
    assert not session.history.can_undo


def test_entering_asks_keras_nothing_that_was_asked_before(session: Session) -> None:
    asked: list[object] = []
    session.open(ape())
    session.asked.connect(asked.append)
    session.enter("ape")
    session.leave()
    assert not asked


def test_an_edit_in_a_block_is_one_of_the_whole_design(inside: Session) -> None:
    assert inside.do("Set", lambda d: edits.set_param(d, "left", "filters", 7))
    assert inside.whole.graph.nodes["left"].params["filters"] == 7
    assert from_bytes(to_bytes(inside.whole)) == inside.whole
    inside.undo()
    assert inside.whole == ape()
    assert inside.scope == "ape"


def test_undo_goes_to_the_sheet_where_it_happened(inside: Session) -> None:
    inside.do("Move", lambda d: edits.move(d, {"left": (9, 9)}))
    inside.leave()
    inside.do("Move", lambda d: edits.move(d, {"in": (9, 9)}))
    inside.undo()
    assert inside.scope == ""
    inside.undo()
    assert inside.scope == "ape"
    inside.leave()
    inside.redo()
    assert inside.scope == "ape"


def test_undoing_the_block_itself_shows_what_is_around_it(session: Session) -> None:
    session.open(ungroup(ape(), "ape"))
    made: list[str] = []

    def edit(document: Document) -> Document:
        after, key = group(document, "", ["left", "right", "sum"], port_order(session.catalog))
        made.append(key)
        return after

    assert session.do_whole("Group", edit)
    session.enter(made[0])
    session.undo()
    assert session.scope == ""
    assert session.whole == ungroup(ape(), "ape")
    session.redo()
    assert made[0] in session.document.graph.nodes


def test_what_is_done_to_the_whole_beside_the_ports_is_led_through_them(inside: Session) -> None:
    node = edits.new_node(inside.whole.graph, "layers.Flatten", 0, 0)
    inside.do_whole("Add", lambda d: edits.add(d, [node]))
    assert inside.whole.graph.nodes[node.id].block == ""
    assert node.id not in inside.document.graph.nodes


def test_the_script_is_of_the_whole_and_gives_a_block_its_lines(session: Session) -> None:
    session.open(ape())
    for key in ("left", "right"):
        session.do_whole("Set", partial(_set, key))
    outside, first = session.script, session.whole
    session.enter("ape")
    assert session.whole is first
    assert isinstance(outside, Script)
    assert session.script == outside
    assert "ape" in outside.spans


def test_a_thing_in_a_block_is_shown_by_revealing_it(session: Session) -> None:
    session.open(ape())
    session.reveal("left")
    assert session.scope == "ape"
    assert session.selection == {"left"}
    session.reveal("in")
    assert session.scope == ""
    assert session.selection == {"in"}


def test_each_design_keeps_the_sheet_that_it_showed(inside: Session) -> None:
    first = inside.current
    inside.open(Document(name="other"))
    assert inside.scope == ""
    inside.switch(first)
    assert inside.scope == "ape"
    assert "left" in inside.document.graph.nodes


def test_opening_another_document_in_its_place_shows_its_outer_sheet(inside: Session) -> None:
    inside.become(ape())
    assert inside.scope == ""


def test_no_block_of_that_id_is_entered(session: Session) -> None:
    session.open(ape())
    session.enter("gone")
    assert session.scope == ""


def test_the_sheet_is_the_same_object_until_something_changes(inside: Session) -> None:
    sheet = inside.document
    assert inside.document is sheet
    inside.leave()
    inside.enter("ape")
    assert inside.document is sheet
