"""A shape worker for the few tests of inference that need Keras itself."""

from collections.abc import Iterator

import pytest

from tests.worker_client import WorkerClient


@pytest.fixture
def shape_worker() -> Iterator[WorkerClient]:
    """A running worker of its own."""
    with WorkerClient() as client:
        yield client
