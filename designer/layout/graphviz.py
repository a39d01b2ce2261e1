"""Layout by Graphviz, on request: pydot writes the graph, the program `dot` places it.

The process is run here, not by pydot, which knows no time limit and prints what goes wrong.
"""

import subprocess
from collections.abc import Callable, Iterable, Mapping

from designer.document.problem import ProblemError, failure

PIXELS = 72.0  # px per inch, the unit of Graphviz
GRID = 8
NODE_GAP = 32
LAYER_GAP = 44
TIMEOUT = 30.0

Point = tuple[float, float]
Started = Callable[[subprocess.Popen[str]], object]


def graphviz(
    sizes: Mapping[str, tuple[float, float]],
    edges: Iterable[tuple[str, str]],
    direction: str = "down",
    program: str = "dot",
    timeout: float = TIMEOUT,
    started: Started | None = None,
) -> dict[str, Point]:
    """Centres in px as `dot` sees them, the first node's layer at about 0; see `layered`.

    `started` is told the process, so that another thread can end it.
    ProblemError "graphviz_missing", "graphviz_slow" (after `timeout` seconds) or
    "graphviz_failed".
    """
    if not sizes:
        return {}
    names = {f"n{index}": node for index, node in enumerate(sizes)}
    text = _graph(sizes, names, edges, direction)
    return _places(_run(text, program, timeout, started), names)


def _graph(
    sizes: Mapping[str, tuple[float, float]],
    names: Mapping[str, str],
    edges: Iterable[tuple[str, str]],
    direction: str,
) -> str:
    """The graph in the DOT language. Nodes go by numbers, so that no name needs quoting."""
    import pydot  # here, where a process is about to be started: it would delay the first window

    numbers = {node: name for name, node in names.items()}
    graph = pydot.Dot(
        "design",
        graph_type="digraph",
        rankdir="LR" if direction == "right" else "TB",
        nodesep=str(NODE_GAP / PIXELS),
        ranksep=str(LAYER_GAP / PIXELS),
    )
    graph.set_node_defaults(shape="box", fixedsize="true", label='""')
    for node, (width, height) in sizes.items():
        size = {"width": f"{width / PIXELS:.4f}", "height": f"{height / PIXELS:.4f}"}
        graph.add_node(pydot.Node(numbers[node], **size))
    for source, target in sorted(set(edges)):
        if source in numbers and target in numbers:
            graph.add_edge(pydot.Edge(numbers[source], numbers[target]))
    return str(graph.to_string())


def _run(text: str, program: str, timeout: float, started: Started | None) -> str:
    """The answer of `dot` in its "plain" format."""
    try:
        process = subprocess.Popen(
            [program, "-Tplain"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except FileNotFoundError as error:
        template = (
            "The program {program} was not found. It belongs to Graphviz: install the package "
            "graphviz (on Debian and Ubuntu: apt install graphviz), or use Skipwire's own layout."
        )
        raise failure("graphviz_missing", template, program=program) from error
    except OSError as error:
        raise _failed(program, error.strerror or str(error)) from error
    with process:
        return _answer(process, text, program, timeout, started)


def _answer(
    process: subprocess.Popen[str],
    text: str,
    program: str,
    timeout: float,
    started: Started | None,
) -> str:
    if started is not None:
        started(process)
    try:
        answer, complaint = process.communicate(text, timeout)
    except subprocess.TimeoutExpired as error:
        process.kill()
        template = (
            "{program} had not finished after {seconds} seconds and was stopped. "
            "Large designs are placed at once by Skipwire's own layout."
        )
        raise failure("graphviz_slow", template, program=program, seconds=f"{timeout:g}") from error
    except OSError as error:
        raise _failed(program, error.strerror or str(error)) from error
    if process.returncode != 0:
        raise _failed(program, complaint.strip()[:300] or f"exit status {process.returncode}")
    return answer


def _failed(program: str, reason: str) -> ProblemError:
    template = "{program} failed: {reason}. Use Skipwire's own layout."
    return failure("graphviz_failed", template, program=program, reason=reason)


def _places(answer: str, names: Mapping[str, str]) -> dict[str, Point]:
    """Reads the lines `node NAME X Y ...`: inches, y upwards."""
    found = {}
    for line in answer.splitlines():
        if line.startswith("node "):
            _, name, x, y, *_ = line.split(" ")
            found[names[name]] = (_snap(float(x)), _snap(-float(y)))
    top = min(y for _, y in found.values())
    left = min(x for x, _ in found.values())
    return {node: (found[node][0] - left, found[node][1] - top) for node in names.values()}


def _snap(inches: float) -> float:
    return float(round(inches * PIXELS / GRID) * GRID)
