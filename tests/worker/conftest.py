"""One shape worker for all tests of a process: it takes seconds to start."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Spared
from tests.worker.tiny_runs import Watch, watching
from tests.worker_client import WorkerClient


@pytest.fixture(scope="session")
def worker(spared: Spared) -> Iterator[WorkerClient]:
    """A running worker; tests that kill theirs start another."""
    with WorkerClient() as client:
        spared.processes.add(client.process.pid)
        yield client


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watch]]:
    """Starts real runs of a tiny script."""
    with watching(tmp_path) as begin:
        yield begin
