"""Offers what a window left that did not end as it should: recover it, or let it go."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from designer.document.problem import ProblemError
from designer.ui.documents import Documents
from designer.ui.message_bar import MessageBar
from designer.ui.recovery import Leftover, Recovery, leftovers
from designer.ui.translate import tell


def _tr(text: str) -> str:
    return QCoreApplication.translate("rescue", text)


def offer(folder: Path, bar: MessageBar, documents: Documents, recovery: Recovery) -> None:
    """Asks in the bar about the newest copy in the folder; nothing where there is none."""
    found = leftovers(folder)
    if not found:
        return
    left = found[0]

    def recover() -> None:
        if not documents.may_leave():
            return
        try:
            documents.take(left.read(), saved=False)
        except ProblemError as error:
            bar.say("error", tell(error.problem))
            return
        # Ours first: a crash between the two lines must not lose both.
        recovery.keep()
        left.discard()

    text = _tr("Skipwire ended unexpectedly. Unsaved changes to {name} were kept.")
    offers = ((_tr("Recover"), recover), (_tr("Discard"), left.discard))
    bar.say("warning", text.format(name=_name(left)), *offers)


def _name(left: Leftover) -> str:
    return left.origin.name if left.origin else _tr("a design without a file")
