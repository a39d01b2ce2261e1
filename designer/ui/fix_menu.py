"""The fixes of a node's problems at the node: in its menu, with a preview, and its tool tip."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from designer.document.problem import Problem
from designer.infer.trying import Offer
from designer.ui.advice import Advice, tell_fix, tell_why
from designer.ui.letters import plain

MOST = 4  # fixes of one problem in a menu; the panel has more


def fill(menu: QMenu, advice: Advice, problems: Iterable[Problem]) -> None:
    """Puts the fixes that are known by now into a menu; the one that is pointed at is shown."""
    for problem in problems:
        advice.want(problem)
        for offer in advice.offers(problem)[:MOST]:
            _add(menu, advice, problem, offer)
    if not menu.isEmpty():
        menu.addSeparator()
        menu.hovered.connect(lambda action: advice.preview(*_shown(action)))
        menu.aboutToHide.connect(lambda: advice.preview(None, None))


def fix_lines(advice: Advice, command: QAction, problem: Problem) -> Sequence[str]:
    """What a tool tip says can be done about a problem: its first fix, and the key for it."""
    advice.want(problem)
    offers = advice.offers(problem)
    if not offers:
        return ()
    key = command.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    text = QCoreApplication.translate("fixes", "Fix: {label}").format(label=tell_fix(offers[0].fix))
    return (f"{text} ({key})" if key else text,)


def _add(menu: QMenu, advice: Advice, problem: Problem, offer: Offer) -> None:
    label = plain(tell_fix(offer.fix))
    text = QCoreApplication.translate("fixes", "Fix: {label}").format(label=label)
    action = menu.addAction(text)
    action.setToolTip(tell_why(offer.fix))
    action.setData((problem, offer))
    action.triggered.connect(lambda _checked=False: advice.apply(offer.fix))


def _shown(action: QAction) -> tuple[Problem | None, Offer | None]:
    data = action.data()
    if isinstance(data, tuple) and len(data) == 2 and isinstance(data[1], Offer):
        return data
    return None, None
