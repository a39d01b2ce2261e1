"""What is known of the sheet of a scope: of each block on it the sum of what it holds.

The problems keep their order and number; one of something that lies in a block is told at it.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from designer.document.blocks import path, visible
from designer.document.model import PASSAGES, Block, Document
from designer.document.problem import Problem
from designer.infer.report import NodeReport, Report
from designer.protocol import TensorSpec


def told(report: Report, whole: Document, scope: str = "") -> Report:
    """The report of the whole design as it is seen on one sheet; the very same one where the
    design has no blocks.
    """
    if not whole.blocks:
        return report
    nodes = {**report.nodes, **of_blocks(report, whole)}
    problems = tuple(_at(problem, whole, scope) for problem in report.problems)
    return replace(report, nodes=nodes, problems=problems)


def of_blocks(report: Report, whole: Document) -> dict[str, NodeReport]:
    """Of each block its outputs as far as all of them are known, and the weights of all that it
    holds at any depth.
    """
    around = {key: path(whole, key) for key in whole.blocks}
    inner: dict[str, list[NodeReport]] = {key: [] for key in whole.blocks}
    for node in whole.graph.nodes.values():
        if node.type not in PASSAGES:
            for key in around.get(node.block, ()):
                inner[key].append(report.nodes.get(node.id, NodeReport()))
    return {key: _summed(report, block, inner[key]) for key, block in whole.blocks.items()}


def _summed(report: Report, block: Block, inner: Sequence[NodeReport]) -> NodeReport:
    return NodeReport(
        _outputs(report.nodes.get(key) for key in block.outputs),
        sum(one.parameters for one in inner),
        sum(one.trainable for one in inner),
        known=all(one.known for one in inner),
        failed=any(one.failed for one in inner),
    )


def _outputs(ports: Iterable[NodeReport | None]) -> tuple[TensorSpec, ...]:
    """Outputs have places: what is known ends before the first that is not."""
    found: list[TensorSpec] = []
    for port in ports:
        if port is None or not port.outputs:
            break
        found.append(port.outputs[0])
    return tuple(found)


def _at(problem: Problem, whole: Document, scope: str) -> Problem:
    node = problem.where.node
    there = visible(whole, node, scope) if node else ""
    if there in ("", node):
        return problem
    # The port and the parameter are those of what lies inside.
    return replace(problem, where=replace(problem.where, node=there, port="", param=""))
