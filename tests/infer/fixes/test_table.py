"""The table of broken designs against Keras: each names its problem, and its first fix mends it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from designer.codegen.script import generate
from designer.document.model import Document
from designer.infer.fixes.applying import applied
from designer.infer.fixes.fix import Fix
from tests.asked_keras import Keras
from tests.infer.fixes.sketch import Sketch
from tests.infer.fixes.untrainable_designs import BROKEN
from tests.worker_client import WorkerClient

pytestmark = pytest.mark.keras
SHARE = 0.95


@pytest.fixture(scope="module")
def keras() -> Iterator[Keras]:
    with WorkerClient() as client:
        yield Keras(client)


def drawn(title: str, folder: Path) -> tuple[str, Document]:
    code, draw = BROKEN[title]
    sketch = Sketch(folder)
    draw(sketch)
    return code, sketch.document


BUILD = """
import json, sys
for text in json.load(sys.stdin):
    try:
        scope = {"__name__": "design"}
        exec(compile(text, "design.py", "exec"), scope)
        scope["build_model"]()
        print("built", flush=True)
    except Exception as error:
        print(" ".join(str(error).split())[:200], flush=True)
"""


def built(scripts: list[str]) -> list[str]:
    """What Keras says of running each script: "built", or its words."""
    run = subprocess.run(
        [sys.executable, "-c", BUILD],
        input=json.dumps(scripts),
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    return run.stdout.splitlines()


def mended(keras: Keras, title: str, folder: Path) -> tuple[str, Document | None]:
    """The label of the first fix, and the design with it; None where there is no such problem."""
    code, document = drawn(title, folder)
    report = keras.report(document)
    problems = keras.problems(document, report)
    problem = next((p for p in problems if p.code == code), None)
    if problem is None:
        return f"the problems are {[p.code for p in problems]}", None
    offers = keras.offers(document, report, problem)
    if not offers:
        return f"no fix for: {problem.message}", None
    for offer in offers:
        assert msgspec.json.decode(msgspec.json.encode(offer.fix), type=Fix) == offer.fix
        assert offer.fix.label and offer.fix.explanation
    return offers[0].fix.label, applied(document, offers[0].fix)


def test_at_least_95_percent_of_first_fixes_give_a_design_that_keras_builds(
    keras: Keras, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found = {title: mended(keras, title, tmp_path) for title in BROKEN}
    fixed = {title: after for title, (_, after) in found.items() if after is not None}
    left = {t: keras.problems(after, keras.report(after)) for t, after in fixed.items()}
    clean = {title for title, problems in left.items() if not problems}
    words = built([generate(after, keras.catalog).text for after in fixed.values()])
    good = {title for title, said in zip(fixed, words, strict=True) if said == "built"} & clean
    with capsys.disabled():
        for title, (label, _) in found.items():
            rest = [problem.code for problem in left.get(title, ())] or ""
            sys.stdout.write(f"\n{'ok' if title in good else 'NO'}  {title}: {label} {rest}")
        sys.stdout.write(f"\n{len(good)} of {len(BROKEN)} first fixes build\n")
    assert len(BROKEN) >= 60
    assert len(good) / len(BROKEN) >= SHARE
