"""Breaks a shortcut in a design of a thousand nodes and tells what the search for fixes, and the
checks that go with every edit, cost the window's thread.
"""

import json
import sys
import time
from functools import partial

from designer.codegen.check import training_problems
from designer.document import edits
from designer.document.model import DatasetChoice, Document, Edge
from designer.infer.traps import design_traps
from tests.benchmarks.probes.desk import Desk
from tests.benchmarks.probes.gaps import Gaps
from tests.benchmarks.probes.verdict import design

ROUNDS = 9


def broken(count: int) -> Document:
    """The row of layers with a sum of unlike channels in its middle, and data to train with."""
    whole = design(count)
    keys = [key for key, node in whole.graph.nodes.items() if node.type == "layers.Concatenate"]
    middle = keys[len(keys) // 2]
    wires = whole.graph.incoming[middle]
    node = edits.new_node(whole.graph, "layers.Add", 200.0, 0.0)
    wired = [Edge(e.source, e.output, node.id, "inputs", e.slot) for e in wires]
    found = edits.add(whole, (node,), wired)
    return edits.set_data(found, DatasetChoice("photos_denoise"))


def measure(count: int) -> dict[str, list[float]]:
    """Seconds: `work` of the window in each turn of its loop until the fixes of the sum are
    found, and `checks` of one edit for the traps of the design and for its training.
    """
    desk = Desk()
    desk.warm()
    document = broken(count)
    desk.bench.documents.take(document)
    desk.settle()
    gaps, session, advice = Gaps(), desk.session, desk.bench.advice
    # Another number of filters: nothing that has been tried is known any more.
    convolution = next(n.id for n in document.graph.nodes.values() if "filters" in n.params)
    edit = partial(edits.set_param, key=convolution, name="filters", value=5000)
    session.do("filters", edit)
    desk.until(lambda: session.report.complete)
    desk.idle(0.1)  # the views follow, and the search has not begun yet
    problem = next(p for p in session.report.problems if p.code == "shapes_differ")
    gaps.start()
    desk.until(lambda: advice.offers(problem))
    desk.idle(2.0)
    gaps.longest()
    checks = [_checks(session.document, desk) for _ in range(ROUNDS)]
    desk.close()
    return {"work": gaps.work, "all": gaps.all, "checks": checks}


def _checks(document: Document, desk: Desk) -> float:
    report, catalog = desk.session.report, desk.session.catalog
    start = time.thread_time()
    tuple(design_traps(document.graph, catalog, report.nodes))
    training_problems(document, catalog, report)
    return time.thread_time() - start


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))) + "\n")
