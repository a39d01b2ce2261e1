"""Reads code in a test, and tells the graph in short lines: `name Type(params) <- sources`."""

import json
import textwrap
from collections.abc import Mapping
from typing import Any

import pytest

from designer.catalog.load import load
from designer.catalog.spec import Catalog
from designer.document.model import INPUT, OUTPUT, Document, Graph
from designer.document.problem import Problem, ProblemError
from designer.formats.python.reading import Reading, paste, read_source
from designer.formats.python.text import Source
from designer.infer.bypass import active

CATALOG: Catalog = load()
START = "import keras\nfrom keras import layers, ops\n"


def reading(text: str) -> Reading:
    """What is read of the code."""
    return read_source(Source(textwrap.dedent(text)), CATALOG)


def told(text: str) -> list[str]:
    """The graph of a file with this code."""
    return lines(reading(text).document.graph)


def body(text: str) -> list[str]:
    """The graph of code that starts with the usual imports, without its inputs and outputs."""
    found = reading(START + textwrap.dedent(text)).document.graph
    return [line for line in lines(found) if " Input" not in line and " output" not in line]


def pasted(text: str) -> list[str]:
    """The graph of pasted code."""
    fragment, _ = paste(textwrap.dedent(text), CATALOG)
    return lines(Graph({node.id: node for node in fragment.nodes}, fragment.edges))


def refusal(text: str) -> Problem:
    """Why the code cannot be read."""
    with pytest.raises(ProblemError) as caught:
        reading(text)
    return caught.value.problem


def lines(graph: Graph) -> list[str]:
    """A line for each node, in the order of the script; blocks make no difference."""
    found = []
    graph = active(Document(graph=graph), CATALOG).graph
    for node in graph.nodes.values():
        kind = {INPUT: "Input", OUTPUT: "output"}.get(node.type, node.type)
        given = _given({**node.params, **node.arguments})
        ends = [
            edge.source + (f":{edge.output}" if edge.output else "")
            for edge in graph.incoming.get(node.id, ())
        ]
        shared = f" = {node.shares}" if node.shares else ""
        wires = f" <- {', '.join(ends)}" if ends else ""
        found.append(f"{node.name} {kind.removeprefix('layers.')}({given}){shared}{wires}")
    return found


def _given(params: Mapping[str, Any]) -> str:
    return ", ".join(f"{k}={_short(v)}" for k, v in sorted(params.items()))


def _short(value: Any) -> str:
    if isinstance(value, dict) and "object" in value:
        params = _given(value["params"])
        return f"{value['object']}({params})"
    if isinstance(value, list):
        return f"[{', '.join(map(_short, value))}]"
    return json.dumps(value)
