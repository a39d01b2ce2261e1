"""What a design notes of the files of a user's own layers."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from designer.document.model import Document, Graph, LayerFile, Node
from designer.document.own_layers import adopt, anchored, beside, needed, recorded, relative
from designer.document.problem import ProblemError
from designer.document.serialize import from_bytes, to_bytes

SCALE = Node("scale", "custom.my_layers.Scale", "scale", {"factor": 2.0})
HOLDER = Node(
    "holder",
    "layers.TimeDistributed",
    "holder",
    {"layer": {"object": "layers.X", "params": {"inner": [{"object": "custom.a.b.C"}]}}},
)


def document(*nodes: Node, files: tuple[LayerFile, ...] = ()) -> Document:
    return Document("own", Graph({node.id: node for node in nodes}), layer_files=files)


def test_modules_are_those_of_nodes_and_of_what_their_parameters_hold() -> None:
    plain = Node("conv", "layers.Conv2D", "conv", {"filters": 3})
    assert needed(document(SCALE, HOLDER, plain).graph) == {"my_layers", "a.b"}


def test_a_design_names_loaded_files_and_keeps_those_it_named() -> None:
    named = (LayerFile("a.b", "", "12"), LayerFile("gone", "/x/gone.py"))
    made = recorded(document(SCALE, HOLDER, files=named), {"my_layers": ("/x/my_layers.py", "ab")})
    assert made.layer_files == (
        LayerFile("a.b", "", "12"),
        LayerFile("my_layers", "/x/my_layers.py", "ab"),
    )
    assert recorded(made, {}) is made


def test_a_design_without_own_layers_stays_as_it_is() -> None:
    made = Document()
    assert recorded(made, {"my_layers": ("/x/my_layers.py", "ab")}) is made


def test_a_file_says_where_the_layers_lie_seen_from_itself(tmp_path: Path) -> None:
    inside, above = tmp_path / "parts" / "mine.py", tmp_path.parent / "other.py"
    files = (LayerFile("mine", str(inside), "ab"), LayerFile("other", str(above)))
    made = document(SCALE, files=files)
    written = relative(made, tmp_path)
    assert [file.file for file in written.layer_files] == ["parts/mine.py", "../other.py"]
    assert anchored(written, tmp_path) == made
    assert anchored(from_bytes(to_bytes(written)), tmp_path) == made


def test_in_a_folder_with_copies_of_its_own_a_design_means_those() -> None:
    made = document(SCALE, files=(LayerFile("mine", "/x/mine.py"), LayerFile("b", "/x/b.py")))
    assert [f.file for f in beside(made, {"mine.py"}).layer_files] == ["mine.py", "/x/b.py"]


def test_older_files_stay_as_they_are() -> None:
    assert b"layer_files" not in to_bytes(document(SCALE))


def test_nodes_of_other_types_are_adopted() -> None:
    other = replace(SCALE, id="other", type="custom.__main__.Scale")
    made = adopt(document(SCALE, other), {"custom.__main__.Scale": SCALE.type})
    assert {node.type for node in made.graph.nodes.values()} == {SCALE.type}
    assert adopt(made, {"layers.Dense": "x"}) is made


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([{"module": "os; import x"}], "bad_layer_file"),
        ([{"module": "a..b"}], "bad_layer_file"),
        ([{"module": "a"}, {"module": "a"}], "bad_layer_file"),
        ([{"module": f"a{n}"} for n in range(201)], "bad_layer_file"),
        ([{"module": ""}], "broken_field"),
        ([{"module": "a", "file": "x\ny"}], "broken_field"),
        ([{"module": "a", "file": "x" * 5000}], "broken_field"),
        ([{"module": "a", "sha256": "XYZ"}], "broken_field"),
        ([{"module": "a", "code": "print()"}], "broken_field"),
    ],
)
def test_a_hostile_file_is_refused(lines: list[dict[str, str]], code: str) -> None:
    body = json.loads(to_bytes(document(SCALE)))
    with pytest.raises(ProblemError) as caught:
        from_bytes(json.dumps({**body, "layer_files": lines}).encode())
    assert caught.value.problem.code == code
