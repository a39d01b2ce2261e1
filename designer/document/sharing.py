"""Layers that are called several times: one set of weights, one place for the parameters.

The first call is the layer's owner, whose `params` count; the others name it in `shares`.
"""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from designer.document.fragment import Fragment, put_in
from designer.document.model import INPUT, Document, Graph, Node
from designer.document.problem import failure


def shareable(node: Node) -> bool:
    """Whether a node calls a layer, which has a state: an operation, an end or a block has none."""
    layer = "." in node.type and not node.type.startswith("ops.")
    return layer and node.type != INPUT


def calls(graph: Graph, key: str) -> tuple[str, ...]:
    """All calls of the layer that this node calls, its owner first; only itself if it is alone."""
    node = graph.nodes.get(key)
    if node is None:
        return ()
    owner = node.shares or key
    return (owner, *graph.shared.get(owner, ()))


def kin(before: Graph, after: Graph, changed: Iterable[str]) -> set[str]:
    """Nodes that share a layer with one of these, or did before."""
    found: set[str] = set()
    if before.shared or after.shared:
        wanted = set(changed)
        for graph in (before, after):
            for owner, others in graph.shared.items():
                if owner in wanted or not wanted.isdisjoint(others):
                    found |= {owner, *others}
    return found


def share(document: Document, ids: Iterable[str]) -> Document:
    """Lets these nodes call one layer, that of the first of them in the design.

    Nodes that shared a layer with one of them come along. ProblemError where they are of several
    types or have no layers.
    """
    graph, wanted = document.graph, set(ids)
    nodes = [node for node in graph.nodes.values() if node.id in wanted]
    _check(nodes)
    owner = nodes[0].shares or nodes[0].id
    joined = {key for node in nodes for key in calls(graph, node.id)} - {owner}
    changed = {
        key: replace(graph.nodes[key], shares=owner, params={}) for key in joined if key != owner
    }
    return _with(document, changed)


def unshare(document: Document, ids: Iterable[str]) -> Document:
    """Gives each of these nodes a layer of its own with the parameters that it had.

    The calls that are left keep the layer: the first of them owns it if the owner went.
    """
    graph, going = document.graph, set(ids)
    changed: dict[str, Node] = {}
    for owner, others in graph.shared.items():
        group, params = (owner, *others), graph.nodes[owner].params
        if not going.intersection(group):
            continue
        left = [key for key in group if key not in going]
        heir = left[0] if left else ""
        for key in group:
            alone = key in going or key == heir
            shares, own = ("", params) if alone else (heir, {})
            changed[key] = replace(graph.nodes[key], shares=shares, params=own)
    return _with(document, changed) if changed else document


def call_again(
    document: Document, fragment: Fragment, dx: float, dy: float, *, scope: str = ""
) -> tuple[Document, dict[str, str]]:
    """Adds copies of what was cut out of this design, which call the layers of the originals;
    moved by (dx, dy), with the wires among them, into the block `scope` if it names one. Tells
    the new id of each old.
    """
    after, new_ids = put_in(document, fragment, dx, dy, scope=scope)
    nodes = document.graph.nodes
    changed = {}
    for key, new in new_ids.items():
        original = nodes.get(key)
        if original is not None and shareable(original):
            copy, owner = after.graph.nodes[new], original.shares or key
            changed[new] = replace(copy, shares=owner, params={})
    return _with(after, changed), new_ids


def _check(nodes: list[Node]) -> None:
    for node in nodes:
        if not shareable(node):
            template = (
                "{name} has no weights of its own that others could share. Select layers of one "
                "type."
            )
            raise failure("cannot_share", template, name=node.name)
    types = sorted({node.type.rpartition(".")[2] for node in nodes})
    if len(nodes) < 2 or len(types) > 1:
        found = " and ".join(types) if types else "nothing"
        template = (
            "One layer is shared by several calls of one type, and {types} is selected. Select "
            "two or more layers of one type."
        )
        raise failure("cannot_share", template, types=found)


def _with(document: Document, changed: Mapping[str, Node]) -> Document:
    graph = document.graph
    return replace(document, graph=Graph({**graph.nodes, **changed}, graph.edges))
