"""The text of a note as Qt lays it out: Markdown and nothing but. It loads no image, follows no
link and takes no HTML, wherever the design may come from.
"""

from typing import Any

from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from designer.ui.canvas.sprites import font_at
from designer.ui.theme import Theme

PAD = 12.0  # canvas px around the text
_INDENT = 18.0  # canvas px, of a list
_DIALECT = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class _Sheet(QTextDocument):
    """A text that never fetches what it names."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        del kind, name


class NoteText:
    """A note's text in canvas px: as wide as the note, and as high as it comes out."""

    def __init__(self, text: str, width: float, theme: Theme) -> None:
        self._theme = theme
        self._sheet = _Sheet()
        self._sheet.setUndoRedoEnabled(False)
        self._sheet.setDocumentMargin(0.0)
        self._sheet.setDefaultFont(font_at(1.0))
        self._sheet.setMarkdown(text, _DIALECT)
        self._sheet.setIndentWidth(_INDENT)
        self._tame()
        self._sheet.setTextWidth(max(1.0, width - 2 * PAD))

    @property
    def height(self) -> float:
        """How high a note must be to show all of it."""
        return self._sheet.size().height() + 2 * PAD

    def draw(self, painter: QPainter, height: float) -> None:
        """Draw it where a note's upper left corner is the origin, in canvas px; what has no room in
        that height is left out by whole lines.
        """
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette(self._theme.palette())
        palette.setColor(QPalette.ColorRole.Text, self._theme.color("text"))
        context.palette = palette
        if self.height > height + 1:
            line = QFontMetricsF(self._sheet.defaultFont()).lineSpacing()
            room = max(1.0, height - 2 * PAD - line)
            context.clip = QRectF(0.0, 0.0, self._sheet.textWidth(), room)
        painter.save()
        painter.translate(PAD, PAD)
        self._sheet.documentLayout().draw(painter, context)
        painter.restore()

    def _tame(self) -> None:
        """Links in the theme's colour, and in the place of an image what it is to show."""
        images, links = [], []
        block = self._sheet.begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                self._size(QTextCursor(block), 1 if level == 1 else 0)
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                form = piece.charFormat()
                if form.isImageFormat():
                    images.append((piece.position(), piece.length(), form.toImageFormat()))
                elif form.isAnchor():
                    links.append((piece.position(), piece.length()))
                pieces += 1
            block = block.next()
        self._paint_links(links)
        for place, length, image in reversed(images):
            name = str(image.property(_ALT) or image.name())
            self._select(place, length).insertText(f"[{name}]", QTextCharFormat())

    @staticmethod
    def _size(heading: QTextCursor, steps: int) -> None:
        heading.select(QTextCursor.SelectionType.BlockUnderCursor)
        form = QTextCharFormat()
        form.setProperty(QTextCharFormat.Property.FontSizeAdjustment, steps)
        heading.mergeCharFormat(form)

    def _paint_links(self, links: list[tuple[int, int]]) -> None:
        form = QTextCharFormat()
        form.setForeground(self._theme.color("accent"))
        for place, length in links:
            self._select(place, length).mergeCharFormat(form)

    def _select(self, place: int, length: int) -> QTextCursor:
        cursor = QTextCursor(self._sheet)
        cursor.setPosition(place)
        cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
        return cursor


_ALT = QTextCharFormat.Property.ImageAltText
