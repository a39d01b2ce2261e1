"""The dialog of the settings writes what was changed and nothing else."""

from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from designer.ui.settings import Settings
from designer.ui.settings_dialog import SettingsDialog


def test_a_setting_that_is_on_or_off_is_a_box_to_check(qtbot: QtBot, settings: Settings) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SettingsDialog(settings, parent, lambda _: None)
    box = next(b for b in dialog.findChildren(QCheckBox) if b.accessibleName() == "Snap to guides")
    assert box.isChecked()
    box.click()
    dialog.accept()
    assert dialog.changed == {"canvas/snap"}
    assert settings.get("canvas/snap") is False


def test_what_is_neither_on_nor_off_counts_as_not_set(settings: Settings) -> None:
    settings.put("canvas/snap", "perhaps")
    assert settings.get("canvas/snap") is True
