"""A thousand nodes come and go, and the window closes: nothing is left, and nothing was amiss."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("e2e")]

ROOT = Path(__file__).resolve().parents[2]
SHARE = 1.1  # what may be in memory afterwards, of what was there before


@pytest.mark.parametrize("mode", ["0", "1"], ids=["as released", "development mode"])
def test_a_thousand_nodes_leave_nothing_behind(mode: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDEVMODE": mode,
        "PYTHONWARNINGS": "error",
        "PYTHONFAULTHANDLER": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.leak_run", str(tmp_path)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["messages"] == []
    assert told["warnings"] == []
    assert not any(told["left"].values()), told["left"]
    for life in told["lives"]:
        assert life["after"] <= SHARE * life["before"], told["lives"]
    first, *_, last = (life["after"] for life in told["lives"])
    assert last <= SHARE * first, told["lives"]
