"""Fixtures for tests of the window: a session that a worker without Keras answers."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.formats.examples import load_example
from designer.ui.session import Session
from designer.ui.settings import Settings
from tests.fake_worker import FakeWorker


@pytest.fixture
def session(qtbot: QtBot, catalog: Catalog) -> Session:
    """A session with an empty design; questions are answered at once."""
    made = Session(catalog)
    worker = FakeWorker()
    made.asked.connect(lambda ask: made.told(worker.answer(ask)))
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings in a file of this test's own."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def autoencoder() -> Document:
    """The skip autoencoder that ships with Skipwire."""
    return load_example("skip_autoencoder")
