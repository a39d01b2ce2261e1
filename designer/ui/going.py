"""Going to a node that a list, a link or a line of code names: it may lie in a block."""

from collections.abc import Iterable

from designer.document.blocks import visible
from designer.ui.session import Session


def standing_for(session: Session, ids: Iterable[str]) -> frozenset[str]:
    """What stands for these on the sheet that is shown; what lies outside of it is passed over."""
    whole, scope = session.whole, session.scope
    if not whole.blocks:
        return frozenset(ids)
    return frozenset(found for key in ids if (found := visible(whole, key, scope)))


def point_out(session: Session, key: str, origin: object = None) -> str:
    """Select what stands for a node on the sheet that is shown, or the node itself on its own
    sheet; tells what was selected.
    """
    there = standing_for(session, [key])
    if there:
        session.select(there, origin)
        return min(there)
    session.reveal(key, origin)
    return key
