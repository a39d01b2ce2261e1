"""Changing the keys of commands: recorded, asked about, counted at once, and kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.ui.actions import ACTIONS
from designer.ui.dialogs import ShortcutSheet
from designer.ui.keymap import Keymap
from designer.ui.keys_dialog import KeysDialog
from designer.ui.settings import Settings
from designer.ui.workbench import Workbench
from tests.ui.benches import furnish

# The offscreen platform says so of the palette's popup.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    """A furnished window with the skip autoencoder."""
    bench.open_example("skip_autoencoder")
    return bench


@pytest.fixture
def dialog(bench: Workbench) -> KeysDialog:
    """The dialog of that window."""
    made = KeysDialog(bench.canvas_commands.keys.bindings, bench.window)
    made.show()
    return made


def keys(bench: Workbench, command: str) -> list[str]:
    form = QKeySequence.SequenceFormat.PortableText
    return [key.toString(form) for key in bench.window.actions_by_id[command].shortcuts()]


def press(dialog: KeysDialog, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(dialog.editor.recorder, key, held)


def test_a_key_is_recorded_and_counts_at_once_everywhere(
    bench: Workbench, dialog: KeysDialog, settings: Settings
) -> None:
    dialog.choose("view.fit")
    press(dialog, Qt.Key.Key_F9)
    action = bench.window.actions_by_id["view.fit"]
    assert keys(bench, "view.fit") == ["Home", "F9"]
    assert "F9" in action.toolTip()
    assert settings.keys() == {"view.fit": ["Home", "F9"]}
    sheet = ShortcutSheet(bench.window.actions_by_id, bench.window)
    assert any("F9" in label.text() for label in sheet.findChildren(QLabel))
    palette = bench.canvas_commands.palette
    palette.open()
    QTest.keyClicks(palette.field, "whole design")
    item = palette.list.topLevelItem(0)
    assert item is not None
    assert "F9" in item.text(1)
    palette.hide()
    dialog.reject()
    bench.canvas.zoom_to(2.0)
    bench.canvas.setFocus()
    QTest.keyClick(bench.canvas, Qt.Key.Key_F9)
    assert bench.canvas.camera.zoom <= 1.0


def test_a_key_that_was_taken_away_does_nothing_on_the_canvas(
    bench: Workbench, dialog: KeysDialog
) -> None:
    dialog.choose("view.actual_size")
    (button,) = dialog.editor.keys
    assert button.accessibleName() == "Remove 1"
    button.click()
    assert keys(bench, "view.actual_size") == []
    dialog.reject()
    bench.canvas.zoom_to(2.0)
    QTest.keyClick(bench.canvas, Qt.Key.Key_1)
    assert bench.canvas.camera.zoom == 2.0


def test_a_key_of_another_command_is_taken_only_after_a_question(
    bench: Workbench, dialog: KeysDialog
) -> None:
    dialog.choose("file.start")
    press(dialog, Qt.Key.Key_D, CTRL)
    assert dialog.editor.message.text() == "Ctrl+D calls “Duplicate” in the menu Edit."
    assert keys(bench, "file.start") == []
    assert keys(bench, "edit.duplicate") == ["Ctrl+D"]
    assert dialog.editor.take.isVisible()
    assert dialog.editor.take.text() == "Take it from Duplicate"
    dialog.editor.take.click()
    assert keys(bench, "file.start") == ["Ctrl+D"]
    assert keys(bench, "edit.duplicate") == []
    assert not dialog.editor.take.isVisible()


def test_another_command_forgets_the_question(bench: Workbench, dialog: KeysDialog) -> None:
    dialog.choose("file.start")
    press(dialog, Qt.Key.Key_D, CTRL)
    dialog.choose("file.revert")
    assert not dialog.editor.take.isVisible()
    assert dialog.editor.message.text() == ""


def test_a_key_that_is_refused_is_told_of_and_changes_nothing(
    bench: Workbench, dialog: KeysDialog
) -> None:
    dialog.choose("edit.undo")
    press(dialog, Qt.Key.Key_A)
    assert "needed for typing" in dialog.editor.message.text()
    assert dialog.editor.recorder.accessibleDescription() == dialog.editor.message.text()
    press(dialog, Qt.Key.Key_Z, CTRL)
    assert "already" in dialog.editor.message.text()
    assert keys(bench, "edit.undo") == ["Ctrl+Z"]


def test_reset_brings_one_back_and_reset_all_brings_all_back(
    bench: Workbench, dialog: KeysDialog, settings: Settings
) -> None:
    assert not dialog.reset_all.isEnabled()
    dialog.choose("edit.undo")
    press(dialog, Qt.Key.Key_F9)
    dialog.choose("edit.redo")
    press(dialog, Qt.Key.Key_F10)
    dialog.editor.reset.click()
    assert keys(bench, "edit.redo") == ["Ctrl+Shift+Z", "Ctrl+Y"]
    assert keys(bench, "edit.undo") == ["Ctrl+Z", "F9"]
    assert not dialog.editor.reset.isEnabled()
    dialog.reset_all.click()
    assert keys(bench, "edit.undo") == ["Ctrl+Z"]
    assert settings.keys() == {}
    assert not dialog.reset_all.isEnabled()


def test_the_list_is_searched_by_name_menu_and_key(dialog: KeysDialog) -> None:
    def shown(typed: str) -> set[str]:
        dialog.field.setText(typed)
        return {key for key, item in dialog.items.items() if not item.isHidden()}

    assert shown("duplicate") == {"edit.duplicate"}
    assert dialog.current == "edit.duplicate"
    assert "file.save" in shown("ctrl+s")
    assert shown("view theme") >= {"theme.light", "theme.dark"}
    assert shown("zebra") == set()
    assert dialog.nothing.isVisible()
    assert shown("") == {spec.id for spec in ACTIONS}
    assert not dialog.nothing.isVisible()


def test_the_dialog_is_worked_without_a_mouse(bench: Workbench, dialog: KeysDialog) -> None:
    dialog.activateWindow()
    dialog.field.setFocus()
    QTest.keyClicks(dialog.field, "start page")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.editor.recorder.hasFocus()
    press(dialog, Qt.Key.Key_D, CTRL)
    assert dialog.editor.take.hasFocus()
    QTest.keyClick(dialog.editor.take, Qt.Key.Key_Space)
    assert keys(bench, "file.start") == ["Ctrl+D"]
    assert dialog.editor.recorder.hasFocus()
    press(dialog, Qt.Key.Key_Tab)
    assert not dialog.editor.recorder.hasFocus()
    dialog.editor.recorder.setFocus()
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.list.hasFocus()
    assert dialog.isVisible()
    QTest.keyClick(dialog.list, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_part_that_takes_the_focus_has_a_name(dialog: KeysDialog) -> None:
    dialog.choose("edit.redo")
    for part in dialog.findChildren(QWidget):
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            named = part.accessibleName() or getattr(part, "text", lambda: "")()
            assert named or part.focusProxy() or part.parent() is dialog.editor.recorder, part


def test_chosen_keys_are_there_at_the_next_start_and_bad_ones_are_told(
    qtbot: QtBot, catalog: Catalog, settings: Settings, tmp_path: Path
) -> None:
    settings.keep_keys({"edit.duplicate": ("Ctrl+J",), "edit.undo": ("A",), "edit.fly": ("F9",)})
    bench = furnish(qtbot, catalog, settings, tmp_path)
    assert keys(bench, "edit.duplicate") == ["Ctrl+J"]
    assert keys(bench, "edit.undo") == ["Ctrl+Z"]
    bench.canvas_commands.keys.complain(bench.bar)
    assert "“A” cannot call “Undo”" in bench.bar.text.text()
    assert "edit.fly" in bench.bar.text.text()
    bench.close()
    bench.window.deleteLater()


def test_a_settings_file_that_is_damaged_counts_as_none(settings: Settings) -> None:
    settings.keep_keys({"edit.undo": ("F9",)})
    settings.flush()
    settings.file.write_text('[keys]\nedit.undo=["F9\nedit.redo=@Invalid()\nfile.new=[[[[\n')
    again = Settings(settings.file)
    assert all(value is None or isinstance(value, list) for value in again.keys().values())


def test_keys_change_without_a_dialog(bench: Workbench) -> None:
    bindings = bench.canvas_commands.keys.bindings
    bindings.change(Keymap().given("edit.delete", "X"))
    bench.session.select([next(iter(bench.session.document.graph.nodes))])
    before = len(bench.session.document.graph.nodes)
    bench.canvas.setFocus()
    QTest.keyClick(bench.canvas, Qt.Key.Key_X)
    assert len(bench.session.document.graph.nodes) == before - 1
