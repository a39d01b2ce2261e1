"""Fixes in designs with blocks: offered, previewed and applied on every sheet."""

from pytestqt.qtbot import QtBot

from designer.document import edits
from designer.document.block_lines import check
from designer.document.problem import Where
from designer.infer.trying import Offer
from designer.ui.advice import Advice, Preview
from designer.ui.session import Session
from tests.document.block_designs import ape
from tests.fake_worker import FakeWorker


def broken(session: Session) -> Advice:
    """The block's branches do not fit its sum: 4 filters against 5."""
    worker = FakeWorker()
    session.asked.connect(lambda ask: session.told(worker.answer(ask)))
    document = ape()
    for key in ("left", "right"):
        for name, value in (("kernel_size", 3), ("padding", "same")):
            document = edits.set_param(document, key, name, value)
    session.open(edits.set_param(document, "left", "filters", 5))
    return Advice(session)


def offers(qtbot: QtBot, session: Session, advice: Advice) -> tuple[Offer, ...]:
    """What is offered for the first error of the sheet that is shown."""
    advice.want(session.report.errors[0])
    qtbot.waitUntil(lambda: bool(advice.offers(session.report.errors[0])), timeout=20_000)
    return advice.offers(session.report.errors[0])


def at_nodes(session: Session) -> list[str]:
    """The nodes of the sheet that have errors."""
    return [p.where.node for p in session.report.errors if p.where.node]


def test_a_fix_of_what_lies_in_a_block_is_offered_at_the_block(
    qtbot: QtBot, session: Session
) -> None:
    advice = broken(session)
    assert at_nodes(session) == ["ape"]
    found = offers(qtbot, session, advice)
    previews: list[Preview | None] = []
    advice.previewed.connect(previews.append)
    advice.preview(session.report.errors[0], found[0])
    preview = previews[-1]
    assert preview is not None
    assert set(preview.after.graph.nodes) == {"in", "ape", "out"}
    assert advice.apply(found[0].fix)
    assert not at_nodes(session)
    check(session.whole, Where())
    advice.close()


def test_a_fix_that_adds_a_layer_adds_it_in_the_block(qtbot: QtBot, session: Session) -> None:
    advice = broken(session)
    session.enter("ape")
    assert at_nodes(session) == ["sum"]
    found = offers(qtbot, session, advice)
    adding = [o for o in found if len(o.after.graph.nodes) > len(session.whole.graph.nodes)]
    assert adding
    before = set(session.document.graph.nodes)
    assert advice.apply(adding[0].fix)
    (new,) = set(session.document.graph.nodes) - before
    assert session.whole.graph.nodes[new].block == "ape"
    assert not at_nodes(session)
    check(session.whole, Where())
    session.undo()
    assert session.scope == "ape"
    advice.close()
