"""What a sheet costs: each node on it, and each block the sum of what it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from designer.document.blocks import layers_in
from designer.document.model import Block, Document
from designer.infer.costs import Costs, NodeCost


def costs_of_sheet(costs: Costs, whole: Document, scope: str = "") -> Costs:
    """The costs of what one sheet shows; the very same ones for a design without blocks."""
    if not whole.blocks:
        return costs
    nodes = whole.graph.nodes
    here = {k: c for k, c in costs.nodes.items() if k in nodes and nodes[k].block == scope}
    blocks = {
        block.id: cost_of_block(costs.nodes, whole, block)
        for block in whole.blocks.values()
        if block.parent == scope
    }
    return replace(costs, nodes={**here, **blocks})


def cost_of_block(nodes: Mapping[str, NodeCost], whole: Document, block: Block) -> NodeCost:
    """The sum of what a block holds; unknown where one of its parts is."""
    inner = [nodes[node.id] for node in layers_in(whole, block.id) if node.id in nodes]
    return NodeCost(
        parameters=sum(cost.parameters for cost in inner),
        trainable=sum(cost.trainable for cost in inner),
        operations=_sum(cost.operations for cost in inner),
        activations=_sum(cost.activations for cost in inner),
        weights=sum(cost.weights for cost in inner),
        trained=sum(cost.trained for cost in inner),
        depth=min((cost.depth for cost in inner), default=0),
        inside=any(cost.inside for cost in inner),
    )


def _sum(parts: Iterable[int | None]) -> int | None:
    found = list(parts)
    known = [part for part in found if part is not None]
    return sum(known) if len(known) == len(found) else None
