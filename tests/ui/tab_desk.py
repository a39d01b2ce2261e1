"""A window with tabs, its files and the answers to its questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.model import Document
from designer.document.serialize import to_bytes
from designer.ui.settings import Settings
from designer.ui.tabs import DesignTabs, Mark
from designer.ui.workbench import Workbench
from tests.ui.answers import Answers
from tests.ui.benches import furnish


class Desk:
    """A furnished window that is shown, and the answers to its questions."""

    def __init__(self, bench: Workbench, answers: Answers, folder: Path) -> None:
        self.bench = bench
        self.session = bench.session
        self.answers = answers
        self.folder = folder

    @property
    def tabs(self) -> DesignTabs:
        return self.bench.tab_commands.row.tabs

    @property
    def texts(self) -> list[str]:
        return [self.tabs.tabText(place) for place in range(self.tabs.count())]

    def file(self, name: str, inner: str = "", folder: str = ".") -> Path:
        path = self.folder / folder / f"{name}.skipwire"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(to_bytes(Document(inner or name)))
        return path

    def open(self, *names: str) -> None:
        self.bench.documents.open_all([self.file(name) for name in names])

    def edit(self, notes: str = "edited") -> None:
        assert self.session.do("Note", lambda d: edits.set_notes(d, notes))

    def trigger(self, key: str) -> None:
        action = self.bench.window.actions_by_id[key]
        assert action.isEnabled(), key
        action.trigger()

    def mark(self, place: int) -> Mark:
        mark = self.tabs.tabButton(place, QTabBar.ButtonPosition.RightSide)
        assert isinstance(mark, Mark)
        return mark

    def middle(self, place: int) -> QPoint:
        """The middle of a tab, once the row has its width for all of them."""
        row = self.bench.tab_commands.row.layout()
        assert row is not None
        row.activate()
        return self.tabs.tabRect(place).center()

    def locks(self) -> int:
        return len(list((self.folder / "state" / "locks").glob("*.lock")))


@contextmanager
def opened(qtbot: QtBot, catalog: Catalog, settings: Settings, folder: Path) -> Iterator[Desk]:
    """A furnished window that is shown; nothing asks when it is closed."""
    answers = Answers()
    bench = furnish(qtbot, catalog, settings, folder, answers)
    with qtbot.waitExposed(bench.window):
        bench.window.show()
    yield Desk(bench, answers, folder)
    bench.window.may_close = None
    bench.close()
    bench.window.close()
    bench.window.deleteLater()
