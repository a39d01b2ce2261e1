"""Which files of layers the user has agreed to run: each by its place and its content, so that a
file that has changed is asked about anew.
"""

from pathlib import Path

from designer.formats.layer_file import LayerSource
from designer.ui.settings import Settings

_KEY = "layers/trusted"
MOST = 200


class Trust:
    """The list, as the settings keep it."""

    def __init__(self, store: Settings) -> None:
        self._store = store

    def allows(self, source: LayerSource) -> bool:
        """Whether this very content was agreed to at this place."""
        return _word(source) in self._store.words(_KEY)

    def knows(self, path: Path) -> bool:
        """Whether some content at this place was agreed to."""
        return path.absolute() in self.files()

    def files(self) -> tuple[Path, ...]:
        """The files that are loaded without a question, the last one first."""
        words = (word.partition(" ")[2] for word in self._store.words(_KEY))
        return tuple(dict.fromkeys(Path(word) for word in words if word))

    def add(self, source: LayerSource) -> None:
        """The user has said yes to it; what was agreed to before at its place counts no more."""
        self.remove(source.path)
        kept = (_word(source), *self._store.words(_KEY))
        self._store.keep_words(_KEY, kept[:MOST])

    def remove(self, path: Path) -> None:
        """It is asked about again."""
        rest = (w for w in self._store.words(_KEY) if w.partition(" ")[2] != str(path))
        self._store.keep_words(_KEY, tuple(rest))


def _word(source: LayerSource) -> str:
    return f"{source.digest} {source.path}"
