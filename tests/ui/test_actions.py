"""The action table, from which menus, keys and the shortcut sheet are made."""

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from designer import resources
from designer.ui import theme
from designer.ui.actions import ACTIONS
from designer.ui.actions.gestures import GESTURES
from designer.ui.dialogs import ShortcutSheet
from designer.ui.settings import Settings
from designer.ui.window import MainWindow


def test_ids_and_shortcuts_are_unique() -> None:
    ids = Counter(spec.id for spec in ACTIONS)
    keys = Counter(
        QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
        for spec in ACTIONS
        for keys in spec.shortcuts
    )
    assert ids.most_common(1)[0][1] == 1
    assert keys.most_common(1)[0][1] == 1, keys.most_common(3)
    assert "" not in keys


def test_every_action_says_what_it_does() -> None:
    for spec in ACTIONS:
        assert spec.text, spec.id
        assert spec.tip, spec.id
        assert not spec.tip.endswith("."), spec.id


def test_mnemonics_are_unique_within_a_menu() -> None:
    for menu in {spec.menu for spec in ACTIONS}:
        letters = [
            spec.text[spec.text.index("&") + 1].lower()
            for spec in ACTIONS
            if spec.menu == menu and "&" in spec.text
        ]
        assert len(letters) == len(set(letters)), (menu, sorted(letters))


def test_every_icon_that_is_named_exists() -> None:
    for spec in ACTIONS:
        if spec.icon:
            assert resources.path("icons", f"{spec.icon}.svg").is_file(), spec.id


def test_the_menus_hold_every_action_once(qtbot: QtBot, settings: Settings) -> None:
    window = MainWindow(settings, theme.load("light"))
    qtbot.addWidget(window)
    window.complete()
    held = [
        action.objectName()
        for menu in window.menus.values()
        for action in menu.actions()
        if action.objectName()
    ]
    assert sorted(held) == sorted(spec.id for spec in ACTIONS)


def test_the_shortcut_sheet_lists_every_key(qtbot: QtBot, settings: Settings) -> None:
    window = MainWindow(settings, theme.load("light"))
    qtbot.addWidget(window)
    window.complete()
    sheet = ShortcutSheet(window.actions_by_id, window)
    texts = " ".join(label.text() for label in sheet.findChildren(QLabel))
    for spec in ACTIONS:
        for keys in spec.shortcuts:
            assert QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) in texts
    for name, gesture in GESTURES:
        assert name in texts
        assert gesture in texts
