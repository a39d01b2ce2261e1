"""Edits a model in the window, at every depth, and tells how long new shapes take to be seen."""

import json
import sys
import time
from functools import partial

from designer.document import edits
from designer.document.order import topological
from tests.benchmarks.probes.desk import Desk

CONVOLUTION = "layers.Conv2D"


def measure(file: str) -> dict[str, list[float]]:
    """Seconds per edit: of a convolution's filters, shape by shape down to its merge."""
    desk = Desk()
    desk.warm()
    desk.open(file)
    desk.settle()
    graph = desk.session.document.graph
    chosen = [key for key in topological(graph) if graph.nodes[key].type == CONVOLUTION]
    times, cpu = [], []
    for place, key in enumerate(chosen):
        filters = int(graph.nodes[key].params["filters"]) + 1 + place
        edit = partial(edits.set_param, key=key, name="filters", value=filters)
        spent = time.process_time() + desk.spent()
        times.append(desk.shown(partial(desk.session.do, "filters", edit)))
        cpu.append(time.process_time() + desk.spent() - spent)
        desk.session.undo()
        desk.idle(0.15)
    desk.close()
    return {"times": times, "cpu": cpu}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1])) + "\n")
