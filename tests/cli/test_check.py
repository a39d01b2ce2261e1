"""`check`: what it prints for people and as JSON, and its exit status."""

import json
from pathlib import Path

import pytest

from designer.__main__ import main
from designer.document import edits
from designer.document.model import INPUT, Document, Edge, Node
from designer.document.serialize import from_bytes, to_bytes
from tests.cli.conftest import residual, saved, trainable

Capture = pytest.CaptureFixture[str]


def _check(document: Document, folder: Path, python: str, *options: str) -> int:
    return main(["check", saved(document, folder), "--python", python, *options])


def test_a_sound_design_is_valid(tmp_path: Path, fake_python: str, capsys: Capture) -> None:
    assert _check(trainable(), tmp_path, fake_python, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["valid"] is True
    assert told["parameters"] == {"total": 84, "trainable": 84}
    assert told["nodes"][1] == {
        "id": "conv",
        "name": "conv2d",
        "type": "layers.Conv2D",
        "output_shapes": [[None, 32, 32, 3]],
        "parameters": 84,
        "macs": 84_480,
        "activation_bytes": 32 * 12_288,
        "receptive_field": [3, 3],
        "depth": 1,
    }
    assert [node["id"] for node in told["nodes"]] == ["image", "conv", "add"]
    assert told["outputs"] == [{"id": "out", "name": "output", "shape": [None, 32, 32, 3]}]
    assert not [problem for problem in told["problems"] if problem["severity"] == "error"]


def test_a_network_without_data_is_valid(tmp_path: Path, fake_python: str, capsys: Capture) -> None:
    assert _check(residual(), tmp_path, fake_python) == 0
    assert "info: No data is chosen" in capsys.readouterr().out


def test_the_historical_trap_is_an_error(tmp_path: Path, fake_python: str, capsys: Capture) -> None:
    """(3, 256, 256) read as channels-last cannot be added to its convolution."""
    assert _check(residual((3, 256, 256)), tmp_path, fake_python, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["valid"] is False
    (error,) = [p for p in told["problems"] if p["severity"] == "error" and p["node"] == "add"]
    assert "channels_first" in error["message"]
    assert set(error) == {"severity", "code", "node", "message", "fixes"}


def test_a_cycle_is_told_and_ends_nothing(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    document = residual()
    (wire,) = [edge for edge in document.graph.edges if edge.target == "conv"]
    looped = document.graph.edges - {wire} | {type(wire)("add", 0, "conv", "inputs")}
    graph = type(document.graph)(document.graph.nodes, looped)
    assert _check(edits.replace_graph(document, graph), tmp_path, fake_python, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [problem["code"] for problem in told["problems"]] == ["cycle"]


def test_people_get_a_table_and_the_totals(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    assert _check(trainable(), tmp_path, fake_python) == 0
    text = capsys.readouterr().out
    assert "3 layers, 84 parameters, 84 trainable" in text
    assert "(None, 32, 32, 3)" in text
    assert text.endswith("valid\n")


def test_the_sums_of_the_costs_are_told(tmp_path: Path, fake_python: str, capsys: Capture) -> None:
    assert _check(trainable(), tmp_path, fake_python, "--json", "--batch", "4") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["costs"] == {
        "batch_size": 4,
        "macs": 86_016,
        "macs_at_least": False,
        "activation_bytes": 4 * 3 * 12_288,
        "training_bytes": 4 * 3 * 12_288 + 84 * 16,
        "bytes_at_least": False,
        "depth": 2,
    }
    assert _check(trainable(), tmp_path, fake_python, "--batch", "4") == 0
    text = capsys.readouterr().out
    assert "86 k multiply-accumulates a sample, depth 2; at a batch of 4 147 kB" in text
    assert "84,480" in text


def test_a_batch_of_nothing_is_refused(tmp_path: Path, fake_python: str) -> None:
    with pytest.raises(SystemExit):
        _check(trainable(), tmp_path, fake_python, "--batch", "0")


def test_an_interpreter_without_keras_is_told_in_one_line(tmp_path: Path, capsys: Capture) -> None:
    assert _check(trainable(), tmp_path, str(tmp_path / "python9")) == 1
    told = capsys.readouterr().err
    assert "--python" in told
    assert told.count("\n") == 1


def test_a_bypassed_layer_says_so_and_weighs_nothing(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    document = edits.bypass(trainable(), ["conv"], on=True)
    assert _check(document, tmp_path, fake_python, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["parameters"] == {"total": 0, "trainable": 0}
    conv = told["nodes"][1]
    assert conv["bypassed"] is True
    assert conv["output_shapes"] == [[None, 32, 32, 3]]
    assert "bypassed" not in told["nodes"][2]
    assert _check(document, tmp_path, fake_python) == 0
    assert "conv2d (bypassed)" in capsys.readouterr().out


def test_a_file_with_a_bypassed_input_is_no_design(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    path = tmp_path / "design.skipwire"
    path.write_bytes(
        to_bytes(residual()).replace(b'"id": "image"', b'"bypassed": true, "id": "image"')
    )
    assert main(["check", str(path), "--python", fake_python, "--json"]) == 1
    (error,) = json.loads(capsys.readouterr().out)["problems"]
    assert error["code"] == "bad_bypass"


def test_problems_carry_their_fixes_in_order(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    assert _check(residual((3, 256, 256)), tmp_path, fake_python, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    (error,) = [p for p in told["problems"] if p["code"] == "data_format"]
    labels = [fix["label"] for fix in error["fixes"]]
    assert labels[0] == "Give image the shape 256×256×3, channels last"
    assert 'Set data_format to "channels_first" in every layer behind image' in labels
    assert all(fix["explanation"] for fix in error["fixes"])


def test_fix_writes_a_design_that_is_clean(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    out = tmp_path / "mended.skipwire"
    options = ("--fix", "-o", str(out))
    assert _check(residual((3, 256, 256)), tmp_path, fake_python, *options) == 0
    assert "by: Give image the shape 256×256×3, channels last" in capsys.readouterr().out
    mended = from_bytes(out.read_bytes())
    assert mended.graph.nodes["image"].params["shape"] == [256, 256, 3]
    assert main(["check", str(out), "--python", fake_python]) == 0


def test_fix_leaves_what_it_cannot_mend_and_says_so(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    document = edits.add(Document(), (Node("image", INPUT, "image", {"shape": [8, 8, 3]}),))
    out = tmp_path / "left.skipwire"
    assert _check(document, tmp_path, fake_python, "--fix", "-o", str(out)) == 1
    text = capsys.readouterr().out
    assert "error: The design has no output" in text
    assert "no fix is known that Keras agrees to" in text


def test_fix_takes_out_what_keras_does_not_have(
    tmp_path: Path, fake_python: str, capsys: Capture
) -> None:
    unknown = Node("odd", "layers.NoSuchLayer", "odd")
    wire = Edge("image", 0, "odd", "inputs")
    document = edits.add(residual(), (unknown,), (wire,))
    out = tmp_path / "mended.skipwire"
    assert _check(document, tmp_path, fake_python, "--fix", "-o", str(out)) == 0
    assert "by: Delete odd" in capsys.readouterr().out
    assert "odd" not in from_bytes(out.read_bytes()).graph.nodes


def test_fix_wants_a_file_to_write(tmp_path: Path, fake_python: str, capsys: Capture) -> None:
    assert _check(residual(), tmp_path, fake_python, "--fix") == 2
    assert "name its file with -o" in capsys.readouterr().err
