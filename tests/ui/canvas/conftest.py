"""A canvas on a real session that shows the residual design."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from designer.ui.canvas.view import CanvasView
from designer.ui.session import Session
from designer.ui.theme import load
from tests.ui.canvas.desk import Desk, residual


@pytest.fixture
def desk(qtbot: QtBot, session: Session) -> Desk:
    """A canvas that shows the residual design at 100 %."""
    view = CanvasView(session, load("light"))
    qtbot.addWidget(view)
    view.resize(900, 700)
    session.become(residual())
    with qtbot.waitExposed(view):
        view.show()
    view.fit()
    view.setFocus()
    return Desk(view, session)


@pytest.fixture
def place_node(desk: Desk) -> Callable[..., str]:
    """Places a node of a type beside the design and tells its id."""

    def place(kind: str, x: float = 240, y: float = 96) -> str:
        return desk.view.place(kind, QPointF(x, y))

    return place
