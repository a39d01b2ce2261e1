"""The file keeps every document, merges line by line, and tells what is wrong with a broken one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document import edits
from designer.document.migrations import VERSION, migrate
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.problem import ProblemError, Where
from designer.document.serialize import from_bytes, schema, to_bytes
from designer.resources import read_bytes
from tests.document.strategies import grown


def small() -> Document:
    nodes = [Node("a", "layers.Dense", "a", {"units": 3}), Node("b", "layers.Dense", "b")]
    return edits.add(Document(), nodes, [Edge("a", 0, "b", "inputs")])


def code(data: bytes) -> str:
    with pytest.raises(ProblemError) as error:
        from_bytes(data, "x.skipwire")
    assert error.value.problem.where.file == "x.skipwire"
    return error.value.problem.code


@given(grown())
def test_what_is_written_is_read_back_equal_and_written_the_same(document: Document) -> None:
    data = to_bytes(document)
    assert from_bytes(data) == document
    assert to_bytes(from_bytes(data)) == data


@given(grown())
def test_each_node_and_each_wire_has_a_line_of_its_own(document: Document) -> None:
    lines = to_bytes(document).decode().splitlines()
    assert sum('"at":' in line for line in lines) >= len(document.graph.nodes)
    assert sum(line.startswith('    {"source"') for line in lines) == len(document.graph.edges)


def test_changing_one_parameter_changes_one_line() -> None:
    before = to_bytes(small()).decode().splitlines()
    after = to_bytes(edits.set_param(small(), "a", "units", 4)).decode().splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_with_a_problem_not_an_exception(data: bytes) -> None:
    with pytest.raises(ProblemError):
        from_bytes(data)


@given(grown(), st.integers(0, 10_000))
def test_a_file_cut_off_anywhere_is_refused(document: Document, cut: int) -> None:
    data = to_bytes(document).rstrip()
    with pytest.raises(ProblemError):
        from_bytes(data[: cut % len(data)])


def changed(**fields: object) -> bytes:
    return json.dumps({**json.loads(to_bytes(small())), **fields}).encode()


NODE = {"id": "a", "type": "layers.Dense", "name": "a"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"{", "not_json"),
        (b"\xff\xfe", "not_text"),
        (b"[]", "not_a_design"),
        (b"[" * 100_000, "not_json"),
        (b'{"format": "skipwire-design", "version": NaN}', "not_json"),
        (changed(version=VERSION + 1), "newer_version"),
        (changed(version="1"), "bad_version"),
        (changed(version=True), "bad_version"),
        (changed(nodes=5), "broken_field"),
        (changed(surprise=1), "broken_field"),
        (changed(nodes=[NODE, NODE]), "double_id"),
        (changed(nodes=[{**NODE, "at": [1]}], edges=[]), "broken_field"),
        (changed(nodes=[NODE]), "loose_wire"),
        (changed(nodes=[{**NODE, "shares": "zzz"}], edges=[]), "bad_share"),
        (changed(nodes=[{**NODE, "bypassed": 1}], edges=[]), "broken_field"),
        (changed(nodes=[{**NODE, "bypassed": None}], edges=[]), "broken_field"),
        (changed(nodes=[{**NODE, "type": INPUT, "bypassed": True}], edges=[]), "bad_bypass"),
        (changed(nodes=[{**NODE, "type": OUTPUT, "bypassed": True}], edges=[]), "bad_bypass"),
        (changed(edges=[{"source": ["a", -1], "target": ["b", "inputs", 0]}]), "bad_wire"),
        (changed(edges=[{"source": ["a", 0], "target": ["b", "inputs", 0]}] * 2), "double_wire"),
        (changed(edges=[{"source": ["a", 0], "target": ["a", "inputs", 0]}]), "cycle"),
    ],
)
def test_a_broken_file_says_which_rule_it_breaks(data: bytes, expected: str) -> None:
    assert code(data) == expected


FRAME = {"id": "f", "at": [0, 0], "size": [100, 100]}
NOTE = {"id": "n", "at": [0, 0], "size": [100, 100]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"frames": [{**FRAME, "size": [0, 100]}]}, "broken_field"),
        ({"frames": [{**FRAME, "size": [100, 1e7]}]}, "broken_field"),
        ({"frames": [{**FRAME, "at": [10**400, 0]}]}, "broken_field"),
        ({"frames": [{**FRAME, "at": [1e10, 0]}]}, "broken_field"),
        ({"frames": [{**FRAME, "color": "#FF0000"}]}, "broken_field"),
        ({"frames": [{**FRAME, "title": "two\nlines"}]}, "broken_field"),
        ({"frames": [{**FRAME, "title": "line\n"}]}, "broken_field"),
        ({"frames": [{**FRAME, "title": "x" * 101}]}, "broken_field"),
        ({"frames": [{**FRAME, "id": ""}]}, "broken_field"),
        ({"frames": [{**FRAME, "nodes": ["a"]}]}, "broken_field"),
        ({"frames": [FRAME, FRAME]}, "double_id"),
        ({"frames": [{**FRAME, "id": "a"}]}, "double_id"),
        ({"frames": [FRAME], "sticky_notes": [{**NOTE, "id": "f"}]}, "double_id"),
        ({"frames": [{**FRAME, "id": f"f{n}"} for n in range(2001)]}, "too_many_marks"),
        ({"sticky_notes": [{**NOTE, "text": "x" * 20_001}]}, "broken_field"),
        ({"sticky_notes": [{**NOTE, "text": 3}]}, "broken_field"),
        ({"sticky_notes": [{**NOTE, "color": "core"}]}, "broken_field"),
    ],
)
def test_frames_and_notes_that_no_one_could_draw_are_refused(
    fields: dict[str, object], expected: str
) -> None:
    assert code(changed(**fields)) == expected


def test_each_frame_and_each_note_has_a_line_and_without_any_there_is_none() -> None:
    plain = to_bytes(small()).decode().splitlines()
    assert not any("frames" in line or "sticky" in line for line in plain)
    lines = to_bytes(from_bytes(changed(frames=[FRAME], sticky_notes=[NOTE]))).decode().splitlines()
    added = [line for line in lines if line not in plain]
    assert added == [
        '  "frames": [',
        '    {"at": [0, 0], "id": "f", "size": [100, 100]}',
        '  "sticky_notes": [',
        '    {"at": [0, 0], "id": "n", "size": [100, 100]}',
    ]


def test_a_number_too_large_is_refused() -> None:
    data = to_bytes(small()).replace(b'"units": 3', b'"units": 1e999')
    assert code(data) == "not_json"


def test_a_number_with_thousands_of_digits_is_told_without_advice_for_programmers() -> None:
    data = to_bytes(Document()).replace(b'"epochs": 10', b'"epochs": ' + b"9" * 6000)
    with pytest.raises(ProblemError, match="more digits than any value needs") as error:
        from_bytes(data)
    assert "sys." not in str(error.value)


def test_deep_nesting_is_refused() -> None:
    deep: object = 1
    for _ in range(100):
        deep = [deep]
    assert code(changed(nodes=[{**NODE, "params": {"x": deep}}], edges=[])) == "not_json"


def test_only_a_bypassed_node_says_in_its_line_that_it_is() -> None:
    before = to_bytes(small()).decode().splitlines()
    assert not any("bypassed" in line for line in before)
    bypassed = edits.bypass(small(), ["b"], on=True)
    after = to_bytes(bypassed).decode().splitlines()
    (line,) = set(after) - set(before)
    assert '"bypassed": true' in line
    assert len(after) == len(before)
    assert from_bytes(to_bytes(bypassed)).graph.bypassed == {"b"}


def test_a_broken_line_is_named() -> None:
    data = to_bytes(small()).replace(b'"id": "b",', b'"id": "b"')
    with pytest.raises(ProblemError) as error:
        from_bytes(data)
    line = next(n for n, text in enumerate(data.decode().splitlines(), 1) if '"id": "b"' in text)
    assert f"Line {line}," in str(error.value)


def test_a_value_that_json_lacks_is_refused_when_saving() -> None:
    with pytest.raises(ProblemError) as error:
        to_bytes(edits.set_param(small(), "a", "units", float("nan")))
    assert error.value.problem.code == "cannot_serialize"


def test_older_versions_are_brought_up_step_by_step() -> None:
    steps = {1: lambda b: {**b, "b": b["a"] + 1}, 2: lambda b: {**b, "c": b["b"] + 1}}
    body = migrate({"version": 1, "a": 1}, Where(), steps, 3)
    assert body == {"version": 3, "a": 1, "b": 2, "c": 3}


def test_the_published_schema_is_the_one_that_reads_files() -> None:
    assert json.loads(read_bytes("design.schema.json")) == json.loads(json.dumps(schema()))


@pytest.mark.parametrize("place", [-0.0004, 1e-7, -0.0, 1 / 3, 2.9996, 1e9 + 0.0001])
def test_a_place_that_is_rounded_is_written_as_it_will_be_read(place: float) -> None:
    saved = to_bytes(Document(graph=Graph({"a": Node("a", "layers.Add", "a", x=place)})))
    assert to_bytes(from_bytes(saved)) == saved
