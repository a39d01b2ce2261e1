"""Every way to change a document: pure functions from a Document to a Document.

An edit that is not possible raises a ProblemError and nothing has happened. What an edit does
not touch stays the very same object, so comparing two documents is quick.
"""

import re
import secrets
from collections.abc import Container, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from designer.document.model import (
    INPUT,
    OUTPUT,
    PASSAGES,
    DatasetChoice,
    Document,
    Edge,
    Graph,
    Node,
    TrainingPlan,
)
from designer.document.order import reaches, topological
from designer.document.problem import Where, failure

MAX_NODES = 20_000
NAME_LIMIT = 100


def _node(graph: Graph, key: str) -> Node:
    try:
        return graph.nodes[key]
    except KeyError:
        template = "There is no node {id} in this design any more."
        raise failure("no_such_node", template, Where(node=key), id=key) from None


def replace_graph(document: Document, graph: Graph) -> Document:
    """The document with another graph."""
    return replace(document, graph=graph)


def _with_node(document: Document, node: Node) -> Document:
    nodes = {**document.graph.nodes, node.id: node}
    return replace(document, graph=Graph(nodes, document.graph.edges))


# --- Names and ids ------------------------------------------------------------------------------


def snake_case(name: str) -> str:
    """A class name as Keras writes it in layer names: "Conv2D" is "conv2d", as in Keras."""
    name = re.sub(r"\W+", "", name)
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def unique_name(graph: Graph, wanted: str) -> str:
    """`wanted`, or `wanted_1`, `wanted_2` ... where that is taken."""
    return FreeNames(graph.names).take(wanted)


class FreeNames:
    """Hands out names that are not among `taken`, each once, and quickly for thousands."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}  # by stem: all numbers below are taken

    def take(self, wanted: str) -> str:
        """`wanted`, or its stem with the first number that is free."""
        name = wanted
        if wanted in self._taken:
            stem = re.sub(r"_\d+$", "", wanted) or wanted
            number = self._next.get(stem, 1)
            while f"{stem}_{number}" in self._taken:
                number += 1
            self._next[stem] = number + 1
            name = f"{stem}_{number}"
        self._taken.add(name)
        return name


def fresh_name(graph: Graph, kind: str) -> str:
    """A free name for a node of that type, in the way of Keras ("conv2d", "conv2d_1")."""
    if kind == OUTPUT:
        return unique_name(graph, "output")
    stem = kind.rpartition(".")[2]
    return unique_name(graph, "input" if stem == "InputLayer" else snake_case(stem))


def fresh_id(graph: Graph, kind: str) -> str:
    """A free id. It stays when names change, and is drawn by lot so that two people who add
    nodes to the same file do not meet on one id when they merge.
    """
    return free_id(graph.nodes, kind)


def free_id(taken: Container[str], kind: str) -> str:
    """An id for that kind of thing that is not among `taken`."""
    stem = snake_case(kind.rpartition(".")[2]) or "node"
    while (key := f"{stem}_{secrets.token_hex(3)}") in taken:
        pass
    return key


def new_node(
    graph: Graph, kind: str, x: float, y: float, params: Mapping[str, Any] | None = None
) -> Node:
    """A node of that type with a free id and a free name, not yet in the graph."""
    return Node(fresh_id(graph, kind), kind, fresh_name(graph, kind), dict(params or {}), x=x, y=y)


def check_name(document: Document, key: str, name: str) -> None:
    """ProblemError where Keras or this design cannot have `name` for the node `key`."""
    where = Where(node=key, param="name")
    if not name.strip():
        raise failure("empty_name", "A layer needs a name: type at least one letter.", where)
    if "/" in name or not name.isprintable():
        template = "Keras allows no '/' and no control characters in the name {name!r}."
        raise failure("bad_name", template + " Use letters, digits and '_'.", where, name=name)
    if len(name) > NAME_LIMIT:
        template = "The name has {length} characters; at most {limit} are allowed. Shorten it."
        raise failure("long_name", template, where, length=len(name), limit=NAME_LIMIT)
    owner = document.graph.names.get(name, key)
    if owner != key:
        template = "Another node is named {name} already, and Keras wants each name once."
        raise failure("name_taken", template + " Choose another.", where, name=name)


# --- Nodes --------------------------------------------------------------------------------------


def _check_count(count: int) -> None:
    if count > MAX_NODES:
        template = "A design holds at most {limit} nodes; this would make {count}."
        raise failure("too_many_nodes", template, limit=MAX_NODES, count=count)


def add(document: Document, nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> Document:
    """Adds nodes and wires; ids must be free, wires must end at nodes that are there."""
    graph = document.graph
    merged = dict(graph.nodes)
    for node in nodes:
        if node.id in merged:
            raise failure(
                "id_taken", "The id {id} is taken already.", Where(node=node.id), id=node.id
            )
        merged[node.id] = node
    _check_count(len(merged))
    places = {(e.target, e.input, e.slot): e for e in graph.edges}
    for edge in edges:
        for end in (edge.source, edge.target):
            _node(Graph(merged), end)
        places[edge.target, edge.input, edge.slot] = edge
    whole = Graph(merged, frozenset(places.values()))
    if len(whole.edges) > len(graph.edges):
        topological(whole)  # raises on a cycle
    return replace(document, graph=whole)


def remove(document: Document, ids: Iterable[str]) -> Document:
    """Removes nodes with their wires. A shared layer goes on in the first node that shared it."""
    gone = set(ids)
    graph = document.graph
    for key in gone:
        _node(graph, key)
    nodes = {key: node for key, node in graph.nodes.items() if key not in gone}
    heirs: dict[str, str] = {}
    for key, node in list(nodes.items()):
        if node.shares in gone:
            owner = graph.nodes[node.shares]
            heir = heirs.setdefault(owner.id, key)
            inherits = {"params": owner.params, "shares": ""} if heir == key else {"shares": heir}
            nodes[key] = replace(node, **inherits)
    edges = frozenset(e for e in graph.edges if e.source not in gone and e.target not in gone)
    return replace(document, graph=Graph(nodes, edges))


def move(document: Document, places: Mapping[str, tuple[float, float]]) -> Document:
    """Puts the centres of nodes at other places."""
    nodes = dict(document.graph.nodes)
    for key, (x, y) in places.items():
        nodes[key] = replace(_node(document.graph, key), x=float(x), y=float(y))
    return replace(document, graph=Graph(nodes, document.graph.edges))


def rename(document: Document, key: str, name: str) -> Document:
    """Gives a node another name; ProblemError where the name is taken or Keras refuses it."""
    node = _node(document.graph, key)
    check_name(document, key, name)
    return _with_node(document, replace(node, name=name))


def _owner(document: Document, key: str) -> Node:
    node = _node(document.graph, key)
    return _node(document.graph, node.shares) if node.shares else node


def set_param(document: Document, key: str, name: str, value: Any) -> Document:
    """Sets a parameter; for a node that shares a layer, that of the layer's owner."""
    node = _owner(document, key)
    return _with_node(document, replace(node, params={**node.params, name: value}))


def reset_param(document: Document, key: str, name: str) -> Document:
    """Takes a parameter back to Keras' default by forgetting what was set."""
    node = _owner(document, key)
    rest = {k: v for k, v in node.params.items() if k != name}
    return _with_node(document, replace(node, params=rest))


def set_argument(document: Document, key: str, name: str, value: Any) -> Document:
    """Sets a literal argument of the node's call; None takes it away."""
    node = _node(document.graph, key)
    arguments = {**node.arguments, name: value}
    if value is None:
        del arguments[name]
    return _with_node(document, replace(node, arguments=arguments))


def check_bypass(node: Node) -> None:
    """ProblemError where a node is bypassed that a model cannot do without."""
    if node.bypassed and node.type in PASSAGES:
        template = "{name} is a port of its block and no layer. Bypass what it is wired to."
        raise failure("cannot_bypass", template, Where(node=node.id), name=node.name)
    if node.bypassed and node.type in (INPUT, OUTPUT):
        template = (
            "{name} cannot be bypassed: a model begins at its inputs and ends at its outputs. "
            "Bypass a layer, or delete {name}."
        )
        raise failure("cannot_bypass", template, Where(node=node.id), name=node.name)


def bypass(document: Document, ids: Iterable[str], *, on: bool) -> Document:
    """Takes nodes out of the model, their parameters and wires kept, or (`on` False) back in."""
    changed = {}
    for key in ids:
        node = _node(document.graph, key)
        if node.bypassed != on:
            changed[key] = replace(node, bypassed=on)
            check_bypass(changed[key])
    if not changed:
        return document
    nodes = {**document.graph.nodes, **changed}
    return replace(document, graph=Graph(nodes, document.graph.edges))


# --- Wires --------------------------------------------------------------------------------------


def connect(document: Document, edge: Edge) -> Document:
    """Adds a wire; one that sits at the same port and slot is replaced. Cycles are refused."""
    graph = document.graph
    source, target = _node(graph, edge.source), _node(graph, edge.target)
    if edge.source == edge.target or reaches(graph, edge.target, edge.source):
        template = (
            "A wire from {source} to {target} would close a circle, and data flows one way in a "
            "Keras model. Wire from an earlier node."
        )
        where = Where(node=edge.target, port=edge.input)
        raise failure("cycle", template, where, source=source.name, target=target.name)
    kept = (e for e in graph.incoming.get(edge.target, ()) if _same_place(e, edge))
    edges = (graph.edges - frozenset(kept)) | {edge}
    return replace(document, graph=Graph(graph.nodes, edges))


def _same_place(one: Edge, other: Edge) -> bool:
    return (one.target, one.input, one.slot) == (other.target, other.input, other.slot)


def disconnect(document: Document, edges: Iterable[Edge]) -> Document:
    """Removes wires; those that are not there are passed over."""
    graph = document.graph
    rest = graph.edges - frozenset(edges)
    if len(rest) == len(graph.edges):
        return document
    return replace(document, graph=Graph(graph.nodes, rest))


# --- Pieces -------------------------------------------------------------------------------------


def paste(
    document: Document, nodes: Iterable[Node], edges: Iterable[Edge], dx: float, dy: float
) -> tuple[Document, dict[str, str]]:
    """Adds copies of nodes, moved by (dx, dy), under fresh ids and names, with the wires among
    them; also tells which new id each old one got.
    """
    originals = tuple(nodes)
    _check_count(len(document.graph.nodes) + len(originals))
    ids, names = set(document.graph.nodes), FreeNames(document.graph.names)
    new_ids: dict[str, str] = {}
    for node in originals:
        new_ids[node.id] = free_id(ids, node.type)
        ids.add(new_ids[node.id])
    pasted = {}
    for node in originals:
        port = node.type in PASSAGES
        key, name = new_ids[node.id], node.name if port else names.take(node.name)
        copy = replace(node, id=key, name=name, x=node.x + dx, y=node.y + dy)
        pasted[key] = _reshared(copy, new_ids, document)
    inner = frozenset(
        replace(e, source=new_ids[e.source], target=new_ids[e.target])
        for e in edges
        if e.source in new_ids and e.target in new_ids
    )
    merged = Graph({**document.graph.nodes, **pasted}, document.graph.edges | inner)
    return replace(document, graph=merged), new_ids


def _reshared(node: Node, new_ids: Mapping[str, str], document: Document) -> Node:
    if not node.shares:
        return node
    shares = new_ids.get(node.shares) or (
        node.shares if node.shares in document.graph.nodes else ""
    )
    return replace(node, shares=shares)


# --- The design itself --------------------------------------------------------------------------


def set_name(document: Document, name: str) -> Document:
    """Names the design."""
    return replace(document, name=name.strip() or "untitled")


def set_notes(document: Document, notes: str) -> Document:
    """Writes the design's notes."""
    return replace(document, notes=notes)


def set_direction(document: Document, direction: str) -> Document:
    """Which way the layout runs: "down" or "right"."""
    if direction not in ("down", "right"):
        template = "A layout runs 'down' or 'right', not {direction!r}."
        raise failure("bad_direction", template, direction=direction)
    return replace(document, direction=direction)


def set_data(document: Document, data: DatasetChoice) -> Document:
    """Chooses the data."""
    return replace(document, data=data)


def set_training(document: Document, training: TrainingPlan) -> Document:
    """Chooses how to train."""
    return replace(document, training=training)
