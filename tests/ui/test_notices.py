"""What the window says when something was written, and when that has been said long enough."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from designer.ui.workbench import Workbench
from tests.ui.panels.run_folders import make_run


def test_an_export_says_where_it_was_written_and_offers_its_path(
    bench: Workbench, tmp_path: Path
) -> None:
    bench.open_example("residual_add")
    target = tmp_path / "net.py"
    assert bench.documents.export(target, "import keras\n")
    assert bench.bar.isVisible()
    assert bench.bar.text.text() == f"net.py is in {tmp_path}."
    assert [button.text() for button in bench.bar.offers()] == ["Open folder", "Copy path"]
    bench.bar.offers()[1].click()
    assert QGuiApplication.clipboard().text() == str(target)
    assert not bench.bar.isVisible()


def test_what_was_saved_is_told_until_something_else_begins(
    bench: Workbench, tmp_path: Path
) -> None:
    bench.open_example("residual_add")
    bench.notices.tell_written(tmp_path / "model.keras")
    bench.monitor.follow(make_run(tmp_path))
    assert not bench.bar.isVisible()
    bench.notices.tell_written(tmp_path / "model.keras")
    bench.documents.new()
    assert not bench.bar.isVisible()


def test_pasted_code_becomes_a_design_of_its_own(bench: Workbench) -> None:
    code = "x = keras.Input((8,))\ny = keras.layers.Dense(4)(x)\n"
    QGuiApplication.clipboard().setText(code)
    bench.start_page.paste_wanted.emit()
    assert bench.window.stack.currentWidget() is bench.canvas
    assert len(bench.session.document.graph.nodes) >= 2
    assert bench.session.modified


def test_a_clipboard_without_a_network_leaves_the_start_page_and_says_why(bench: Workbench) -> None:
    QGuiApplication.clipboard().setText("Dear all,")
    bench.start_page.paste_wanted.emit()
    assert bench.window.stack.currentWidget() is bench.start_page
    assert not bench.session.designs
    assert "no part of a network" in bench.bar.text.text()
    assert bench.bar.isVisible()


def test_what_is_offered_waits_for_its_answer(bench: Workbench, tmp_path: Path) -> None:
    bench.open_example("residual_add")
    bench.bar.say("warning", "The file has changed.", ("Reload", bench.bar.clear))
    bench.monitor.follow(make_run(tmp_path))
    assert bench.bar.isVisible()


def test_folders_below_the_own_one_are_told_shortly(bench: Workbench) -> None:
    bench.notices.tell_written(Path.home() / "nets" / "net.py")
    assert bench.bar.text.text() == "net.py is in ~/nets."
