"""Tries every entry of the catalogue: the worker's answer and the model that generated code builds
against the one that Keras builds by itself. `python -m tests.worker.whole_catalogue` writes the
list of what cannot, and why, that the tests hold against.
"""

import importlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from designer.catalog.load import load
from designer.catalog.spec import Catalog, LayerSpec
from designer.codegen.script import generate
from designer.document.files import write_atomic
from designer.document.model import INPUT, OUTPUT, Document, Edge, Graph, Node
from designer.document.problem import ProblemError
from designer.document.serialize import from_bytes, to_bytes
from designer.protocol import Answer, Argument, Step, TensorSpec
from designer.worker.refusals import message
from tests.worker.plain_keras import arrays, keras, outputs, plain_model
from tests.worker.trial_inputs import CANNOT, DEFINITE, FILLED, INPUTS, PARTICULAR
from tests.worker_client import WorkerClient

LISTED = Path(__file__).with_name("whole_catalogue.json")
TOLERANCE = 1e-5
RAISED = (ProblemError, ValueError, TypeError, AttributeError, NotImplementedError)


def calls(spec: LayerSpec, given: TensorSpec | None) -> Step:
    """A call with the sample's parameters, and the same tensor at every port that needs one; the
    entry's own tensors where `given` is None.
    """
    own = PARTICULAR.get(spec.key, {})
    inputs = []
    for place, port in enumerate(spec.inputs):
        if port.optional or port.name in spec.sample:
            continue
        same = (given,) * (port.minimum if port.variadic else 1) if given is not None else ()
        tensors = own.get(port.name, ()) if given is None else same
        inputs.append(Argument(port.name, tensors, port.variadic, spec.operation or place > 0))
    params = {**spec.sample, **FILLED.get(spec.key, {})}
    return Step(spec.key, params, tuple(inputs))


def design(step: Step, count: int) -> Document:
    """The same call as a design: an input for each tensor, and a mark for each of its outputs."""
    nodes = {"node": Node("node", step.type, "node", step.params)}
    edges: list[Edge] = []
    for argument in step.inputs:
        for slot, spec in enumerate(argument.tensors):
            assert isinstance(spec, TensorSpec)
            shape: dict[str, Any] = {"shape": list(spec.shape[1:]), "dtype": spec.dtype}
            if spec.shape[0] is not None:
                shape["batch_size"] = spec.shape[0]
            key = f"x{len(edges)}"
            nodes[key] = Node(key, INPUT, key, shape)
            edges.append(Edge(key, 0, "node", argument.name, slot))
    for output in range(count):
        nodes[f"y{output}"] = Node(f"y{output}", OUTPUT, f"y{output}")
        edges.append(Edge("node", output, f"y{output}", "inputs"))
    return Document("trial", Graph(nodes, frozenset(edges)))


def outcome(worker: WorkerClient, catalog: Catalog, spec: LayerSpec) -> str:
    """Why the entry cannot be built; empty if all agree, AssertionError if they do not."""
    if spec.unbuildable or spec.key in CANNOT:
        return spec.unbuildable or CANNOT[spec.key]
    if not spec.inputs:
        return "" if spec.key == INPUT else "It takes no tensor, so it is no step of a network."
    words = stopped = ""
    for given in (None,) if spec.key in PARTICULAR else INPUTS:
        step = calls(spec, given)
        answer = worker.ask_one(step)
        if answer.refusal is None:
            reason = _built(catalog, step, answer)
            if not reason:
                return ""
            stopped = stopped or reason
        else:
            words = words or answer.refusal.message
    return stopped or f"Keras refuses it: {' '.join(words.split())[:240].rstrip('.')}."


def _built(catalog: Catalog, step: Step, answer: Answer) -> str:
    plain = plain_model(step)
    told = [(spec.shape, spec.dtype) for spec in answer.outputs]
    assert _specs(plain) == told, step.type
    assert plain.count_params() == answer.parameters, step.type
    first = _written(catalog, design(step, 1))
    assert _specs(first) == told[:1], step.type
    model = _written(catalog, design(step, len(told)))
    assert _specs(model) == told, step.type
    assert model.count_params() == answer.parameters, step.type
    try:
        again = keras().Model.from_config(model.get_config())
    except (ValueError, TypeError) as error:
        return f"Its configuration does not come back: {type(error).__name__}."
    assert _config(again) == _config(model), step.type
    return _computed(step, plain, model)


def _written(catalog: Catalog, document: Document) -> Any:
    """The model of the generated code, after the design has been a file."""
    assert from_bytes(to_bytes(document)).graph == document.graph
    names: dict[str, Any] = {"__name__": "script"}
    exec(compile(generate(document, catalog).text, "script.py", "exec"), names)
    keras().utils.clear_session(free_memory=False)
    return names["build_model"]()


def _specs(model: Any) -> list[tuple[tuple[int | None, ...], str]]:
    return [(tuple(tensor.shape), tensor.dtype) for tensor in model.outputs]


def _config(model: Any) -> Any:
    # By what each step is: Keras gives some operations a new name on their way back.
    steps = [(step["class_name"], step["config"]) for step in model.get_config()["layers"]]
    return json.loads(json.dumps(steps, default=str, sort_keys=True))


def _computed(step: Step, plain: Any, model: Any) -> str:
    """Why the numbers cannot be compared; empty if they are equal."""
    values = arrays(plain, len(step.type), definite=step.type in DEFINITE)
    tensorflow = importlib.import_module("tensorflow")
    try:
        wanted, again = outputs(plain, values), outputs(plain, values)
    except (*RAISED, RuntimeError, tensorflow.errors.OpError) as error:
        told = " ".join(message(error).split())[:160].rstrip(".")
        return f"It builds, and Keras cannot compute it: {told}."
    if not _equal(wanted, again):
        return "It builds and runs, and draws other numbers each time."
    model.set_weights(plain.get_weights())
    assert _equal(wanted, outputs(model, values)), step.type
    return ""


def _equal(one: list[Any], other: list[Any]) -> bool:
    assert len(one) == len(other)
    return all(_same(a, b) for a, b in zip(one, other, strict=True))


def _same(one: Any, other: Any) -> bool:
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if one.dtype.kind in "fc":
        return bool(np.allclose(one, other, TOLERANCE, TOLERANCE, equal_nan=True))
    return bool(np.array_equal(one, other))


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
