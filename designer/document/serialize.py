"""Bytes <-> Document: JSON with sorted keys and one node or wire a line, so that git can merge it.

A file is data and only data: everything is checked while it is read, limits hold for size and
depth, and what is wrong is told with its line or its path in the file.
"""

import json
import math
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import Struct

from designer.document import block_lines, own_layers
from designer.document.mark_lines import FrameLine, NoteLine, lines_of, marks_of
from designer.document.migrations import FORMAT, VERSION, migrate
from designer.document.model import (
    INPUT,
    OUTPUT,
    DatasetChoice,
    Document,
    Edge,
    Graph,
    Node,
    TrainingPlan,
)
from designer.document.order import cycles
from designer.document.problem import Where, failure

SUFFIX = ".skipwire"
MAX_BYTES = 64_000_000
MAX_DEPTH = 60


class NodeLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A node as it stands in a file: `at` is its centre, in canvas pixels at 100 %."""

    id: str
    type: str
    name: str
    at: tuple[float, float] = (0.0, 0.0)
    params: dict[str, Any] = {}
    arguments: dict[str, Any] = {}
    shares: str = ""
    bypassed: bool = False
    block: str = ""


class EdgeLine(Struct, frozen=True, forbid_unknown_fields=True):
    """A wire as it stands in a file: (node, output) and (node, port, slot)."""

    source: tuple[str, int]
    target: tuple[str, str, int]


class DesignFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    format: str
    version: int
    name: str
    nodes: list[NodeLine]
    edges: list[EdgeLine]
    data: DatasetChoice = DatasetChoice()
    training: TrainingPlan = TrainingPlan()
    direction: str = "down"
    notes: str = ""
    frames: list[FrameLine] = []
    sticky_notes: list[NoteLine] = []
    blocks: list[block_lines.BlockLine] = []
    layer_files: list[own_layers.LayerFileLine] = []


def _number(value: float) -> float:
    rounded = round(float(value), 3)
    return int(rounded) if rounded.is_integer() else rounded


def _place(value: float) -> float:
    """The same for one of the many that are whole already; ValueError for what is no number."""
    if not math.isfinite(value):
        raise ValueError("a node's place is no number")
    whole = int(value)
    return whole if whole == value else _number(value)


_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, allow_nan=False, default=msgspec.to_builtins
).encode
_quote = json.encoder.encode_basestring


def _line(value: Any) -> str:
    return _encode(msgspec.to_builtins(value))


def _edge(edge: Edge) -> str:
    """An EdgeLine, written by hand: wires are many and all alike."""
    source = f"[{_quote(edge.source)}, {edge.output}]"
    target = f"[{_quote(edge.target)}, {_quote(edge.input)}, {edge.slot}]"
    return f'{{"source": {source}, "target": {target}}}'


def _node(node: Node) -> str:
    """A NodeLine, written by hand for the same reason: sorted keys, no defaults."""
    at = f'"at": [{_place(node.x)}, {_place(node.y)}]'
    names = f'"id": {_quote(node.id)}, "name": {_quote(node.name)}'
    params = f'"params": {_encode(node.params)}, ' if node.params else ""
    kind = f'"type": {_quote(node.type)}'
    if not (node.arguments or node.block or node.bypassed or node.shares):
        return f"{{{at}, {names}, {params}{kind}}}"
    call = f'"arguments": {_encode(node.arguments)}, ' if node.arguments else ""
    block = f'"block": {_quote(node.block)}, ' if node.block else ""
    bypassed = '"bypassed": true, ' if node.bypassed else ""
    shares = f'"shares": {_quote(node.shares)}, ' if node.shares else ""
    return f"{{{call}{at}, {block}{bypassed}{names}, {params}{shares}{kind}}}"


def _lines(values: list[str]) -> str:
    return "[\n" + ",\n".join(f"    {value}" for value in values) + "\n  ]" if values else "[]"


def to_bytes(document: Document) -> bytes:
    """The file's bytes: the same for equal documents. Numbers that JSON lacks raise a problem."""
    graph = document.graph
    nodes = sorted(graph.nodes.values(), key=attrgetter("id"))
    edges = sorted(graph.edges, key=attrgetter("target", "input", "slot", "source", "output"))
    frames, notes = lines_of(document.marks, _number)
    try:
        parts = {
            "data": _line(document.data),
            "direction": _line(document.direction),
            "edges": _lines([_edge(edge) for edge in edges]),
            "format": _line(FORMAT),
            "name": _line(document.name),
            "nodes": _lines([_node(node) for node in nodes]),
            "notes": _line(document.notes),
            "training": _line(document.training),
            "version": _line(VERSION),
        }
        # Only where there are some, so that the files of older designs stay as they are.
        blocks = block_lines.lines_of(document.blocks, _number)
        optional: dict[str, Sequence[Struct]]
        optional = {"frames": frames, "sticky_notes": notes, "blocks": blocks}
        optional["layer_files"] = own_layers.lines_of(document)
        parts |= {k: _lines([_line(line) for line in v]) for k, v in optional.items() if v}
    except (ValueError, TypeError) as error:
        template = "The design holds a value that a file cannot: {reason}. Change that parameter."
        raise failure("cannot_serialize", template, reason=str(error)) from error
    body = ",\n".join(f'  "{key}": {value}' for key, value in sorted(parts.items()))
    return f"{{\n{body}\n}}\n".encode("utf-8", "replace")


def load_json(data: bytes, where: Where) -> Any:
    """JSON that is bounded in size and strict in its numbers, or a ProblemError with the place."""
    if len(data) > MAX_BYTES:
        template = "The file is larger than {limit} MB. No design is: is it another kind of file?"
        raise failure("too_large", template, where, limit=MAX_BYTES // 1_000_000)
    try:
        text = data.decode("utf-8-sig")
        return json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except UnicodeDecodeError as error:
        template = "The file is not text (byte {place} is no UTF-8). Is it another kind of file?"
        raise failure("not_text", template, where, place=error.start) from error
    except json.JSONDecodeError as error:
        template = (
            "Line {line}, column {column}: {reason}. The file is broken or cut off there; "
            "restore it from a copy or mend that line."
        )
        values = {"line": error.lineno, "column": error.colno, "reason": error.msg}
        raise failure("not_json", template, where, **values) from error
    except (RecursionError, ValueError) as error:
        template = "The file is no sound JSON: {reason}."
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        if "digits" in reason:  # Python's own words advise a programmer
            reason = "a number in it has more digits than any value needs"
        raise failure("not_json", template, where, reason=reason) from error


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is larger than a number can be")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number that JSON knows")


def _too_deep(value: Any) -> bool:
    layer, depth = [value], 0
    while layer and depth <= MAX_DEPTH:
        inner: list[Any] = []
        for item in layer:
            if isinstance(item, dict):
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(item)
        layer, depth = inner, depth + 1
    return bool(layer)


def from_bytes(data: bytes, file: str = "") -> Document:
    """The document in a file's bytes; ProblemError tells what is wrong and where. `file` is its
    name, for the message.
    """
    where = Where(file=file)
    return read(load_json(data, where), where)


def read(body: Any, where: Where) -> Document:
    """The document in JSON that is loaded already."""
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        template = (
            'This is no Skipwire design: its "format" is not "{format}". Open .skipwire files '
            "here, or .keras files of Keras 3."
        )
        raise failure("not_a_design", template, where, format=FORMAT)
    if _too_deep(body):
        raise failure("not_json", "The file is nested too deeply to be a design.", where)
    try:
        read = msgspec.convert(migrate(body, where), DesignFile)
    except msgspec.ValidationError as error:
        template = "The design is broken: {reason}. Mend it there, or restore it from a copy."
        raise failure("broken_field", template, where, reason=str(error)) from error
    return _document(read, where)


def _document(read: DesignFile, where: Where) -> Document:
    nodes: dict[str, Node] = {}
    for line in read.nodes:
        if not line.id or line.id in nodes:
            template = "Two nodes have the id {id!r}; each needs its own. Change one of them."
            raise failure("double_id", template, where, id=line.id)
        nodes[line.id] = Node(
            line.id, line.type, line.name, line.params, line.arguments, line.shares, *line.at,
            line.bypassed, line.block,
        )  # fmt: skip
    graph = Graph(nodes, _edges(read, nodes, where))
    _check(graph, where)
    document = Document(
        name=read.name,
        graph=graph,
        data=read.data,
        training=read.training,
        direction=read.direction if read.direction in ("down", "right") else "down",
        notes=read.notes,
        marks=marks_of(read.frames, read.sticky_notes, nodes, where),
        blocks=block_lines.blocks_of(read.blocks, where),
        layer_files=own_layers.files_of(read.layer_files, where),
    )
    block_lines.check(document, where)
    return document


def _edges(read: DesignFile, nodes: dict[str, Node], where: Where) -> frozenset[Edge]:
    places: dict[tuple[str, str, int], Edge] = {}
    for line in read.edges:
        source, output = line.source
        edge = Edge(source, output, *line.target)
        for end in (edge.source, edge.target):
            if end not in nodes:
                template = "A wire ends at {id!r}, and no node has this id. Remove that wire."
                raise failure("loose_wire", template, where, id=end)
        if edge.output < 0 or edge.slot < 0:
            template = "A wire of {id!r} has a negative output or slot. Count from 0."
            raise failure("bad_wire", template, where, id=edge.source)
        if line.target in places:
            template = "Two wires end at slot {slot} of {id}'s port {port!r}. Number them apart."
            values = {"slot": edge.slot, "id": edge.target, "port": edge.input}
            raise failure("double_wire", template, where, **values)
        places[line.target] = edge
    return frozenset(places.values())


def _check(graph: Graph, where: Where) -> None:
    looped = cycles(graph)
    if looped:
        names = ", ".join(graph.nodes[node].name for node in looped[:5])
        template = (
            "The wires run in a circle through {names}. Data flows one way in a Keras model: "
            "remove one of these wires from the file."
        )
        raise failure("cycle", template, where, names=names)
    for node in graph.nodes.values():
        owner = graph.nodes.get(node.shares) if node.shares else None
        if node.shares and (owner is None or owner.shares or owner.type != node.type):
            template = "{name} shares the layer of {owner!r}, which is no node with such a layer."
            raise failure("bad_share", template, where, name=node.name, owner=node.shares)
        if node.bypassed and node.type in (INPUT, OUTPUT):
            template = (
                "{name} is bypassed, which no input and no output of a model can be. Take "
                '"bypassed" away from its line.'
            )
            raise failure("bad_bypass", template, where, name=node.name)


def schema() -> dict[str, Any]:
    """The JSON Schema of the file format, as it is published in resources/."""
    body = msgspec.json.schema(DesignFile)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Skipwire design, version {VERSION}",
        **body,
    }
