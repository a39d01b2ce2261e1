"""What a sheet tells of a block is the sum of what the block holds."""

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.grouping import group, ungroup
from designer.document.model import Document
from designer.document.showing import shown
from designer.infer.block_report import told
from designer.infer.bypass import active
from designer.infer.engine import Inference
from designer.infer.report import Report
from tests.document.block_designs import ape
from tests.document.strategies import ports_of
from tests.fake_worker import FakeWorker
from tests.infer.test_engine import settle


def known() -> Document:
    document = ape()
    for key in ("left", "right"):
        for name, value in (("kernel_size", 3), ("padding", "same")):
            document = edits.set_param(document, key, name, value)
    return document


def report_of(catalog: Catalog, document: Document) -> Report:
    return settle(Inference(catalog), FakeWorker(), document)


def test_keras_is_asked_about_the_same_nodes_with_a_block_and_without(catalog: Catalog) -> None:
    blocked, flat = report_of(catalog, known()), report_of(catalog, ungroup(known(), "ape"))
    assert blocked.totals == flat.totals
    assert blocked.outputs == flat.outputs
    assert blocked.problems == flat.problems == ()
    assert {k: blocked.nodes[k] for k in flat.nodes} == flat.nodes
    assert active(known(), catalog).graph.edges == ungroup(known(), "ape").graph.edges


def test_a_block_has_the_shapes_of_its_outputs_and_the_weights_of_its_layers(
    catalog: Catalog,
) -> None:
    report = told(report_of(catalog, known()), known())
    block = report.nodes["ape"]
    assert [spec.shape for spec in block.outputs] == [(None, 8, 8, 4)]
    assert block.parameters == report.totals.parameters == 2 * (3 * 3 * 3 * 4 + 4)
    assert block.known
    assert not block.failed


def test_the_ports_of_a_block_pass_the_shapes_that_come_in(catalog: Catalog) -> None:
    report = report_of(catalog, known())
    assert report.nodes["enter"].outputs[0].shape == (None, 8, 8, 3)
    assert report.nodes["leave"].outputs[0].shape == (None, 8, 8, 4)


def test_a_problem_in_a_block_is_told_at_the_block_that_one_sees(catalog: Catalog) -> None:
    broken = edits.set_param(known(), "left", "filters", 5)
    nested, outer = group(broken, "", ["ape"], ports_of)
    report = report_of(catalog, nested)
    assert [p.where.node for p in report.errors] == ["sum"]
    assert [p.where.node for p in told(report, nested).errors] == [outer]
    assert [p.where.node for p in told(report, nested, outer).errors] == ["ape"]
    assert told(report, nested, "ape").problems == report.problems
    assert told(report, nested).nodes[outer].failed


def test_an_input_of_a_block_that_nothing_feeds_is_told_at_what_it_feeds(catalog: Catalog) -> None:
    cut = edits.disconnect(known(), [e for e in known().graph.edges if e.source == "in"])
    places = {p.where.node for p in report_of(catalog, cut).problems}
    assert {"left", "right"} <= places
    assert not {"enter", "leave"} & places


def test_a_design_without_blocks_has_the_very_same_report(catalog: Catalog) -> None:
    flat = ungroup(known(), "ape")
    report = report_of(catalog, flat)
    assert told(report, flat) is report
    assert shown(flat) is flat
