"""`skipwire check`: shapes, numbers of weights and problems of a design, for people or as JSON."""

import json
from argparse import ArgumentParser, Namespace

from msgspec import structs

from designer.catalog.spec import Catalog
from designer.cli.command import Command, UsageError
from designer.cli.designs import read_design
from designer.cli.interpreter import add_python, open_worker
from designer.cli.worker_client import complete_report
from designer.codegen.check import training_problems
from designer.document.model import OUTPUT, Document, Graph
from designer.document.order import topological
from designer.document.problem import Problem, ProblemError
from designer.infer.report import Report
from designer.protocol import Json, TensorSpec

# The file was read, but what it tells is no network: errors of the design, not of the call.
DESIGN_ERRORS = (
    "cycle", "double_id", "loose_wire", "bad_wire", "double_wire", "bad_share", "bad_bypass",
)  # fmt: skip


def examine(
    document: Document, catalog: Catalog, python: str
) -> tuple[Report, tuple[Problem, ...]]:
    """The complete report, and all problems: those of the graph, of the data and of training."""
    with open_worker(python) as worker:
        report = complete_report(document, catalog, worker)
    return report, (*report.problems, *training_problems(document, catalog, report))


def _order(graph: Graph) -> tuple[str, ...]:
    try:
        return topological(graph)
    except ProblemError:  # a cycle, which the report tells
        return tuple(sorted(graph.nodes))


def _shape(spec: TensorSpec | None) -> list[int | None] | None:
    return None if spec is None else list(spec.shape)


def as_json(document: Document, report: Report, problems: tuple[Problem, ...]) -> Json:
    """What `--json` prints; shapes have the batch axis first, null where unknown."""
    nodes = []
    for node_id in _order(document.graph):
        node, known = document.graph.nodes[node_id], report.nodes.get(node_id)
        if node.type == OUTPUT:
            continue
        shapes = [_shape(output) for output in known.outputs] if known else []
        weights = known.parameters if known else 0
        entry: Json = {"id": node.id, "name": node.name, "type": node.type}
        entry |= {"bypassed": True} if node.bypassed else {}
        nodes.append(entry | {"output_shapes": shapes, "parameters": weights})
    found = [
        {"severity": p.severity, "code": p.code, "node": p.where.node, "message": p.message}
        for p in problems
    ]
    totals = report.totals
    return {
        "valid": not any(p.severity == "error" for p in problems),
        "parameters": {"total": totals.parameters, "trainable": totals.trainable},
        "nodes": nodes,
        "outputs": [
            {"id": o.node, "name": o.name, "shape": _shape(o.spec)} for o in report.outputs
        ],
        "problems": found,
    }


def shape_text(shape: list[int | None]) -> str:
    """A shape as Keras writes it: (None, 32, 32, 3)."""
    return str(tuple(shape))


def as_text(told: Json, layers: int) -> str:
    """The same for people: a line a node, the totals, and the problems."""
    rows = [("layer or operation", "type", "output shape", "parameters")]
    for node in told["nodes"]:
        shapes = ", ".join(map(shape_text, node["output_shapes"])) or "?"
        name = f"{node['name']} (bypassed)" if "bypassed" in node else node["name"]
        rows.append((name, node["type"], shapes, f"{node['parameters']:,}"))
    wide = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        f"{a:<{wide[0]}}  {b:<{wide[1]}}  {c:<{wide[2]}}  {d:>{wide[3]}}" for a, b, c, d in rows
    ]
    lines.append("")
    for output in told["outputs"]:
        shape = "?" if output["shape"] is None else shape_text(output["shape"])
        lines.append(f"output {output['name']}: {shape}")
    weights = told["parameters"]
    lines.append(
        f"{layers} layers, {weights['total']:,} parameters, {weights['trainable']:,} trainable"
    )
    names = {node["id"]: node["name"] for node in told["nodes"]}
    for problem in told["problems"]:
        name = names.get(problem["node"], "")
        place = f"{name}: " if name not in problem["message"] else ""
        lines.append(f"{problem['severity']}: {place}{problem['message']}")
    lines.append("valid" if told["valid"] else "not valid")
    return "\n".join(lines)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design, a saved Keras model, or Keras code")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_python(parser)


def _examine_file(options: Namespace) -> tuple[Document, Report, tuple[Problem, ...]]:
    try:
        document, catalog = read_design(options.file)
    except UsageError as error:
        if error.problem.code not in DESIGN_ERRORS:
            raise
        return Document(), Report(), (error.problem,)
    return document, *examine(document, catalog, options.python)


def _for_a_check(problem: Problem) -> Problem:
    """A network without data is sound; only training it needs some."""
    return structs.replace(problem, severity="info") if problem.code == "no_data" else problem


def _run(options: Namespace) -> int:
    document, report, found = _examine_file(options)
    problems = tuple(map(_for_a_check, found))
    told = as_json(document, report, problems)
    print(json.dumps(told, indent=2) if options.json else as_text(told, report.totals.layers))
    return 0 if told["valid"] else 1


COMMAND = Command("check", "shapes, parameters and problems of a design", _arguments, _run)
