"""The question before a file of layers is run, where it is asked, and what is told afterwards."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from designer.catalog import own_layers
from designer.document.model import INPUT, Document, Edge, Graph, LayerFile, Node
from designer.document.problem import Problem
from designer.formats.layer_file import read_layers
from designer.protocol import Loaded, Located
from designer.ui import theme
from designer.ui.canvas.hover import Hit
from designer.ui.layers_dialog import LayersDialog
from designer.ui.panels.palette import PalettePanel
from designer.ui.panels.problems import ProblemsPanel
from designer.ui.settings import Settings
from designer.ui.trust import Trust
from designer.ui.trusted_files import TrustedFiles
from designer.ui.workbench import Workbench

FILES = Path(__file__).resolve().parents[1] / "custom_files"
SPEC: dict[str, Any] = {
    "key": "custom.my_layers.Scale",
    "name": "Scale",
    "category": "custom",
    "module": "my_layers",
    "class_name": "Scale",
    "inputs": [{"name": "inputs"}],
}


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample file in a folder of its own."""
    return Path(shutil.copy(FILES / "my_layers.py", tmp_path))


@pytest.fixture
def dialog(qtbot: QtBot, sample: Path) -> Iterator[LayersDialog]:
    """A dialog that finds every module's question worth asking, and chooses the sample."""
    parent = QPushButton()
    qtbot.addWidget(parent)
    made = LayersDialog(
        theme.load("light"), lambda name: name != "later", parent, lambda above, former: str(sample)
    )
    made.show()
    yield made  # not returned: the parent must live as long


def asked(bench: Workbench) -> LayersDialog | None:
    """The dialog that is open."""
    return bench.layer_commands.dialog


def waiting(path: Path) -> Document:
    nodes = (
        Node("image", INPUT, "image", {"shape": [4]}),
        Node("scale", "custom.my_layers.Scale", "scale"),
    )
    edges = frozenset({Edge("image", 0, "scale", "inputs")})
    graph = Graph({n.id: n for n in nodes}, edges)
    return Document("own", graph, layer_files=(LayerFile("my_layers", str(path), "ab"),))


def test_it_shows_what_the_file_holds_and_what_loading_means(
    dialog: LayersDialog, sample: Path
) -> None:
    dialog.browse.click()
    rows = dialog.classes.toPlainText().splitlines()
    assert rows[0].split() == ["Scale(keras.layers.Layer)", "line", "8"]
    assert str(sample) in dialog.holds.text()
    assert dialog.load.isEnabled()
    assert dialog.source is not None
    assert dialog.source.path == sample


def test_cancel_is_what_enter_does_and_enter_in_the_field_only_looks(
    qtbot: QtBot, dialog: LayersDialog, sample: Path
) -> None:
    assert dialog.cancel.isDefault()
    dialog.place.setFocus()
    dialog.place.setText(str(sample))
    QTest.keyClick(dialog.place, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.load.isEnabled()
    dialog.cancel.setFocus()
    QTest.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert dialog.result() == LayersDialog.DialogCode.Rejected


def test_a_file_that_cannot_be_loaded_is_told_there(dialog: LayersDialog, tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("class (", encoding="utf-8")
    empty = tmp_path / "empty.py"
    empty.write_text("x = 1\n", encoding="utf-8")
    for place, words in (
        (str(bad), "bad.py, line 1"),
        (str(empty), "empty.py has no class"),
        (str(tmp_path / "none.py"), "no such file"),
        ("what is that", "Give the path of a .py file"),
        ("later", "Keras is still starting"),
    ):
        dialog.show_file(place)
        assert words in dialog.holds.text()
        assert not dialog.load.isEnabled()


def test_a_module_is_looked_for_and_read_where_it_is(dialog: LayersDialog, sample: Path) -> None:
    dialog.show_file("a_package.layers")
    assert not dialog.load.isEnabled()
    dialog.show_located(Located(1, "another", str(sample)))
    assert not dialog.load.isEnabled(), "that is the answer to a question of before"
    dialog.show_located(Located(1, "a_package.layers", str(sample)))
    assert dialog.source is not None
    assert (dialog.source.module, dialog.source.named) == ("a_package.layers", True)
    dialog.show_located(Located(1, "a_package.layers", ""))
    assert "has no module a_package.layers" in dialog.holds.text()


def test_helpers_and_a_change_since_the_design_was_saved_are_told(
    dialog: LayersDialog, tmp_path: Path
) -> None:
    (tmp_path / "a_helper.py").write_text("SIZE = 1\n", encoding="utf-8")
    path = tmp_path / "mine.py"
    path.write_text("import a_helper\nclass A: pass\n", encoding="utf-8")
    dialog.show_file(str(path), "0" * 64)
    assert "a_helper.py" in dialog.more.text()
    assert "has changed since the design was saved" in dialog.more.text()
    dialog.show_file(str(path), read_layers(path).digest)
    assert "has changed" not in dialog.more.text()


def test_opening_a_design_asks_nothing_but_tells_what_is_missing(
    qtbot: QtBot, bench: Workbench, sample: Path
) -> None:
    bench.documents.take(waiting(sample))
    assert "my_layers.py, which are not loaded" in bench.bar.text.text()
    assert asked(bench) is None
    (button,) = bench.bar.offers()
    button.click()
    dialog = asked(bench)
    assert dialog is not None
    assert dialog.place.text() == str(sample)
    dialog.reject()
    assert asked(bench) is None
    assert not bench.own_layers.trust.knows(sample)


def test_a_yes_is_remembered_and_the_file_waits_for_keras(
    bench: Workbench, sample: Path, settings: Settings
) -> None:
    bench.documents.take(waiting(sample))
    bench.layer_commands.load()
    dialog = asked(bench)
    assert dialog is not None
    dialog.load.click()
    assert Trust(settings).allows(read_layers(sample))


def test_the_list_of_problems_has_the_way_out(qtbot: QtBot, bench: Workbench, sample: Path) -> None:
    bench.documents.take(waiting(sample))
    panel = bench.panel("problems")
    assert isinstance(panel, ProblemsPanel)
    item = panel.tree.topLevelItem(0)
    assert item is not None
    row = item.child(0)
    assert row is not None
    assert row.text(0) == "Load custom layers…"
    panel.tree.itemClicked.emit(row, 0)
    dialog = asked(bench)
    assert dialog is not None
    dialog.reject()


def test_the_palette_has_the_layers_while_they_are_loaded(bench: Workbench, sample: Path) -> None:
    palette = bench.panel("palette")
    assert isinstance(palette, PalettePanel)
    catalog = bench.session.catalog
    specs = own_layers.read("my_layers", {SPEC["key"]: SPEC})
    own_layers.put(catalog, "my_layers", specs, (str(sample), ""))
    bench.own_layers.changed.emit()
    palette.search.setText("my_layers")
    assert palette.found() == ["custom.my_layers.Scale"]
    assert "custom.my_layers.Scale" in [e.type for e in bench.quick_add.offered()]
    own_layers.drop(catalog, "my_layers")
    bench.own_layers.changed.emit()
    assert palette.found() == []


def test_the_button_of_the_palette_asks_for_a_file(bench: Workbench) -> None:
    palette = bench.panel("palette")
    assert isinstance(palette, PalettePanel)
    palette.load.click()
    dialog = asked(bench)
    assert dialog is not None
    dialog.reject()


def test_what_was_loaded_and_what_is_doubtful_is_told(bench: Workbench, sample: Path) -> None:
    specs = own_layers.read("my_layers", {SPEC["key"]: SPEC})
    own_layers.put(bench.session.catalog, "my_layers", specs, (str(sample), ""))
    doubt = Problem("warning", "custom_no_config", "{place}: no config.", {"place": "line 3"})
    source = read_layers(sample)
    bench.own_layers.loaded.emit(source, (doubt,))
    assert bench.bar.text.text() == (
        "my_layers.py is loaded; the palette has Scale.\nline 3: no config."
    )
    bench.own_layers.stale.emit(source)
    assert "my_layers.py has changed since it was loaded" in bench.bar.text.text()
    bench.bar.offers()[0].click()
    dialog = asked(bench)
    assert dialog is not None
    dialog.reject()


def test_a_file_is_taken_off_the_list_in_the_settings(
    qtbot: QtBot, settings: Settings, sample: Path
) -> None:
    trust = Trust(settings)
    trust.add(read_layers(sample))
    # Held by the test: the list's parent must outlive it.
    parent = QPushButton()
    qtbot.addWidget(parent)
    shown = TrustedFiles(trust, parent)
    assert not shown.remove.isEnabled()
    shown.list.setCurrentRow(0)
    shown.remove.click()
    assert trust.files() == ()
    assert shown.list.item(0).text() == "None yet"
    shown.list.setCurrentRow(0)
    shown.remove.click()


def test_an_exported_script_is_offered_its_layers(
    bench: Workbench, sample: Path, tmp_path: Path
) -> None:
    bench.documents.take(waiting(sample))
    bench.own_layers.load(read_layers(sample))
    bench.link.ready.emit()
    bench.link.layers_told.emit(Loaded(1, "my_layers", {SPEC["key"]: SPEC}))
    script = tmp_path / "deep" / "script_of_mine.py"
    script.parent.mkdir()
    bench.documents.export(script, "import my_layers\n")
    assert "It imports my_layers.py, which lies elsewhere" in bench.bar.text.text()
    bench.bar.offers()[0].click()
    assert script.with_name("my_layers.py").read_bytes() == sample.read_bytes()
    bench.documents.export(script, "import my_layers\n")
    assert "lies elsewhere" not in bench.bar.text.text()


def test_the_menu_of_a_node_that_waits_has_the_command(bench: Workbench, sample: Path) -> None:
    bench.documents.take(waiting(sample))
    menu = bench.canvas_commands.menu.build(Hit(node="scale"), QPoint(300, 300))
    texts = [action.text().replace("&", "") for action in menu.actions()]
    assert "Load custom layers…" in texts
