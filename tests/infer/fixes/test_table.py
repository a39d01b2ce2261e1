"""The table of broken designs against Keras: each names its problem, and its first fix mends it."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from designer.catalog.load import load
from designer.codegen.script import generate
from designer.document.model import Document
from designer.document.problem import Problem
from designer.infer.engine import Inference
from designer.infer.fixes.applying import applied
from designer.infer.report import Report
from designer.infer.trying import Offer, Trying
from designer.protocol import Ask, Told, encode
from tests.infer.fixes.more_broken_designs import BROKEN
from tests.infer.fixes.sketch import Sketch
from tests.worker_client import WorkerClient

pytestmark = pytest.mark.keras
SHARE = 0.95


class Keras:
    """Completes reports and trials by a real worker."""

    def __init__(self, client: WorkerClient) -> None:
        self._client = client
        self.catalog = load()
        self.inference = Inference(self.catalog)

    def report(self, document: Document) -> Report:
        """The whole report of a design."""
        report, ask = self.inference.update(document)
        while ask is not None:
            self._tell(ask)
            report, ask = self.inference.update(document)
        return report

    def offers(self, document: Document, report: Report, problem: Problem) -> tuple[Offer, ...]:
        """The fixes that Keras agrees to."""
        trying = Trying(self.inference, self.catalog)
        while asks := trying.go_on(document, report, problem):
            for ask in asks:
                self._tell(ask)
        return trying.offers(document, report, problem)

    def _tell(self, ask: Ask) -> None:
        self._client.send(encode(ask))
        told = self._client.receive()
        assert isinstance(told, Told), told
        self.inference.absorb(told)


@pytest.fixture(scope="module")
def keras() -> Iterator[Keras]:
    with WorkerClient() as client:
        yield Keras(client)


def drawn(title: str) -> tuple[str, Document]:
    code, draw = BROKEN[title]
    sketch = Sketch()
    draw(sketch)
    return code, sketch.document


def main_problem(report: Report, code: str) -> Problem | None:
    return next((p for p in report.problems if p.code == code), None)


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


def mended(keras: Keras, title: str) -> tuple[str, Document | None]:
    """The label of the first fix, and the design with it; None where there is no such problem."""
    code, document = drawn(title)
    report = keras.report(document)
    problem = main_problem(report, code)
    if problem is None:
        return f"the problems are {[p.code for p in report.problems]}", None
    offers = keras.offers(document, report, problem)
    if not offers:
        return f"no fix for: {problem.message}", None
    return offers[0].fix.label, applied(document, offers[0].fix)


def test_at_least_95_percent_of_first_fixes_give_a_design_that_keras_builds(
    keras: Keras, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {title: mended(keras, title) for title in BROKEN}
    fixed = {title: after for title, (_, after) in found.items() if after is not None}
    clean = {title for title, after in fixed.items() if not keras.report(after).problems}
    words = built([generate(after, keras.catalog).text for after in fixed.values()])
    good = {title for title, said in zip(fixed, words, strict=True) if said == "built"} & clean
    with capsys.disabled():
        for title, (label, _) in found.items():
            sys.stdout.write(f"\n{'ok' if title in good else 'NO'}  {title}: {label}")
        sys.stdout.write(f"\n{len(good)} of {len(BROKEN)} first fixes build\n")
    assert len(BROKEN) >= 60
    assert len(good) / len(BROKEN) >= SHARE
