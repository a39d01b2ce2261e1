"""What a block costs is the sum of what it holds."""

from designer.catalog.spec import Catalog
from designer.document.grouping import ungroup
from designer.infer.block_costs import costs_of_sheet
from designer.infer.costs import costs_of
from tests.infer.test_block_report import known, report_of


def test_a_block_costs_what_it_holds_and_the_sums_stay(catalog: Catalog) -> None:
    whole = known()
    costs = costs_of(whole, report_of(catalog, whole), catalog)
    sheet = costs_of_sheet(costs, whole)
    assert set(sheet.nodes) <= {"in", "ape", "out"}
    assert sheet.sums == costs.sums
    inner = [costs.nodes[key] for key in ("left", "right", "sum")]
    assert sheet.nodes["ape"].parameters == costs.sums.parameters
    assert sheet.nodes["ape"].operations == sum(cost.operations or 0 for cost in inner)
    assert set(costs_of_sheet(costs, whole, "ape").nodes) == {"left", "right", "sum"}


def test_a_design_without_blocks_has_the_very_same_costs(catalog: Catalog) -> None:
    flat = ungroup(known(), "ape")
    costs = costs_of(flat, report_of(catalog, flat), catalog)
    assert costs_of_sheet(costs, flat) is costs
