"""Settings: resources/settings.json says what there is (kind, default, text), an INI file in the
user's configuration folder holds what differs. The dialog derives from the same table.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from designer import resources

RECENT_LIMIT = 10
_RECENT = "files/recent"
_KEYS = "keys"


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting; `kind` is choice, file, folder, int or bool and decides its editor."""

    key: str
    kind: str
    default: Any
    text: str
    tip: str
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 0
    suffix: str = ""


@cache
def specs() -> dict[str, SettingSpec]:
    """All settings by key, in the order of the dialog."""
    rows = json.loads(resources.read_bytes("settings.json"))
    read = (SettingSpec(**{**row, "choices": tuple(row.get("choices", ()))}) for row in rows)
    return {spec.key: spec for spec in read}


def _folder(location: QStandardPaths.StandardLocation) -> Path:
    return Path(QStandardPaths.writableLocation(location)) / "skipwire"


def config_file() -> Path:
    """Where the settings are: XDG_CONFIG_HOME/skipwire/skipwire.ini on Linux."""
    return _folder(QStandardPaths.StandardLocation.GenericConfigLocation) / "skipwire.ini"


def state_folder() -> Path:
    """Where the log, locks and recovery copies are: XDG_STATE_HOME/skipwire on Linux."""
    return _folder(QStandardPaths.StandardLocation.GenericStateLocation)


def data_folder() -> Path:
    """Where the user's own blocks are: XDG_DATA_HOME/skipwire on Linux."""
    return _folder(QStandardPaths.StandardLocation.GenericDataLocation)


class Settings:
    """What the user chose, by key; a value that does not fit its setting counts as not set."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    def get(self, key: str) -> Any:
        """The value of a setting of the table; KeyError if there is none of that key."""
        spec = specs()[key]
        raw = self._store.value(key)
        return spec.default if raw is None else _read(spec, raw)

    def put(self, key: str, value: Any) -> None:
        """Sets it, or forgets it where it is the default."""
        if value == specs()[key].default:
            self._store.remove(key)
        else:
            self._store.setValue(key, value)

    def layout(self, key: str) -> QByteArray:
        """What a window saved of its looks; empty if nothing was."""
        raw = self._store.value(f"window/{key}")
        return raw if isinstance(raw, QByteArray) else QByteArray()

    def keep_layout(self, key: str, value: QByteArray) -> None:
        """Remembers the looks of a window."""
        self._store.setValue(f"window/{key}", value)

    def words(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of words that a panel keeps (favourites, folded groups)."""
        try:
            kept = json.loads(str(self._store.value(f"words/{key}", "null")))
        except ValueError:
            return default
        return tuple(str(word) for word in kept) if isinstance(kept, list) else default

    def keep_words(self, key: str, words: tuple[str, ...]) -> None:
        """Remembers a list of words."""
        self._store.setValue(f"words/{key}", json.dumps(words))

    def keys(self) -> dict[str, object]:
        """What the file says of the keys of commands, unchecked: None where it is not JSON."""
        self._store.beginGroup(_KEYS)
        stored = {name: self._store.value(name) for name in self._store.allKeys()}
        self._store.endGroup()
        return {name: _from_json(raw) for name, raw in stored.items()}

    def keep_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Remembers the keys of these commands, and of no others."""
        self._store.remove(_KEYS)
        for command, chosen in keys.items():
            self._store.setValue(f"{_KEYS}/{command}", json.dumps(chosen))

    def recent(self) -> tuple[Path, ...]:
        """Files that were open, the last one first; those that are gone are left out."""
        try:
            names = json.loads(str(self._store.value(_RECENT, "[]")))
            return tuple(path for path in map(Path, names) if path.is_file())
        except (ValueError, TypeError, OSError):
            return ()

    def remember(self, path: Path) -> None:
        """Puts a file first among the recent ones."""
        known = [path.absolute(), *(p for p in self.recent() if p != path.absolute())]
        self._store.setValue(_RECENT, json.dumps([str(p) for p in known[:RECENT_LIMIT]]))

    def forget_recent(self) -> None:
        """Empties the list of recent files."""
        self._store.remove(_RECENT)

    def flush(self) -> None:
        """Writes the file now."""
        self._store.sync()


def _from_json(raw: object) -> object:
    try:
        return json.loads(str(raw))
    except (ValueError, RecursionError):
        return None


def _read(spec: SettingSpec, raw: object) -> Any:
    if spec.kind == "int":
        try:
            return min(max(int(str(raw)), spec.minimum), spec.maximum)
        except ValueError:
            return spec.default
    text = str(raw)
    if spec.kind == "bool":
        return text.lower() == "true" if text.lower() in ("true", "false") else spec.default
    return text if not spec.choices or text in spec.choices else spec.default
