"""The row of tabs above the canvas, one for each open design. It shows what the session has and
asks for what the user wants; nothing is opened, shown or closed here.
"""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QTabBar, QToolButton, QWidget

from designer.ui.designs import Design
from designer.ui.icons import icon
from designer.ui.session import Session
from designer.ui.theme import Theme

_WIDEST = 208  # pixels; longer names are elided, the tool tip has them in full
_NARROWEST = 132  # pixels; narrower tabs would say nothing, so that the row scrolls instead
_MARK = 16
_DOT = 7  # its diameter


class Mark(QAbstractButton):
    """The end of a tab: a dot where there are unsaved changes, a cross to close it at the hand."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_MARK, _MARK)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W does the same
        self._at_hand = False
        self._modified = False
        self.set_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(_MARK, _MARK)

    @property
    def drawn(self) -> str:
        """What is seen of it: "cross", "dot" or nothing."""
        if self.underMouse() and self.isVisible():
            return "cross"
        if self._modified:
            return "dot"
        return "cross" if self._at_hand else ""

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self._cross = icon(theme, "close", "second"), icon(theme, "close", "text")
        self.update()

    def show_state(self, *, modified: bool, at_hand: bool) -> None:
        """Whether there is something to save, and whether the tab is the current or pointed at."""
        if (modified, at_hand) != (self._modified, self._at_hand):
            self._modified, self._at_hand = modified, at_hand
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.drawn == "dot":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("second"))
            painter.drawEllipse(self.rect().center() + QPoint(1, 1), _DOT // 2, _DOT // 2)
        elif self.drawn == "cross":
            over = self.underMouse()
            if over:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color("border"))
                painter.drawRoundedRect(self.rect(), 4, 4)
            room = self.rect().adjusted(2, 2, -2, -2)
            self._cross[over].paint(painter, room)
        painter.end()


class DesignTabs(QTabBar):
    """A tab for each design of the session, in its order."""

    chosen = Signal(object)  # Design: it is to be shown
    close_wanted = Signal(object)  # Design
    menu_wanted = Signal(QPoint, object)  # place on the screen, Design

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._following = False
        self._pressed = -1  # the tab under a middle button that is held
        self._pointed = -1
        self.setObjectName("designs")
        self.setAccessibleName(self.tr("Open designs"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMouseTracking(True)
        self.currentChanged.connect(self._choose)
        self.tabBarClicked.connect(self._clicked)
        self.tabMoved.connect(self._moved)
        session.designs_changed.connect(self.follow)
        session.history_changed.connect(self._retitle)
        self.follow()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        for place in range(self.count()):
            self._mark(place).set_theme(theme)

    @property
    def designs(self) -> tuple[Design, ...]:
        """The designs in the order of their tabs."""
        return tuple(self.tabData(place) for place in range(self.count()))

    def show_current(self, *, shown: bool) -> None:
        """Whether the current design is what is seen, rather than the start page."""
        self.setProperty("aside", not shown)
        self.style().unpolish(self)
        self.style().polish(self)

    # --- following the session ----------------------------------------------------------------

    def follow(self) -> None:
        """Shows the designs that are open now."""
        wanted = self._session.designs
        self._following = True
        for place in reversed(range(self.count())):
            if self.tabData(place) not in wanted:
                self.removeTab(place)
        for place, design in enumerate(wanted):
            self._put(place, design)
        if self._session.current in wanted:
            self.setCurrentIndex(wanted.index(self._session.current))
        self._following = False
        self._retitle()

    def _put(self, place: int, design: Design) -> None:
        known = self.designs
        if design in known:
            if known.index(design) != place:
                self.moveTab(known.index(design), place)
            return
        self.insertTab(place, "")
        self.setTabData(place, design)
        mark = Mark(self._theme, self)
        mark.clicked.connect(lambda: self.close_wanted.emit(design))
        self.setTabButton(place, QTabBar.ButtonPosition.RightSide, mark)

    def _retitle(self) -> None:
        names = self._session.titles
        for place, design in enumerate(self.designs):
            title = names[design]
            if self.tabText(place) != title.replace("&", "&&"):
                self.setTabText(place, title.replace("&", "&&"))
            self.setTabToolTip(place, str(design.path) if design.path else self._no_file(title))
            spoken = self.tr("{name}, unsaved changes") if design.modified else "{name}"
            self.setAccessibleTabName(place, spoken.format(name=title))
            self._mark(place).setToolTip(self.tr("Close {name}").format(name=title))
            self._mark(place).setAccessibleName(self.tr("Close {name}").format(name=title))
        self._mark_all()

    def _no_file(self, title: str) -> str:
        return self.tr("{name}, in no file yet").format(name=title)

    def _mark_all(self) -> None:
        for place, design in enumerate(self.designs):
            at_hand = place in (self.currentIndex(), self._pointed)
            self._mark(place).show_state(modified=design.modified, at_hand=at_hand)

    def _mark(self, place: int) -> Mark:
        mark = self.tabButton(place, QTabBar.ButtonPosition.RightSide)
        assert isinstance(mark, Mark)
        return mark

    # --- telling what the user wants ----------------------------------------------------------

    def _choose(self, place: int) -> None:
        if place >= 0 and not self._following:
            self.chosen.emit(self.tabData(place))

    def _clicked(self, place: int) -> None:
        # The current tab is no change for Qt, but it leads back from the start page.
        if place == self.currentIndex() and place >= 0 and self.property("aside"):
            self.chosen.emit(self.tabData(place))

    def _moved(self) -> None:
        if not self._following:
            self._session.arrange(self.designs)

    def minimumSizeHint(self) -> QSize:
        # Qt keeps room for the arrows of a long row, which puts the plus far from a short one.
        return super().minimumSizeHint().boundedTo(self.sizeHint())

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        return super().tabSizeHint(index).boundedTo(QSize(_WIDEST, 1000))

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        return self.tabSizeHint(index).boundedTo(QSize(_NARROWEST, 1000))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.tabAt(event.position().toPoint())
        self._pressed = place if event.button() == Qt.MouseButton.MiddleButton else -1
        if self._pressed < 0:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        held, self._pressed = self._pressed, -1
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle and held >= 0 and held == self.tabAt(event.position().toPoint()):
            self.close_wanted.emit(self.tabData(held))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(self.tabAt(event.position().toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # It scrolls the row where that is too long. To show another design by it, as Qt would,
        # happens by accident more often than it is meant.
        turned = event.angleDelta().y() or event.angleDelta().x()
        name = "ScrollLeftButton" if turned > 0 else "ScrollRightButton"  # as Qt calls them
        button = self.findChild(QToolButton, name)
        if turned and isinstance(button, QToolButton) and button.isVisible():
            button.click()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.currentIndex() if by_key else self.tabAt(event.pos())
        if place >= 0:
            self.menu_wanted.emit(event.globalPos(), self.tabData(place))

    def _point_at(self, place: int) -> None:
        if place != self._pointed:
            self._pointed = place
            self._mark_all()


class TabRow(QFrame):
    """The tabs, and a plus after them for a new design. Hidden while nothing is open."""

    new_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tabRow")
        self._session = session
        self.tabs = DesignTabs(session, theme, self)
        self.plus = QToolButton(self)
        self.plus.setAccessibleName(self.tr("New design"))
        self.plus.setToolTip(self.tr("New design (Ctrl+N)"))
        self.plus.clicked.connect(self.new_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(2)
        row.addWidget(self.tabs)
        row.addWidget(self.plus)
        row.addStretch(1)
        session.designs_changed.connect(self._follow)
        self.set_theme(theme)
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self.tabs.set_theme(theme)
        self.plus.setIcon(icon(theme, "add", "second"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.new_wanted.emit()

    def _follow(self) -> None:
        self.setVisible(bool(self._session.designs))
