"""`skipwire check`: shapes, costs and problems of a design, for people or as JSON;
with --fix, what helps against the problems is done at once.
"""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field

from msgspec import structs

from designer.catalog.spec import Catalog
from designer.cli.command import Command, UsageError
from designer.cli.cost_report import count_text, node_json, sums_json, sums_text
from designer.cli.designs import write_design
from designer.cli.interpreter import add_python, open_worker
from designer.cli.mending import Adviser, Mended
from designer.cli.numbers import at_least
from designer.cli.own_layers import OwnLayers, add_layers, read_own
from designer.document.model import OUTPUT, PASSAGES, Document, Graph
from designer.document.order import topological
from designer.document.problem import Problem, ProblemError, failure
from designer.infer.costs import Costs, costs_of
from designer.infer.report import Report
from designer.infer.trying import Offer
from designer.protocol import Json, TensorSpec

# The file was read, but what it tells is no network: errors of the design, not of the call.
DESIGN_ERRORS = (
    "cycle", "double_id", "loose_wire", "bad_wire", "double_wire", "bad_share", "bad_bypass",
)  # fmt: skip


Advice = list[tuple[Problem, tuple[Offer, ...]]]


@dataclass(frozen=True)
class Finding:
    """A design as it is, or as it is when fixed, its report, and each problem with its fixes."""

    document: Document
    report: Report
    advice: Advice
    done: tuple[tuple[str, str], ...] = ()  # problem and what was done about it
    costs: Costs = field(default_factory=Costs)


def examine(
    document: Document, catalog: Catalog, python: str, own: OwnLayers
) -> tuple[Document, tuple[Problem, ...]]:
    """The document with the user's own layers loaded, and all problems: those of the graph, of
    the data and of training.
    """
    with open_worker(python) as worker:
        document = own.load(worker, catalog, document)
        adviser = Adviser(catalog, worker)
        report = adviser.report(document)
    return document, adviser.problems(document, report)


def advise(
    document: Document, catalog: Catalog, python: str, own: OwnLayers, *, fix: bool
) -> Finding:
    """The same with the fixes of each problem; with `fix` of the design after the first of them."""
    with open_worker(python) as worker:
        document = own.load(worker, catalog, document)
        adviser = Adviser(catalog, worker)
        mended = adviser.mend(document) if fix else Mended(document, ())
        report = adviser.report(mended.document)
        advice = adviser.advice(mended.document, report)
    advice = [(_for_a_check(problem), offers) for problem, offers in advice]
    costs = costs_of(mended.document, report, catalog)
    return Finding(mended.document, report, advice, mended.done, costs)


def _order(graph: Graph) -> tuple[str, ...]:
    try:
        return topological(graph)
    except ProblemError:  # a cycle, which the report tells
        return tuple(sorted(graph.nodes))


def _shape(spec: TensorSpec | None) -> list[int | None] | None:
    return None if spec is None else list(spec.shape)


def as_json(finding: Finding, batch: int | None = None) -> Json:
    """What `--json` prints; shapes have the batch axis first, null where unknown.

    Memory is that of a batch of this size, else of the size that the design is trained with.
    """
    document, report = finding.document, finding.report
    size = document.training.batch_size if batch is None else batch
    nodes = []
    for node_id in _order(document.graph):
        node, known = document.graph.nodes[node_id], report.nodes.get(node_id)
        if node.type == OUTPUT or node.type in PASSAGES:
            continue
        shapes = [_shape(output) for output in known.outputs] if known else []
        weights = known.parameters if known else 0
        entry: Json = {"id": node.id, "name": node.name, "type": node.type}
        entry |= {"bypassed": True} if node.bypassed else {}
        entry |= {"output_shapes": shapes, "parameters": weights}
        nodes.append(entry | node_json(finding.costs.nodes.get(node_id), size))
    found = [_problem_json(problem, offers) for problem, offers in finding.advice]
    totals = report.totals
    return {
        "valid": not any(p.severity == "error" for p, _ in finding.advice),
        "parameters": {"total": totals.parameters, "trainable": totals.trainable},
        "costs": sums_json(finding.costs, document, size),
        "nodes": nodes,
        "outputs": [
            {"id": o.node, "name": o.name, "shape": _shape(o.spec)} for o in report.outputs
        ],
        "problems": found,
        "applied": [{"problem": problem, "fix": label} for problem, label in finding.done],
    }


def _problem_json(problem: Problem, offers: tuple[Offer, ...]) -> Json:
    fixes = [
        {"code": o.fix.code, "label": o.fix.label, "explanation": o.fix.explanation} for o in offers
    ]
    return {
        "severity": problem.severity,
        "code": problem.code,
        "node": problem.where.node,
        "message": problem.message,
        "fixes": fixes,
    }


def shape_text(shape: list[int | None]) -> str:
    """A shape as Keras writes it: (None, 32, 32, 3)."""
    return str(tuple(shape))


def as_text(told: Json, layers: int) -> str:
    """The same for people: a line a node, the totals, and the problems."""
    rows = [("layer or operation", "type", "output shape", "parameters", "MACs")]
    for node in told["nodes"]:
        shapes = ", ".join(map(shape_text, node["output_shapes"])) or "?"
        name = f"{node['name']} (bypassed)" if "bypassed" in node else node["name"]
        counts = (f"{node['parameters']:,}", count_text(node["macs"]))
        rows.append((name, node["type"], shapes, *counts))
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        f"{a:<{wide[0]}}  {b:<{wide[1]}}  {c:<{wide[2]}}  {d:>{wide[3]}}  {e:>{wide[4]}}"
        for a, b, c, d, e in rows
    ]
    lines.append("")
    for output in told["outputs"]:
        shape = "?" if output["shape"] is None else shape_text(output["shape"])
        lines.append(f"output {output['name']}: {shape}")
    weights = told["parameters"]
    lines.append(
        f"{layers} layers, {weights['total']:,} parameters, {weights['trainable']:,} trainable"
    )
    lines.append(sums_text(told["costs"]))
    lines += [f"fixed: {done['problem']}\n  by: {done['fix']}" for done in told["applied"]]
    names = {node["id"]: node["name"] for node in told["nodes"]}
    for problem in told["problems"]:
        name = names.get(problem["node"], "")
        place = f"{name}: " if name not in problem["message"] else ""
        lines.append(f"{problem['severity']}: {place}{problem['message']}")
        lines += [f"  fix: {fix['label']}" for fix in problem["fixes"]]
        if problem["severity"] == "error" and not problem["fixes"]:
            lines.append("  no fix is known that Keras agrees to")
    lines.append("valid" if told["valid"] else "not valid")
    return "\n".join(lines)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design, a saved Keras model, or Keras code")
    parser.add_argument("--json", action="store_true", help="print JSON")
    batch = "size of a batch whose memory is told; else the one that the design is trained with"
    parser.add_argument("--batch", type=at_least(1), metavar="N", help=batch)
    fix = "apply the first fix of each problem until none has any, and write the design to OUT"
    parser.add_argument("--fix", action="store_true", help=fix)
    parser.add_argument("-o", "--output", metavar="OUT", help="the mended design, for --fix")
    add_layers(parser)
    add_python(parser)


def _for_a_check(problem: Problem) -> Problem:
    """A network without data is sound; only training it needs some."""
    return structs.replace(problem, severity="info") if problem.code == "no_data" else problem


def _examine_file(options: Namespace) -> Finding:
    try:
        document, catalog = read_own(options)
    except UsageError as error:
        if error.problem.code not in DESIGN_ERRORS or options.fix:
            raise
        return Finding(Document(), Report(), [(error.problem, ())])
    own = OwnLayers(options.layers)
    return advise(document, catalog, options.python, own, fix=options.fix)


def _run(options: Namespace) -> int:
    if options.fix and not options.output:
        template = "It is not said where the mended design goes: name its file with -o."
        raise UsageError(failure("no_output_file", template).problem)
    finding = _examine_file(options)
    if options.fix:
        write_design(finding.document, options.output)
    told = as_json(finding, options.batch)
    text = as_text(told, finding.report.totals.layers)
    print(json.dumps(told, indent=2) if options.json else text)
    return 0 if told["valid"] else 1


COMMAND = Command("check", "shapes, costs and problems of a design", _arguments, _run)
