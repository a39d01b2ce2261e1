"""One shape worker for all tests of a process: it takes seconds to start."""

from collections.abc import Iterator

import pytest

from tests.conftest import Spared
from tests.worker_client import WorkerClient


@pytest.fixture(scope="session")
def worker(spared: Spared) -> Iterator[WorkerClient]:
    """A running worker; tests that kill theirs start another."""
    with WorkerClient() as client:
        spared.processes.add(client.process.pid)
        yield client
