"""The residual network, built without one event of the mouse, is what Keras builds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Start, finish

pytestmark = [pytest.mark.e2e, pytest.mark.keras, pytest.mark.xdist_group("e2e")]


def test_a_skip_connection_is_built_edited_and_saved_by_keys_alone(
    start: Start, tmp_path: Path
) -> None:
    design = tmp_path / "residual.skipwire"
    finish(start("tests.e2e.by_keyboard", design))
    line = [sys.executable, "-m", "designer", "check", str(design), "--json"]
    told = json.loads(subprocess.run(line, capture_output=True, text=True, check=False).stdout)
    (output,) = told["outputs"]
    assert told["valid"], told
    assert told["parameters"]["total"] == 84  # 3 filters of 3x3 on 3 channels, and their biases
    assert {node["type"] for node in told["nodes"]} == {
        "layers.InputLayer",
        "layers.Conv2D",
        "layers.Add",
    }
    assert [node["output_shapes"] for node in told["nodes"]] == 3 * [[output["shape"]]]
