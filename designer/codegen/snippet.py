"""Some nodes of a design as Python: the very lines that the script has for them, to be pasted
into a text. What comes in from outside stands there under the name that it has in the script.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable

from designer.catalog.spec import Catalog
from designer.codegen.page import Page
from designer.codegen.plan import Output, Plan, spec_of
from designer.codegen.script import ModelWriter
from designer.document.blocks import inner_nodes, within
from designer.document.edits import replace_graph
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.order import topological
from designer.infer.bypass import active
from designer.infer.questions import missing_ports, owner

_FREE = "x"  # stands for an input that nothing is wired to


def snippet(document: Document, catalog: Catalog, ids: Iterable[str]) -> str:
    """The lines of these nodes and blocks, "" where none has any; blocks with their functions.

    ProblemError "unknown_type".
    """
    whole, document, asked = document, active(document, catalog), set(ids)
    blocks = within(whole, asked)
    wanted = asked | inner_nodes(whole, blocks)
    order = [document.graph.nodes[key] for key in topological(document.graph) if key in wanted]
    inputs = tuple(node for node in order if node.type == INPUT)
    calls = tuple(node for node in order if node.type not in (INPUT, OUTPUT))
    fed = _fed(document, catalog, calls)
    page = Page()
    used = _used(fed.graph, calls)
    writer = ModelWriter(whole, fed.graph, catalog, Plan(inputs, calls, used, ()), page, blocks)
    for key in _outside(fed.graph, calls, wanted):
        writer.body.variable(fed.graph.nodes[key])
    writer.write_nodes()
    defined = Page()
    writer.functions.write(defined)
    rows = "\n".join(page.lines)
    lines = [*defined.lines, *textwrap.dedent(rows + "\n").rstrip("\n").split("\n")]
    return "\n".join(lines) + "\n" if page.lines else ""


def _used(graph: Graph, calls: Iterable[Node]) -> tuple[Output, ...]:
    """What these calls give to others, or to nobody."""
    inside = {node.id for node in calls}
    found: dict[tuple[str, int], None] = {}
    for node in calls:
        edges = graph.outgoing.get(node.id, ())
        if not edges:
            found[node.id, 0] = None
        for edge in edges:
            if edge.target not in inside:
                found[node.id, edge.output] = None
    return tuple(Output(source, output) for source, output in found)


def _fed(document: Document, catalog: Catalog, calls: Iterable[Node]) -> Document:
    """The document with something wired to every input that must have a wire and has none."""
    graph, free = document.graph, Node("", INPUT, _FREE)
    edges = set(graph.edges)
    for node in calls:
        spec = spec_of(owner(graph, node), catalog)
        wired = Counter(edge.input for edge in graph.incoming.get(node.id, ()))
        for port in missing_ports(spec, node, wired):
            slots = [e.slot for e in graph.incoming.get(node.id, ()) if e.input == port.name]
            start = max(slots, default=-1) + 1
            missing = (port.minimum if port.variadic else 1) - len(slots)
            edges.update(
                Edge(free.id, 0, node.id, port.name, start + n) for n in range(max(missing, 1))
            )
    return replace_graph(document, Graph({**graph.nodes, free.id: free}, frozenset(edges)))


def _outside(graph: Graph, calls: Iterable[Node], inside: set[str]) -> list[str]:
    found = [e.source for node in calls for e in graph.incoming.get(node.id, ())]
    return [key for key in dict.fromkeys(found) if key not in inside]
