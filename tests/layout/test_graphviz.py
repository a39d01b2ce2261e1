"""Layout by the program `dot`, and what is said where it is missing or too slow."""

from itertools import pairwise
from pathlib import Path

import pytest

from designer.document.problem import ProblemError
from designer.layout.graphviz import graphviz

NAMES = ['a"b', "node", "x y\n;", "->", "ä"]
SIZES = dict.fromkeys(NAMES, (176.0, 52.0))
EDGES = [*pairwise(NAMES), (NAMES[0], NAMES[3]), (NAMES[0], "gone")]


def test_dot_places_names_that_would_need_quoting() -> None:
    places = graphviz(SIZES, EDGES)
    heights = [places[name][1] for name in NAMES]
    assert heights == sorted(set(heights))
    assert heights[0] == 0
    right = graphviz(SIZES, EDGES, "right")
    along = [right[name][0] for name in NAMES]
    assert along == sorted(set(along))


def test_an_empty_design_needs_no_program() -> None:
    assert graphviz({}, [], program="there-is-no-such-program") == {}


def test_a_missing_program_names_the_package() -> None:
    with pytest.raises(ProblemError) as caught:
        graphviz(SIZES, EDGES, program="there-is-no-such-program")
    assert caught.value.problem.code == "graphviz_missing"
    assert "apt install graphviz" in caught.value.problem.message


def script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_slow_program_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        graphviz(SIZES, EDGES, program=script(tmp_path / "slow", "exec sleep 60"), timeout=0.2)
    assert caught.value.problem.code == "graphviz_slow"


def test_a_failing_program_is_quoted(tmp_path: Path) -> None:
    program = script(tmp_path / "bad", "cat > /dev/null; echo out of cheese >&2; exit 3")
    with pytest.raises(ProblemError) as caught:
        graphviz(SIZES, EDGES, program=program)
    assert caught.value.problem.code == "graphviz_failed"
    assert "out of cheese" in caught.value.problem.message


def test_another_thread_can_end_the_process() -> None:
    with pytest.raises(ProblemError, match="dot failed") as caught:
        graphviz({"a": (176, 48)}, [], started=lambda process: process.kill())
    assert caught.value.problem.code == "graphviz_failed"
