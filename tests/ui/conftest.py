"""Fixtures for tests of the window: a session that a worker without Keras answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document.model import Document
from designer.formats.examples import load_example
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench
from tests.fake_worker import FakeWorker
from tests.ui.benches import furnish


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


@pytest.fixture(autouse=True)
def _clipboard_is_left_empty() -> Iterator[None]:
    """What a test copied must not meet the next one, nor the end of the interpreter."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture
def bench(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path
) -> Iterator[Workbench]:
    """A furnished window that shows its start page."""
    made = furnish(qtbot, catalog, settings, tmp_path)
    made.window.show()
    yield made
    made.window.may_close = None
    made.close()
    made.window.close()
    made.window.deleteLater()
