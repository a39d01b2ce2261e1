"""Designs with blocks on the command line: told as the flat network that Keras sees."""

from designer.cli.check import Finding, as_json
from designer.infer.report import Report
from tests.document.block_designs import ape


def test_a_check_lists_the_layers_and_no_ports_of_blocks() -> None:
    told = as_json(Finding(ape(), Report(), []))
    assert [row["name"] for row in told["nodes"]] == ["image", "left", "right", "sum"]
