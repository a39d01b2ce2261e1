"""The pipe to the worker: answers come through, and every bad end is told in one sentence."""

import sys
from pathlib import Path

import pytest

from designer.catalog.spec import Catalog
from designer.cli.worker_client import WorkerClient, complete_report
from designer.document.problem import ProblemError
from designer.protocol import Ask, Step
from tests.cli.conftest import residual

QUESTION = Ask(1, (Step("layers.InputLayer", {"shape": [8, 8, 3]}),))


def _client(code: str, seconds: float = 20.0) -> WorkerClient:
    return WorkerClient([sys.executable, "-c", code], seconds, seconds)


def _ask(client: WorkerClient) -> ProblemError:
    with pytest.raises(ProblemError) as raised, client as worker:
        worker.ready()
        worker.ask(QUESTION)
    return raised.value


def test_a_design_is_reported_completely(fake_python: str, catalog: Catalog) -> None:
    with WorkerClient([fake_python]) as worker:
        report = complete_report(residual(), catalog, worker)
    assert report.complete
    assert report.totals.parameters == 84
    assert report.outputs[0].spec is not None
    assert report.outputs[0].spec.shape == (None, 256, 256, 3)


def test_an_interpreter_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "python9")
    with pytest.raises(ProblemError, match="python9 cannot be started") as raised:
        WorkerClient([missing]).__enter__()
    assert raised.value.problem.code == "no_interpreter"


def test_the_last_words_of_a_dead_worker_are_told() -> None:
    error = _ask(_client("import sys; sys.exit('No module named keras')"))
    assert error.problem.code == "worker_died"
    assert "No module named keras" in str(error)


def test_a_silent_worker_is_ended_after_a_while() -> None:
    error = _ask(_client("import time; time.sleep(60)", seconds=0.3))
    assert error.problem.code == "worker_silent"


def test_a_worker_without_keras_says_so_itself() -> None:
    error = _ask(_client('print(\'["fault",-1,"There is no Keras here."]\')'))
    assert error.problem.code == "worker_failed"
    assert "There is no Keras here" in str(error)


def test_rubbish_is_no_answer() -> None:
    error = _ask(_client("print('hello')"))
    assert error.problem.code == "worker_failed"
