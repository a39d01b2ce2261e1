"""The titles of the menus, apart from what is in them: all that the first paint shows of them."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QMenu, QMenuBar

MENUS: tuple[tuple[str, str], ...] = (
    ("File", str(QT_TRANSLATE_NOOP("actions", "&File"))),
    ("Edit", str(QT_TRANSLATE_NOOP("actions", "&Edit"))),
    ("Edit/Go", str(QT_TRANSLATE_NOOP("actions", "&Go and wire"))),
    ("Edit/Blocks", str(QT_TRANSLATE_NOOP("actions", "Bloc&ks"))),
    ("Edit/Frames", str(QT_TRANSLATE_NOOP("actions", "Frame&s and notes"))),
    ("Edit/Shared layers", str(QT_TRANSLATE_NOOP("actions", "S&hared layers"))),
    ("View", str(QT_TRANSLATE_NOOP("actions", "&View"))),
    ("View/Designs", str(QT_TRANSLATE_NOOP("actions", "&Designs"))),
    ("View/Colour", str(QT_TRANSLATE_NOOP("actions", "Colour &by cost"))),
    ("View/Theme", str(QT_TRANSLATE_NOOP("actions", "T&heme"))),
    ("Arrange", str(QT_TRANSLATE_NOOP("actions", "&Arrange"))),
    ("Arrange/Direction", str(QT_TRANSLATE_NOOP("actions", "&Direction"))),
    ("Arrange/Align", str(QT_TRANSLATE_NOOP("actions", "&Align"))),
    ("Arrange/Move", str(QT_TRANSLATE_NOOP("actions", "&Move"))),
    ("Train", str(QT_TRANSLATE_NOOP("actions", "&Train"))),
    ("Help", str(QT_TRANSLATE_NOOP("actions", "&Help"))),
)


def build_titles(bar: QMenuBar) -> dict[str, QMenu]:
    """The menus of the bar by their path, empty: what is seen before anything is clicked."""
    titles = (title for title in MENUS if "/" not in title[0])
    return {path: bar.addMenu(QCoreApplication.translate("actions", t)) for path, t in titles}
