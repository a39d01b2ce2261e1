"""Offers what a window left that did not end as it should: recover it all, or let it go."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from designer.document.problem import ProblemError
from designer.ui.documents import Documents
from designer.ui.message_bar import MessageBar
from designer.ui.recovery import Leftover, Recovery, leftovers
from designer.ui.translate import tell

_MANY = 4  # names that a sentence holds


def _tr(text: str) -> str:
    return QCoreApplication.translate("rescue", text)


def offer(folder: Path, bar: MessageBar, documents: Documents, recovery: Recovery) -> None:
    """Asks in the bar about the copies in the folder; nothing where there is none."""
    found = leftovers(folder)
    if not found:
        return

    def recover() -> None:
        # The newest last, for it is the one that is seen then.
        lost = [_recover(left, documents, recovery) for left in reversed(found)]
        if any(lost):
            bar.say("error", "\n".join(text for text in lost if text))

    def discard() -> None:
        for left in found:
            left.discard()

    text = _tr("Skipwire ended unexpectedly. Unsaved changes to {names} were kept.")
    several = len(found) > 1
    offers = (
        (_tr("Recover all") if several else _tr("Recover"), recover),
        (_tr("Discard all") if several else _tr("Discard"), discard),
    )
    bar.say("warning", text.format(names=_names(found)), *offers)


def _recover(left: Leftover, documents: Documents, recovery: Recovery) -> str:
    """Opens a copy as a design; what went wrong, "" if nothing did."""
    try:
        documents.take(left.read(), saved=False)
    except ProblemError as error:
        return tell(error.problem)
    # Ours first: a crash between the two lines must not lose both.
    recovery.keep()
    left.discard()
    return ""


def _names(found: Sequence[Leftover]) -> str:
    names = [_name(left) for left in found]
    if len(names) > _MANY:
        more = _tr("{count} more").format(count=len(names) - _MANY + 1)
        names = [*names[: _MANY - 1], more]
    if len(names) == 1:
        return names[0]
    return _tr("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def _name(left: Leftover) -> str:
    return left.origin.name if left.origin else _tr("a design without a file")
