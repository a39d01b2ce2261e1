"""Designs that begin or end nowhere: an input before the first layer, a wire to what is loose, and
bypassed layers that are switched on again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from designer.document.model import INPUT, OUTPUT, Edge, Node
from designer.document.order import partial_order
from designer.infer.fixes.fix import Begin, Connect, Step, SwitchOn, Unshare
from designer.infer.fixes.meeting import Case, Feed, feeds_of, layer, projection, whole
from designer.infer.fixes.proposal import Proposal, propose, put
from designer.infer.mismatch import shape_text
from designer.infer.questions import missing_ports, owner
from designer.infer.wiring import wire

# Sizes that people begin with, by the axes that a layer reads.
_IMAGE, _SEQUENCE, _VECTOR, _VOLUME, _WORDS = [64, 64, 3], [128, 16], [64], [32, 32, 32, 1], [128]
_BY_MARK = (("3D", _VOLUME), ("2D", _IMAGE), ("1D", _SEQUENCE), ("Embedding", _WORDS))
_MOST = 3


def ends(case: Case) -> Iterable[Proposal]:
    """Fixes of designs without ends, of bypasses that cut them, and of layers shared too widely."""
    found = _BY_CODE.get(case.problem.code)
    return found(case) if found is not None else ()


def _no_input(case: Case) -> Iterator[Proposal]:
    graph = case.graph
    order = partial_order(graph)
    starts = [n for n in map(graph.nodes.__getitem__, order) if _lacks(case, n)]
    if not starts:
        return
    first = max(starts, key=lambda n: n.id in graph.outgoing)
    port = _lacks(case, first)
    for rank, shape in enumerate(_shapes(first, port)):
        whole_numbers = {"dtype": "int32"} if "Embedding" in first.type else {}
        steps = (Begin(first.id, port, {"shape": shape, **whole_numbers}),)
        why = "A model begins at its inputs. Give it the size of your data."
        template = "Put an input of {shape} before {name}"
        values = {"shape": shape_text((None, *shape)), "name": first.name}
        yield propose(rank, "begin", template, steps, why, **values)


def _lacks(case: Case, node: Node) -> str:
    """The first port that must be wired and is not, if nothing at all comes in."""
    spec = case.catalog.layers.get(owner(case.graph, node).type)
    if spec is None or node.type == INPUT or node.id in case.graph.incoming:
        return ""
    missing = missing_ports(spec, node, {})
    return missing[0].name if missing else ""


def _shapes(node: Node, port: str) -> list[list[int]]:
    name = node.type.rpartition(".")[2]
    likely = next((shape for mark, shape in _BY_MARK if mark in name), None)
    if likely is None:
        likely = _SEQUENCE if port == "sequences" else _VECTOR if "Dense" in name else _IMAGE
    others = (_IMAGE, _VECTOR, _SEQUENCE, _VOLUME)
    return [likely, *(shape for shape in others if shape != likely)]


def _no_output(case: Case) -> Iterator[Proposal]:
    graph = case.graph
    yield from _switched(case, [*graph.bypassed])
    marks = [n for n in graph.nodes.values() if n.type == OUTPUT and n.id not in graph.incoming]
    if marks:
        sinks = [n for n in graph.nodes.values() if _ends_here(case, n)]
        for rank, (node, mark) in enumerate([(n, m) for n in sinks for m in marks][:_MOST]):
            yield _wired(case, rank, node, mark)
        return
    loose = [n for n in graph.nodes.values() if _lacks(case, n)]
    inputs = [n for n in graph.nodes.values() if n.type == INPUT]
    for rank, (node, target) in enumerate([(i, n) for i in inputs for n in loose][:_MOST]):
        yield _wired(case, rank, node, target)


def _ends_here(case: Case, node: Node) -> bool:
    graph = case.graph
    return node.type not in (INPUT, OUTPUT) and node.id in graph.incoming.keys() - graph.outgoing


def _wired(case: Case, rank: int, source: Node, target: Node) -> Proposal:
    edge = wire(case.document, case.catalog, source.id, 0, target.id)
    steps: tuple[Step, ...] = (Connect(edge),) if isinstance(edge, Edge) else ()
    why = "What comes out of the model must come out of its input."
    values = {"source": source.name, "name": target.name}
    return propose(rank, "wire", "Wire {source} to {name}", steps, why, **values)


def _cut_off(case: Case) -> Iterator[Proposal]:
    key = case.graph.names.get(str(case.problem.values.get("bypassed", "")))
    yield from _switched(case, [key] if key is not None else [])


def _switched(case: Case, keys: list[str]) -> Iterator[Proposal]:
    nodes = [case.graph.nodes[key] for key in keys]
    if nodes:
        why = "It is part of the model again, with the parameters that it had."
        names = ", ".join(node.name for node in nodes)
        steps = [SwitchOn(node.id) for node in nodes]
        yield propose(0, "switch_on", "Switch {names} on again", steps, why, names=names)


def _bypassed_end(case: Case) -> Iterator[Proposal]:
    yield from _switched(case, [case.node.id] if case.node is not None else [])


def _shared(case: Case) -> Iterator[Proposal]:
    """A layer that two tensors of unlike sizes are put through."""
    node = case.node
    if node is None:
        return
    other = case.graph.nodes.get(str(case.problem.values.get("other_id", "")))
    caller = node if node.shares else other
    if caller is not None and caller.shares:
        why = "It begins with the same parameters, and learns weights of its own."
        template = "Give {name} a layer of its own"
        yield propose(0, "unshare", template, (Unshare(caller.id),), why, name=caller.name)
    wanted = feeds_of(case, other) if other is not None else None
    feeds = feeds_of(case, node)
    if wanted and feeds and len(wanted[0].shape) == len(feeds[0].shape):
        yield from _as_wide(feeds[0], wanted[0])


def _as_wide(feed: Feed, wanted: Feed) -> Iterator[Proposal]:
    channels = wanted.channels
    if channels is None or channels == feed.channels or whole(feed.sizes) != whole(wanted.sizes):
        return
    why = "Both tensors are then as wide as the weights that they share."
    steps = (projection(feed, channels),)
    yield put(1, "as_wide", feed, steps, why)
    if steps != (dense := (layer(feed, "Dense", {"units": channels}),)):
        yield put(2, "as_wide", feed, dense, why)


_BY_CODE: Mapping[str, Callable[[Case], Iterable[Proposal]]] = {
    "no_input": _no_input,
    "no_output": _no_output,
    "cut_off": _cut_off,
    "cannot_bypass": _bypassed_end,
    "shared_sizes": _shared,
}
