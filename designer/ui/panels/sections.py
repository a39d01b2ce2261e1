"""The pieces that panels are put together from: headings, quiet sentences, problems to unfold."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from designer.document.problem import Problem
from designer.ui.theme import Theme, sized
from designer.ui.translate import tell
from designer.ui.widgets.buttons import Fold

MARGIN = 12
RHYTHM = 8
SMALL = 0.85
LARGE = 1.25


def heading(text: str, parent: QWidget) -> QLabel:
    """The small bold line above a section."""
    label = QLabel(text, parent)
    label.setFont(sized(SMALL, QFont.Weight.DemiBold))
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setContentsMargins(0, RHYTHM, 0, 0)
    return label


def quiet(text: str, parent: QWidget, *, mono: str = "") -> QLabel:
    """Second text: small, grey, wrapped, selectable with the mouse."""
    label = QLabel(text, parent)
    label.setFont(sized(SMALL, family=mono))
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setWordWrap(not mono)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if mono:
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def links(parent: QWidget) -> QLabel:
    """A text with links that the mouse and the keyboard reach."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.LinksAccessibleByMouse
        | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    )
    return label


def link(target: str, text: str) -> str:
    """A link in rich text, without the underline that would shout in a list."""
    style = "text-decoration: none"
    return f'<a href="{escape(target)}" style="{style}">{escape(text)}</a>'


def scrolled(content: QWidget, parent: QWidget) -> QScrollArea:
    """`content` in an area that scrolls up and down and takes the colour behind it."""
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class ProblemCard(QFrame):
    """One problem: its message, and under a fold the original words. A click on it is told."""

    clicked = Signal(object)  # Problem

    def __init__(self, problem: Problem, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.problem = problem
        self._color = theme.color(problem.severity if problem.severity != "info" else "second")
        self._surface = theme.color(
            "hover" if problem.severity == "info" else f"{problem.severity}_surface"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, RHYTHM, RHYTHM, RHYTHM)
        column.setSpacing(4)
        self.message = QLabel(tell(problem), self)
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.message)
        self.fold = Fold(self.tr("What Keras says"), self)
        self.detail = quiet(problem.detail, self)
        column.addWidget(self.fold)
        column.addWidget(self.detail)
        self.fold.setVisible(bool(problem.detail))
        self.detail.hide()
        self.fold.toggled.connect(self.detail.setVisible)
        self.setAccessibleName(tell(problem))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self.problem)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._surface)
            painter.drawRoundedRect(self.rect(), 5, 5)
            painter.setPen(QPen(self._color, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(3, 8, 3, self.height() - 8)


class ProblemCards(QWidget):
    """Problems one under the other; takes no room while there are none."""

    clicked = Signal(object)  # Problem

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._problems: tuple[Problem, ...] = ()
        self.cards: list[ProblemCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(RHYTHM)
        self.hide()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show these instead of what was shown; equal ones stay as they are, unfolded or not."""
        wanted = tuple(problems)
        if wanted == self._problems:
            return
        self._problems = wanted
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._fill()

    def _fill(self) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [ProblemCard(problem, self._theme, self) for problem in self._problems]
        for card in self.cards:
            card.clicked.connect(self.clicked)
            self._column.addWidget(card)
            card.show()
        self.setVisible(bool(self.cards))
