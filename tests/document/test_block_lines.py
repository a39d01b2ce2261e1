"""Blocks in files: written where there are some, and refused where they make no sense."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from designer.document.diff import Change, diff
from designer.document.edits import move
from designer.document.model import Document
from designer.document.problem import ProblemError
from designer.document.serialize import from_bytes, to_bytes
from tests.document.block_designs import ape


def test_a_design_with_a_block_is_read_back_equal_and_written_the_same() -> None:
    data = to_bytes(ape())
    assert from_bytes(data) == ape()
    assert to_bytes(from_bytes(data)) == data


def test_a_block_has_one_line_and_without_any_there_is_none() -> None:
    assert to_bytes(ape()).count(b'"kind": "ApesBlock"') == 1
    plain = to_bytes(Document())
    assert b"block" not in plain


def test_a_change_names_the_blocks_that_came_or_went() -> None:
    with_block, without = ape(), Document()
    assert diff(without, with_block).blocks == {"ape"}
    assert diff(with_block, without).blocks == {"ape"}
    assert Change.everything(with_block).blocks == {"ape"}
    assert diff(with_block, move(with_block, {"in": (5, 5)})).blocks == frozenset()


Break = Callable[[dict[str, Any]], object]


def _node(body: dict[str, Any], key: str) -> dict[str, Any]:
    return next(line for line in body["nodes"] if line["id"] == key)


def _drop_block(body: dict[str, Any]) -> None:
    body["blocks"] = []


def _wire_beside(body: dict[str, Any]) -> None:
    body["edges"] = [{"source": ["in", 0], "target": ["sum", "inputs", 7]}]


def _two_in_a_circle(body: dict[str, Any]) -> None:
    for name in ("a", "b"):
        ports = {"inputs": [f"{name}_in"], "outputs": [f"{name}_out"]}
        body["blocks"].append({"id": name, "title": name, "kind": name, "at": [0, 0], **ports})
        for kind, end in (("block_input", "in"), ("block_output", "out")):
            key = f"{name}_{end}"
            body["nodes"].append({"id": key, "type": kind, "name": key, "block": name})
    for one, other in (("a_out", "b_in"), ("b_out", "a_in")):
        body["edges"].append({"source": [one, 0], "target": [other, "inputs", 0]})


@pytest.mark.parametrize(
    ("break_it", "expected"),
    [
        (_drop_block, "no block has this id"),
        (_wire_beside, "goes through the border of a block"),
        (_two_in_a_circle, "circle through the blocks"),
        (lambda b: b["blocks"][0].update(parent="ape"), "lies in itself"),
        (lambda b: b["blocks"][0].update(parent="gone"), "no block has this id"),
        (lambda b: b["blocks"][0].update(inputs=["left"]), "its ports are not"),
        (lambda b: b["blocks"][0].update(inputs=["enter", "enter"]), "its ports are not"),
        (lambda b: b["blocks"][0].update(inputs=["gone"]), "its ports are not"),
        (lambda b: b["blocks"][0].update(inputs=[]), "does not list it"),
        (lambda b: b["blocks"][0].update(id="in"), "there twice"),
        (lambda b: b["blocks"].append(b["blocks"][0]), "there twice"),
        (lambda b: b["blocks"][0].update(params={"n": [["gone", "n"]]}), "that is not there"),
        (lambda b: b["blocks"][0].update(title="x" * 300), "length"),
        (lambda b: b["blocks"][0].update(at=[1e300, 0]), "<= 1"),
        (lambda b: _node(b, "in").update(block="ape"), "stay outside of blocks"),
    ],
)
def test_a_block_that_makes_no_sense_is_refused_with_the_reason(
    break_it: Break, expected: str
) -> None:
    body = json.loads(to_bytes(ape()))
    break_it(body)
    with pytest.raises(ProblemError) as caught:
        from_bytes(json.dumps(body).encode(), "ape.skipwire")
    assert expected in caught.value.problem.message
    assert caught.value.problem.where.file == "ape.skipwire"


def test_more_blocks_than_anybody_needs_are_refused() -> None:
    body = json.loads(to_bytes(Document()))
    line = {"title": "b", "kind": "b", "at": [0, 0]}
    body["blocks"] = [{"id": f"b{n}", **line} for n in range(2_001)]
    with pytest.raises(ProblemError, match="at most 2000"):
        from_bytes(json.dumps(body).encode())


def test_blocks_nested_too_deep_are_refused() -> None:
    body = json.loads(to_bytes(Document()))
    line = {"title": "b", "kind": "b", "at": [0, 0]}
    parents = [{"id": f"b{n}", "parent": f"b{n - 1}" if n else "", **line} for n in range(60)]
    body["blocks"] = parents
    with pytest.raises(ProblemError, match="too deep"):
        from_bytes(json.dumps(body).encode())
