"""A calm line above the strip: a refusal, a lost worker, and the way out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from designer.ui.icons import icon, pixmap
from designer.ui.theme import Theme

Offer = tuple[str, Callable[[], object]]  # the text of a button, and what it does


class MessageBar(QFrame):
    """One message at a time; the last one wins. Hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._theme = theme
        self._severity = "info"
        self._passing = False
        self._sign = QLabel(self)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName(self.tr("Message"))
        self._close = QToolButton(self)
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.setToolTip(self.tr("Close the message"))
        self._close.clicked.connect(self.clear)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self._sign)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self._close)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._theme = theme
        self._close.setIcon(icon(theme, "close", "second"))
        role = self._severity if self._severity in theme.roles else "second"
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap(theme, self._severity, role, ratio))

    def say(self, severity: str, text: str, *offers: Offer) -> None:
        """Shows a text of severity error, warning or info, and a button for each offer."""
        self._passing = False
        self._drop_buttons()
        self._severity = severity
        self.text.setText(text)
        self.setProperty("severity", severity)
        self.style().unpolish(self)
        self.style().polish(self)
        self.set_theme(self._theme)
        for label, act in offers:
            self._offer(label, act)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def say_done(self, text: str, *offers: Offer) -> None:
        """Shows what has come to its end well: nothing waits for the offers, they may pass."""
        self.say("good", text, *offers)
        self._passing = True

    def clear(self) -> None:
        """Nothing more to say."""
        self._drop_buttons()
        self.text.clear()
        self.hide()

    def turn_over(self) -> None:
        """Something else begins, another design or a training: what was said is over, but for
        what is offered.
        """
        if self._passing or not self._buttons:
            self.clear()

    def offers(self) -> tuple[QPushButton, ...]:
        """The buttons of the present message."""
        return tuple(self._buttons)

    def _offer(self, label: str, act: Callable[[], object]) -> None:
        button = QPushButton(label, self)

        def accept() -> None:
            self.clear()
            act()

        button.clicked.connect(accept)
        self._buttons.append(button)
        self._row.insertWidget(self._row.count() - 1, button)

    def _drop_buttons(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
