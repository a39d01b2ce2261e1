"""The command "Load custom layers…", and what the window says of files of layers."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from designer.catalog.own_layers import of_module
from designer.document.files import cannot_write, write_atomic
from designer.document.model import LayerFile
from designer.document.own_layers import needed
from designer.document.problem import Problem, ProblemError
from designer.formats.layer_file import LayerSource
from designer.ui.documents import Documents
from designer.ui.layers_dialog import LayersDialog
from designer.ui.looks import Looks
from designer.ui.message_bar import MessageBar
from designer.ui.own_layers import OwnLayers
from designer.ui.session import Session
from designer.ui.translate import tell
from designer.ui.window import MainWindow

_MANY = 6  # names that a sentence holds
_DOUBTS = 2  # remarks that the bar has room for


class LayerCommands(QObject):
    """Asks before a file is run, and tells what came of it."""

    def __init__(
        self,
        own: OwnLayers,
        session: Session,
        window: MainWindow,
        looks: Looks,
        bar: MessageBar,
        complain: Callable[[Problem], object],
    ) -> None:
        super().__init__(window)
        self.own = own
        self._session = session
        self._window = window
        self._looks = looks
        self._bar = bar
        self.dialog: LayersDialog | None = None
        own.loaded.connect(self._tell_loaded)
        self._complain = complain
        own.failed.connect(complain)
        own.missing.connect(self._tell_missing)
        own.stale.connect(self._tell_stale)

    def follow(self, documents: Documents) -> None:
        """Looks at what each design needs when it is shown."""
        documents.opened.connect(self.own.consider)
        documents.shown.connect(self.own.consider)
        documents.exported.connect(self._tell_exported)

    def load(self) -> None:
        """Asks for a file, beginning with one that the design needs."""
        needs = needed(self._session.whole.graph) - self.own.sources.keys()
        known = (f for f in self._session.whole.layer_files if f.module in needs)
        self.ask(next(known, None))

    def ask(self, file: LayerFile | None = None) -> None:
        """Opens the dialog, filled in with a file or module if one is meant."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        dialog = self.dialog = LayersDialog(self._looks.theme, self.own.locate, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.own.located.connect(dialog.show_located)
        dialog.finished.connect(self._answered)
        if file is not None:
            dialog.show_file(file.file or file.module, file.sha256)
        dialog.open()

    def _answered(self, result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None and result and dialog.source is not None:
            self.own.load(dialog.source)

    # --- what is told -------------------------------------------------------------------------

    def _tell_loaded(self, source: LayerSource, doubts: tuple[Problem, ...]) -> None:
        names = [spec.name for spec in of_module(self._session.catalog, source.module)]
        shown = ", ".join([*names[:_MANY], *(["…"] if len(names) > _MANY else [])])
        text = self.tr("{file} is loaded; the palette has {names}.")
        told = text.format(file=source.path.name, names=shown)
        lines = [told, *map(tell, doubts[:_DOUBTS]), *(["…"] if len(doubts) > _DOUBTS else [])]
        if any(doubt.severity == "warning" for doubt in doubts):
            self._bar.say("warning", "\n".join(lines))
        else:
            self._bar.say_done("\n".join(lines))

    def _tell_missing(self, files: tuple[LayerFile, ...]) -> None:
        names = ", ".join(Path(f.file).name if f.file else f.module for f in files)
        text = self.tr("This design uses layers of {names}, which are not loaded.")
        offer = (self.tr("Load…"), partial(self.ask, files[0]))
        self._bar.say("warning", text.format(names=names), offer)

    def _tell_exported(self, path: Path) -> None:
        """A script needs the files of its layers beside it."""
        needs = self.own.contents(self._session.whole) if path.suffix == ".py" else {}
        absent = {name: data for name, data in needs.items() if not (path.parent / name).exists()}
        if not absent:
            return
        text = self.tr("{name} is written. It imports {files}, which lies elsewhere.")
        told = text.format(name=path.name, files=", ".join(absent))
        self._bar.say("info", told, (self.tr("Copy it there"), partial(self._copy, path, absent)))

    def _copy(self, script: Path, contents: Mapping[str, bytes]) -> None:
        try:
            for name, data in contents.items():
                target = script.parent / name
                target.parent.mkdir(parents=True, exist_ok=True)
                write_atomic(target, data)
        except ProblemError as error:
            self._complain(error.problem)
        except OSError as error:
            self._complain(cannot_write(script.parent, error).problem)
        else:
            text = self.tr("{name} has its layers beside it now.")
            self._bar.say_done(text.format(name=script.name))

    def _tell_stale(self, source: LayerSource) -> None:
        text = self.tr("{name} has changed since it was loaded.").format(name=source.path.name)
        path = source.module if source.named else str(source.path)
        again = LayerFile(source.module, "" if source.named else path)
        self._bar.say("warning", text, (self.tr("Load again…"), partial(self.ask, again)))
