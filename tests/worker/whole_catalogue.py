"""Tries every entry of the catalogue: the worker's answer against the model that the generated code
builds, and its configuration there and back. `python -m tests.worker.whole_catalogue` writes the
list of what cannot, and why, that the tests hold against.
"""

import importlib
import json
import os
from pathlib import Path
from typing import Any

from designer.catalog.load import load
from designer.catalog.spec import Catalog, LayerSpec
from designer.codegen.script import generate
from designer.document.files import write_atomic
from designer.document.model import INPUT, Document, Edge, Graph, Node
from designer.document.problem import ProblemError
from designer.document.serialize import from_bytes, to_bytes
from designer.protocol import Answer, Argument, Step, TensorSpec
from tests.worker.trial_inputs import INPUTS, PARTICULAR
from tests.worker_client import WorkerClient

LISTED = Path(__file__).with_name("whole_catalogue.json")


def calls(spec: LayerSpec, given: TensorSpec) -> Step:
    """A call with the sample's parameters and the same tensor at every port that needs one."""
    inputs = tuple(
        Argument(port.name, (given,) * (port.minimum if port.variadic else 1), port.variadic)
        for port in spec.inputs
        if not port.optional
    )
    return Step(spec.key, dict(spec.sample), inputs)


def design(spec: LayerSpec, given: TensorSpec) -> Document:
    """The same call as a design: an input for each tensor, and the entry behind them."""
    nodes = {"node": Node("node", spec.key, "node", dict(spec.sample))}
    edges: list[Edge] = []
    shape: dict[str, Any] = {"shape": list(given.shape[1:]), "dtype": given.dtype}
    if given.shape[0] is not None:
        shape["batch_size"] = given.shape[0]
    for port in spec.inputs:
        for slot in range(0 if port.optional else port.minimum if port.variadic else 1):
            key = f"x{len(edges)}"
            nodes[key] = Node(key, INPUT, key, shape)
            edges.append(Edge(key, 0, "node", port.name, slot))
    return Document("trial", Graph(nodes, frozenset(edges)))


def outcome(worker: WorkerClient, catalog: Catalog, spec: LayerSpec) -> str:
    """Why the entry cannot be built; empty if all agree, AssertionError if they do not."""
    if spec.unbuildable:
        return spec.unbuildable
    if not spec.inputs:
        return "" if spec.key == INPUT else "It takes no tensor, so it is no step of a network."
    for given in INPUTS:
        answer = worker.ask_one(calls(spec, given))
        if answer.refusal is None:
            return _built(catalog, spec, given, answer)
    needs = PARTICULAR.get(spec.key, "something else")
    return f"It needs {needs}: tensors of one shape at all its inputs do not fit."


def _built(catalog: Catalog, spec: LayerSpec, given: TensorSpec, answer: Answer) -> str:
    keras = importlib.import_module("keras")
    document = design(spec, given)
    assert from_bytes(to_bytes(document)).graph == document.graph
    names: dict[str, Any] = {"__name__": "script"}
    try:
        exec(compile(generate(document, catalog).text, "script.py", "exec"), names)
        keras.utils.clear_session(free_memory=False)
        model = names["build_model"]()
    except (ProblemError, ValueError, TypeError, AttributeError, NotImplementedError) as error:
        return f"The code does not build: {' '.join(str(error).split())[:200].rstrip('.')}."
    told = answer.outputs[0]
    assert tuple(model.outputs[0].shape) == told.shape, spec.key
    assert model.outputs[0].dtype == told.dtype, spec.key
    assert model.count_params() == answer.parameters, spec.key
    try:
        again = keras.Model.from_config(model.get_config())
    except (ValueError, TypeError) as error:
        return f"Its configuration does not come back: {type(error).__name__}."
    assert _plain(again.get_config()) == _plain(model.get_config()), spec.key
    return ""


def _plain(config: Any) -> Any:
    # By what each step is: Keras gives some operations a new name on their way back.
    steps = [(step["class_name"], step["config"]) for step in config["layers"]]
    return json.loads(json.dumps(steps, default=str, sort_keys=True))


def main() -> None:
    """Writes the list."""
    os.environ["KERAS_BACKEND"] = "tensorflow"
    catalog = load()
    with WorkerClient() as worker:
        tried = ((key, outcome(worker, catalog, spec)) for key, spec in catalog.layers.items())
        listed = {key: reason for key, reason in sorted(tried) if reason}
    write_atomic(LISTED, (json.dumps(listed, indent=1, sort_keys=True) + "\n").encode())


if __name__ == "__main__":
    main()
