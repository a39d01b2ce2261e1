"""The problems of a design: what keeps Keras from building it, and what it lets pass in silence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from designer.catalog.fitting import expected
from designer.catalog.spec import Catalog, LayerSpec
from designer.document import own_layers
from designer.document.edits import check_bypass, check_name
from designer.document.model import INPUT, OUTPUT, Document, Graph, Node
from designer.document.order import cycles
from designer.document.problem import Problem, ProblemError, Severity, Where
from designer.infer.broadcasting import broadcast
from designer.infer.ends import output_ends
from designer.infer.explain import explain
from designer.infer.questions import missing_ports, owner
from designer.infer.report import NodeReport
from designer.infer.traps import design_traps, strides_equal_kernel
from designer.protocol import Answer

KEPT = 20_000  # nodes that are remembered although they are gone
NOT_LOADED = "custom_not_loaded"

Findings = Iterator[Problem]


def _say(
    severity: Severity,
    code: str,
    template: str,
    node: Node,
    values: Mapping[str, object] | None = None,
    port: str = "",
    param: str = "",
) -> Problem:
    where = Where(node=node.id, port=port, param=param)
    return Problem(severity, code, template, {"name": node.name, **(values or {})}, where)


def _counts(graph: Graph, node: Node) -> dict[str, int]:
    found: dict[str, int] = {}
    for edge in graph.incoming.get(node.id, ()):
        found[edge.input] = found.get(edge.input, 0) + 1
    return found


def sound(graph: Graph, node: Node, spec: LayerSpec) -> bool:
    """Whether Keras can be asked about the node: ports wired, parameters known and there."""
    if spec.unbuildable or next(_params(graph, node, spec), None) is not None:
        return False
    known = {port.name for port in spec.inputs}
    wired = _counts(graph, node)
    return not missing_ports(spec, node, wired) and known.issuperset(wired)


@dataclass(frozen=True, slots=True)
class _Clean:
    """A node without problems, and everything that could give it some.

    An answer stands for the shapes that come in: those are part of the question.
    """

    node: Node
    owner: Node
    answer: Answer | None
    rest: tuple[object, ...]

    def wired_as(self, other: "_Clean") -> bool:
        """Whether all but the answer is the same; by identity, for edits keep what they can."""
        same = self.node is other.node and self.owner is other.owner
        return same and self.rest == other.rest


class Checker:
    """Finds the problems; a node that was clean stays so while nothing about it has changed."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._clean: dict[str, _Clean] = {}

    def problems(
        self,
        document: Document,
        nodes: Mapping[str, NodeReport],
        answers: Mapping[str, Answer],
        inside: set[str],
    ) -> tuple[Problem, ...]:
        """All problems, those of the design as a whole first, then node by node."""
        graph = document.graph
        found = [*_whole(document)]
        if len(nodes) < len(graph.nodes):  # the walk comes to no node on a circle, or behind it
            found += _circles(graph)
        clean: dict[str, _Clean] = {}
        for node in graph.nodes.values():
            now, before = _now(graph, node, answers, inside), self._clean.get(node.id)
            of_node: list[Problem] = []
            if before is None or not before.wired_as(now):
                of_node += _of_node(document, self._catalog, node, inside)
                before = None
            if now.answer is not None and (before is None or before.answer is not now.answer):
                of_node += _shapes(graph, node, nodes, now.answer)
            if of_node:
                found += of_node
            else:
                clean[node.id] = now
        # What undo brings back is clean still.
        self._clean = {**(self._clean if len(self._clean) <= KEPT else {}), **clean}
        found += _traps(graph, self._catalog, nodes, found)
        rank = {"error": 0, "warning": 1, "info": 2}
        return tuple(sorted(found, key=lambda p: rank[p.severity]))


def _traps(
    graph: Graph, catalog: Catalog, nodes: Mapping[str, NodeReport], found: list[Problem]
) -> Findings:
    """What is doubtful in the design as a whole, but for what an error has named already."""
    named = any(problem.code == "data_format" for problem in found)
    return (p for p in design_traps(graph, catalog, nodes) if not named or p.code == "no_merge")


def _now(graph: Graph, node: Node, answers: Mapping[str, Answer], inside: set[str]) -> _Clean:
    key = node.id
    rest = (
        key in inside,
        graph.names.get(node.name),
        graph.incoming.get(key),
        graph.outgoing.get(key),
    )
    return _Clean(node, owner(graph, node), answers.get(key), rest)


def _whole(document: Document) -> Findings:
    graph = document.graph
    if not graph.nodes:
        return
    if not any(node.type == INPUT for node in graph.nodes.values()):
        template = "The design has no input. Drag an Input on to the canvas and wire it to a layer."
        yield Problem("error", "no_input", template)
    elif not output_ends(graph):
        template = "The design has no output: nothing is wired to its inputs. Wire a layer to one."
        yield Problem("error", "no_output", template)


def _circles(graph: Graph) -> Findings:
    looped = cycles(graph)
    if looped:
        names = ", ".join(graph.nodes[key].name for key in looped[:5])
        template = (
            "The wires run in a circle through {names}. Data flows one way in a Keras model: "
            "remove one of these wires."
        )
        yield Problem("error", "cycle", template, {"names": names}, Where(node=looped[0]))


def _of_node(document: Document, catalog: Catalog, node: Node, inside: set[str]) -> Findings:
    graph = document.graph
    try:
        check_name(document, node.id, node.name)
        check_bypass(node)
    except ProblemError as error:
        yield error.problem
    if node.type == OUTPUT:
        if node.id not in graph.incoming:
            template = "Nothing is wired to the output {name}. Wire a layer to it, or delete it."
            yield _say("warning", "unconnected", template, node)
        return
    spec = catalog.layers.get(node.type)
    if spec is None:
        yield _unknown(document, catalog, node)
        return
    if spec.unbuildable:
        template = "{name} cannot be built from a design: {reason}. Use another layer."
        yield _say("error", "unbuildable", template, node, {"reason": spec.unbuildable})
    yield from _params(graph, node, spec)
    yield from _wires(graph, node, spec, inside)
    trap = strides_equal_kernel(graph, node)
    if trap is not None:
        yield trap


def _unknown(document: Document, catalog: Catalog, node: Node) -> Problem:
    if own_layers.custom(node.type):
        return not_loaded(document, node)
    template = (
        "{name} is a {type!r}, which Keras {keras} does not have. Replace the node, or open "
        "the design with the Keras that it was made for."
    )
    version = catalog.keras_version
    return _say("error", "unknown_type", template, node, {"type": node.type, "keras": version})


def not_loaded(document: Document, node: Node) -> Problem:
    """The problem of a user's own layer whose file has not been loaded."""
    module, layer = own_layers.split(node.type)
    file = next((f.file for f in document.layer_files if f.module == module), "")
    known = Path(file).name if file else module
    template = (
        "{name} is the layer {layer} of {file}, which is not loaded, for opening a design runs no "
        "code. Choose File > Load custom layers…, or name the file with --layers."
    )
    return _say("error", NOT_LOADED, template, node, {"layer": layer, "file": known})


def _known(spec: LayerSpec) -> set[str]:
    return {p.name for p in spec.params} | {p.name for p in spec.inputs if spec.operation}


def _params(graph: Graph, node: Node, spec: LayerSpec) -> Findings:
    params = owner(graph, node).params
    for name in params.keys() - _known(spec) if params else ():
        template = (
            "{name}: {type} has no parameter {param!r}. Remove it; those it has are listed in "
            "the inspector."
        )
        values = {"type": spec.name, "param": name}
        yield _say("error", "unknown_param", template, node, values, param=name)
    for param in spec.params:
        given = param.name in params
        if not given and param.required and not param.call:
            template = "{name} needs a value for {param}. Set it in the inspector."
            values = {"param": param.name}
            yield _say("error", "param_missing", template, node, values, param=param.name)
        wanted = expected(param, params[param.name]) if given else ""
        if wanted:
            template = (
                "{name}: {param} must be {expected}, not {value}. Change it in the inspector."
            )
            values = {"param": param.name, "expected": wanted, "value": repr(params[param.name])}
            yield _say("error", "bad_value", template, node, values, param=param.name)


def _wires(graph: Graph, node: Node, spec: LayerSpec, inside: set[str]) -> Findings:
    if node.type == INPUT:
        if node.id not in graph.outgoing:
            template = "Nothing uses the input {name}. Wire it to a layer, or delete it."
            yield _say("warning", "unconnected", template, node)
        return
    wired = _counts(graph, node)
    for name in wired.keys() - {port.name for port in spec.inputs}:
        template = "{name} has no input {port!r}. Remove the wire and connect it to another input."
        yield _say("error", "no_such_port", template, node, {"port": name}, port=name)
    missing = missing_ports(spec, node, wired)
    if missing and not wired and node.id not in graph.outgoing:
        template = "{name} is not connected yet. Wire a tensor to its {port}."
        port_name = missing[0].name
        yield _say("warning", "unconnected", template, node, {"port": port_name}, port=port_name)
        return
    for port in missing:
        yield _missing(
            node, port.name, port.minimum, wired.get(port.name, 0), variadic=port.variadic
        )
    if node.id not in inside and wired:
        template = (
            "{name} leads to no output, so it is not part of the model. Wire it on, mark it as an "
            "output, or delete it."
        )
        yield _say("warning", "dead_end", template, node)


def _missing(node: Node, port: str, minimum: int, count: int, *, variadic: bool) -> Problem:
    if variadic:
        template = "{name} merges at least {minimum} tensors and has {count}. Wire another to it."
        values = {"minimum": minimum, "count": count}
        return _say("error", "input_missing", template, node, values, port=port)
    template = "{name} needs a tensor at its input {port}. Wire one to it."
    return _say("error", "input_missing", template, node, {"port": port}, port=port)


def _shapes(graph: Graph, node: Node, nodes: Mapping[str, NodeReport], answer: Answer) -> Findings:
    if answer.refusal is not None:
        yield explain(graph, node, nodes, answer.refusal)
    else:
        found = broadcast(graph, node, nodes)
        if found is not None:
            yield found
    for edge in graph.outgoing.get(node.id, ()):
        if answer.refusal is None and edge.output >= len(answer.outputs):
            target = graph.nodes[edge.target]
            template = (
                "{name} takes output {output} of {source}, which has {count}. Wire it to another "
                "output, or let {source} return more."
            )
            values = {"output": edge.output + 1, "source": node.name, "count": len(answer.outputs)}
            yield _say("error", "no_such_output", template, target, values, port=edge.input)
