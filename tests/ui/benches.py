"""A furnished window for tests: everything of the real one but a worker process."""

from pathlib import Path

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from designer.catalog.registry import Layers
from designer.catalog.spec import Catalog
from designer.ui.app import make_application
from designer.ui.asking import Asker
from designer.ui.looks import Looks
from designer.ui.processes import Command, WorkerLink
from designer.ui.settings import Settings
from designer.ui.window import MainWindow
from designer.ui.workbench import Places, Workbench
from tests.fake_worker import FakeWorker


def furnish(
    qtbot: QtBot,
    catalog: Catalog,
    settings: Settings,
    folder: Path,
    asker: Asker | None = None,
) -> Workbench:
    """A window without a worker process: questions are answered at once by the fake one."""
    make_application()
    # A catalogue of its own: what a window loads into it must not be found in other tests.
    catalog = replace(catalog, layers=Layers(catalog.layers))
    looks = Looks(settings)
    window = MainWindow(settings, looks.theme)
    link = WorkerLink(Command("/nowhere/python", ()))
    places = Places(folder / "state", folder / "runs", folder / "blocks")
    bench = Workbench(window, looks, settings, places, catalog, link, asker)
    worker = FakeWorker()
    bench.session.asked.connect(lambda ask: bench.session.told(worker.answer(ask)))
    looks.setParent(window)
    link.setParent(window)
    return bench
