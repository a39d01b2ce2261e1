"""What the canvas derives step by step equals what it would derive from scratch."""

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.load import load
from designer.document import edits
from designer.document.diff import Change, diff
from designer.document.model import Document, Edge, Graph, Node
from designer.document.problem import Problem, ProblemError, Where
from designer.infer.report import NodeReport, Report
from designer.protocol import TensorSpec
from designer.ui.canvas.geometry import Box, Point
from designer.ui.canvas.nearest import nearest_site, nearest_wire
from designer.ui.canvas.scene import Scene
from tests.ui.canvas.desk import residual

CATALOG = load()
KINDS = ("layers.Add", "layers.ReLU", "layers.Conv2D", "output")


def derived(scene: Scene) -> tuple[object, ...]:
    return (
        scene.boxes, scene.sites, scene.looks, scene.routes, scene.tones, scene.labels,
        scene.skips,
    )  # fmt: skip


def edited(document: Document, action: str, draw: st.DataObject) -> Document:
    graph = document.graph
    ids = st.sampled_from(sorted(graph.nodes)) if graph.nodes else st.none()
    node = draw.draw(ids)
    if action == "add" or node is None:
        kind = draw.draw(st.sampled_from(KINDS))
        x, y = (draw.draw(st.integers(-30, 30)) * 8.0 for _ in "xy")
        return edits.add(document, [edits.new_node(graph, kind, x, y)])
    if action == "remove":
        return edits.remove(document, [node])
    if action == "move":
        return edits.move(document, {node: (draw.draw(st.integers(-30, 30)) * 8.0, 40.0)})
    if action == "unlink":
        return edits.disconnect(document, sorted(graph.edges)[:1])
    if action == "turn":
        return edits.set_direction(document, "right" if document.direction == "down" else "down")
    if action == "rename":
        return edits.set_param(document, node, "axis", draw.draw(st.integers(0, 9)))
    slot = draw.draw(st.integers(0, 3))
    source = draw.draw(st.sampled_from(sorted(graph.nodes)))
    return edits.connect(document, Edge(source, 0, node, "inputs", slot))


def judged(document: Document, draw: st.DataObject) -> Report:
    told = {}
    problems = []
    for node in document.graph.nodes:
        size = draw.draw(st.integers(0, 3))
        told[node] = NodeReport((TensorSpec((None, size)),) * size, size * 1000, known=True)
        if size == 3:
            problems.append(Problem("error", "shapes_differ", "No.", where=Where(node=node)))
    return Report(told, tuple(problems))


ACTIONS = ("add", "remove", "move", "link", "link", "unlink", "turn", "rename")


@given(st.lists(st.sampled_from(ACTIONS), max_size=8), st.data())
@settings(deadline=None, max_examples=60)
def test_following_changes_ends_where_a_fresh_start_does(
    actions: list[str], data: st.DataObject
) -> None:
    document, report = residual(), Report()
    scene = Scene(CATALOG)
    scene.become(document, report)
    for action in actions:
        try:
            after = edited(document, action, data)
        except ProblemError:
            continue
        report = judged(after, data)
        scene.sync(diff(document, after), after, report)
        document = after
        fresh = Scene(CATALOG)
        fresh.become(document, report)
        assert derived(scene) == derived(fresh)


def test_a_report_alone_changes_only_the_nodes_it_is_about() -> None:
    scene = Scene(CATALOG)
    scene.become(residual(), Report())
    version = scene.version
    assert scene.judge(Report({"conv": NodeReport(known=True, parameters=84)})) == {"conv"}
    assert scene.looks["conv"].weights == "84"
    assert scene.version > version
    assert not scene.judge(scene.report)


def test_what_is_at_a_point_is_found() -> None:
    scene = Scene(CATALOG)
    scene.become(residual(), Report())
    assert scene.node_at(Point(0, 96)) == "conv"
    assert scene.node_at(Point(500, 96)) is None
    found = nearest_site(scene, Point(2, 118))
    assert found is not None
    assert found[0] == "conv"
    assert found[1].output
    assert nearest_wire(scene, Point(1, 140)) == Edge("conv", 0, "add", "inputs", 0)
    assert nearest_wire(scene, Point(500, 500)) is None


def test_a_large_design_that_comes_back_is_as_it_was_and_heeds_the_new_report() -> None:
    nodes = {f"n{i}": Node(f"n{i}", "layers.ReLU", f"n{i}", y=96.0 * i) for i in range(100)}
    edges = frozenset(Edge(f"n{i}", 0, f"n{i + 1}", "inputs") for i in range(99))
    whole, rest = Document(graph=Graph(nodes, edges)), Document()
    scene = Scene(load())
    scene.sync(Change.everything(whole), whole, Report())
    before, version = (dict(scene.boxes), dict(scene.routes)), scene.version
    scene.sync(diff(whole, rest), rest, Report())
    assert not scene.boxes
    assert not scene.nodes.hits(Box(-1e6, -1e6, 1e6, 1e6))
    known = Report(nodes={"n3": NodeReport((TensorSpec((None, 7)),), known=True)})
    scene.sync(diff(rest, whole), whole, known)
    assert (scene.boxes, scene.routes) == before
    assert scene.version > version
    assert scene.labels[Edge("n3", 0, "n4", "inputs")] == "7"
    assert len(scene.nodes.hits(Box(-1e6, -1e6, 1e6, 1e6))) == 100
