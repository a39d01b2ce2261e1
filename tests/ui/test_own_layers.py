"""Files of layers in the window: what is run and when, against a worker that only notes it."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from designer.catalog import own_layers
from designer.catalog.load import load
from designer.document.model import INPUT, Document, Edge, Graph, LayerFile, Node
from designer.document.problem import Problem
from designer.formats.layer_file import LayerSource, read_layers
from designer.ui.own_layers import OwnLayers
from designer.ui.processes import Command, WorkerLink, worker_command
from designer.ui.session import Session
from designer.ui.settings import Settings
from designer.ui.trust import Trust

FILES = Path(__file__).resolve().parents[1] / "custom_files"
WAIT = 20_000  # milliseconds
# Notes each order beside the file, and does what the file's text says.
WORKER = """
import hashlib, os, sys, time
from designer.protocol import *
out = sys.stdout.buffer
def say(message):
    out.write(encode(message)); out.flush()
say(Ready(PROTOCOL_VERSION, "3.11", "3.15.1", "tensorflow", "2.21"))
def load(order):
    with open(order.path + ".orders", "a") as notes:
        notes.write("x")
    text = open(order.path, "rb").read()
    if hashlib.sha256(text).hexdigest() != order.files[order.path]:
        return NotLoaded(order.request, order.module, "custom_changed", order.path)
    if b"# die" in text: os._exit(5)
    if b"# hang" in text: time.sleep(60)
    if b"# odd" in text: return Loaded(order.request, order.module, {"layers.Conv2D": {}})
    if b"# no" in text: return NotLoaded(order.request, order.module, "custom_raised", "no", 3)
    key = f"custom.{order.module}.Same"
    spec = {"key": key, "name": "Same", "category": "custom", "module": order.module,
            "class_name": "Same", "inputs": [{"name": "x"}]}
    return Loaded(order.request, order.module, {key: spec})
for line in sys.stdin.buffer:
    message = decode(line)
    if isinstance(message, Quit):
        break
    if isinstance(message, Load):
        say(load(message))
    elif isinstance(message, Locate):
        say(Located(message.request, message.module, ""))
    else:
        say(Told(message.request, tuple(Answer((TensorSpec((None, 4)),), 3, 3)
                                        for _ in message.steps)))
"""
TEXT = "import keras\nclass Same(keras.layers.Layer):\n    pass\n"


class Room:
    """A session, its worker, and what was told."""

    def __init__(
        self, folder: Path, store: Settings, seconds: float = 20.0, command: Command | None = None
    ) -> None:
        self.folder = folder
        self.session = Session(load())
        self.link = WorkerLink(command or Command(sys.executable, ("-c", WORKER)))
        self.own = OwnLayers(
            self.session, self.link, Trust(store), self.session, seconds=seconds, grace=0.1
        )
        self.session.asked.connect(self.link.ask)
        self.link.told.connect(self.session.told)
        self.link.ready.connect(self.session.worker_ready)
        self.loaded: list[LayerSource] = []
        self.failed: list[Problem] = []
        self.missing: list[tuple[LayerFile, ...]] = []
        self.stale: list[LayerSource] = []
        self.own.loaded.connect(lambda source, doubts: self.loaded.append(source))
        self.own.failed.connect(self.failed.append)
        self.own.missing.connect(self.missing.append)
        self.own.stale.connect(self.stale.append)

    def file(self, more: str = "", name: str = "mine.py") -> Path:
        path = self.folder / name
        path.write_text(TEXT + more, encoding="utf-8")
        return path

    def orders(self, path: Path) -> int:
        notes = path.with_name(path.name + ".orders")
        return len(notes.read_text(encoding="utf-8")) if notes.exists() else 0

    def design(self, path: Path, kind: str = "custom.mine.Same", port: str = "x") -> Document:
        nodes = (Node("image", INPUT, "image", {"shape": [4]}), Node("own", kind, "own"))
        graph = Graph({n.id: n for n in nodes}, frozenset({Edge("image", 0, "own", port)}))
        return Document("own", graph, layer_files=(LayerFile(path.stem, str(path), "ab"),))

    def close(self) -> None:
        self.link.stop()
        self.session.close()


@pytest.fixture
def room(qtbot: QtBot, settings: Settings, tmp_path: Path) -> Iterator[Room]:
    """A room whose worker is ready."""
    made = Room(tmp_path, settings)
    made.link.start()
    qtbot.waitUntil(lambda: made.link.state.phase == "ready", timeout=WAIT)
    yield made
    made.close()


def load_it(qtbot: QtBot, room: Room, path: Path) -> None:
    count = len(room.loaded)
    room.own.load(read_layers(path))
    qtbot.waitUntil(lambda: len(room.loaded) > count, timeout=WAIT)


@pytest.mark.keras
def test_a_file_that_does_harm_is_not_run_before_the_yes(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    path, mark = tmp_path / "harm.py", tmp_path / "harm_was_run"
    shutil.copy(FILES / "harm.py", path)
    room = Room(tmp_path, settings, command=worker_command())
    room.link.start()
    room.session.become(room.design(path, "custom.harm.Harmless", "inputs"))
    room.own.consider()
    source = read_layers(path)
    qtbot.waitUntil(lambda: room.link.state.phase == "ready", timeout=60_000)
    qtbot.waitUntil(lambda: room.session.report.nodes["image"].known, timeout=WAIT)
    assert len(room.missing) == 1
    assert not mark.exists()
    room.own.load(source)
    qtbot.waitUntil(lambda: bool(room.loaded), timeout=WAIT)
    assert mark.exists()
    qtbot.waitUntil(lambda: room.session.report.nodes["own"].known, timeout=WAIT)
    room.close()


def test_a_loaded_file_brings_its_layers_and_the_design_is_judged(qtbot: QtBot, room: Room) -> None:
    path = room.file()
    room.session.become(room.design(path))
    assert "custom_not_loaded" in {p.code for p in room.session.report.errors}
    load_it(qtbot, room, path)
    assert [s.name for s in own_layers.of_module(room.session.catalog, "mine")] == ["Same"]
    qtbot.waitUntil(lambda: room.session.report.complete, timeout=WAIT)
    assert {p.code for p in room.session.report.errors} == {"no_data"}
    assert room.session.report.nodes["own"].parameters == 3
    (noted,) = room.session.whole.layer_files
    assert noted.sha256 == read_layers(path).digest


def test_opening_a_design_neither_runs_nor_reads_what_it_names(
    qtbot: QtBot, room: Room, tmp_path: Path
) -> None:
    # Whoever read this would wait for ever.
    pipe = tmp_path / "mine.py"
    os.mkfifo(pipe)
    room.session.become(room.design(pipe))
    room.own.consider()
    ((file,),) = room.missing
    assert (file.module, file.file) == ("mine", str(pipe))
    assert room.orders(pipe) == 0


def test_a_file_that_was_agreed_to_is_loaded_again_without_a_question(
    qtbot: QtBot, room: Room, settings: Settings, tmp_path: Path
) -> None:
    path = room.file()
    load_it(qtbot, room, path)
    other = Room(tmp_path, settings)
    other.session.become(other.design(path))
    other.own.consider()
    assert other.missing == []
    assert other.orders(path) == 1, "there is no worker yet"
    other.link.start()
    qtbot.waitUntil(lambda: len(other.loaded) == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: other.session.report.complete, timeout=WAIT)
    assert {p.code for p in other.session.report.errors} == {"no_data"}
    other.close()


def test_a_file_of_other_content_is_asked_about_anew(
    qtbot: QtBot, room: Room, settings: Settings, tmp_path: Path
) -> None:
    path = room.file()
    load_it(qtbot, room, path)
    path = room.file("# other\n")
    other = Room(tmp_path, settings)
    other.session.become(other.design(path))
    other.own.consider()
    assert len(other.missing) == 1
    other.close()


def test_a_file_that_was_taken_off_the_list_is_asked_about_anew(
    qtbot: QtBot, room: Room, settings: Settings
) -> None:
    path = room.file()
    load_it(qtbot, room, path)
    trust = Trust(settings)
    assert trust.files() == (path,)
    trust.remove(path)
    assert not trust.knows(path)
    assert not trust.allows(read_layers(path))


def test_a_new_worker_is_given_the_files_before_the_questions(qtbot: QtBot, room: Room) -> None:
    path = room.file()
    room.session.become(room.design(path))
    load_it(qtbot, room, path)
    qtbot.waitUntil(lambda: room.session.report.complete, timeout=WAIT)
    before = room.link.pid
    os.kill(before, signal.SIGKILL)
    qtbot.waitUntil(lambda: room.orders(path) == 2, timeout=WAIT)
    qtbot.waitUntil(lambda: room.link.state.phase == "ready", timeout=WAIT)
    assert room.link.pid != before
    assert room.failed == []
    assert len(room.loaded) == 1, "nobody is told again of what is as it was"
    assert "custom.mine.Same" in room.session.catalog.layers


def test_a_new_worker_does_not_run_what_has_changed_meanwhile(qtbot: QtBot, room: Room) -> None:
    path = room.file()
    load_it(qtbot, room, path)
    room.file("# other\n")
    os.kill(room.link.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(room.failed), timeout=WAIT)
    assert room.failed[0].code == "custom_changed"
    assert "custom.mine.Same" not in room.session.catalog.layers
    assert room.own.sources == {}


def test_a_file_that_ends_the_worker_is_run_once(qtbot: QtBot, room: Room) -> None:
    good, bad = room.file(), room.file("# die\n", "bad.py")
    load_it(qtbot, room, good)
    room.own.load(read_layers(bad))
    qtbot.waitUntil(lambda: bool(room.failed), timeout=WAIT)
    assert (room.failed[0].code, room.failed[0].where.file) == ("custom_died", str(bad))
    qtbot.waitUntil(lambda: room.orders(good) == 2, timeout=WAIT)
    qtbot.waitUntil(lambda: room.link.state.phase == "ready", timeout=WAIT)
    assert room.orders(bad) == 1
    assert not room.own.trust.knows(bad), "the next start does not try it either"
    assert "custom.mine.Same" in room.session.catalog.layers


def test_a_file_that_never_comes_back_ends_with_its_worker(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    room = Room(tmp_path, settings, seconds=0.4)
    room.link.start()
    qtbot.waitUntil(lambda: room.link.state.phase == "ready", timeout=WAIT)
    path, before = room.file("# hang\n"), room.link.pid
    room.own.load(read_layers(path))
    qtbot.waitUntil(lambda: bool(room.failed), timeout=WAIT)
    assert room.failed[0].code == "custom_endless"
    qtbot.waitUntil(
        lambda: room.link.state.phase == "ready" and room.link.pid != before, timeout=WAIT
    )
    assert room.orders(path) == 1
    assert len(room.failed) == 1
    room.close()


@pytest.mark.parametrize(("text", "code"), [("# no\n", "custom_raised"), ("# odd\n", "custom_odd")])
def test_a_file_that_fails_changes_nothing(text: str, code: str, qtbot: QtBot, room: Room) -> None:
    room.own.load(read_layers(room.file(text)))
    qtbot.waitUntil(lambda: bool(room.failed), timeout=WAIT)
    assert room.failed[0].code == code
    assert room.own.sources == {}
    assert not own_layers.of_module(room.session.catalog, "mine")


def test_a_file_that_changes_on_the_disk_is_told_of_once(qtbot: QtBot, room: Room) -> None:
    path = room.file()
    load_it(qtbot, room, path)
    room.file("# other\n")
    qtbot.waitUntil(lambda: bool(room.stale), timeout=WAIT)
    assert room.stale[0].path == path
    load_it(qtbot, room, path)
    assert room.own.sources["mine"].digest == read_layers(path).digest
    assert len(room.stale) == 1


def test_nodes_of_a_saved_model_become_those_of_the_file_in_one_step(
    qtbot: QtBot, room: Room
) -> None:
    path = room.file()
    room.session.become(room.design(path, "custom.__main__.Same", "tensor_1"))
    load_it(qtbot, room, path)
    (edge,) = room.session.whole.graph.edges
    assert (room.session.whole.graph.nodes["own"].type, edge.input) == ("custom.mine.Same", "x")
    room.session.undo()
    assert room.session.whole.graph.nodes["own"].type == "custom.__main__.Same"


def test_a_run_gets_the_content_that_was_loaded(qtbot: QtBot, room: Room) -> None:
    path = room.file()
    load_it(qtbot, room, path)
    room.file("# other\n")
    assert room.own.contents(room.design(path)) == {"mine.py": TEXT.encode()}
    assert room.own.contents(Document()) == {}


def test_an_edit_notes_the_file_and_the_last_node_takes_it_along(qtbot: QtBot, room: Room) -> None:
    path = room.file()
    load_it(qtbot, room, path)
    room.session.become(Document())
    added = room.design(path)
    room.session.do("Add", lambda d: Document(d.name, added.graph))
    (noted,) = room.session.whole.layer_files
    assert (noted.module, noted.file) == ("mine", str(path))
    room.session.do("Remove", lambda d: Document(d.name))
    assert room.session.whole.layer_files == ()
