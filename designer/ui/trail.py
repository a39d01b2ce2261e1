"""The bar above the canvas that tells inside which block one is: the design, the block, the inner
block. Each leads there; it is hidden where the design itself is shown.
"""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from designer.document.blocks import path
from designer.ui.canvas.view import CanvasView
from designer.ui.letters import plain
from designer.ui.panels.sections import quiet
from designer.ui.theme import Theme

_LONGEST = 32  # letters of a title


class Trail(QFrame):
    """`steps` are the buttons, from the design to what is shown, which the last one names."""

    def __init__(self, canvas: CanvasView, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trail")
        self.setAccessibleName(self.tr("Where you are in the design"))
        self._canvas, self._session = canvas, canvas.session
        self.steps: list[QToolButton] = []
        self._shown: tuple[tuple[str, str], ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 12, 4)
        self._row.setSpacing(2)
        self.hint = quiet(self.tr("Esc leaves the block"), self)
        self.hint.setWordWrap(False)
        self._row.addStretch(1)
        self._row.addWidget(self.hint)
        self.set_theme(theme)
        self._session.scope_changed.connect(self.follow)
        self._session.changed.connect(self.follow)
        self._session.designs_changed.connect(self.follow)
        self.follow()

    def set_theme(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self.setPalette(theme.palette())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from step to step, Esc back to the canvas."""
        turn = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        focused = next((k for k, step in enumerate(self.steps) if step.hasFocus()), None)
        if turn is not None and focused is not None:
            place = min(max(focused + turn, 0), len(self.steps) - 1)
            self.steps[place].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self._canvas.setFocus()
        else:
            super().keyPressEvent(event)

    def follow(self, *_: object) -> None:
        """Shows where the session is; nothing beside the start page."""
        session = self._session
        if not session.scope or self._canvas.isHidden():
            self._show(())
            return
        whole = session.whole
        blocks = [whole.blocks[key] for key in path(whole, session.scope)]
        steps = [("", session.title), *((block.id, block.title) for block in blocks)]
        self._show(tuple(steps))

    def _show(self, steps: tuple[tuple[str, str], ...]) -> None:
        if steps != self._shown:
            self._shown = steps
            self._build()
        self.setVisible(bool(steps))

    def _build(self) -> None:
        while self._row.count() > 2:  # the stretch and the hint stay
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.steps = []
        for place, (scope, title) in enumerate(self._shown):
            if place:
                self._row.insertWidget(self._row.count() - 2, self._mark())
            self._row.insertWidget(self._row.count() - 2, self._step(scope, title, place))

    def _mark(self) -> QLabel:
        mark = quiet("›", self)
        mark.setAccessibleName("")
        return mark

    def _step(self, scope: str, title: str, place: int) -> QToolButton:
        step = QToolButton(self)
        short = title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"
        step.setText(plain(short))
        step.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        last = place == len(self._shown) - 1
        if last:
            font = step.font()
            font.setBold(True)
            step.setFont(font)
            step.setAccessibleName(self.tr("{title}, shown now").format(title=title))
            step.setToolTip(self.tr("This is what you see"))
        else:
            name = self.tr("Go to {title}").format(title=title)
            step.setAccessibleName(name)
            step.setToolTip(plain(name))
        inner = "" if last else self._shown[place + 1][0]
        step.clicked.connect(partial(self._go, scope, inner))
        self.steps.append(step)
        return step

    def _go(self, scope: str, inner: str, _checked: bool = False) -> None:
        """Shows what is around; the block that one comes from is selected there."""
        if scope != self._session.scope:
            self._session.enter(scope, [inner] if inner else ())
        self._canvas.setFocus()
