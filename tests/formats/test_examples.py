"""The examples on board can be listed and opened, and are what their maker makes."""

import pytest

from designer.catalog.spec import Catalog
from designer.codegen.check import training_problems
from designer.codegen.script import generate
from designer.document.model import PASSAGES
from designer.document.problem import ProblemError
from designer.document.showing import shown
from designer.formats.examples import list_examples, load_example
from designer.infer.report import Report

EXAMPLES = [example.key for example in list_examples()]


def test_every_example_is_told_in_a_sentence() -> None:
    assert len(EXAMPLES) == 5
    for example in list_examples():
        assert example.title and example.summary.endswith(".")


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_example_opens_and_every_node_has_its_lines(key: str, catalog: Catalog) -> None:
    document = load_example(key)
    assert document.name == key
    nodes = (n.id for n in document.graph.nodes.values() if n.type not in PASSAGES)
    assert set(generate(document, catalog).spans) == {*nodes, *document.blocks}


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_example_s_training_plan_and_data_are_sound(key: str, catalog: Catalog) -> None:
    problems = training_problems(load_example(key), catalog, Report())
    # Nothing is known of the model here, so only that may be said.
    assert {problem.code for problem in problems} == {"no_inputs", "no_outputs"}


def test_no_two_nodes_of_an_example_lie_on_one_another() -> None:
    for key in EXAMPLES:
        document = load_example(key)
        for scope in ("", *document.blocks):
            nodes = shown(document, scope).graph.nodes.values()
            assert len({(node.x, node.y) for node in nodes}) == len(nodes)


def test_an_unknown_example_names_the_known_ones() -> None:
    with pytest.raises(ProblemError) as caught:
        load_example("../secret")
    assert caught.value.problem.code == "no_example"
    assert "skip_autoencoder" in caught.value.problem.message
